"""The gallery: every part in every state, on a few pages. Everything in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wholestory.govuk import views
from wholestory.govuk.gallery import content, filled, listed

# name -> (title, template, what it shows)
PAGES: dict[str, tuple[str, str, Callable[[HttpRequest], dict[str, Any]]]] = {
    "content": ("Words and ways", "govuk/gallery/content.html", content.show),
    "forms": ("Forms", "govuk/gallery/forms.html", filled.blank),
    "forms-filled": ("Forms, filled in", "govuk/gallery/forms.html", filled.given),
    "forms-errors": ("Forms with errors", "govuk/gallery/forms.html", filled.wrong),
    "question": ("One question on a page", "govuk/gallery/question.html", filled.question),
    "lists": ("Lists", "govuk/gallery/lists.html", listed.lists),
    "records": ("Records and messages", "govuk/gallery/records.html", listed.records),
    "heat-map": ("Heat map", "govuk/gallery/heat_map.html", listed.heat_map),
    "confirm": ("Are you sure?", "govuk/confirm.html", filled.confirm),
    "done": ("The end of a journey", "govuk/gallery/done.html", content.done),
}
REFUSALS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "not-found": views.not_found,
    "forbidden": views.forbidden,
    "csrf": views.csrf_failure,
    "too-many": views.too_many,
    "too-large": views.too_large,
    "error": views.error,
    "unavailable": views.unavailable,
}


def show(request: HttpRequest, name: str = "") -> HttpResponse:
    """The list of the gallery's pages, or one of them. Not there at all outside the demo and debugging."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    if name in REFUSALS:
        return REFUSALS[name](request)
    if not name:
        return render(
            request, "govuk/gallery/index.html", {**content.frame(), "pages": PAGES, "refusals": REFUSALS}
        )
    if name not in PAGES:
        raise Http404
    title, template, contents = PAGES[name]
    return render(request, template, {**content.frame(), "title": title, **contents(request)})

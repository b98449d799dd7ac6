"""The open page. It sends no cookie and keeps nothing of who asks, so it needs and has no token against forged forms:
a forged reply could do no more than anybody with the link can."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.assurance.forms.survey import ReplyForm
from wholestory.assurance.open_survey import limit
from wholestory.assurance.queries.survey import OTHER

WHY = "Open to everybody with the link: shows what was published of a survey, and takes replies that name nobody"


@csrf_exempt
@public(WHY)
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The survey behind a link; for a link that opens nothing, whatever the reason, one calm page."""
    link = token.lower()
    found: str | None = open_doors.ask("assurance_survey_shown", link)
    if found is None:
        return _page(request, "assurance/survey_nothing.html", {}, status=404)
    published: dict[str, Any] = json.loads(found)
    form = ReplyForm(request.POST if request.method == "POST" else None, published=published)
    busy = False
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        busy = limit.passed(link, now)
        if not busy and _send(link, form):
            limit.note(link, now)
            return redirect("survey:thanks")
        if not busy:
            return _page(request, "assurance/survey_nothing.html", {}, status=404)
    context = {
        "published": published,
        "form": form,
        "busy": busy,
        "page_has_errors": busy or bool(form.errors),
        "last_day": date.fromisoformat(published["last_day"]),
        "example_banner": {"today": None} if published["example"] else None,
        "board_name": published["board"],
        "home_url": reverse("survey:page", args=[token]),
    }
    return _page(request, "assurance/survey_open.html", context, status=429 if busy else 200)


def _send(link: str, form: ReplyForm) -> bool:
    """Whether the reply was taken. A page sent twice carries the same key, and is one reply."""
    said = form.cleaned_data
    agency = None if said["agency"] == OTHER else uuid.UUID(said["agency"])
    key = said["key"] or uuid.uuid4()
    return bool(
        open_doors.ask(
            "assurance_survey_answer", link, key, agency, said["staff_group"], form.answers(), said["remark"]
        )
    )


@public("Says thank you, and knows neither for what nor to whom")
def thanks(request: HttpRequest) -> HttpResponse:
    """After a reply."""
    return _page(request, "assurance/survey_thanks.html", {})


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    # Nothing of the signed-in site: no way to sign in, no menu, and no token, which would bring a cookie.
    bare: dict[str, Any] = {
        "csrf_token": "",
        "sign_in_url": "",
        "sign_out_url": "",
        "navigation": [],
        "acting_as": None,
    }
    return render(request, template, {**bare, **context}, status=status)

"""The public pages of a panel's published reports: which years there are, and each as it was sealed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.child_deaths.rules.panel_report.shape import from_data
from wholestory.govuk.forms.dates import in_words


@public("Open to everybody: the years of which a panel has published a report")
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The published reports of a panel; the one "nothing here" page for an unknown panel."""
    shown = _published(slug)
    if shown is None:
        return _nothing(request)
    return render(request, "child_deaths/open_report/every.html", _around(slug, shown))


@public("Open to everybody: one published report, exactly as it was approved")
def one(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """One published report; the one "nothing here" page for a year that has none."""
    shown = _published(slug)
    found = next((one for one in shown["reports"] if one["year"] == year), None) if shown else None
    if shown is None or found is None:
        return _nothing(request)
    report = from_data(found["document"])
    front = (*report.front, f"Published on {in_words(date.fromisoformat(found['on']))}.")
    context = {"report": replace(report, front=front), **_around(slug, shown)}
    return render(request, "child_deaths/open_report/one.html", context)


def _published(slug: str) -> dict[str, Any] | None:
    found: str | None = open_doors.ask("child_deaths_reports_published", slug)
    return None if found is None else json.loads(found)


def _bare() -> dict[str, Any]:
    """A page of nobody in particular: no menu, no account, no token."""
    return {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "example_banner": None,
    }  # fmt: skip


def _around(slug: str, shown: dict[str, Any]) -> dict[str, Any]:
    years = [(one["year"], f"{one['year']} to {one['year'] + 1}") for one in shown["reports"]]
    return {
        **_bare(),
        "shown": shown,
        "years": years,
        "slug": slug,
        "example_banner": {"today": date.fromisoformat(shown["day"])} if shown["example"] else None,
        "board_name": shown["panel"],
        "home_url": reverse("published_reports:every", args=[slug]),
    }


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "child_deaths/open_report/nothing.html", _bare(), status=404)

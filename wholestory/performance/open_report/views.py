"""The public pages of a board's published reports: which quarters there are, and each as it was sealed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.govuk.forms.dates import in_words
from wholestory.performance.files.pdf import pdf
from wholestory.performance.files.public_csv import public_csv
from wholestory.performance.rules.shape import Report, from_data


@public("Open to everybody: the quarters of which a board has published a performance report")
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The published reports of a board; the one "nothing here" page for an unknown board."""
    shown = _published(slug)
    if shown is None:
        return _nothing(request)
    return render(request, "performance/open_report/every.html", _around(slug, shown))


@public("Open to everybody: one published performance report, exactly as it was approved")
def one(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """One published report; the one "nothing here" page for a quarter that has none."""
    shown = _published(slug)
    found = _found(shown, period)
    if shown is None or found is None:
        return _nothing(request)
    context = {"report": _report(found), "period": period, "wide": True, **_around(slug, shown)}
    return render(request, "performance/open_report/one.html", context)


@public("Open to everybody: the figures of one published performance report")
def as_csv(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """The figures of a published report with its notes, as CSV."""
    found = _found(_published(slug), period)
    if found is None:
        return _nothing(request)
    kept = {**found["document"], "report": _report(found).as_data()}
    return _file(public_csv(kept), "text/csv; charset=utf-8", _report(found), period, "csv")


@public("Open to everybody: one published performance report as a PDF")
def as_pdf(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A published report as a PDF."""
    found = _found(_published(slug), period)
    if found is None:
        return _nothing(request)
    report = _report(found)
    return _file(_typeset(json.dumps(report.as_data())), "application/pdf", report, period, "pdf")


@lru_cache(maxsize=16)
def _typeset(report: str) -> bytes:
    """A report is typeset once, however many ask for it."""
    return pdf(from_data(json.loads(report)))


def _file(body: bytes, content_type: str, report: Report, period: str, ending: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=content_type)
    name = f"{'example-' if report.invented else ''}performance-report-{period}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _published(slug: str) -> dict[str, Any] | None:
    found: str | None = open_doors.ask("performance_reports_published", slug)
    return None if found is None else json.loads(found)


def _found(shown: dict[str, Any] | None, period: str) -> dict[str, Any] | None:
    reports: list[dict[str, Any]] = shown["reports"] if shown else []
    return next((one for one in reports if one["period_end"] == period), None)


def _report(found: dict[str, Any]) -> Report:
    """The report as it was sealed, with the day it was published in front."""
    report = from_data(found["document"]["report"])
    said = f"Approved and published on {in_words(date.fromisoformat(found['on']))}."
    return replace(report, front=(*report.front, said))


def _bare() -> dict[str, Any]:
    """A page of nobody in particular: no menu, no account, no token."""
    return {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "example_banner": None,
    }  # fmt: skip


def _around(slug: str, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        **_bare(),
        "quarters": [(one["period_end"], one["label"]) for one in shown["reports"]],
        "slug": slug,
        "example_banner": {"today": date.fromisoformat(shown["day"])} if shown["example"] else None,
        "board_name": shown["board"],
        "home_url": reverse("published_performance:every", args=[slug]),
    }


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "performance/open_report/nothing.html", _bare(), status=404)

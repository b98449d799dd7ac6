"""The public pages of a board's published reports: which quarters there are, and each as it was sealed."""

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
from wholestory.govuk import downloads
from wholestory.govuk.forms.dates import in_words
from wholestory.performance.files.pdf import pdf
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
    report = _report(shown, period)
    if shown is None or report is None:
        return _nothing(request)
    context = {"report": report, "period": period, **_around(slug, shown)}
    return render(request, "performance/open_report/one.html", context)


@public("Open to everybody: the tables of one published performance report")
def as_csv(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """The tables of a published report, as they stand on its page, in one CSV file."""
    report = _report(_published(slug), period)
    if report is None:
        return _nothing(request)
    tables = [table for section in report.sections for table in section.tables]
    heads = list(dict.fromkeys(head for table in tables for head in table.heads))
    rows = [
        [table.caption, *(dict(zip(table.heads, row, strict=True)).get(head, "") for head in heads)]
        for table in tables for row in table.rows
    ]  # fmt: skip
    notes = [line for section in report.sections if not section.tables for line in section.words]
    first = [*(["Example: invented"] if report.invented else []), report.title, *report.front, *notes]
    body = downloads.as_csv(first, ["Subject", *heads], rows)
    return _file(body, "text/csv; charset=utf-8", report, period, "csv")


@public("Open to everybody: one published performance report as a PDF")
def as_pdf(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A published report as a PDF."""
    report = _report(_published(slug), period)
    if report is None:
        return _nothing(request)
    return _file(pdf(report), "application/pdf", report, period, "pdf")


def _file(body: bytes, content_type: str, report: Report, period: str, ending: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=content_type)
    name = f"{'example-' if report.invented else ''}performance-report-{period}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _published(slug: str) -> dict[str, Any] | None:
    found: str | None = open_doors.ask("performance_reports_published", slug)
    return None if found is None else json.loads(found)


def _report(shown: dict[str, Any] | None, period: str) -> Report | None:
    reports = shown["reports"] if shown else []
    found = next((one for one in reports if one["period_end"] == period), None)
    if found is None:
        return None
    report = from_data(found["document"])
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

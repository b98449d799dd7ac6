"""What groups were given: the reports somebody may read, and the series in the newest of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wholestory.partners.models import Board
from wholestory.performance.models import QuarterlyReport, ReportFigures, ReportState


def reports(board: Board) -> QuerySet[QuarterlyReport]:
    """The reports of a board the acting person may see."""
    return QuarterlyReport.objects.filter(board=board).select_related("record", "group")


def newest_given(board: Board) -> QuarterlyReport | None:
    """The newest report that was given and not superseded: one query."""
    rows = reports(board).filter(state=ReportState.GIVEN).defer("document")
    return rows.order_by("-period_end", "-number").first()


def figures_of(report: QuarterlyReport) -> ReportFigures | None:
    """The figures a report stands on: those it was given with, or the newest that were frozen."""
    rows = ReportFigures.objects.filter(report=report)
    if report.figures_number is not None:
        rows = rows.filter(number=report.figures_number)
    return rows.order_by("-number").first()


def series_given(board: Board) -> dict[str, tuple[str, dict[str, Any]]]:
    """The series of each measure in the newest report this person was given, with the report's label: two queries."""
    report = newest_given(board)
    of = figures_of(report) if report is not None else None
    if report is None or of is None:
        return {}
    return {
        one["code"]: (report.label, one["series"])
        for one in of.figures["measures"]
        if one.get("series") is not None
    }

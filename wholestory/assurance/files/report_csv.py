"""A page of results as comma-separated values: one table after another, each under its title."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from wholestory.assurance.reports.base import Col, Grid, Kind, Report, Said, shown
from wholestory.govuk import downloads
from wholestory.kernel.generated import Stamp

_MARK = b"\xef\xbb\xbf"


def csv(report: Report, *, stamp: Stamp) -> bytes:
    """Safe to open in a spreadsheet. Shares are written as 0 to 100."""
    head = [*stamp.lines(), f"{report.title}: {report.of}", *report.headline, *report.made]
    parts = [_table(head if at == 0 else [], grid) for at, grid in enumerate(report.grids)]
    return b"\r\n".join(
        part.removeprefix(_MARK) if at else part for at, part in enumerate(parts or [_empty(head)])
    )


def _empty(head: list[str]) -> bytes:
    return downloads.as_csv(head, [], [])


def _table(head: list[str], grid: Grid) -> bytes:
    lines = [*head, "", grid.title, *grid.said, *([] if grid.rows else [grid.empty])]
    labels = [_label(col) for col in grid.columns]
    rows = ([_value(col, value) for col, value in zip(grid.columns, row, strict=True)] for row in grid.rows)
    return downloads.as_csv(lines, labels, rows)


def _label(col: Col) -> str:
    units = {Kind.SHARE: " (%)", Kind.POINTS: " (points)", Kind.MEAN: " (of 100)"}
    return col.label + units.get(col.kind, "")


def _value(col: Col, value: Any) -> Any:
    if isinstance(value, Said):
        return value.words
    if isinstance(value, Fraction):
        return float(round(value * 100, 1))
    return shown(col.kind, value) if value is None else value

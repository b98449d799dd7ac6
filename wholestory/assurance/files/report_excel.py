"""A page of results as an Excel workbook: what it says first, then a sheet for each table, with numbers as numbers."""

from __future__ import annotations

import io
import re
from datetime import date
from fractions import Fraction
from typing import Any

import xlsxwriter

from wholestory.assurance.reports.base import Col, Grid, Kind, Report, Said, shown
from wholestory.kernel.generated import Stamp

_FORMATS = {Kind.SHARE: "0.0%", Kind.MEAN: "0.0", Kind.POINTS: "+0.0;-0.0;0.0", Kind.DAY: "d mmmm yyyy"}
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
#: Never read a text as a formula or a link: what people typed is only ever shown.
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def excel(report: Report, *, stamp: Stamp) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"title": f"{report.title}: {report.of}", "author": "Wholestory"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About these figures")
    about.set_column(0, 0, 110)
    said = [
        *stamp.lines(),
        f"{report.title}: {report.of}",
        *report.headline,
        "How these figures are made",
        *report.made,
    ]
    for down, text in enumerate(said):
        about.write_string(down, 0, text, bold if down == len(stamp.lines()) else wrap)
    used: set[str] = {"about these figures"}
    kinds: dict[Kind, Any] = {
        kind: book.add_format({"num_format": _FORMATS.get(kind, "#,##0"), "valign": "top"}) for kind in Kind
    }
    for grid in report.grids:
        _sheet(book, grid, _name(grid.title, used), bold, wrap, kinds)
    book.close()
    return out.getvalue()


def _name(title: str, used: set[str]) -> str:
    base = _NOT_IN_A_NAME.sub(" ", title)[:31].strip() or "Table"
    name, number = base, 2
    while name.casefold() in used:
        name = f"{base[:27]} {number}"
        number += 1
    used.add(name.casefold())
    return name


def _sheet(
    book: xlsxwriter.Workbook, grid: Grid, name: str, bold: Any, wrap: Any, kinds: dict[Kind, Any]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 48)
    if len(grid.columns) > 1:
        sheet.set_column(1, len(grid.columns) - 1, 16)
    down = 0
    for text in (grid.title, *grid.said):
        sheet.write_string(down, 0, text)
        down += 1
    for across, col in enumerate(grid.columns):
        sheet.write_string(down, across, col.label, bold)
    sheet.freeze_panes(down + 1, 1)
    first = down
    for row in grid.rows:
        down += 1
        for across, (col, value) in enumerate(zip(grid.columns, row, strict=True)):
            _cell(sheet, down, across, col, value, wrap, kinds)
    if grid.rows:
        sheet.autofilter(first, 0, down, len(grid.columns) - 1)
    else:
        sheet.write_string(down + 1, 0, grid.empty)


def _cell(
    sheet: Any, down: int, across: int, col: Col, value: Any, wrap: Any, kinds: dict[Kind, Any]
) -> None:
    if isinstance(value, Fraction):
        number = float(value) if col.kind is Kind.SHARE else float(value * 100)
        sheet.write_number(down, across, number, kinds[col.kind])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(down, across, value, kinds[Kind.COUNT])
    elif isinstance(value, date):
        sheet.write_datetime(down, across, value, kinds[Kind.DAY])
    else:
        text = value.words if isinstance(value, Said) else shown(col.kind, value)
        sheet.write_string(down, across, text, wrap)

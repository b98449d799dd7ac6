"""A whole cycle as one workbook: every agency and item with both scores and the words, and what they all mean.

Written sheet by sheet from top to bottom, so that hundreds of agencies need little memory. What people typed is only
ever written as text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.files.report_excel import SAFE
from wholestory.kernel.generated import Stamp


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: its rows are written as they come."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def workbook(sheets: Iterable[Sheet], about: Sequence[str], *, title: str, stamp: Stamp) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**SAFE, "constant_memory": True})
    book.set_properties({"title": title, "author": "Wholestory"})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
    first = book.add_worksheet("About this file")
    first.set_column(0, 0, 110)
    for down, text in enumerate((*stamp.lines(), title, *about)):
        first.write_string(down, 0, text)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, bold, day)
    book.close()
    return out.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any, day: Any) -> None:
    for across in range(len(sheet.heads)):
        width = sheet.widths[across] if across < len(sheet.widths) else 16
        page.set_column(across, across, width)
    page.freeze_panes(1, 1)
    for across, head in enumerate(sheet.heads):
        page.write_string(0, across, head, bold)
    down = 0
    for row in sheet.rows:
        down += 1
        for across, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                page.write_datetime(down, across, value, day)
            elif isinstance(value, int | float):
                page.write_number(down, across, value)
            else:
                page.write_string(down, across, str(value)[:32_767])
    page.autofilter(0, 0, max(down, 1), len(sheet.heads) - 1)


def definitions(framework: Framework) -> tuple[Sheet, Sheet]:
    """What was asked, and what each point of the scale means."""
    items = (
        (framework.numbers[key], key, framework.standard_of[key].title, item.text, item.guidance,
         "Yes" if item.critical else "", "; ".join(item.external_refs), *item.descriptors)
        for key, item in framework.items.items()
    )  # fmt: skip
    points = [point.label for point in framework.scale.points]
    heads = ("Number", "Key", "Standard", "Item", "Guidance", "Critical", "See also", *points)
    scale = (
        (point.value, point.label, point.colour, float(point.normalised),
         "Yes" if framework.compliant.passes(point.value) else "No")
        for point in framework.scale.points
    )  # fmt: skip
    return (
        Sheet("Definitions", heads, items, (9, 24, 30, 50, 50, 9, 20)),
        Sheet("Scale", ("Stored as", "Label", "Colour", "From 0 to 1", "Compliant by the framework"), scale),
    )

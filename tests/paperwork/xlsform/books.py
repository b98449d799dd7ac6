"""Workbooks for tests, made of a few rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from wholestory.paperwork.xlsform import Reading
from wholestory.paperwork.xlsform.reading import read_sheets
from wholestory.paperwork.xlsform.workbook import Book, Sheet

REAL = Path(__file__).parent / "workbooks"
Rows = Sequence[Sequence[str]]
YES_NO = (("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))


def sheets(survey: Rows, choices: Rows = (), settings: Rows = ()) -> Book:
    """A workbook of the three sheets; the choices without their headings, which are always the same."""
    filled = {"survey": survey, "choices": (("list_name", "name", "label"), *choices), "settings": settings}
    return Book(tuple(Sheet(name, _even(rows)) for name, rows in filled.items() if rows))


def _even(rows: Rows) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def read(survey: Rows, choices: Rows = YES_NO, settings: Rows = ()) -> Reading:
    """What the sheets come to."""
    return read_sheets(sheets(survey, choices, settings), "made.xlsx")[0]


def packed(survey: Rows, choices: Rows = (), settings: Rows = ()) -> bytes:
    """The same as a file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets(survey, choices, settings).sheets:
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(found: Sequence[object]) -> list[str]:
    """Findings as a person reads them."""
    return [str(one) for one in found]

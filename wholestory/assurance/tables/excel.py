"""Excel workbooks, .xlsx and .xls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from wholestory.assurance.tables.shape import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TABLES,
    NotReadable,
    Table,
    check_size,
    table_of,
)
from wholestory.kernel.workbooks import CannotRead, HasPassword, RawSheet, TooLarge, read_raw


def read_excel(content: bytes, name: str) -> tuple[Table, ...]:
    """Every visible sheet that holds anything. Raises NotReadable."""
    try:
        book = read_raw(content, sheets=MOST_TABLES, rows=MOST_ROWS, columns=MOST_COLUMNS)
    except HasPassword as reason:
        raise NotReadable(f"“{name}” has a password. Save it without one and choose it again") from reason
    except TooLarge as reason:
        raise NotReadable(
            f"“{name}” is too large to read, or a cell stands far below or far to the right of all others."
            " Copy the table into a new workbook and choose that"
        ) from reason
    except CannotRead as reason:
        raise NotReadable(f"“{name}” is damaged or not an Excel workbook. Save it again") from reason
    if book.count > MOST_TABLES:
        raise NotReadable(f"“{name}” has more than {MOST_TABLES} sheets")
    found = [_table(sheet) for sheet in book.sheets if not sheet.hidden]
    return tuple(table for table in found if table is not None)


def _table(sheet: RawSheet) -> Table | None:
    check_size(f"Sheet {sheet.name}", sheet.height, sheet.width)
    cells = [[_text(value) for value in row] for row in sheet.rows]
    _spread(cells, sheet.merged)
    return table_of(sheet.name, list(enumerate(cells, 1)), "sheet")


def _spread(cells: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give a merged cell's text to every row it covers, in its first column."""
    for (top, left), (bottom, _right) in merged:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        for row in range(top + 1, min(bottom + 1, len(cells))):
            cells[row][left] = cells[top][left]


def _text(value: Any) -> str:
    """A cell's value as the person reads it: ``3`` and not ``3.0``, a day as 2016-03-14."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return str(value)

"""Opening a workbook somebody sends, in bounds, and telling which of its sheets is which list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wholestory.indicators.child_level.annex_a.headings import find, layouts
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.limits import LIMITS, MEGABYTE
from wholestory.kernel.workbooks import CannotRead, HasPassword, RawBook, RawSheet, TooLarge, read_raw

MOST_BYTES = 50 * MEGABYTE
MOST_SHEETS = 40
MOST_ROWS = 100_000
"""Rows of one sheet. The largest authority's contacts of six months are about 40,000."""

_NAME = re.compile(r"\blist[\s_.-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)


def opened(source: Path | bytes, name: str) -> RawBook:
    """The cells of a workbook. Raises Refused when it cannot be read or is more than is read."""
    held = source.stat().st_size if isinstance(source, Path) else len(source)
    if held > MOST_BYTES:
        raise Refused(
            name,
            f"The workbook is {held // MEGABYTE} MB; at most {MOST_BYTES // MEGABYTE} MB are read.",
            "Remove pictures and what is not a list, and send it again.",
        )
    content = source.read_bytes() if isinstance(source, Path) else source
    try:
        return read_raw(content, sheets=MOST_SHEETS, rows=MOST_ROWS, columns=LIMITS.columns)
    except HasPassword as locked:
        raise Refused(
            name, "The workbook has a password.", "Save it without one and send it securely."
        ) from locked
    except TooLarge as large:
        raise Refused(
            name,
            "The workbook unpacks to more than is read.",
            "Delete the empty rows and columns below and beside the lists, save, and send it again.",
        ) from large
    except CannotRead as damaged:
        raise Refused(
            name,
            "The file is damaged, cut short or no workbook.",
            "Open it in Excel, save it as .xlsx and send it again.",
        ) from damaged


def numbered(sheet: RawSheet) -> int | None:
    """The number of the list a sheet is named after."""
    found = _NAME.search(sheet.name)
    return int(found[1]) if found else None


def lists_of(book: RawBook) -> Iterator[tuple[RawSheet, int]]:
    """Sheets that are lists: those named so first, then by their headings."""
    unnamed = []
    for sheet in book.sheets:
        number = numbered(sheet)
        if number in layouts():
            yield sheet, number
        elif number is None and sheet.rows:
            unnamed.append(sheet)
    for sheet in unnamed:
        fits = [
            (len(headings.at), -number)
            for number, layout in layouts().items()
            if (headings := find(layout, sheet.rows))
            and not any(column.needed for column in headings.missing)
            and not headings.guessed
        ]
        if fits:
            yield sheet, -max(fits)[1]

"""A scorecard as somebody sends it, a workbook or CSV, as sheets of text. Nothing of it is understood here."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from typing import Any

from wholestory.kernel import workbooks
from wholestory.kernel.plain_text import without_unseen

MOST_BYTES = 10_000_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 30, 600, 200
LONGEST_CELL = 600
ENDINGS = ("csv", "xlsx", "xls", "ods")


class Unreadable(ValueError):
    """The file cannot be read; the sentence says why and what to do."""


def read(name: str, content: bytes) -> list[dict[str, Any]]:
    """The sheets that hold something, each ``{name, rows, merged}`` ready to be kept. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise Unreadable("Send the scorecard as a workbook or a CSV file (.xlsx, .xls, .ods or .csv).")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send it in parts.")
    sheets = _csv(content) if ending == "csv" else _workbook(content)
    found = [sheet for sheet in sheets if any(any(row) for row in sheet["rows"])]
    if not found:
        raise Unreadable("There is nothing in the file.")
    return found


def _csv(content: bytes) -> list[dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What older spreadsheets write in this country.
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("The file is not a text file. Save it as “CSV UTF-8”.")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        rows = [[_tidy(cell) for cell in row] for row in reader]
    except csv.Error as trouble:
        raise Unreadable(f"The file is not CSV: {trouble}, line {reader.line_num}.") from trouble
    _within("The file", len(rows), max(map(len, rows), default=0))
    return [{"name": "The file", "rows": rows, "merged": []}]


def _workbook(content: bytes) -> list[dict[str, Any]]:
    try:
        book = workbooks.read_raw(content, sheets=MOST_SHEETS, rows=MOST_ROWS + 1, columns=MOST_COLUMNS + 1)
    except workbooks.HasPassword as trouble:
        raise Unreadable("The workbook has a password. Take it off in the spreadsheet first.") from trouble
    except workbooks.CannotRead as trouble:
        raise Unreadable(f"{trouble} Save it again, or send it as CSV.") from trouble
    if book.count > MOST_SHEETS:
        raise Unreadable(f"There are more than {MOST_SHEETS} sheets in the workbook. Send it in parts.")
    found = []
    for sheet in book.sheets:
        if not sheet.rows or sheet.hidden:
            continue
        _within(f"“{sheet.name}”", sheet.height, sheet.width)
        rows = [[_tidy(_said(value)) for value in row] for row in sheet.rows]
        found.append(
            {"name": sheet.name, "rows": rows, "merged": [list(map(list, one)) for one in sheet.merged]}
        )
    return found


def _within(name: str, height: int, width: int) -> None:
    if height > MOST_ROWS or width > MOST_COLUMNS:
        raise Unreadable(
            f"{name} has {height:,} rows and {width:,} columns; at most {MOST_ROWS} and {MOST_COLUMNS} are read."
            " Send it in parts."
        )


def _said(value: workbooks.Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # What a cell shows as 23.1 is kept as 23.099999999999998: fifteen places are all that spreadsheets mean.
        return f"{value:.0f}" if value == int(value) else f"{value:.15g}"
    return str(value)


def _tidy(text: str) -> str:
    return without_unseen(text).replace("\x00", "").strip()[:LONGEST_CELL]

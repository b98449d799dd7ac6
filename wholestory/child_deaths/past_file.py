"""A list of cases as somebody sends it, CSV or a workbook, as rows of text. Nothing of it is understood here."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time

from wholestory.kernel import workbooks
from wholestory.kernel.plain_text import without_unseen

MOST_BYTES = 10_000_000
MOST_LINES, MOST_COLUMNS = 5_000, 60
#: Exports of other products have a column for every question of every form.
MOST_COLUMNS_EXPORTED = 1_000
LONGEST_CELL = 4_000
ENDINGS = ("csv", "xlsx", "xls", "ods")


class Unreadable(ValueError):
    """The file cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One line of the file, with its number as the file counts it."""

    number: int
    cells: tuple[str, ...]


def read(name: str, content: bytes, columns: int = MOST_COLUMNS) -> list[Row]:
    """Every line that says something, of at most so many columns. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise Unreadable("Send the list as a CSV file or a workbook (.csv, .xlsx, .xls or .ods).")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send it in parts.")
    rows = _csv(content) if ending == "csv" else _workbook(content, columns)
    found = [Row(number, cells) for number, cells in rows if any(cells)]
    if len(found) < 2:
        raise Unreadable("There is no list in the file: a row of headings, and a line for each case.")
    if len(found) > MOST_LINES + 1:
        raise Unreadable(f"There are more than {MOST_LINES:,} lines in the file. Send it in parts.")
    width = max(len(row.cells) for row in found)
    if width > columns:
        raise Unreadable(f"There are more than {columns:,} columns in the file. Leave some out.")
    return [Row(row.number, row.cells + ("",) * (width - len(row.cells))) for row in found]


def _csv(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What older spreadsheets write in this country.
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("The file is not a text file. Save it as “CSV UTF-8”.")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    found, begins = [], 1
    try:
        for cells in reader:
            found.append((begins, tuple(_tidy(cell) for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error as trouble:
        raise Unreadable(f"The file is not CSV: {trouble}, line {reader.line_num}.") from trouble
    return found


def _workbook(content: bytes, columns: int) -> list[tuple[int, tuple[str, ...]]]:
    try:
        book = workbooks.read_raw(content, sheets=10, rows=MOST_LINES + 50, columns=columns + 1)
    except workbooks.HasPassword as trouble:
        raise Unreadable("The workbook has a password. Take it off in the spreadsheet first.") from trouble
    except workbooks.CannotRead as trouble:
        raise Unreadable(f"{trouble} Save it again, or send it as CSV.") from trouble
    sheets = [one for one in book.sheets if one.rows and not one.hidden]
    if not sheets:
        raise Unreadable("There is nothing in the workbook.")
    # The list is the sheet with the most lines; notes and look-up tables stand on others.
    sheet = max(sheets, key=lambda one: one.height)
    if sheet.height > MOST_LINES + 50:
        raise Unreadable(f"There are more than {MOST_LINES:,} lines in the file. Send it in parts.")
    return [(n, tuple(_tidy(_said(value)) for value in row)) for n, row in enumerate(sheet.rows, 1)]


def _said(value: workbooks.Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) else str(value)
    return str(value)


def _tidy(text: str) -> str:
    tidied = without_unseen(text).replace("\x00", "").strip()
    if len(tidied) > LONGEST_CELL:
        raise Unreadable(f"A cell holds more than {LONGEST_CELL:,} letters. Shorten it.")
    # Some spreadsheets guard cells against being run as formulas; take the guard off again.
    return tidied[1:] if tidied[:2] in ("'=", "'+", "'-", "'@") else tidied

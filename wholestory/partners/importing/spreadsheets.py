"""Reading a spreadsheet somebody sent: what kind it is by its content, and its cells as text. Runs nothing in it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import filetype

from wholestory.kernel.workbooks import CannotRead, HasPassword, RawSheet, TooLarge, read_raw
from wholestory.partners.rules.values import tidy

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_UNPACKED = 80 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 80
MOST_SHEETS = 30
LONGEST_CELL = 500

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How a password-protected workbook names its content, inside the old container format.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class NotASpreadsheet(ValueError):
    """The file cannot be used. The message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells as text, every row as long as the longest, and where it was cut short."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False

    @property
    def filled_rows(self) -> int:
        """How many rows hold anything."""
        return sum(1 for row in self.rows if any(row))


def read(content: bytes) -> tuple[Sheet, ...]:
    """The sheets that hold anything, in the file's order. Raises NotASpreadsheet."""
    if not content.strip():
        raise NotASpreadsheet("The file is empty. Save the spreadsheet again and choose that copy.")
    if len(content) > MOST_BYTES:
        raise NotASpreadsheet("The file is larger than 5 MB. Save a copy with the membership sheet only.")
    sheets = tuple(sheet for sheet in _reader(content)(content) if sheet.filled_rows)
    if not sheets:
        raise NotASpreadsheet("There is nothing in the cells of this spreadsheet.")
    return sheets


def _reader(content: bytes) -> Callable[[bytes], Iterable[Sheet]]:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise NotASpreadsheet("The spreadsheet is protected with a password. Save a copy without one.")
        return _workbook
    if content.startswith(b"PK\x03\x04"):
        _check_unpacked(content)
        return _workbook
    kind = filetype.guess(content)
    if kind is not None:
        raise NotASpreadsheet(
            f"This is a {kind.extension.upper()} file. Choose a spreadsheet: .xlsx, .xls, .ods or .csv."
        )
    return _text


def _check_unpacked(content: bytes) -> None:
    """A small archive can unpack to more than the machine holds; its own directory says how much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotASpreadsheet(
            "The file is damaged and cannot be opened. Save the spreadsheet again."
        ) from error
    if size > MOST_BYTES_UNPACKED:
        raise NotASpreadsheet(
            "The spreadsheet is too large to open. Save a copy with the membership sheet only."
        )
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise NotASpreadsheet(
            "This is not a spreadsheet. Choose a file that ends in .xlsx, .xls, .ods or .csv."
        )


def _workbook(content: bytes) -> Iterable[Sheet]:
    try:
        book = read_raw(content, sheets=MOST_SHEETS, rows=MOST_ROWS, columns=MOST_COLUMNS)
    except HasPassword as error:
        raise NotASpreadsheet(
            "The spreadsheet is protected with a password. Save a copy without one."
        ) from error
    except TooLarge as error:
        raise NotASpreadsheet(
            "The spreadsheet is too large to open, or a cell stands far below or far to the right of all others."
            " Copy the membership sheet into a new spreadsheet and choose that."
        ) from error
    except CannotRead as error:
        raise NotASpreadsheet(
            "The file is damaged or is not a spreadsheet. Save it again and choose that copy."
        ) from error
    return [_sheet(sheet) for sheet in book.sheets]


def _sheet(sheet: RawSheet) -> Sheet:
    rows = [[_as_text(cell) for cell in row] for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        _fill_merged(rows, top, left, bottom, right)
    return Sheet(sheet.name, _even(rows), cut=sheet.height > MOST_ROWS)


def _fill_merged(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """What stands in merged cells holds for every row they span; across, only the first column keeps it."""
    if top >= len(rows) or left >= len(rows[top]) or bottom - top > MOST_ROWS:
        return
    value = rows[top][left]
    for place in range(top + 1, min(bottom, len(rows) - 1) + 1):
        if left < len(rows[place]) and not rows[place][left]:
            rows[place][left] = value


def _as_text(cell: object) -> str:
    """A cell as a person reads it; dates as 2016-03-14, which cannot be misread."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return tidy(str(cell))[:LONGEST_CELL]


def _text(content: bytes) -> Iterable[Sheet]:
    text = _decoded(content)
    try:
        rows: list[list[str]] = []
        cut = False
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            if len(rows) == MOST_ROWS:
                cut = True
                break
            rows.append([tidy(cell)[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]])
    except csv.Error as error:
        raise NotASpreadsheet(
            "The file cannot be read as CSV. Save the spreadsheet as .xlsx and choose that."
        ) from error
    if max((sum(1 for cell in row if cell) for row in rows), default=0) < 2:
        raise NotASpreadsheet("There are no columns in this file. Save the spreadsheet as .xlsx or .csv.")
    return [Sheet("CSV", _even(rows), cut)]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (
            "\0" not in text
            and sum(not one.isprintable() and one not in "\r\n\t\f\x0b\u2028" for one in text[:4000]) < 5
        ):
            return text
    raise NotASpreadsheet("This is not a spreadsheet. Choose a file that ends in .xlsx, .xls, .ods or .csv.")


def _delimiter(text: str) -> str:
    """The character that parts the columns: the one most lines have as many of as their neighbours."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def steadiness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        usual = max(set(counts), key=counts.count) if counts else 0
        return counts.count(usual) if usual else 0, usual

    return max((",", ";", "\t", "|"), key=steadiness)


def _even(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Every row as long as the longest that holds anything, so that a column is the same place in each."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(tuple(row[:width] + [""] * (width - len(row))) for row in rows)

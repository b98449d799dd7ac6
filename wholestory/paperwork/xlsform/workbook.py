"""A workbook somebody sends, as the text of its cells. What is in it is believed of nobody.

Nothing is worked out: of a formula only the result that was saved beside it is read. Sizes are checked before anything
is unpacked, and no library is asked for a sheet larger than a form can be: a single cell in the far corner of a sheet
would otherwise ask for all the memory there is.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

from wholestory.kernel.workbooks import CannotRead, TooLarge, read_raw
from wholestory.paperwork.xlsform.findings import Finding, Spot
from wholestory.paperwork.xlsform.old_format import OLD, NotOldFormat, extent

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 30
MOST_ROWS = 6_000
MOST_COLUMNS = 400
LONGEST_CELL = 32_767
_NOTHING = (None, "n")
_PIECE = 64 * 1024
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f])_")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, SyntaxError, KeyError, IndexError, ValueError,
    TypeError, AttributeError, OSError, EOFError, OverflowError, RuntimeError, CannotRead,
)  # fmt: skip


class NotAWorkbook(ValueError):
    """The file cannot be read at all. The message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells as text, with no trailing empty rows. ``formulas`` lists the cells (row, column, from 1)
    that hold a formula."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook, and what was wrong with its size."""

    sheets: tuple[Sheet, ...]
    faults: tuple[Finding, ...] = ()


def read_book(content: bytes) -> Book:
    """The sheets of an .xlsx or old .xls workbook. Raises NotAWorkbook."""
    if not content:
        raise NotAWorkbook("The file is empty.")
    if len(content) > MOST_BYTES:
        raise NotAWorkbook("The file is larger than 5 MB; a form is not. Take the pictures out of it.")
    try:
        if content.startswith(OLD):
            return _old(content)
        if content.startswith(b"PK\x03\x04"):
            _check_parts(content)
            return _current(content)
    except _DAMAGED as reason:
        if isinstance(reason, NotAWorkbook):
            raise
        raise NotAWorkbook(
            "The file cannot be read as a workbook. Open it in Excel, save it again, and choose it again."
        ) from reason
    raise NotAWorkbook("This is not an Excel workbook. Choose a file that ends in .xlsx or .xls.")


# ---- .xlsx ----------------------------------------------------------------------------------------------------------


def _check_parts(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
            raise NotAWorkbook("The workbook unpacks to more than a form can hold.")
        if any(part.flag_bits & 1 for part in listed):
            raise NotAWorkbook("The workbook has a password. Save it without one.")
        names = {part.filename.lower() for part in listed}
        if "xl/workbook.xml" not in names:
            raise NotAWorkbook("This is not an Excel workbook. Choose a file that ends in .xlsx or .xls.")
        if any("vbaproject" in name for name in names):
            raise NotAWorkbook("The workbook holds macros. Save it as .xlsx, without them.")
        for part in listed:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with parts.open(part) as opened:
                    _refuse_entities(opened)


class _Begun(Exception):
    """The first element was reached: nothing can be declared after it."""


def _refuse_entities(opened: IO[bytes]) -> None:
    """Entities are declared in a document type, which no workbook has."""
    parser = expat.ParserCreate()

    def declared(*_about: object) -> None:
        raise NotAWorkbook("The workbook holds something no workbook holds, and was not read.")

    def begun(*_about: object) -> None:
        raise _Begun

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        while piece := opened.read(_PIECE):
            parser.Parse(piece, False)
    except _Begun:
        return
    except expat.ExpatError as broken:
        raise ValueError("not XML") from broken


def _current(packed: bytes) -> Book:
    sheets, faults = [], []
    for name, rows in _opened(packed, results=False):
        formulas: list[tuple[int, int]] = []
        texts = []
        for at, row in enumerate(rows, 1):
            held = ["" for _cell in row]
            for across, (value, kind) in enumerate(row):
                if kind == "f":
                    formulas.append((at, across + 1))
                elif value is not None:
                    held[across] = _unescaped(_text(value))
            texts.append(tuple(held))
        if len(texts) > MOST_ROWS:
            faults.append(_too_long(name))
        sheets.append(Sheet(name, tuple(texts[:MOST_ROWS]), tuple(formulas)))
    if any(sheet.formulas for sheet in sheets):
        sheets = list(_with_results(packed, sheets))
    return Book(tuple(replace(sheet, rows=_even(list(sheet.rows))) for sheet in sheets), tuple(faults))


def _with_results(packed: bytes, sheets: list[Sheet]) -> Iterator[Sheet]:
    """The sheets with what their formulas came to when the workbook was saved."""
    for sheet, (_name, rows) in zip(sheets, _opened(packed, results=True), strict=True):
        wanted = frozenset(sheet.formulas)
        texts = [
            tuple(
                _unescaped(_text(held[0])) if (at, across) in wanted else text
                for across, (text, held) in enumerate(zip(before, row, strict=False), 1)
            )
            for at, (before, row) in enumerate(zip(sheet.rows, rows, strict=False), 1)
        ]
        yield replace(sheet, rows=tuple(texts))


def _opened(packed: bytes, *, results: bool) -> Iterator[tuple[str, Iterator[list[tuple[object, str]]]]]:
    """Every sheet with its rows of (value, type of cell); with ``results``, what formulas came to when saved."""
    with warnings.catch_warnings():
        # It says which of Excel's own additions it does not keep; nothing is written back here.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(packed), read_only=True, keep_links=False, data_only=results)
        try:
            for sheet in book.worksheets[:MOST_SHEETS]:
                # What a sheet says of its own size is often wrong.
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
                yield sheet.title, ([_held(cell) for cell in row] for row in rows)
        finally:
            book.close()


def _held(cell: Any) -> tuple[object, str]:
    return _NOTHING if cell is EMPTY_CELL else (cell.value, cell.data_type)


def _unescaped(text: str) -> str:
    """Workbooks write a control character as ``_x000D_``. What else looks so cannot be told from plain text here, as
    the library has taken the sign that told them apart away."""
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text


# ---- .xls -----------------------------------------------------------------------------------------------------------


def _old(content: bytes) -> Book:
    try:
        reach = extent(content)
    except NotOldFormat as reason:
        raise NotAWorkbook(str(reason)) from reason
    if reach.row > MOST_ROWS:
        raise NotAWorkbook(f"A sheet has cells below row {MOST_ROWS:,}; a form has fewer rows.")
    try:
        book = read_raw(content, sheets=MOST_SHEETS, rows=MOST_ROWS, columns=MOST_COLUMNS)
    except TooLarge as reason:
        raise NotAWorkbook(
            "The workbook is too large to read, or a cell stands far to the right of all others."
        ) from reason
    return Book(
        tuple(Sheet(each.name, _even([tuple(map(_text, row)) for row in each.rows])) for each in book.sheets)
    )


# ---- both -----------------------------------------------------------------------------------------------------------


def _too_long(name: str) -> Finding:
    return Finding(
        Spot(name, MOST_ROWS + 1), f"a form may have {MOST_ROWS:,} rows; what is below was not read"
    )


def _text(value: object) -> str:
    """A cell as its author sees it: whole numbers without a point, dates as 2016-03-14."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)[:LONGEST_CELL]


def _even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Every row as long as the longest that holds anything, without empty rows at the end."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple((*row[:width], *[""] * (width - len(row))) for row in rows)

"""Excel workbooks, .xlsx and .xls."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from wholestory.assurance.tables.packed import OLD_OFFICE, part_of, unpacked
from wholestory.assurance.tables.shape import MOST_TABLES, NotReadable, Table, check_size, table_of

_DIGITS = re.compile(r"[0-9]{1,7}")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_excel(content: bytes, name: str) -> tuple[Table, ...]:
    """Every visible sheet that holds anything. Raises NotReadable."""
    if not content.startswith(OLD_OFFICE):
        _check_extents(content, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            named = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            if len(named) > MOST_TABLES:
                raise NotReadable(f"“{name}” has more than {MOST_TABLES} sheets")
            found = [_table(book.get_sheet_by_name(each)) for each in named]
    except PasswordError as reason:
        raise NotReadable(f"“{name}” has a password. Save it without one and choose it again") from reason
    except (CalamineError, OSError, ValueError) as reason:
        if isinstance(reason, NotReadable):
            raise
        raise NotReadable(f"“{name}” is damaged or not an Excel workbook. Save it again") from reason
    return tuple(table for table in found if table is not None)


def _table(sheet: CalamineSheet) -> Table | None:
    check_size(f"Sheet {sheet.name}", sheet.total_height, sheet.total_width)
    cells = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _spread(cells, sheet.merged_cell_ranges or ())
    return table_of(str(sheet.name), list(enumerate(cells, 1)), "sheet")


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


def _check_extents(content: bytes, name: str) -> None:
    """Refuse sheets whose filled cells lie far apart before anything makes room for all between them."""
    with unpacked(content, name) as packed:
        for part in packed.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                rows, columns = _extent(packed, part, name)
                check_size(f"A sheet of “{name}”", rows, columns)


class _Extent:
    """Walks through a sheet's XML and keeps the last row and column that hold anything."""

    def __init__(self) -> None:
        self.last_row = self.last_column = 0
        self._row = self._column = 0

    def starts(self, tag: str, given: dict[str, str]) -> None:
        """A row or a cell may leave out where it stands: it then follows the one before."""
        kind = tag.rpartition(":")[2]
        if kind == "row":
            at = given.get("r", "")
            self._row, self._column = (int(at) if _DIGITS.fullmatch(at) else self._row + 1), 0
        elif kind == "c":
            place = _PLACE.fullmatch(given.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
        elif kind in {"v", "is"}:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)


def _extent(packed: zipfile.ZipFile, part: str, name: str) -> tuple[int, int]:
    """The last row and the last column of a sheet that hold anything."""
    found, parser = _Extent(), expat.ParserCreate()
    parser.StartElementHandler = found.starts
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        with part_of(packed, part, name) as opened:
            parser.ParseFile(opened)
    except expat.ExpatError as reason:
        raise NotReadable(f"“{name}” is damaged. Save it again") from reason
    return found.last_row, found.last_column


def _no_doctype(*_: object) -> None:
    """No office program writes one; what it can declare is only good for harm."""
    raise NotReadable("This workbook was not written by a spreadsheet program. Save it again in one")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

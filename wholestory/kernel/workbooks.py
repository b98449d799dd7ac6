"""Workbooks somebody sends (.xlsx, .xls, .ods), as the cells they hold, whatever they ask of the reading program.

Nothing is worked out and nothing is run. The reading is done by ``kernel.workbook_reader``, a process of its own with
little memory and little time: no file can end the one that answers requests. Every room reads through here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from wholestory.kernel.workbook_reader import CANNOT_READ, PASSWORD

_READER = "wholestory.kernel.workbook_reader"
#: Seconds until a reader is ended that waits for a busy machine.
_MOST_SECONDS = 60

Value = str | float | bool | date | datetime | time | timedelta
"""What a cell can hold; an empty one holds an empty text."""


class CannotRead(Exception):
    """The file is damaged, or no workbook."""


class HasPassword(CannotRead):
    """The workbook is locked."""


class TooLarge(CannotRead):
    """The workbook, or what its cells spread over, is more than is read."""


@dataclass(frozen=True)
class RawSheet:
    """One sheet. ``rows`` begin at the first row of the sheet and ``height`` and ``width`` count the rows and columns
    it really has: more than were asked for may be there. ``merged`` holds (row, column) of the first and the last cell
    of each merged range, counted from 0. A sheet that is a chart has no rows."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    height: int
    width: int
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class RawBook:
    """The sheets that were asked for, and how many there are."""

    sheets: tuple[RawSheet, ...]
    count: int


def read_raw(content: bytes, *, sheets: int, rows: int, columns: int) -> RawBook:
    """The first ``sheets`` sheets of a workbook, each with its first ``rows`` rows and ``columns`` columns. Raises
    CannotRead, and as such HasPassword and TooLarge."""
    asked = [sys.executable, "-m", _READER, str(sheets), str(rows), str(columns)]
    try:
        ended = subprocess.run(asked, input=content, capture_output=True, timeout=_MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired as over:
        raise TooLarge("The workbook took too long to read.") from over
    if ended.returncode == PASSWORD:
        raise HasPassword("The workbook has a password.")
    if ended.returncode == CANNOT_READ:
        raise CannotRead("The workbook is damaged.")
    if ended.returncode:
        # Whatever else ends it is a limit: of memory, of time, or its own.
        raise TooLarge("The workbook holds more than is read.")
    read = json.loads(ended.stdout, object_hook=_valued)
    return RawBook(tuple(map(_sheet, read)), read[0]["sheets"] if read else 0)


_MOMENTS: dict[str, Any] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}


def _valued(held: dict[str, Any]) -> Any:
    if len(held) != 1:
        return held
    ((kind, value),) = held.items()
    return _MOMENTS[kind](value)


def _sheet(read: dict[str, Any]) -> RawSheet:
    return RawSheet(
        name=read["name"],
        rows=tuple(map(tuple, read["rows"])),
        height=read["height"],
        width=read["width"],
        merged=tuple(((first[0], first[1]), (last[0], last[1])) for first, last in read["merged"]),
        hidden=read["hidden"],
    )

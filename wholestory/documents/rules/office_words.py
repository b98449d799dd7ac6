"""The words of Word, PowerPoint, Excel and OpenDocument files, read piece by piece from their parts.

No entity is put in, nothing is fetched, and a part that goes on for ever is left when the time is over.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from wholestory.documents.rules.budget import LONGEST_LINE, MOST_CHARACTERS, PIECE, Budget, Enough, Unreadable
from wholestory.documents.rules.screening import Line

_MOST_SHARED = 200_000


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _events(
    packed: zipfile.ZipFile, part: str, budget: Budget, wanted: frozenset[str]
) -> Iterator[tuple[str, Any]]:
    """Beginnings and ends of the wanted elements of a part; what was passed is forgotten."""
    with packed.open(part) as opened:
        counted = _Counted(opened, budget)
        for event, element in etree.iterparse(
            counted, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            recover=False,
        ):  # fmt: skip
            if element.getroottree().docinfo.internalDTD is not None:
                raise Unreadable
            if isinstance(element.tag, str) and _local(element) in wanted:
                yield event, element


class _Counted:
    """A part of a packed file that stops being read when the time is over, however far it unpacks."""

    def __init__(self, opened: IO[bytes], budget: Budget) -> None:
        self._opened, self._budget, self._left = opened, budget, 40 * MOST_CHARACTERS

    def read(self, size: int = -1) -> bytes:
        piece = self._opened.read(PIECE if size < 0 else min(size, PIECE))
        self._left -= len(piece)
        if self._left < 0:
            raise Enough
        self._budget.spend(0)
        return piece


_WANTED = frozenset({"p", "h", "tc", "tr", "tbl", "table", "table-row", "table-cell", "t"})
_CELLS, _ROWS, _TABLES = {"tc", "table-cell"}, {"tr", "table-row"}, {"tbl", "table"}


def _paragraphs(packed: zipfile.ZipFile, part: str, where: str, budget: Budget) -> Iterator[Line]:
    """Paragraphs and rows of tables, of Word, PowerPoint and OpenDocument alike."""
    number = tables = rows = depth = 0
    cells: list[str] = []
    for event, element in _events(packed, part, budget, _WANTED):
        name = _local(element)
        if event == "start":
            depth += name in _CELLS
            tables += name in _TABLES
            if name in _ROWS:
                cells, rows = [], rows + 1
            continue
        if name in {"p", "h"} and not depth:
            number += 1
            yield Line(where or f"paragraph {number}", ("".join(map(str, element.itertext())),))
            _forget(element)
        elif name in _CELLS:
            depth -= 1
            cells.append(
                " ".join("".join(map(str, p.itertext())) for p in element.iter() if _local(p) in {"p", "h"})
            )
        elif name in _ROWS:
            place = where or f"table {tables}, row {rows}"
            yield Line(place, tuple(cells), f"{part} {tables}")
            _forget(element)
        elif name in _TABLES:
            rows = 0


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _parts(opened: IO[bytes], pattern: str, label: str, budget: Budget) -> Iterator[Line]:
    wanted = re.compile(pattern)
    with zipfile.ZipFile(opened) as packed:
        found = [
            (int((m.groups() or ("0",))[0] or 0), one)
            for one in packed.namelist()
            if (m := wanted.fullmatch(one))
        ]
        for number, part in sorted(found):
            yield from _paragraphs(packed, part, f"{label} {number}" if label else "", budget)


def word(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    yield from _parts(
        opened, r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", "", budget
    )


def slides(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    yield from _parts(opened, r"ppt/(?:slides/slide|notesSlides/notesSlide)(\d+)\.xml", "slide", budget)


def open_document(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    yield from _parts(opened, r"content\.xml", "", budget)


def workbook(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    with zipfile.ZipFile(opened) as packed:
        shared = list(_shared(packed, budget))
        sheets = [
            (int(m[1]), one)
            for one in packed.namelist()
            if (m := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", one))
        ]
        for sheet, part in sorted(sheets):
            rows = 0
            for event, row in _events(packed, part, budget, frozenset({"row"})):
                if event == "end":
                    rows += 1
                    place = f"sheet {sheet}, row {row.get('r') or rows}"
                    yield Line(place, tuple(_cells(row, shared)), part)
                    _forget(row)


def _shared(packed: zipfile.ZipFile, budget: Budget) -> Iterator[str]:
    if "xl/sharedStrings.xml" not in packed.namelist():
        return
    kept = 0
    for event, one in _events(packed, "xl/sharedStrings.xml", budget, frozenset({"si"})):
        if event == "end":
            kept += 1
            if kept > _MOST_SHARED:
                raise Enough
            text = "".join(str(t.text or "") for t in one.iter() if _local(t) == "t")[:LONGEST_LINE]
            budget.spend(len(text))
            yield text
            _forget(one)


def _cells(row: Any, shared: list[str]) -> Iterator[str]:
    """The cells of a row in their columns: a row leaves out those that are empty."""
    at = 0
    for cell in row:
        if _local(cell) != "c":
            continue
        column = _column(cell.get("r") or "")
        while column is not None and at < min(column, 200):
            at += 1
            yield ""
        at += 1
        yield _value(cell, shared)


def _column(reference: str) -> int | None:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return None
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(str(t.text or "") for t in cell.iter() if _local(t) == "t")
    value = next((str(one.text or "") for one in cell if _local(one) == "v"), "")
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if re.fullmatch(r"\d\.\d+E\+?\d{1,2}", value):
        return str(int(float(value)))
    return value

"""A Word or Excel file somebody sends, read as a copy of a form. What is in it is believed of nobody.

The room that keeps files has judged the kind of file, its size and that it holds no macros before it is opened here.
Here nothing is fetched, no formula is worked out, no entity is put in, and reading stops at a limit.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any
from xml.parsers import expat

import docx
import openpyxl
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from wholestory.paperwork.copies.excel import HEADINGS
from wholestory.paperwork.copies.marks import (
    ANSWER,
    MARKS_SHEET,
    NAMESPACE,
    NUMBER,
    PICK,
    PLACE,
    PLACEHOLDER,
    REASON,
    REVISION,
    SHEET,
    WORD_ANSWER,
    WORD_NUMBER,
    WORD_REASON,
    Marks,
    whole,
)  # fmt: skip

MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED = 40 * 1024 * 1024
_MOST_ROWS = 20_000
_LONGEST = 100_000
_PIECE = 64 * 1024
_CONTROL = re.compile("_x00[01][0-9A-Fa-f]_")
"""How a workbook writes a control character, such as half of a Windows line end."""
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, OpcError, SyntaxError, KeyError, IndexError, ValueError,
    TypeError, AttributeError, OSError, EOFError, OverflowError, RuntimeError,
)  # fmt: skip
#: Answers that a formula hides: they were worked out elsewhere, or not at all.
FORMULA = "This cell holds a formula: write the answer itself"


class NotACopy(Exception):
    """The file is not a copy that can be loaded. The message says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """One answer as the file has it. ``at`` says where it stands for the person who looks for it."""

    place: str
    revision: int
    number: str
    answer: str
    reason: str
    at: str
    fault: str = ""


@dataclass(frozen=True)
class Copied:
    """A copy as it was read."""

    marks: Marks
    cells: tuple[Cell, ...]


def from_json(stored: Mapping[str, Any]) -> Copied:
    """A copy as it was kept after it was read."""
    marks = {**stored["marks"], "places": {}}
    return Copied(Marks(**marks), tuple(Cell(**cell) for cell in stored["cells"]))


def read(name: str, content: IO[bytes]) -> Copied:
    """The copy in a file whose kind was checked. Raises NotACopy."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ("xlsx", "docx"):
        raise NotACopy("Choose the Word (.docx) or Excel (.xlsx) copy that was downloaded from this form")
    packed = content.read(MOST_BYTES + 1)
    if len(packed) > MOST_BYTES:
        raise NotACopy("This file is larger than 10 MB: a filled copy is not. Take the pictures out of it")
    try:
        _check_parts(packed)
        found = _from_excel(packed) if ending == "xlsx" else _from_word(packed)
    except _DAMAGED as reason:
        raise NotACopy(
            "This file cannot be read. Open it in Word or Excel, save it again, and choose it again"
        ) from reason
    if found is None:
        raise NotACopy(
            "This file is not a copy downloaded from here, or it lost what says so. Download a new copy, put the"
            " answers into it, and load that one"
        )
    return found


def _check_parts(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
            raise NotACopy("This file unpacks to more than a filled copy can hold")
        for part in parts.infolist():
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with parts.open(part) as opened:
                    _refuse_entities(opened)


class _Root(Exception):
    """The first element was reached: nothing can be declared after it."""


def _refuse_entities(opened: IO[bytes]) -> None:
    """A document type is what entities are declared in; no Word or Excel file has one."""
    parser = expat.ParserCreate()

    def declared(*_about: object) -> None:
        raise NotACopy("This file holds something a filled copy never holds, and was not read")

    def reached(*_about: object) -> None:
        raise _Root

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = reached
    try:
        while piece := opened.read(_PIECE):
            parser.Parse(piece, False)
    except _Root:
        return
    except expat.ExpatError as broken:
        raise ValueError("not XML") from broken


# ---- Excel ----------------------------------------------------------------------------------------------------------


def _from_excel(packed: bytes) -> Copied | None:
    book = openpyxl.load_workbook(io.BytesIO(packed), read_only=True, keep_links=False)
    try:
        if SHEET not in book.sheetnames or MARKS_SHEET not in book.sheetnames:
            return None
        pairs = book[MARKS_SHEET].iter_rows(max_row=20, max_col=2, values_only=True)
        marks = Marks.read({str(row[0]): str(row[1]) for row in pairs if len(row) == 2 and row[0]})
        return Copied(marks, tuple(_cells(book[SHEET]))) if marks else None
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[Cell]:
    columns: dict[int, int] = {}
    for down, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS, max_col=20), 1):
        texts = [_text(cell.value) for cell in row]
        if not columns:
            columns = _columns(texts)
            continue

        held = {n: texts[across] for n, across in columns.items() if across < len(texts)}
        # What stands in a line without a place was never asked to be filled in: a heading, or a file.
        if place := held.get(PLACE, "").strip():
            answers = [row[columns[n]] for n in (ANSWER, REASON) if n in held]
            yield Cell(
                place,
                whole(held.get(REVISION, "")),
                held.get(NUMBER, ""),
                held.get(ANSWER, ""),
                held.get(REASON, ""),
                f"{SHEET}!{get_column_letter(columns[ANSWER] + 1)}{down}",
                fault=FORMULA if any(cell.data_type == "f" for cell in answers) else "",
            )


def _columns(texts: list[str]) -> dict[int, int]:
    """Where each column stands: found by its heading, for people put columns of their own between ours."""
    if not {"Number", "Place", "Saved", "Your answer", "Reason"} <= set(texts):
        return {}
    return {n: texts.index(words) for n, words in enumerate(HEADINGS) if words in texts}


def _text(value: object) -> str:
    """A cell's value as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _CONTROL.sub("", str(value))[:_LONGEST]


# ---- Word -----------------------------------------------------------------------------------------------------------


def _from_word(packed: bytes) -> Copied | None:
    document: Any = docx.Document(io.BytesIO(packed))
    marks = _carried(document)
    return Copied(marks, tuple(_lines(document, marks))) if marks else None


def _carried(document: Any) -> Marks | None:
    for relation in document.part.rels.values():
        if relation.is_external or NAMESPACE.encode() not in relation.target_part.blob:
            continue
        inside = re.search(rb"<copy[^>]*>(.*)</copy>", relation.target_part.blob, re.DOTALL)
        text = inside.group(1).decode("utf-8") if inside else ""
        for name, sign in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            text = text.replace(name, sign)
        said = json.loads(text) if text else {}
        if isinstance(said, dict) and (marks := Marks.read(said)):
            return marks
    return None


def _lines(document: Any, marks: Marks) -> Iterator[Cell]:
    tables = (one for one in document.element.body.iter(qn("w:tbl")) if not _is_inside(one, "w:tc"))
    for count, table in enumerate(tables, 1):
        for down, row in enumerate(_children(table, "w:tr"), 1):
            texts = [_words(cell) for cell in _children(row, "w:tc")]
            number = texts[WORD_NUMBER].strip() if texts else ""
            if len(texts) > WORD_REASON and number in marks.places:
                place, revision = marks.places[number]
                at = f"table {count}, row {down} (question {number})"
                yield Cell(place, revision, number, texts[WORD_ANSWER], texts[WORD_REASON], at)


def _children(of: Any, name: str) -> Iterator[Any]:
    """Rows or cells, those inside content controls included; not those of a table within a cell."""
    for child in of:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _children(child, name)


def _words(cell: Any) -> str:
    """What a cell says: each paragraph on a line of its own, without what is marked as deleted or moved away."""
    lines = []
    for paragraph in cell.iter(qn("w:p")):
        found = []
        for one in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab")):
            if _is_inside(one, "w:del") or _is_inside(one, "w:moveFrom") or _is_placeholder(one):
                continue
            found.append(
                (one.text or "") if one.tag == qn("w:t") else "\t" if one.tag == qn("w:tab") else "\n"
            )
        lines.append("".join(found))
    text = "\n".join(lines).strip()[:_LONGEST]
    return "" if text in (PLACEHOLDER, PICK) else text


def _is_inside(one: Any, name: str) -> bool:
    return next(one.iterancestors(qn(name)), None) is not None


def _is_placeholder(one: Any) -> bool:
    control = next(one.iterancestors(qn("w:sdt")), None)
    return control is not None and control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None

"""Tables of Word documents (.docx), and their paragraphs where there is no table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, TypeAlias

from docx.oxml import parse_xml

from wholestory.assurance.tables.packed import part_of, unpacked
from wholestory.assurance.tables.shape import MOST_COLUMNS, MOST_TABLES, NotReadable, Table, table_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: An element as python-docx parses it: no entity is resolved, nothing is fetched.
Element: TypeAlias = Any
_BODY = "word/document.xml"
#: What stands around rows, cells and paragraphs without being one: a form field, a tracked insertion.
_AROUND = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")}


def read_word(content: bytes, name: str) -> tuple[Table, ...]:
    """Every table of the document, named ``Table 1`` and so on, with the heading that stands over it.

    A table inside a cell is read as that cell's text. Raises NotReadable.
    """
    body = _body(content, name)
    found: list[Table] = []
    number, heading = 0, ""
    for element in _inside(body):
        if element.tag == f"{_W}p":
            words = _words(element)
            heading = words if words and _is_heading(element) else heading
        elif element.tag == f"{_W}tbl":
            number += 1
            if number > MOST_TABLES:
                raise NotReadable(f"“{name}” has more than {MOST_TABLES} tables")
            table = table_of(f"Table {number}", list(enumerate(_rows(element), 1)), "word", heading=heading)
            if table is not None:
                found.append(table)
    return tuple(found)


def read_paragraphs(content: bytes, name: str) -> str:
    """The document's paragraphs outside tables, one in a line; headings begin with ``# ``. Raises NotReadable."""
    paragraphs = [each for each in _inside(_body(content, name)) if each.tag == f"{_W}p" and _words(each)]
    return "\n".join(f"# {_words(each)}" if _is_heading(each) else _words(each) for each in paragraphs)


def _body(content: bytes, name: str) -> Element:
    with unpacked(content, name) as packed:
        if _BODY not in packed.namelist():
            raise NotReadable(f"“{name}” is not a Word document")
        return _parsed(packed, name)


def _parsed(packed: zipfile.ZipFile, name: str) -> Element:
    try:
        with part_of(packed, _BODY, name) as opened:
            body = parse_xml(opened.read()).find(f"{_W}body")
    except SyntaxError as reason:
        raise NotReadable(f"“{name}” is damaged. Save it again") from reason
    if body is None:
        raise NotReadable(f"“{name}” holds no text")
    return body


def _inside(element: Element) -> Iterator[Element]:
    """Its children, and those of what only stands around them."""
    for child in element:
        if child.tag in _AROUND:
            yield from _inside(child)
        else:
            yield child


def _rows(table: Element) -> Iterator[list[str]]:
    above: list[str] = []
    for row in _inside(table):
        if row.tag != f"{_W}tr":
            continue
        cells: list[str] = [""] * _value(row, "trPr/gridBefore")
        for cell in _inside(row):
            if cell.tag != f"{_W}tc" or len(cells) > MOST_COLUMNS:
                continue
            at = len(cells)
            goes_on = cell.find(_path("tcPr/vMerge"))
            if goes_on is not None and goes_on.get(f"{_W}val", "continue") == "continue":
                cells.append(above[at] if at < len(above) else "")
            else:
                cells.append(_all_words(cell))
            cells += [""] * (min(_value(cell, "tcPr/gridSpan", 1), MOST_COLUMNS) - 1)
        above = cells
        yield cells


def _value(element: Element, path: str, usual: int = 0) -> int:
    found = element.find(_path(path))
    given = "" if found is None else found.get(f"{_W}val", "")
    return min(int(given), MOST_COLUMNS) if given.isascii() and given.isdigit() and len(given) < 6 else usual


def _path(path: str) -> str:
    return "/".join(f"{_W}{step}" for step in path.split("/"))


def _all_words(cell: Element) -> str:
    return "\n".join(words for paragraph in cell.iter(f"{_W}p") if (words := _words(paragraph)))


def _words(paragraph: Element) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in {f"{_W}tab", f"{_W}cr", f"{_W}br"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _is_heading(paragraph: Element) -> bool:
    style = paragraph.find(_path("pPr/pStyle"))
    given = "" if style is None else style.get(f"{_W}val", "").lower()
    return given.startswith(("heading", "title")) or paragraph.find(_path("pPr/outlineLvl")) is not None

"""Looking through a file before it is kept. Nothing is written anywhere.

What is in a file is believed of nobody: reading stops at a number of characters and a number of seconds. A PDF is read
by a process of its own, which is ended when its time is over.
"""

from __future__ import annotations

import codecs
import csv
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from lxml import etree

from wholestory.documents.rules import content, office_words
from wholestory.documents.rules.budget import (
    LONGEST_LINE,
    MOST_CHARACTERS,
    MOST_SECONDS,
    PIECE,
    Budget,
    Enough,
    Unreadable,
)
from wholestory.documents.rules.content import FileType
from wholestory.documents.rules.screening import Finding, Line, look_at, look_at_name

_PDF_READER = "wholestory.documents.pdf_words"


class Extent(StrEnum):
    """How much of a file could be looked at."""

    WHOLE = "whole"
    PART = "part"
    NAME = "name"
    MADE = "made"


@dataclass(frozen=True)
class Looked:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    extent: Extent


def look_through(
    name: str,
    kind: FileType,
    opened: IO[bytes],
    *,
    clock: Callable[[], float] = time.monotonic,
    seconds: float = MOST_SECONDS,
    characters: int = MOST_CHARACTERS,
) -> Looked:
    """Look at the name of a file and, where its kind holds words that can be read, at those. Leaves it at its start."""
    found = list(look_at_name(name))
    reader = _READERS.get(kind)
    if reader is None:
        return Looked(tuple(found), Extent.NAME)
    budget, extent = Budget(clock, seconds, characters), [Extent.WHOLE]
    opened.seek(0)
    try:
        found += look_at(_until_enough(reader(opened, budget), budget, extent))
    finally:
        opened.seek(0)
    return Looked(tuple(dict.fromkeys(found)), extent[0])


def _until_enough(lines: Iterator[Line], budget: Budget, extent: list[Extent]) -> Iterator[Line]:
    any_words = False
    try:
        for line in lines:
            cells = tuple(cell[:LONGEST_LINE] for cell in line.cells)
            budget.spend(sum(map(len, cells)) + 1)
            any_words = any_words or any(cell.strip() for cell in cells)
            yield Line(line.place, cells, line.table)
    except Enough:
        extent[0] = Extent.PART
    except (Unreadable, *_DAMAGED):
        extent[0] = Extent.PART if any_words else Extent.NAME
    else:
        extent[0] = Extent.WHOLE if any_words else Extent.NAME


_DAMAGED = (
    zipfile.BadZipFile, etree.LxmlError, csv.Error, KeyError, IndexError, ValueError, OSError, EOFError, RuntimeError,
    NotImplementedError, OverflowError,
)  # fmt: skip


def _pieces_of_text(opened: IO[bytes], budget: Budget) -> Iterator[str]:
    """The lines of a text, in pieces no longer than a long line."""
    head = opened.read(PIECE)
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"
    opened.seek(0)
    decoder, rest = codecs.getincrementaldecoder(encoding)("replace"), ""
    while raw := opened.read(PIECE):
        budget.spend(0)
        *lines, rest = (rest + decoder.decode(raw)).splitlines(keepends=True) or [""]
        yield from lines
        while len(rest) > LONGEST_LINE:
            yield rest[:LONGEST_LINE]
            rest = rest[LONGEST_LINE:]
    yield rest + decoder.decode(b"", final=True)


def _text(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    for number, line in enumerate(_pieces_of_text(opened, budget), 1):
        yield Line(f"line {number}", (line,))


def _table(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    head = opened.read(PIECE).decode("utf-8", "replace")
    opened.seek(0)
    delimiter = max(",;\t", key=head.count)
    for number, row in enumerate(csv.reader(_pieces_of_text(opened, budget), delimiter=delimiter), 1):
        yield Line(f"row {number}", tuple(row), "the table")


def _pdf(opened: IO[bytes], budget: Budget) -> Iterator[Line]:
    """The pages, read by another process that is ended when the time is over."""
    asked = [sys.executable, "-m", _PDF_READER, str(int(budget.seconds) + 1), str(MOST_CHARACTERS)]
    reader = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with reader:
        try:
            read, _none = reader.communicate(opened.read(), timeout=max(0.1, budget.seconds))
        except subprocess.TimeoutExpired as over:
            reader.kill()
            raise Unreadable from over
    for number, page in enumerate(read.decode("utf-8", "replace").split("\f"), 1):
        for line in page.splitlines():
            yield Line(f"page {number}", (line,))
        # A name and what belongs to it often stand in two lines of a page.
        yield Line(f"page {number}", (" ".join(page.split())[:LONGEST_LINE],))
    if reader.returncode:
        raise Unreadable


_READERS: dict[FileType, Callable[[IO[bytes], Budget], Iterator[Line]]] = {
    content.TEXT: _text,
    content.CSV: _table,
    content.WORD: office_words.word,
    content.SLIDES: office_words.slides,
    content.OPEN_TEXT: office_words.open_document,
    content.OPEN_SHEET: office_words.open_document,
    content.EXCEL: office_words.workbook,
    content.PDF: _pdf,
}

"""A pasted list read as questions under headings: one in a line. Pure.

Headings are found by what the list itself does: a number above deeper numbers (``1`` above ``1.1``), a line without a
number among numbered ones or without a bullet among bullets, ``#`` in front, a colon at the end, or capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wholestory.assurance.rules.own_tools_found import Fault, Found, FoundItem, Numbered, numbered

_BULLET = re.compile(r"^[•·●▪◦‣*–—-]\s+")
_HELPS = re.compile(
    r"^(guidance|notes?|evidence|prompts?|for example|e\.g\.?|hint)\b[\s:.–-]*", re.IGNORECASE
)
LONGEST_HEADING = 90
ALONE = "This has the number of a heading, and nothing stands under it. It is taken as a question."


@dataclass(frozen=True)
class _Line:
    place: str
    number: Numbered
    is_marked: bool
    has_bullet: bool
    helps: str

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def could_head(self) -> bool:
        """Short, and no sentence."""
        return len(self.text) <= LONGEST_HEADING and not self.text.endswith((".", "?", ";", ","))


def is_table(text: str) -> bool:
    """Whether what was pasted are rows of a table: most lines have tabs between cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and sum("\t" in line.strip() for line in lines) * 2 > len(lines)


def read_list(text: str) -> Found:
    """The questions of a pasted list with every fault; places are ``Line 4``."""
    lines = _lines(text)
    found = Found()
    asked: _Line | None = None
    helped: list[str] = []
    numbers_head = any(_heads(*pair) for pair in pairwise(lines))
    for at, line in enumerate(lines):
        heads = _is_heading(lines, at, numbers_head)
        if asked is not None and not heads and _is_help(asked, line):
            helped.append(line.helps or line.text)
            continue
        _take(found, asked, helped)
        asked, helped = None, []
        if numbers_head and not heads and line.number.depth == 1 and line.number.top:
            found.faults.append(Fault(line.place, ALONE))
        if heads:
            found.under(line.text.rstrip(":").strip(), line.place)
        else:
            asked = line
    _take(found, asked, helped)
    return found.finished()


def _take(found: Found, asked: _Line | None, helped: Sequence[str]) -> None:
    if asked is not None:
        found.add(FoundItem(asked.text, asked.place, "\n".join(helped)))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    top = 0
    for number, raw in enumerate(text.splitlines(), 1):
        said = " ".join(raw.split())
        marked = said.startswith("#")
        said = said.lstrip("#").strip() if marked else said
        bullet = bool(_BULLET.match(said))
        said = _BULLET.sub("", said)
        if not said:
            continue
        read = numbered(said)
        # A bare number counts only where it goes on from the last: “24 hour cover” is no number 24.
        if not read.sure and read.top != top + 1:
            read = Numbered("", 0, said)
        if read.depth == 1 and read.top:
            top = read.top
        if not read.text:
            continue
        helps = _HELPS.sub("", said) if _HELPS.match(said) and not read.depth else ""
        found.append(_Line(f"Line {number}", read, marked or read.is_heading, bullet, helps))
    return found


def _heads(line: _Line, after: _Line) -> bool:
    """Whether a number stands above deeper ones: 1 above 1.1, and not above 2.1."""
    deeper = after.number.depth > line.number.depth > 0
    return deeper and (after.number.top in (0, line.number.top) or not line.number.top)


def _is_heading(lines: Sequence[_Line], at: int, numbers_head: bool) -> bool:
    line = lines[at]
    if line.is_marked:
        return True
    after = lines[at + 1] if at + 1 < len(lines) else None
    if after is None or line.helps:
        return False
    if line.number.depth:
        return _heads(line, after)
    if line.has_bullet or not line.could_head:
        return False
    if line.text.endswith(":") or (line.text.isupper() and len(line.text) > 3):
        return True
    if after.number.depth:
        return not numbers_head
    return after.has_bullet


def _is_help(asked: _Line, line: _Line) -> bool:
    """A line that belongs to the question above it: it says so, or has no number or bullet while that has."""
    if line.helps:
        return True
    return not line.number.depth and not line.has_bullet and bool(asked.number.depth or asked.has_bullet)

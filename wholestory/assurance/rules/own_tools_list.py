"""A pasted list read as questions under headings: one in a line. Pure.

Headings are found by what the list itself does: a number above deeper numbers (``1`` above ``1.1``), a number or a line
without one above bullets, ``#`` in front, a colon at the end, or capitals. Every line is given back with what it was
taken as and why, and what an officer says of a line holds against the guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wholestory.assurance.rules.own_tools_found import Fault, Found, FoundItem, Line, Taken, place_of, plain
from wholestory.assurance.rules.own_tools_numbers import Numbered, goes_on, is_asked, numbered

#: What stands before a point of a list, with those Word's symbol font makes.
_BULLET = re.compile(r"^(?:[•·●○▪▫■□◦‣⁃∙➢►▶»→✓✔☐☑*–—-]\s*(?=\S)|o\s+(?=[A-Z])|[§Øü]\s+(?=[^\W\d]))")
_DASH = re.compile(r"^[*–—-]\S")
_HELPS = re.compile(
    r"^(guidance|notes?|evidence|prompts?|for example|e\.g\.?|hint)\b[\s:.–-]*", re.IGNORECASE
)
_GAP = re.compile(r"^\S+(?:\t|\s{2,})\S")
_ROMAN = re.compile(r"^[IVX]{1,5}[.)]\s")
#: What no sentence begins with, but a point of a list may.
_SIGN = re.compile(r"^[^\w\s(\[\"'“”‘’£$€&]")
LONGEST_HEADING = 90
LOOKS_ASKED = (
    "This is taken as guidance of the question above it, and {why}. If it is a question, say so there."
)
ALONE = "This has the number of a heading, and nothing stands under it. It is taken as a question."
NOT_BELOW = "No question stands above this line that it could be the guidance of, so it is left out."


@dataclass(frozen=True)
class _Line:
    at: int
    written: str
    key: str
    number: Numbered
    is_marked: bool
    has_bullet: bool
    helps: str

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def place(self) -> str:
        return place_of(self.at)

    @property
    def could_head(self) -> bool:
        """Short, and no sentence."""
        return len(self.text) <= LONGEST_HEADING and not self.text.endswith((".", "?", ";", ","))


def is_table(text: str) -> bool:
    """Whether what was pasted are rows of a table: most lines have tabs between cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and sum("\t" in line.strip() for line in lines) * 2 > len(lines)


def read_list(text: str, said: Mapping[str, str] | None = None) -> Found:
    """The questions of a pasted list with every line and every fault; places are ``Line 4``.

    ``said`` holds what an officer says a line is, by its key: see ``Taken``.
    """
    lines = _lines(text)
    found = Found()
    asked: _Line | None = None
    helped: list[str] = []
    heads = _heads(lines)
    for at, line in enumerate(lines):
        taken, why = _guess(lines, at, asked, heads)
        chosen = (said or {}).get(line.key, "")
        if chosen in set(Taken):
            taken, why = Taken(chosen), "You said so"
        if taken is Taken.GUIDANCE and asked is None:
            taken = Taken.NOTHING
            found.faults.append(Fault(line.place, NOT_BELOW))
        found.lines.append(Line(line.at, line.key, line.written, taken, why, bool(chosen)))
        if taken is Taken.NOTHING:
            continue
        if taken is Taken.GUIDANCE:
            if not chosen and (looks := _looks_asked(line)):
                found.faults.append(Fault(line.place, LOOKS_ASKED.format(why=looks)))
            helped.append(line.helps or line.text)
            continue
        _take(found, asked, helped)
        asked, helped = None, []
        if taken is Taken.HEADING:
            found.under(line.text.rstrip(":").strip(), line.place)
            continue
        asks = is_asked(line.written) or line.text.endswith("?")
        if heads and not chosen and line.number.depth == 1 and line.number.top and not asks:
            found.faults.append(Fault(line.place, ALONE))
        asked = line
    _take(found, asked, helped)
    return found.finished()


def _looks_asked(line: _Line) -> str:
    """What of a line guessed to be guidance may as well be a question's."""
    if line.helps:
        return ""
    if line.written.endswith("?"):
        return "it ends with a question mark"
    if numbered(_said(line.written)).depth:
        return "it begins with a number"
    return "it begins like a point of a list" if _SIGN.match(line.written) else ""


def _take(found: Found, asked: _Line | None, helped: Sequence[str]) -> None:
    if asked is not None:
        found.add(FoundItem(asked.text, asked.place, "\n".join(helped)))


def _lines(text: str) -> list[_Line]:
    read = [_line(at, raw) for at, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    found: list[_Line] = []
    last: tuple[int | str, ...] = ()
    times: dict[str, int] = {}
    for at, line in enumerate(read):
        number = line.number
        after = read[at + 1].number if at + 1 < len(read) else None
        # A bare number counts only where the list counts on: “24 hour cover” is no number 24.
        counts = goes_on(last, number.parts) or (number.parts == last != () and number.text.endswith("?"))
        if not number.sure and not counts:
            begins = after is not None and goes_on(number.parts, after.parts)
            if not begins or line.has_bullet:
                number = Numbered("", 0, _said(line.written))
        if len(number.parts) > 1 or number.top:
            last = number.parts
        alone = found[-1].number if found else number
        if alone.depth and not alone.text and not number.depth and not line.has_bullet:
            # The number stood in the line above, by itself.
            number = replace(alone, text=number.text)
        word = plain(line.written) or line.written
        times[word] = times.get(word, 0) + 1
        key = f"{word}#{times[word]}"
        helps = _HELPS.sub("", line.text) if _HELPS.match(line.text) and not number.depth else ""
        found.append(replace(line, number=number, key=key, helps=helps))
    return found


def _line(at: int, raw: str) -> _Line:
    # What Word's symbol font draws as a bullet is an empty box anywhere else.
    written = re.sub("[\uf0a7\uf0b7\uf0d8\uf0fc]", "•", " ".join(raw.split()))
    marked = written.startswith("#")
    said = _said(written)
    number = numbered(said)
    if number.depth and not number.sure and _GAP.match(raw.strip()):
        number = replace(number, sure=True)
    return _Line(at, written, "", number, marked or number.is_heading, _has_bullet(written), "")


def _has_bullet(written: str) -> bool:
    return bool(_BULLET.match(written)) and not _DASH.match(written)


def _said(written: str) -> str:
    said = written.lstrip("#").strip() if written.startswith("#") else written
    return _BULLET.sub("", said) if _has_bullet(said) else said


def _heads(lines: Sequence[_Line]) -> frozenset[int]:
    """Which lines have a number that stands above deeper ones. Where 4a was put in between some questions of a plain
    1 to 9, the 4 is a question still: most of them have to stand above letters."""
    found = {at for at, pair in enumerate(pairwise(lines)) if _stands_above(*pair)}
    tops = [at for at, line in enumerate(lines) if line.number.depth == 1 and line.number.top]
    lettered = {
        at for at in found.intersection(tops) if isinstance((lines[at + 1].number.parts or (0,))[-1], str)
    }
    return frozenset(found if len(lettered) * 2 > len(tops) else found - lettered)


def _stands_above(line: _Line, after: _Line) -> bool:
    """Whether a number stands above a deeper one: 1 above 1.1, and not above 2.1; A above A1."""
    above, below = line.number, after.number
    if above.parts and below.parts[: len(above.parts)] == above.parts:
        return len(below.parts) > len(above.parts)
    return below.depth > above.depth > 0 and below.top in (0, above.top)


def _guess(lines: Sequence[_Line], at: int, asked: _Line | None, heads: frozenset[int]) -> tuple[Taken, str]:
    """What a line seems to be, and what that goes by."""
    line = lines[at]
    if not line.text:
        return Taken.NOTHING, "Nothing but a number" if line.number.depth else "No words"
    if why := _heading(lines, at, asked, heads):
        return Taken.HEADING, why
    if asked is not None and line.helps:
        return Taken.GUIDANCE, "Says so itself"
    if line.number.depth:
        return Taken.QUESTION, f"Has a number, {line.number.number}"
    if line.has_bullet:
        return Taken.QUESTION, "Stands behind a bullet"
    if asked is not None and (asked.number.depth or asked.has_bullet):
        above = "a number" if asked.number.depth else "a bullet"
        return Taken.GUIDANCE, f"No {above[2:]}, below a line that has one"
    return Taken.QUESTION, "A line of its own"


def _heading(lines: Sequence[_Line], at: int, asked: _Line | None, heads: frozenset[int]) -> str:
    """What makes a line a heading; nothing where it is none."""
    line = lines[at]
    if line.is_marked:
        return "Marked as a heading"
    after = lines[at + 1] if at + 1 < len(lines) else None
    if after is None or line.helps:
        return ""
    if line.number.depth:
        if at in heads:
            return "Its number stands above deeper ones"
        over_bullets = line.number.depth == 1 and after.has_bullet and line.could_head and not line.has_bullet
        return "Stands above bullets" if over_bullets and not heads else ""
    if line.has_bullet or not line.could_head:
        return ""
    if line.text.endswith(":"):
        return "Ends with a colon"
    if line.text.isupper() and len(line.text) > 3:
        return "In capitals"
    if after.number.depth:
        # Between 4a and 4b, or 1.1 and 1.2, nothing new begins.
        within = asked is not None and asked.number.parts[:-1] == after.number.parts[:-1] != ()
        why = "A Roman number, above plain ones" if _ROMAN.match(line.text) else "No number, above one"
        return "" if heads or within else why
    return "Stands above bullets" if after.has_bullet else ""

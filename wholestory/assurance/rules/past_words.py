"""What stands in a score's cell, read as a point of a scale or as one of the kinds of nothing. Pure.

Source: domain notes on quality assurance, 1.4 and 5 item 1: native words, colours and numbers; 0.81, 81 and 81%;
"n/a", "tbc" and "-". What is not understood is guessed by nobody: an officer says what it means, or it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wholestory.assurance.rules.scales import NotOnScale, Point, Scale

NOT_APPLICABLE, BLANK, NOT_ASKED, NOT_READ = "not_applicable", "blank", "not_asked", "not_read"
POINT = "point:"
#: The meanings that are no score, and how a page calls them.
NO_SCORE: Mapping[str, str] = {
    NOT_READ: "Not read: no score comes in, the words are kept",
    BLANK: "Left blank: asked, and not answered",
    NOT_APPLICABLE: "Does not apply",
    NOT_ASKED: "Not asked",
}
_APPLIES_NOT = {
    "n/a",
    "na",
    "n.a.",
    "n.a",
    "n / a",
    "not applicable",
    "not relevant",
    "does not apply",
    "non applicable",
}
_BLANK = {
    "-", "--", "–", "—", "tbc", "tba", "tbd", "t.b.c.", "?", "not answered", "no answer", "not completed", "blank",
    "awaited", "awaiting", "pending", "no score", "not scored", "not returned", "no response", ".",
}  # fmt: skip
_NOT_ASKED = {"not asked", "not in scope", "out of scope"}
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(%|per ?cent)?")
_OUT_OF = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/|out of|of)\s*(\d+)")
_BETWEEN = re.compile(r"\s+[-–—:]\s+|\s*[:(),;]\s*|\s+[-–—]$")
#: How far a number may lie from a point and still be that point: what a spreadsheet makes of 0.8 when it reckons.
_REST = Fraction(1, 10_000)


@dataclass(frozen=True)
class Meaning:
    """What a word seems to mean. ``sure`` is off where somebody should look; ``note`` says why."""

    code: str
    sure: bool = True
    note: str = ""


def fold(text: str) -> str:
    """A cell's text as words are told apart: without capitals and doubled spaces."""
    return " ".join(text.split()).casefold()


def are_fractions(texts: Iterable[str]) -> bool:
    """Whether plain numbers of a percentage scale are parts of one (0.81) and not of a hundred: one of them lies
    between nought and one, and none is larger than one."""
    numbers = [found for text in texts if (found := _plain_number(text)) is not None]
    return any(0 < number < 1 for number in numbers) and all(number <= 1 for number in numbers)


def _plain_number(text: str) -> Fraction | None:
    found = _NUMBER.fullmatch(fold(text))
    return Fraction(found[1]) if found and not found[2] else None


def guessed(texts: Iterable[str], scale: Scale) -> dict[str, Meaning]:
    """What each different text seems to mean, by its folded form. Empty cells are left out."""
    every = dict.fromkeys(fold(text) for text in texts)
    parts_of_one = scale.code == "PCT5" and are_fractions(every)
    return {text: meaning(text, scale, parts_of_one=parts_of_one) for text in every if text}


def meaning(text: str, scale: Scale, *, parts_of_one: bool = False) -> Meaning:
    """What one text seems to mean. A word that two points could answer to is left for somebody to say."""
    said = fold(text)
    if scale.code == "PCT5":
        found = _percent(said, parts_of_one=parts_of_one)
        if found is not None:
            return found
    if (point := _read(scale, said)) is not None:
        return Meaning(POINT + point.value)
    for state, word in scale.state_words.items():
        if said == word.casefold():
            return Meaning(NOT_APPLICABLE if state == "not_applicable" else BLANK)
    if said in _APPLIES_NOT:
        return Meaning(NOT_APPLICABLE)
    if said in _BLANK:
        return Meaning(BLANK)
    if said in _NOT_ASKED:
        return Meaning(NOT_ASKED)
    return _in_parts(scale, said)


def _percent(said: str, *, parts_of_one: bool) -> Meaning | None:
    """The nearest step of a scale from 0 to 100, with a note where the number lies between two."""
    found = _NUMBER.fullmatch(said)
    if not found:
        return None
    number = Fraction(found[1])
    if not found[2] and 0 < number < 1:
        number *= 100
    elif not found[2] and number == 1:
        if not parts_of_one:
            return Meaning(NOT_READ, sure=False, note="1 may be one per cent or all of it: say which")
        number = Fraction(100)
    if not 0 <= number <= 100:
        return Meaning(NOT_READ, sure=False, note="Not between 0 and 100")
    step = int((number + Fraction(5, 2)) // 5) * 5
    exact = abs(number - step) <= _REST
    return Meaning(
        f"{POINT}{step}", sure=exact, note="" if exact else f"Between two steps: the nearest is {step}"
    )


def _read(scale: Scale, said: str) -> Point | None:
    """A point by name or number; ``3.0`` is 3, and ``7 out of 10`` is 7 where the scale ends with 10."""
    found = _NUMBER.fullmatch(said)
    if found and not found[2] and "." in found[1] and Fraction(found[1]).denominator == 1:
        said = str(int(Fraction(found[1])))
    ratio = _OUT_OF.fullmatch(said)
    if ratio and scale.numeric and ratio[2] == scale.points[-1].value:
        said = ratio[1]
    try:
        return scale.read(said)
    except NotOnScale:
        return None


def _in_parts(scale: Scale, said: str) -> Meaning:
    """``Green - fully met``, ``2: in place``, ``Amber (good)``: sure where the parts agree."""
    points = {
        point.value
        for part in _BETWEEN.split(said)
        if part and (point := _read(scale, part.strip())) is not None
    }
    if len(points) == 1:
        return Meaning(POINT + points.pop(), sure=False, note="Read by a part of the words")
    if len(points) > 1:
        return Meaning(NOT_READ, sure=False, note="Its parts mean different points")
    return Meaning(NOT_READ, sure=False, note="Not a word of this scale")


def says_nothing(text: str) -> bool:
    """Whether a text is one of the signs for an answer that is not there, such as a dash."""
    return fold(text) in _BLANK


def is_name_of(text: str, point: Point) -> bool:
    """Whether a text says no more than the point itself does, so that nothing is lost when only the point is kept."""
    said = fold(text).rstrip("%").strip()
    names = (point.value, point.label, point.colour, *point.also_read_as)
    if said in {name.casefold() for name in names if name}:
        return True
    number = _plain_number(said)
    if number is None or not point.value.isdigit():
        return False
    return number == int(point.value) or (0 < number <= 1 and abs(number * 100 - int(point.value)) <= _REST)

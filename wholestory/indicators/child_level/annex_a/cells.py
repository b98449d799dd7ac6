"""What a cell of a list holds: an id, a day, a number or one of a few codes, however it was written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from wholestory.indicators.child_level.annex_a.headings import cleaned
from wholestory.indicators.child_level.days import NotADay, day_of_cell, day_of_serial

NOTHING = frozenset({"", "#n/a", "n/a", "na", "null", "none", "-", "–", "--", "."})
"""What stands in cells that are meant to be empty, in lower case."""

_FAILED = re.compile(r"#(REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC)[!?]?.*", re.IGNORECASE)
_LETTER = re.compile(r"\s*[a-z]{1,2}\)\s*", re.IGNORECASE)
_FIRST = re.compile(r"[A-Za-z0-9]+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_EXACT_DIGITS = 10**15
"""Excel keeps 15 figures of a number and turns the rest into noughts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell has no value, or what was made of it: the rule, and words for the places in its text."""

    rule: str
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one kind of column."""

    codes: dict[str, str]
    words: dict[str, str]
    within: dict[str, str]

    def of(self, text: str) -> str | None:
        """The code a text stands for, or None."""
        bare = _LETTER.sub("", text, count=1) if _LETTER.match(text) else text
        first = _FIRST.search(bare)
        if first and bare.lstrip().startswith(first[0]) and (code := self.codes.get(first[0].upper())):
            return code
        said = cleaned(bare)
        if code := self.words.get(said):
            return code
        return next(
            (code for part, code in self.within.items() if part in said), "other" if self.within else None
        )


@cache
def kinds() -> dict[str, Codes]:
    """The kinds of column that hold a code."""
    held = tomllib.loads(files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))
    return {
        kind: Codes(about.get("codes", {}), about.get("words", {}), about.get("within", {}))
        for kind, about in held.items()
    }


def read(kind: str, cell: object) -> tuple[Any, Problem | None]:
    """The value of a cell, None when it is empty or unreadable, and what there is to say about it."""
    if isinstance(cell, str):
        cell = cell.replace("\xa0", " ").strip()
        if cell.lower() in NOTHING:
            return None, None
        if _FAILED.fullmatch(cell):
            return None, Problem("PB-01", {"why": "a formula in the sheet failed"})
    if kind == "child":
        return _id(cell)
    if kind == "date":
        return _date(cell)
    if kind == "number":
        return _number(cell)
    return _code(kind, cell)


def shown(cell: object) -> str:
    """A cell as text, as its sender sees it."""
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M") if (cell.hour or cell.minute) else cell.strftime("%d/%m/%Y")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_DIGITS:
        return str(int(cell))
    return str(cell)


def _id(cell: object) -> tuple[str | None, Problem | None]:
    if isinstance(cell, bool) or not isinstance(cell, (str, float, int)):
        return None, Problem("AX-05", {"how": "a date or an answer stands in its place"})
    if isinstance(cell, str):
        if _SCIENTIFIC.fullmatch(cell):
            return None, Problem("AX-05", {"how": "the spreadsheet has turned it into a rounded number"})
        return cell, None
    if not float(cell).is_integer():
        return None, Problem("AX-05", {"how": "it has figures after the point"})
    if abs(cell) >= _EXACT_DIGITS:
        return None, Problem("AX-05", {"how": "the spreadsheet keeps only its first 15 figures"})
    return str(int(cell)), None


def _date(cell: object) -> tuple[date | None, Problem | None]:
    if isinstance(cell, (float, int)) and not isinstance(cell, bool):
        try:
            day = day_of_serial(float(cell))
        except NotADay as why:
            return None, Problem("PB-01", {"why": str(why)})
        return day, Problem("AX-06", {"day": f"{day.day} {day:%B %Y}"})
    try:
        return day_of_cell(cell), None
    except NotADay as why:
        return None, Problem("PB-01", {"why": str(why)})


def _number(cell: object) -> tuple[float | None, Problem | None]:
    try:
        number = float(cell) if isinstance(cell, (str, float, int)) else float("nan")
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")) or number < 0:
        return None, Problem("PB-01", {"why": "it is no number from 0"})
    return number, None


def _code(kind: str, cell: object) -> tuple[str | None, Problem | None]:
    code = _known(kind, shown(cell))
    return code, None if code else Problem("AX-07")


@lru_cache(maxsize=20_000)
def _known(kind: str, text: str) -> str | None:
    return kinds()[kind].of(text)

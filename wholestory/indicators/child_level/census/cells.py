"""Cells as days, answers and numbers. What cannot be one raises NotAValue, and the cell is taken as empty (PB-01)."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}.*|\s+\d{2}:\d{2}.*|Z|[+-]\d{2}:\d{2})?\Z", re.DOTALL
)
_ANSWERS = {"1": True, "true": True, "0": False, "false": False}
_NUMBER = re.compile(r"\d{1,4}\Z")


class NotAValue(ValueError):
    """The text is not what the cell has to hold."""


class Days:
    """Text to the ordinal of its day. A census repeats a few thousand days many times over, so they are kept."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, text: str | None) -> int | None:
        """None for an empty cell. Raises NotAValue."""
        if text is None:
            return None
        day = self._known.get(text)
        if day is None:
            if not (bare := text.strip()):
                return None
            day = _day(bare)
            if len(self._known) < 100_000:
                self._known[text] = day
        return day


def _day(text: str) -> int:
    """YYYY-MM-DD, with or without a time or zone after it."""
    found = _DATE.match(text)
    if found is None:
        raise NotAValue(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError as impossible:
        raise NotAValue(text) from impossible


def answer(text: str | None) -> bool | None:
    """1, 0, true or false in any case; None for an empty cell. Raises NotAValue."""
    if text is None:
        return None
    known = _ANSWERS.get(text)
    if known is None:
        bare = text.strip().lower()
        if not bare:
            return None
        known = _ANSWERS.get(bare)
        if known is None:
            raise NotAValue(text)
    return known


def number(text: str | None) -> int | None:
    """A whole number from 0; None for an empty cell. Raises NotAValue."""
    if text is None or not (bare := text.strip()):
        return None
    if not _NUMBER.match(bare):
        raise NotAValue(text)
    return int(bare)


def code(text: str | None) -> str | None:
    """A code without the blanks round it; None when nothing is left."""
    return (text.strip() or None) if text else None

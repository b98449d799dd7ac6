"""Unique pupil numbers: a check letter, the authority that gave it, the school, the year and a serial number."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""I, O and S are never used; a letter's place here is its worth."""
LENGTH = 13
_DIGITS = frozenset("0123456789")


@lru_cache(maxsize=1)
def _authorities() -> frozenset[str]:
    with (Path(__file__).parents[1] / "authorities.toml").open("rb") as file:
        ranges = tomllib.load(file)["ranges"]
    return frozenset(f"{number:03d}" for first, last in ranges for number in range(first, last + 1))


def check_letter(number: str) -> str | None:
    """The letter that has to stand first: the places 2 to 13, each times its place, added up, and divided by 23.
    None when a place cannot be read."""
    if len(number) != LENGTH or not _DIGITS.issuperset(number[1:12]):
        return None
    last = number[12]
    worth = int(last) if last in _DIGITS else _LETTERS.find(last)
    if worth < 0:
        return None
    total = sum(place * int(digit) for place, digit in enumerate(number[1:12], start=2))
    return _LETTERS[(total + 13 * worth) % 23]


def letter_wrong(number: str) -> bool:
    """1510."""
    return number[:1] != check_letter(number)


def authority_unknown(number: str) -> bool:
    """1530."""
    return len(number) == LENGTH and number[1:4] not in _authorities()


def middle_not_digits(number: str) -> bool:
    """1540."""
    return not (len(number) >= 12 and _DIGITS.issuperset(number[4:12]))


def last_wrong(number: str) -> bool:
    """1550."""
    return len(number) == LENGTH and number[12] not in _DIGITS and number[12] not in _LETTERS

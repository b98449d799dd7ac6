"""NHS numbers: ten digits, the last of which is worked out from the others; and why there may be none.

The number keeps a death from being counted twice, and is never the only key: it may be absent, wrong, the mother's, or
come months later.
"""

from __future__ import annotations

import re
from enum import StrEnum

from stdnum.gb import nhs

from wholestory.child_deaths.rules.grounds import seen

_BETWEEN = re.compile("[\\s\u00a0\u2007\u2009\u202f\\-\u2010-\u2015]+")

REASON_NEEDED = seen("nhs_number_reason", "Where there is no NHS number, the form asks why.", "S26")


class Absent(StrEnum):
    """Why there is no number."""

    NON_RESIDENT = "non_resident"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        """In the national form's own two answers."""
        return {
            "non_resident": "Child non-resident in England",
            "not_available": "NHS number not currently available",
        }[self.value]


def digits(typed: str) -> str:
    """What was typed without spaces and hyphens."""
    return _BETWEEN.sub("", typed)


def fault(typed: str) -> str:
    """What is wrong with a number, for whoever typed it; empty when nothing is. Never repeats the number."""
    held = digits(typed)
    if not (held.isascii() and held.isdigit()):
        return "An NHS number has only digits."
    if len(held) != 10:
        return f"An NHS number has 10 digits; this has {len(held)}."
    if len(set(held)) == 1 or not nhs.is_valid(held):
        return "This is not an NHS number: compare each digit with the record it is from."
    return ""


def is_valid(typed: str) -> bool:
    """Ten digits with the right last one (weights 10 to 2, modulus 11), and not ten times the same."""
    return fault(typed) == ""


def is_made_up(typed: str) -> bool:
    """Whether it is of the range kept for tests and examples."""
    return digits(typed).startswith("999")


def in_words(typed: str) -> str:
    """As it is read aloud: 943 476 5919."""
    held = digits(typed)
    return f"{held[:3]} {held[3:6]} {held[6:]}".strip()


def looks_like_the_mothers(typed: str, mothers: str) -> bool:
    """Whether a baby's number is the same as the mother's: then hers was entered for the baby."""
    held = digits(typed)
    return bool(held) and held == digits(mothers)

"""How two dates of one event agree, allowing for how dates go wrong: swapped, a day out, one figure, part unknown."""

from __future__ import annotations

from datetime import date
from enum import Enum

from wholestory.child_deaths.rules.matching.identity import PartDate


class Agree(Enum):
    """How two dates of one event agree."""

    MISSING = "missing"
    EQUAL = "equal"
    NEW_YEAR = "new year"
    SWAPPED = "swapped"
    NEAR = "near"
    ONE_PART = "one part"
    PART_KNOWN = "part known"
    FAR = "far"


def agreement(a: PartDate | None, b: PartDate | None) -> Agree:
    """How two dates agree. ``NEW_YEAR`` is an equal 1 January, which often stands for an unknown day."""
    if a is None or b is None:
        return Agree.MISSING
    day_a, day_b = a.whole, b.whole
    if day_a and day_b:
        return _of_days(day_a, day_b)
    if a.year != b.year:
        return Agree.FAR
    months = {a.month, b.month} - {None}
    if len(months) > 1:
        return Agree.FAR
    return Agree.PART_KNOWN if a.month and b.month else Agree.MISSING


def _of_days(a: date, b: date) -> Agree:
    if a == b:
        return Agree.NEW_YEAR if (a.month, a.day) == (1, 1) else Agree.EQUAL
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return Agree.SWAPPED
    if abs((a - b).days) <= 1:
        return Agree.NEAR
    steps = (abs(a.year - b.year), abs(a.month - b.month), abs(a.day - b.day))
    if sum(step > 0 for step in steps) == 1 or max(steps) <= 1 or abs((a - b).days) <= 31:
        return Agree.ONE_PART
    swapped = PartDate(b.year, b.day, b.month).whole
    if swapped and abs((a - swapped).days) <= 1:
        return Agree.ONE_PART
    return Agree.FAR


def days_between(a: date | None, b: date | None) -> int | None:
    """Whole days between two days, or None where one is not known."""
    return None if a is None or b is None else abs((a - b).days)

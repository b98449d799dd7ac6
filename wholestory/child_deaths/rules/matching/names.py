"""How alike the names of two accounts are, over every name either has, whichever box they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler

from wholestory.child_deaths.rules.matching.ready import Called, Ready
from wholestory.child_deaths.rules.matching.short_forms import one_name


class Alike(IntEnum):
    """How alike two names are, least first."""

    MISSING = 0
    DIFFERENT = 1
    INITIAL = 2
    LOOSELY = 3
    MISSPELT = 4
    SHORT_FORM = 5
    PART = 6
    EQUAL = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """The best pair of names found: how alike each part is, whether in each other's boxes, whether by another name."""

    forename: Alike
    surname: Alike
    swapped: bool = False
    earlier: bool = False


def compare(a: Ready, b: Ready) -> Compared:
    """The likest pair over all names of both; the order of the two makes no difference."""
    best: tuple[tuple[int, int, int], Compared] | None = None
    for one, other in product(a.names, b.names):
        for found in (_straight(one, other), _swapped(one, other)):
            rank = int(found.forename) + int(found.surname) - 2 * found.swapped - found.earlier
            order = (rank, int(found.forename), -int(found.swapped))
            if best is None or order > best[0]:
                best = (order, found)
    return best[1] if best else Compared(Alike.MISSING, Alike.MISSING)


def _straight(one: Called, other: Called) -> Compared:
    return Compared(
        forenames_alike(one.forenames, other.forenames),
        surnames_alike(one.surname, other.surname),
        earlier=not (one.current and other.current),
    )


def _swapped(one: Called, other: Called) -> Compared:
    """One account has forename and surname in each other's boxes. Believed only where both halves fit."""
    least = min(_across(one.forenames, other.surname), _across(other.forenames, one.surname))
    if least < Alike.LOOSELY:
        return Compared(Alike.MISSING, Alike.MISSING)
    return Compared(least, least, True, not (one.current and other.current))


def _across(forenames: tuple[str, ...], surname: tuple[str, ...]) -> Alike:
    if forenames and surname and one_name(forenames[0], surname[0]):
        return Alike.SHORT_FORM
    return surnames_alike(forenames, surname)


def forenames_alike(a: tuple[str, ...], b: tuple[str, ...]) -> Alike:
    """How alike two lists of forenames are, by the likest of each: children are often called by a second forename.

    Two first names that both stand in full and differ weigh more than a shared middle name such as James.
    """
    if not a or not b:
        return Alike.MISSING
    first = _one_forename(a[0], b[0])
    if first >= Alike.INITIAL:
        return first
    if "".join(a) == "".join(b):
        return Alike.EQUAL
    if len(a) == 1 or len(b) == 1:
        rest = max(_one_forename(x, y) for x, y in product(a, b))
        return Alike.PART if rest >= Alike.MISSPELT else first
    return Alike.LOOSELY if set(a) == set(b) else first


def _one_forename(a: str, b: str) -> Alike:
    if a == b:
        return Alike.EQUAL
    if one_name(a, b):
        return Alike.SHORT_FORM
    if len(a) == 1 or len(b) == 1:
        return Alike.INITIAL if a[0] == b[0] else Alike.DIFFERENT
    return spelling(a, b)


def surnames_alike(a: tuple[str, ...], b: tuple[str, ...]) -> Alike:
    """How alike two surnames are; half of a double name is a part of it."""
    if not a or not b:
        return Alike.MISSING
    whole_a, whole_b = "".join(a), "".join(b)
    if whole_a == whole_b or sorted(a) == sorted(b):
        return Alike.EQUAL
    if (set(a) & set(b)) and (len(a) > 1 or len(b) > 1):
        return Alike.PART
    whole = spelling(whole_a, whole_b)
    if whole == Alike.DIFFERENT and (len(a) > 1 or len(b) > 1):
        parts = max(spelling(x, y) for x, y in product(a, b))
        return Alike.LOOSELY if parts == Alike.MISSPELT else parts
    return whole


def spelling(a: str, b: str) -> Alike:
    """Whether two names look like one name spelt twice: by edits for their length, else by Jaro-Winkler."""
    a, b = sorted((a, b))
    edits = OSA.distance(a, b)
    longest, shortest = max(len(a), len(b)), min(len(a), len(b))
    if edits == 0:
        return Alike.EQUAL
    if (edits == 1 and shortest >= 3) or (edits == 2 and shortest >= 6):
        return Alike.MISSPELT
    if (edits == 1 and longest >= 3) or (edits == 2 and shortest >= 5):
        return Alike.LOOSELY
    similar = JaroWinkler.similarity(a, b)
    if similar >= 0.93 and shortest >= 4:
        return Alike.MISSPELT
    return Alike.LOOSELY if similar >= 0.87 and shortest >= 4 else Alike.DIFFERENT

"""The points each agreement or difference is worth, with the sentence that says it.

Points are bits: one more doubles the odds that two accounts are of one child. They are set by hand and tried on the
made-up records of ``tests/child_deaths/linkage``; a rare agreement (a number, a birth date) is worth more than a common
one (a sex), and what people get wrong (a postcode after a move) costs little.
"""

from __future__ import annotations

from collections.abc import Iterator

from wholestory.child_deaths.rules.matching.dates import Agree, agreement, days_between
from wholestory.child_deaths.rules.matching.names import Alike, Compared, spelling
from wholestory.child_deaths.rules.matching.numbers import Numbers
from wholestory.child_deaths.rules.matching.ready import Ready
from wholestory.child_deaths.rules.matching.verdicts import Reason

_NUMBERS: dict[Numbers, Reason] = {
    Numbers.EQUAL: Reason("Same NHS number", 14),
    Numbers.ONE_SLIP: Reason("NHS numbers differ by one figure, or two figures changed places", 5),
    Numbers.MOTHERS: Reason("NHS number is the mother's", 3),
    Numbers.BOTH_MOTHERS: Reason("NHS number is the mother's in both", 3),
    Numbers.WRONG: Reason("NHS numbers differ, and one of them fails its check", -1),
    Numbers.DIFFERENT: Reason("Different NHS numbers", -12),
}
_BORN: dict[Agree, Reason] = {
    Agree.EQUAL: Reason("Same date of birth", 9),
    Agree.NEW_YEAR: Reason("Both born on 1 January, which often means that the day is not known", 2),
    Agree.SWAPPED: Reason("Dates of birth have day and month changed round", 6),
    Agree.NEAR: Reason("Dates of birth are a day apart", 5),
    Agree.ONE_PART: Reason(
        "Dates of birth differ in the day, the month or the year alone, or by a few days", 4
    ),
    Agree.PART_KNOWN: Reason("Same month of birth; one day is not known", 4),
    Agree.FAR: Reason("Different dates of birth", -10),
}
_FORENAME: dict[Alike, Reason] = {
    Alike.EQUAL: Reason("Same forename", 6),
    Alike.SHORT_FORM: Reason("Forenames are forms of one name", 5),
    Alike.PART: Reason("One forename is among the other's forenames", 4.5),
    Alike.MISSPELT: Reason("Forenames are spelt nearly alike", 4.5),
    Alike.LOOSELY: Reason("Forenames look alike", 2),
    Alike.INITIAL: Reason("Forenames have the same initial", 1.5),
    Alike.DIFFERENT: Reason("Different forenames", -10),
}
_SURNAME: dict[Alike, Reason] = {
    Alike.EQUAL: Reason("Same surname", 5),
    Alike.SHORT_FORM: Reason("Surnames are forms of one name", 4),
    Alike.PART: Reason("One surname is part of the other", 4),
    Alike.MISSPELT: Reason("Surnames are spelt nearly alike", 4),
    Alike.LOOSELY: Reason("Surnames look alike", 2),
    Alike.DIFFERENT: Reason("Different surnames", -3),
}


def names(found: Compared) -> Iterator[Reason]:
    """What the names say."""
    if found.forename in _FORENAME:
        yield _FORENAME[found.forename]
    if found.surname in _SURNAME:
        yield _SURNAME[found.surname]
    if found.swapped:
        yield Reason("Forename and surname have changed places", -1)
    if found.earlier and found.forename >= Alike.LOOSELY and found.surname >= Alike.LOOSELY:
        yield Reason("By an earlier or other name", -0.5)


def mothers_surname(a: Ready, b: Ready, found: Compared) -> Iterator[Reason]:
    """A baby goes by the mother's surname until registration."""
    if found.surname is not Alike.DIFFERENT:
        return
    surnames_a = {part for name in a.names for part in name.surname}
    surnames_b = {part for name in b.names for part in name.surname}
    if surnames_a & set(b.mother_surname) or surnames_b & set(a.mother_surname):
        yield Reason("One surname is the mother's of the other", 6)


def number(found: Numbers) -> Iterator[Reason]:
    """What the NHS numbers say."""
    if found in _NUMBERS:
        yield _NUMBERS[found]


def born(a: Ready, b: Ready) -> Iterator[Reason]:
    """What the dates of birth say; where one was guessed, a difference says little."""
    found = agreement(a.born, b.born)
    if found not in _BORN:
        return
    if a.estimated_birth or b.estimated_birth:
        near = found is not Agree.FAR or _years_apart(a, b) <= 2
        yield Reason(
            "Dates of birth fit; one of them is an estimate"
            if near
            else "Different dates of birth, one an estimate",
            min(_BORN[found].points, 2) if found is not Agree.FAR else 0 if near else -4,
        )
        return
    yield _BORN[found]


def _years_apart(a: Ready, b: Ready) -> int:
    return abs(a.born.year - b.born.year) if a.born and b.born else 0


def sex(a: Ready, b: Ready) -> Iterator[Reason]:
    """A different sex is often a slip, and at times the difference of registered sex and gender."""
    if a.sex and b.sex:
        yield Reason("Same sex", 0.5) if a.sex == b.sex else Reason("Different sex", -2)


def home(a: Ready, b: Ready) -> Iterator[Reason]:
    """What postcodes say, or the address where a postcode is missing. Families move, so a difference costs little."""
    if a.postcodes and b.postcodes:
        if a.postcodes & b.postcodes:
            yield Reason("Same postcode", 6)
        elif any(
            spelling(x, y) is Alike.MISSPELT and len(x) == len(y) for x in a.postcodes for y in b.postcodes
        ):
            yield Reason("Postcodes differ in one or two signs", 2)
        else:
            yield Reason("Different postcode", -1)
    elif a.address and b.address and a.address[:20] == b.address[:20] and len(a.address) >= 8:
        yield Reason("Same address", 5)


def death(a: Ready, b: Ready) -> Iterator[Reason]:
    """What the dates and places of death say. A child dies once, and the day is often written a day out."""
    apart = days_between(a.died_day, b.died_day)
    if apart is not None:
        found = agreement(a.died, b.died)
        if apart == 0:
            yield Reason("Same date of death", 6)
        elif apart == 1:
            yield Reason("Dates of death are a day apart", 5)
        elif found is Agree.SWAPPED:
            yield Reason("Dates of death have day and month changed round", 3)
        elif apart <= 7:
            yield Reason(f"Dates of death are {apart} days apart", 0)
        else:
            yield Reason("Different dates of death", -4 if found is Agree.ONE_PART else -8)
    if len(a.place_of_death) >= 6 and a.place_of_death == b.place_of_death:
        yield Reason("Same place of death", 1)


def mother(a: Ready, b: Ready) -> Iterator[Reason]:
    """What is known of the mothers. It tells of the family; twins share it, so it never outweighs the child's own."""
    if a.mother_number and a.mother_number == b.mother_number:
        yield Reason("Same mother, by her NHS number", 4)
        return
    if a.mother_forenames and b.mother_forenames:
        alike = spelling(a.mother_forenames[0], b.mother_forenames[0]) >= Alike.MISSPELT
        yield Reason("Same forename of the mother", 3) if alike else Reason("Mothers' forenames differ", -4)
    if a.mother_born and b.mother_born:
        yield (
            Reason("Same date of birth of the mother", 4)
            if a.mother_born == b.mother_born
            else Reason("Mothers' dates of birth differ", -2)
        )

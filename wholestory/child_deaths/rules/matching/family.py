"""What keeps two accounts apart however much they share: twins, brothers and sisters, two numbers, two deaths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wholestory.child_deaths.rules.matching.dates import Agree, agreement, days_between
from wholestory.child_deaths.rules.matching.names import Alike, Compared, spelling
from wholestory.child_deaths.rules.matching.numbers import Numbers
from wholestory.child_deaths.rules.matching.ready import Ready
from wholestory.child_deaths.rules.matching.verdicts import Relation

#: Just below "likely", just below "same", and the lowest score that is still shown.
_POSSIBLE, _LIKELY, _SHOWN = 0.79, 0.98, 0.30
_NEVER = 0.0
_BORN_TOGETHER = {Agree.EQUAL, Agree.NEW_YEAR, Agree.NEAR, Agree.SWAPPED}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence to be answered before anybody joins two accounts, and how far it lets the score rise or fall."""

    text: str
    at_most: float = 1.0
    at_least: float = 0.0
    relation: Relation = Relation.NONE


def doubts(a: Ready, b: Ready, called: Compared, number: Numbers) -> list[Doubt]:
    """Everything to be asked, the weightiest first."""
    together = list(_together(a, b, called, number))
    return [*together, *_vetoes(a, b, called, number, explained=bool(together))]


def _together(a: Ready, b: Ready, called: Compared, number: Numbers) -> Iterator[Doubt]:
    """Twins and siblings: what the two accounts share is the family, not the child."""
    own_number = number in (Numbers.EQUAL, Numbers.ONE_SLIP)
    birth = agreement(a.born, b.born)
    born_together = birth in _BORN_TOGETHER or (birth is Agree.MISSING and bool(a.births or b.births))
    one_family = same_family(a, b, called)
    other_forename = called.forename is Alike.DIFFERENT
    if a.order and b.order and a.order != b.order and (born_together or one_family):
        yield Doubt("Birth order differs: these are two of a multiple birth", 0.5, _SHOWN, Relation.TWIN)
    elif other_forename and born_together and one_family and number is not Numbers.EQUAL:
        yield Doubt(
            "Twins? Same date of birth and family, different forename: do not join without checking the birth order",
            _POSSIBLE - 0.15, _SHOWN, Relation.TWIN,
        )  # fmt: skip
    elif born_together and one_family and not (a.named and b.named) and not own_number:
        yield from _unnamed(a, b, number)
    elif (
        other_forename
        and one_family
        and birth in (Agree.FAR, Agree.ONE_PART, Agree.PART_KNOWN)
        and not own_number
    ):
        yield Doubt(
            "Brother or sister? Same family, different forename and date of birth",
            0.5,
            _SHOWN,
            Relation.SIBLING,
        )


def _unnamed(a: Ready, b: Ready, number: Numbers) -> Iterator[Doubt]:
    """A baby without a forename: a twin would look exactly like this."""
    births = max(a.births or 1, b.births or 1)
    one_order = a.order is not None and a.order == b.order
    sexes_differ = bool(a.sex and b.sex and a.sex != b.sex)
    apart = days_between(a.died_day, b.died_day)
    if births > 1 and not one_order:
        yield Doubt(
            "One of a multiple birth, and the birth order is not known for both: ask which baby this is",
            _POSSIBLE, _SHOWN, Relation.TWIN,
        )  # fmt: skip
    elif not one_order and (sexes_differ or (apart or 0) > 1 or number is Numbers.DIFFERENT):
        yield Doubt(
            "Twins? A baby without a forename, and the sex, date of death or NHS number differs: ask the birth order",
            _POSSIBLE, _SHOWN, Relation.TWIN,
        )  # fmt: skip
    elif not one_order:
        yield Doubt("A baby without a forename: ask whether there was a twin", _LIKELY)


def _vetoes(a: Ready, b: Ready, called: Compared, number: Numbers, *, explained: bool) -> Iterator[Doubt]:
    """What keeps two accounts apart by itself; different forenames are ``explained`` by a twin or a sibling."""
    birth = agreement(a.born, b.born)
    if number is Numbers.DIFFERENT:
        yield Doubt("Two full NHS numbers that are not alike: check both before joining", _POSSIBLE)
    if number is Numbers.EQUAL and called.forename is Alike.DIFFERENT:
        two = birth in (Agree.FAR, Agree.ONE_PART) or called.surname is Alike.DIFFERENT
        yield Doubt(
            "One NHS number and different forenames: a second child with the same number, or the mother's?",
            _POSSIBLE if two or birth is Agree.MISSING else _LIKELY, _SHOWN,
        )  # fmt: skip
    elif number is Numbers.EQUAL and birth is Agree.FAR and not (a.estimated_birth or b.estimated_birth):
        yield Doubt("One NHS number and different dates of birth: whose number is it?", _POSSIBLE, _SHOWN)
    elif called.forename is Alike.DIFFERENT and number is not Numbers.EQUAL and not explained:
        yield Doubt("Clearly different forenames: ask whether the child had another name", _POSSIBLE)
    apart = days_between(a.died_day, b.died_day)
    if apart is not None and apart > 31 and agreement(a.died, b.died) not in (Agree.SWAPPED, Agree.ONE_PART):
        yield Doubt(
            "Dates of death are far apart: one of them is wrong, or these are two children", _POSSIBLE
        )
    if number in (Numbers.MOTHERS, Numbers.BOTH_MOTHERS) and not (a.named and b.named):
        yield Doubt(
            "The mother's NHS number stands where the baby's should: it tells of the family only", _LIKELY
        )


def same_family(a: Ready, b: Ready, called: Compared) -> bool:
    """Whether the two accounts are of one family: one mother, or one surname with one home, or one of them unknown."""
    if a.mother_number and a.mother_number in (b.mother_number, b.number):
        return True
    if b.mother_number and b.mother_number == a.number:
        return True
    mothers_alike = bool(
        a.mother_forenames
        and b.mother_forenames
        and spelling(a.mother_forenames[0], b.mother_forenames[0]) >= Alike.MISSPELT
    )
    if mothers_alike and (not a.mother_born or not b.mother_born or a.mother_born == b.mother_born):
        return True
    one_surname = called.surname >= Alike.MISSPELT
    one_home = bool(a.postcodes & b.postcodes) or (len(a.address) >= 8 and a.address[:20] == b.address[:20])
    home_unknown = not (a.postcodes and b.postcodes)
    return (one_surname and (one_home or home_unknown)) or (one_home and called.surname is Alike.MISSING)

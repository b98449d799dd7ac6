"""What a message says of the child and the place, as a case holds it, and which message it came from. Pure.

An answer that is no key of its list, or no number that can be, is left out: it stays with the message as it was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wholestory.child_deaths.rules.code_lists import (
    ETHNICITY_2015,
    NHS_ETHNICITY,
    PLACES_OF_DEATH,
    SEX,
    Code,
    Ethnicity,
)
from wholestory.child_deaths.rules.told import Answers, said

#: Weeks and grams that can be: the same as on the page where particulars are put right.
WEEKS, GRAMS = (10, 45), (100, 7000)
_SEXES = {"m": "male", "boy": "male", "f": "female", "girl": "female"}


def sex(answers: Answers) -> str:
    """A key of the list of sexes; empty where a message does not say, or says that it is not known."""
    told = said(answers, "sex", "child_sex").lower()
    key = _key(_SEXES.get(told, told), SEX)
    return "" if key == "not_known" else key


def ethnicity(answers: Answers) -> str:
    """A key of the list of 2015 or an NHS code, told as such or in its words."""
    told = said(answers, "ethnicity")
    return _key(told, ETHNICITY_2015) or _key(told, NHS_ETHNICITY)


def gestation_weeks(answers: Answers) -> int | None:
    """Completed weeks of pregnancy at birth."""
    return _within(said(answers, "gestation_weeks"), *WEEKS)


def birthweight_grams(answers: Answers) -> int | None:
    """Grams; the question has had two names."""
    return _within(said(answers, "birthweight_grams", "birthweight"), *GRAMS)


def place_kind(answers: Answers) -> str:
    """The kind of place where the child died."""
    return _key(said(answers, "place_kind"), PLACES_OF_DEATH)


#: What is read of a message, by the column that holds it.
OF_CHILD: Mapping[str, Callable[[Answers], Any]] = {
    "sex": sex, "ethnicity": ethnicity, "gestation_weeks": gestation_weeks, "birthweight_grams": birthweight_grams,
}  # fmt: skip
OF_CASE: Mapping[str, Callable[[Answers], Any]] = {"place_kind": place_kind}
READ = {**OF_CHILD, **OF_CASE}
#: What stands in a column that says nothing.
EMPTY = ("", None, "not_known")


def of_the_child(answers: Answers) -> dict[str, Any]:
    """The child's columns that a message says something of."""
    return _said(OF_CHILD, answers)


def of_the_case(answers: Answers) -> dict[str, Any]:
    """The same for the case."""
    return _said(OF_CASE, answers)


def missing(held: Mapping[str, Any], told: Answers, before: Iterable[Answers]) -> dict[str, Any]:
    """What a later message adds to what is ``held``: columns that say nothing and that no message ``before`` it
    answered. One that was answered and is empty was emptied by a person, and stays so."""
    earlier = list(before)
    return {
        column: value
        for column, read in READ.items()
        if column in held
        and held[column] in EMPTY
        and (value := read(told)) not in EMPTY
        and all(read(one) in EMPTY for one in earlier)
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A message of a case: its reference, the day it was received, and its answers."""

    reference: str
    on: date
    answers: Answers


def where_from(column: str, held: Any, messages: Iterable[Told]) -> tuple[Told | None, tuple[Told, ...]]:
    """The first message that says what is held (none: a person entered it), and those that say something else."""
    if held in EMPTY:
        return None, ()
    told = [(one, READ[column](one.answers)) for one in messages]
    agree = next((one for one, value in told if value == held), None)
    return agree, tuple(one for one, value in told if value not in EMPTY and value != held)


def _said(columns: Mapping[str, Callable[[Answers], Any]], answers: Answers) -> dict[str, Any]:
    found = {column: read(answers) for column, read in columns.items()}
    return {column: value for column, value in found.items() if value not in EMPTY}


def _key(told: str, codes: Iterable[Code | Ethnicity]) -> str:
    wanted = told.casefold()
    return next((one.key for one in codes if wanted in (one.key.casefold(), one.label.casefold())), "")


def _within(told: str, least: int, most: int) -> int | None:
    whole = told.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 6):
        return None
    number = int(whole)
    return number if least <= number <= most else None

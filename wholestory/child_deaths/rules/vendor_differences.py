"""Where an export of another product and what is held here differ. Nothing of ours is changed by it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wholestory.child_deaths.rules.brought_in import Holds, letter
from wholestory.child_deaths.rules.factors import Modifiable
from wholestory.child_deaths.rules.matching.folding import folded
from wholestory.child_deaths.rules.nhs_number import digits
from wholestory.child_deaths.rules.vendor_export import FIELDS, Exported, Extra

_NOT_HERE = "Not held here"
_SEX = {"male": "Male", "female": "Female", "indeterminate": "Indeterminate"}
_EXPECTED = {"expected": "Expected", "unexpected": "Unexpected"}


@dataclass(frozen=True, slots=True)
class Ours:
    """What is held here of the same case. Several names, numbers and postcodes are each as good as another."""

    names: tuple[tuple[str, str], ...] = ()
    born_on: date | None = None
    sex: str = ""
    nhs_numbers: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    died_on: date | None = None
    told_on: date | None = None
    reviewed_on: date | None = None
    category: int | None = None
    modifiable: str = ""
    expected: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the other product says otherwise: column of the file, what, and both sides in words."""

    column: str
    what: str
    theirs: str
    ours: str


def differences(one: Exported, ours: Ours, fields: Mapping[str, int]) -> list[Difference]:
    """Everything that differs. What the export leaves blank differs from nothing."""
    line, found = one.line, list[Difference]()

    def say(key: str, theirs: str, here: str) -> None:
        column = letter(fields[key]) if key in fields else ""
        found.append(Difference(column, FIELDS.get(key, key), theirs, here or _NOT_HERE))

    def among(key: str, theirs: str, here: tuple[str, ...]) -> None:
        if theirs and _bare(theirs) not in {_bare(each) for each in here}:
            say(key, theirs, ", ".join(here))

    for key, theirs, day in (
        (Holds.BORN, line.born_on, ours.born_on), (Holds.DIED, line.died_on, ours.died_on),
        (Holds.NOTIFIED, line.notified_on, ours.told_on), (Holds.REVIEWED, line.reviewed_on, ours.reviewed_on),
    ):  # fmt: skip
        if theirs is not None and theirs != day:
            say(key, theirs.isoformat(), day.isoformat() if day else "")
    for key, name, at in ((Holds.FORENAMES, line.forenames, 0), (Holds.SURNAME, line.surname, 1)):
        here = {folded(each[at]) for each in ours.names}
        if name and folded(name) not in here:
            say(key, name, ", ".join(dict.fromkeys(each[at] for each in ours.names if each[at])))
    among(Extra.NATIONAL, one.national, ours.national)
    among(Holds.NHS, digits(line.nhs_number), ours.nhs_numbers)
    among(Holds.POSTCODE, line.postcode, ours.postcodes)
    for key, said, known, words in (
        (Holds.SEX, line.sex, ours.sex, _SEX), (Holds.EXPECTED, line.expected, ours.expected, _EXPECTED),
        (Holds.MODIFIABLE, line.modifiable, ours.modifiable, {each.value: each.label for each in Modifiable}),
    ):  # fmt: skip
        if said in words and said != known:
            say(key, words[said], words.get(known, ""))
    if line.category is not None and line.category != ours.category:
        say(Holds.CATEGORY, str(line.category), str(ours.category or ""))
    if one.final != ours.final and (Holds.STAGE in fields or one.final):
        say(Holds.STAGE, _state(one.final), _state(ours.final))
    return found


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _state(final: bool) -> str:
    return "Finished" if final else "Open"

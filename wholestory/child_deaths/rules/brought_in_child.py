"""What a list of earlier cases says of the child and the place besides names and days: ethnicity, weeks of pregnancy,
birthweight, the kind of place, and how deprived the home's area is. Pure.

What cannot be read is remarked on and stays with its case as it is written; it stops nothing, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wholestory.child_deaths.rules.brought_in import Holds, plain
from wholestory.child_deaths.rules.code_lists import (
    ETHNICITY_2015,
    NHS_ETHNICITY,
    PLACES_OF_DEATH,
    Code,
    Ethnicity,
)
from wholestory.child_deaths.rules.told_particulars import GRAMS, WEEKS

NOTHING = frozenset({"", "nk", "n k", "not known", "unknown", "n a", "na", "none", "not recorded", "tbc"})
_WEEKS = re.compile(r"(\d{2})(?: ?\+ ?[0-6])? ?(?:w|wk|wks|week|weeks)?")
_WEIGHT = re.compile(r"(\d{1,5}|\d\.\d{1,3}) ?(g|grams?|kg)?")
_FIFTH = re.compile(r"(?:q|quintile )?(\d{1,2})")
_SHORT_PLACES = {
    "a e": "emergency_department", "ed": "emergency_department", "emergency department": "emergency_department",
    "nicu": "neonatal_unit", "scbu": "neonatal_unit", "neonatal unit": "neonatal_unit",
    "picu": "intensive_care", "itu": "intensive_care", "intensive care": "intensive_care",
    "delivery suite": "delivery_suite", "labour ward": "delivery_suite", "children s ward": "paediatric_ward",
    "school": "school", "public place": "public_place",
}  # fmt: skip


@dataclass(slots=True)
class Described:
    """What was read; empty or None is not known. ``deprivation`` is a fifth, 1 the most deprived."""

    ethnicity: str = ""
    place_kind: str = ""
    gestation_weeks: int | None = None
    birthweight_grams: int | None = None
    deprivation: int | None = None


def described(cell: Callable[[Holds], str], *, tenths: bool) -> tuple[Described, list[tuple[Holds, str]]]:
    """What the cells of a line say, and what could not be read of them, in words. ``tenths``: deprivation is told in
    tenths, two of which are a fifth."""
    found, remarks = Described(), []

    def said(holds: Holds) -> str:
        written = cell(holds)
        return "" if plain(written) in NOTHING else written

    def remark(holds: Holds, words: str) -> None:
        remarks.append((holds, f"{words} It stays not known; what is written is kept with the case."))

    if written := said(Holds.ETHNICITY):
        found.ethnicity = _key(written, ETHNICITY_2015) or _key(written, NHS_ETHNICITY)
        if not found.ethnicity:
            remark(Holds.ETHNICITY, f"“{written[:40]}” is on neither list of ethnicity.")
    if written := said(Holds.PLACE_KIND):
        found.place_kind = _key(written, PLACES_OF_DEATH) or _SHORT_PLACES.get(plain(written), "")
        if not found.place_kind:
            remark(Holds.PLACE_KIND, f"“{written[:40]}” is no kind of place of the list.")
    if written := said(Holds.GESTATION):
        found.gestation_weeks = weeks(written)
        if found.gestation_weeks is None:
            remark(Holds.GESTATION, f"This is no number of weeks from {WEEKS[0]} to {WEEKS[1]}.")
    if written := said(Holds.BIRTHWEIGHT):
        found.birthweight_grams = grams(written)
        if found.birthweight_grams is None:
            remark(Holds.BIRTHWEIGHT, f"This is no weight from {GRAMS[0]} to {GRAMS[1]} grams.")
    if written := said(Holds.DEPRIVATION):
        found.deprivation = fifth(written, tenths=tenths)
        if found.deprivation is None:
            wanted = "tenth from 1 to 10" if tenths else "fifth from 1 to 5"
            remark(Holds.DEPRIVATION, f"This is no {wanted}.")
    return found, remarks


def weeks(written: str) -> int | None:
    """Completed weeks, of “27”, “27+3” or “27 weeks”."""
    found = _WEEKS.fullmatch(" ".join(written.casefold().split()))
    number = int(found[1]) if found else 0
    return number if WEEKS[0] <= number <= WEEKS[1] else None


def grams(written: str) -> int | None:
    """Grams, of “940”, “3,200 g” or “3.2 kg”; a number with a point needs its unit."""
    found = _WEIGHT.fullmatch(" ".join(written.casefold().split()).replace(",", ""))
    if not found or ("." in found[1] and found[2] != "kg"):
        return None
    number = round(float(found[1]) * 1000) if found[2] == "kg" else int(found[1])
    return number if GRAMS[0] <= number <= GRAMS[1] else None


def fifth(written: str, *, tenths: bool) -> int | None:
    """The fifth, 1 the most deprived; of tenths, 1 and 2 are the first fifth."""
    number = number_of(written)
    if number is None or not 1 <= number <= (10 if tenths else 5):
        return None
    return (number + 1) // 2 if tenths else number


def number_of(written: str) -> int | None:
    """The number of a fifth or tenth as it is written, a spreadsheet’s “3.0” as well."""
    found = _FIFTH.fullmatch(written.casefold().strip().removesuffix(".0"))
    return int(found[1]) if found else None


def not_fifths(written: Iterable[str], *, tenths: bool) -> bool:
    """Whether a column that should hold fifths holds a number above 5: then 3 in it is no third fifth either."""
    return not tenths and any((number_of(one) or 0) > 5 for one in written)


def _key(written: str, codes: Iterable[Code | Ethnicity]) -> str:
    wanted = plain(written)
    return next((one.key for one in codes if wanted in (plain(one.key), plain(one.label))), "")

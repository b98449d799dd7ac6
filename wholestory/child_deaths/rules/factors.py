"""Contributory factors: under which heading, how they are graded, and whether they could be changed.

Every factor has a line and a grade of its own; a grade never belongs to a heading. The headings changed in 2018 and
the grade 3 went: each factor keeps what it was given, and what it is compared as stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.factor_codes import (
    CODES,
    CODES_GROUND,
    MAPPING,
    Domain,
    FactorCode,
    FactorEdition,
    as_current,
    codes_in,
    domains_of,
)
from wholestory.child_deaths.rules.grounds import Ground, ours, recalled, seen

__all__ = [
    "BREAK", "CODES", "CODES_GROUND", "MAPPING", "MEANING", "MODIFIABLE_FROM", "NO_THREE", "ONE_PER_LINE", "TREND",
    "Compared", "Domain", "Era", "FactorCode", "FactorEdition", "Grade", "Graded", "Modifiable", "NotOnThisForm",
    "as_current", "cautions", "codes_in", "compared", "domains_of", "era", "grade", "grades_as_current", "grades_of",
    "one_series", "seems_several",
]  # fmt: skip


class Grade(StrEnum):
    """How far a factor contributed. ``1*`` is of the early form only, ``3`` of the early form and 2015."""

    NO_INFORMATION = "0"
    NONE = "1"
    PRESENT_UNLIKELY = "1*"
    MAY_HAVE = "2"
    COMPLETE = "3"


_GRADES: dict[FactorEdition, dict[Grade, str]] = {
    FactorEdition.EARLY: {
        Grade.NO_INFORMATION: "Information not available",
        Grade.NONE: "No factors identified",
        Grade.PRESENT_UNLIKELY: "Factors present, but unlikely to have contributed",
        Grade.MAY_HAVE: "May have contributed to vulnerability, ill health or death",
        Grade.COMPLETE: "A complete and sufficient explanation for the death",
    },
    FactorEdition.FORM_2015: {
        Grade.NO_INFORMATION: "Information not available",
        Grade.NONE: "None, or present but unlikely to have contributed",
        Grade.MAY_HAVE: "May have contributed to vulnerability, ill health or death",
        Grade.COMPLETE: "A complete and sufficient explanation for the death",
    },
    FactorEdition.CURRENT: {
        Grade.NO_INFORMATION: "Information not available",
        Grade.NONE: "None, or present but unlikely to have contributed",
        Grade.MAY_HAVE: "May have contributed to vulnerability, ill health or death",
    },
}
NO_THREE = seen(
    "no_grade_3", "The national database asks for the grades 0 to 2; grade 3 was taken out.", "S27"
)
ONE_PER_LINE = seen("one_per_line", "Every factor has a line of its own, with its own grade.", "S27")


class NotOnThisForm(ValueError):
    """A grade that this edition of the form does not have."""


def grades_of(edition: FactorEdition) -> dict[Grade, str]:
    """The grades an edition offers, with their words."""
    return dict(_GRADES[edition])


def grade(value: str, edition: FactorEdition) -> Grade:
    """The grade, if this edition has it. Raises NotOnThisForm with the reason."""
    chosen = next((each for each in Grade if each.value == value.strip()), None)
    if chosen is not None and chosen in _GRADES[edition]:
        return chosen
    if chosen is Grade.COMPLETE:
        raise NotOnThisForm(
            "Grade 3 was taken out of the current form: use 2 where a factor may have contributed."
        )
    offered = ", ".join(each.value for each in _GRADES[edition])
    raise NotOnThisForm(f"This form has the grades {offered}.")


class Compared(StrEnum):
    """What grades of all editions are compared as in trends."""

    NO_INFORMATION = "no_information"
    NOT_CONTRIBUTED = "not_contributed"
    CONTRIBUTED = "contributed"


TREND = ours(
    "grades_compared",
    "For trends, 2 and 3 both count as “contributed”, and 1 and 1* as “did not contribute”.",
)
_COMPARED = {
    Grade.NO_INFORMATION: Compared.NO_INFORMATION,
    Grade.NONE: Compared.NOT_CONTRIBUTED,
    Grade.PRESENT_UNLIKELY: Compared.NOT_CONTRIBUTED,
    Grade.MAY_HAVE: Compared.CONTRIBUTED,
    Grade.COMPLETE: Compared.CONTRIBUTED,
}


def compared(given: Grade) -> Compared:
    """What a grade counts as in a trend over several editions."""
    return _COMPARED[given]


def grades_as_current(given: Grade) -> tuple[Grade, Ground]:
    """A grade of an earlier form on the current scale, with the rule that says so. The original is kept."""
    if given is Grade.COMPLETE:
        return Grade.MAY_HAVE, TREND
    if given is Grade.PRESENT_UNLIKELY:
        return Grade.NONE, recalled("star_merged", "1* was merged into 1 in 2015.")
    return given, ONE_PER_LINE


def seems_several(text: str) -> bool:
    """Whether a line may hold more than one factor, to be asked about: a list, or sentences joined by semicolons."""
    lines = [line for line in text.replace("•", "\n").splitlines() if line.strip()]
    return len(lines) > 1 or ";" in text


@dataclass(frozen=True, slots=True)
class Graded:
    """A factor as a line of the form, as far as the rules need it."""

    grade: Grade
    modifiable: bool | None = None


class Modifiable(StrEnum):
    """The answer to whether modifiable factors were present."""

    IDENTIFIED = "identified"
    NONE_IDENTIFIED = "none_identified"
    INADEQUATE = "inadequate_information"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "identified": "Modifiable factors were identified",
            "none_identified": "No modifiable factors were identified",
            "inadequate_information": "There is not enough information to say (use rarely)",
        }[self.value]


MEANING = seen(
    "modifiable_means",
    "A modifiable factor may have contributed, and could be changed, locally or nationally, so that fewer children die"
    " in future. It does not say that this child would have lived.",
    "S50",
)


def cautions(answer: Modifiable | None, factors: Iterable[Graded]) -> tuple[str, ...]:
    """What to look at again before the analysis is final. It warns and never stops anybody."""
    lines = list(factors)
    contributed = any(compared(each.grade) is Compared.CONTRIBUTED for each in lines)
    marked = any(each.modifiable for each in lines)
    found = []
    if answer is None:
        found.append("Say whether modifiable factors were identified.")
    if answer is Modifiable.IDENTIFIED and not contributed:
        found.append(
            "Modifiable factors were identified, but no factor is graded 2. Grade the factor that is meant."
        )
    if answer is Modifiable.NONE_IDENTIFIED and marked:
        found.append("A factor is marked as modifiable, but the answer is that none was identified.")
    if answer is Modifiable.INADEQUATE:
        found.append("“Not enough information” is meant to be rare, and is published as a group of its own.")
    if answer is Modifiable.IDENTIFIED and contributed and not marked:
        found.append("Mark which factor is the modifiable one.")
    return tuple(found)


MODIFIABLE_FROM = date(2010, 4, 1)
BREAK = seen(
    "preventable_break",
    "Until March 2010 deaths were called preventable; from April 2010 factors are called modifiable. The two are not"
    " one series and are never joined in a chart.",
    "S44",
)


class Era(StrEnum):
    """Which question was asked of a review."""

    PREVENTABLE = "preventable"
    MODIFIABLE = "modifiable"


def era(reviewed_on: date) -> Era:
    """Which of the two questions a review of that day answered."""
    return Era.MODIFIABLE if reviewed_on >= MODIFIABLE_FROM else Era.PREVENTABLE


def one_series(days: Iterable[date]) -> bool:
    """Whether reviews of all these days may stand in one series."""
    return len({era(day) for day in days}) <= 1

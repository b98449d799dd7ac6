"""What may go into the national database, and the shape of what is copied there.

There is no public specification, so this is our own layout in the order of the national forms; ``SCHEMA`` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.child_deaths.rules.grounds import Ground, ours, seen
from wholestory.child_deaths.rules.regimes import goes_to_the_national_database

SCHEMA = "wholestory.child_death_review/1"

FINAL_ONLY = seen(
    "final_only",
    "Open cases have their notification there; the rest goes in once the review is saved as final.",
    "S27",
)
TOO_EARLY = seen(
    "reviewed_before", "Deaths whose review was finished before 1 April 2019 are refused there.", "S23"
)
SAME_VERSION = ours("entered_already", "This version was entered already.")


#: Fields of the copy sheet by key, in their order: what they are called there. A key never changes its meaning.
NOTIFIED = {
    "forenames": "First names", "surname": "Family name", "born_on": "Date of birth", "sex": "Sex",
    "nhs_number": "NHS number", "ethnicity": "Ethnicity", "gestation_weeks": "Weeks of pregnancy",
    "birthweight_grams": "Birthweight in grams", "address": "Address", "postcode": "Postcode",
}  # fmt: skip
#: Of the death itself; the words are those of the page of the case.
OF_THE_DEATH = {
    "death_confirmed": "Death confirmed", "death_began": "What led to it began", "death_found": "Found",
    "death_certified": "Certified", "death_place": "Where the child died", "death_began_place": "Where it began",
    "death_abroad": "Died abroad, in", "death_expected": "Expected?", "death_story": "What happened",
    "death_suspected_cause": "Suspected cause", "death_process": "Process", "death_forms": "Forms",
    "death_home_area": "Home area", "death_looked_after_by": "Looked after by",
}  # fmt: skip
ANALYSED = {
    "cause": "Cause of death as understood", "primary_category": "Category of death",
    "categories": "Every category selected", "modifiable": "Modifiable factors", "story": "Summary",
    "issues": "Issues identified", "good_practice": "Good practice", "case_review": "Case review",
    "protection_plan": "Child protection plan", "looked_after": "Looked after", "social_care": "Known to social care",
    "meeting_on": "Review meeting",
}  # fmt: skip
#: Keys that come once for each line, with its number behind them.
IN_LINES = {
    "factor": "Factors, one to a line", "learning": "Learning", "recommendation": "Recommendations",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the copy sheet. ``value`` is copied, ``words`` are what a person reads; ``nothing`` is the kind of
    nothing where there is no value: not known and blank stay apart."""

    key: str
    label: str
    words: str
    value: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the national form."""

    title: str
    fields: tuple[Field, ...]


def why_not(*, final_version: int | None, reviewed_on: date | None, entered: frozenset[int]) -> Ground | None:
    """Why a case cannot be entered now; None where it can."""
    if final_version is None:
        return FINAL_ONLY
    if not goes_to_the_national_database(reviewed_on):
        return TOO_EARLY
    return SAME_VERSION if final_version in entered else None


def state(*, final_version: int | None, reviewed_on: date | None, entered: frozenset[int]) -> str:
    """``not_final``, ``not_taken``, ``entered``, ``again`` (opened and finished once more) or ``to_enter``."""
    if final_version is None:
        return "not_final"
    if not goes_to_the_national_database(reviewed_on):
        return "not_taken"
    if final_version in entered:
        return "entered"
    return "again" if entered else "to_enter"


STATES = {
    "to_enter": "To enter", "again": "To enter again", "entered": "Entered", "not_final": "Not final",
    "not_taken": "Not taken nationally",
}  # fmt: skip

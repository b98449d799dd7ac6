"""Two axes that are never one: who runs the process, and which set of forms a case is on.

The process changed on each area's own day, by 29 September 2019 at the latest. The new forms were for every case whose
review was not finished by 1 April 2019, whatever the day of death. So a case can be under the old process with new
forms. Forms have changed each April since; a form keeps the version it was begun in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import Ground, ours, seen

FIRST_SWITCH_ON = date(2018, 6, 29)
LAST_SWITCH_ON = date(2019, 9, 29)
NEW_FORMS_FROM = date(2019, 4, 1)


class Regime(StrEnum):
    """Who runs child death review."""

    WT2015 = "WT2015"
    CDR2018 = "CDR2018"

    @property
    def label(self) -> str:
        """In words."""
        return _WORDS[self].title

    @property
    def words(self) -> RegimeWords:
        """What things are called under it."""
        return _WORDS[self]


@dataclass(frozen=True, slots=True)
class RegimeWords:
    """The names one regime gives to the same things. Chapter numbers move between editions and are never among them."""

    title: str
    response: str
    response_short: str
    visit: str
    early_meetings: tuple[str, ...]
    last_meeting: str
    professionals_meeting: str
    panel: str
    responsible: str
    notification_form: str
    reporting_form: str
    analysis_form: str
    yearly_return: str
    case_review: str


_WORDS = {
    Regime.WT2015: RegimeWords(
        title="The Safeguarding Children Board’s process",
        response="rapid response",
        response_short="rapid response",
        visit="visit to the place of death",
        early_meetings=("Initial case management discussion", "Second case management discussion"),
        last_meeting="Third case management discussion",
        professionals_meeting="final case discussion",
        panel="child death overview panel",
        responsible="Local Safeguarding Children Board",
        notification_form="Form A",
        reporting_form="Form B",
        analysis_form="Form C",
        yearly_return="LSCB1 return",
        case_review="serious case review",
    ),
    Regime.CDR2018: RegimeWords(
        title="The child death review partners’ process",
        response="joint agency response",
        response_short="JAR",
        visit="visit to the home or the scene",
        early_meetings=("Initial information-sharing and planning meeting", "Interim discussion"),
        last_meeting="Final discussion",
        professionals_meeting="child death review meeting",
        panel="child death overview panel",
        responsible="child death review partners",
        notification_form="Child death notification form",
        reporting_form="Child death reporting form",
        analysis_form="Child death analysis form",
        yearly_return="National Child Mortality Database",
        case_review="local child safeguarding practice review",
    ),
}


class FormSet(StrEnum):
    """Which family of forms a case is on."""

    FORMS_2015 = "2015"
    CURRENT = "2018"

    @property
    def label(self) -> str:
        """In words."""
        return "Forms A, B and C (2015)" if self is FormSet.FORMS_2015 else "Current forms (2019 and later)"


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One yearly version of a form set: ``number`` is the version of its definitions."""

    form_set: FormSet
    number: int
    from_on: date
    ground: Ground

    @property
    def label(self) -> str:
        """``Current forms, April 2021``."""
        if self.form_set is FormSet.FORMS_2015:
            return self.form_set.label
        return f"Current forms, April {self.from_on.year}"


VERSIONS: tuple[FormVersion, ...] = (
    FormVersion(FormSet.FORMS_2015, 1, date(2015, 1, 1), ours("forms_2015", "The forms in use from 2015.")),
    FormVersion(
        FormSet.CURRENT, 1, NEW_FORMS_FROM,
        seen("forms_2019", "New forms by 1 April 2019 for every case whose review was not finished.", "S23"),
    ),
    FormVersion(FormSet.CURRENT, 2, date(2021, 4, 1), seen("forms_2021", "Form changes of April 2021.", "S25")),
    FormVersion(FormSet.CURRENT, 3, date(2022, 4, 1), seen("forms_2022", "Form updates of April 2022.", "S26")),
)  # fmt: skip

SWITCH = seen(
    "switch_date", "Each area changed over on its own day, by 29 September 2019 at the latest.", "S23"
)
NOT_FINISHED = seen(
    "new_forms",
    "New forms by 1 April 2019 for every case not reviewed by then, whatever the day of death.",
    "S23",
)


class ImpossibleSwitch(ValueError):
    """An area cannot have changed over on that day."""


def process_regime(died_on: date, switched_on: date | None = None) -> Regime:
    """Who runs the review of a death on that day. ``switched_on`` is the panel's own setting; without it the last
    possible day counts. Raises ImpossibleSwitch for a day before the change was possible, or after it was due."""
    changed = switched_on or LAST_SWITCH_ON
    if not FIRST_SWITCH_ON <= changed <= LAST_SWITCH_ON:
        raise ImpossibleSwitch("Areas changed over between 29 June 2018 and 29 September 2019.")
    return Regime.CDR2018 if died_on >= changed else Regime.WT2015


def form_set(reviewed_on: date | None, new_forms_from: date = NEW_FORMS_FROM) -> FormSet:
    """Which forms a case is on: the old ones only where its review was finished before the new ones came.
    ``new_forms_from`` is the panel's own day where it began earlier."""
    return FormSet.FORMS_2015 if reviewed_on is not None and reviewed_on < new_forms_from else FormSet.CURRENT


def form_set_on(day: date, reviewed_on: date | None = None, new_forms_from: date = NEW_FORMS_FROM) -> FormSet:
    """The forms to send on that day: until the panel's new forms began there were only the old ones."""
    return FormSet.FORMS_2015 if day < new_forms_from else form_set(reviewed_on, new_forms_from)


def form_version(of: FormSet, day: date) -> FormVersion:
    """The version to begin a form in on that day. A form already begun keeps its own. The earliest, before all."""
    held = [each for each in VERSIONS if each.form_set is of]
    return next((each for each in reversed(held) if each.from_on <= day), held[0])


def goes_to_the_national_database(reviewed_on: date | None) -> bool:
    """Deaths whose review was finished before 1 April 2019 are refused there; every other is taken."""
    return reviewed_on is None or reviewed_on >= NEW_FORMS_FROM

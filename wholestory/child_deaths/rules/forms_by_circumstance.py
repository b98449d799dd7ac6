"""Which supplementary forms a death calls for, from what is known of it.

Topics, never numbers: the same number was another form in another issue. A number on an old paper can only be read
together with its issue. What is proposed can be added to and left out by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.ages import Age
from wholestory.child_deaths.rules.grounds import Ground, faint, ours, recalled, seen
from wholestory.child_deaths.rules.regimes import FormSet

#: Under this age, in years, the form about sudden death in infancy is for a child.
INFANCY_YEARS = 2


class Topic(StrEnum):
    """What a supplementary form is about."""

    NEONATAL = "neonatal"
    SUDDEN = "sudden"
    LIFE_LIMITING = "life_limiting"
    ROAD = "road"
    DROWNING = "drowning"
    FIRE = "fire"
    POISONING = "poisoning"
    OTHER_ACCIDENT = "other_accident"
    SUBSTANCE = "substance"
    HOMICIDE = "homicide"
    SUICIDE = "suicide"
    ASTHMA = "asthma"
    CARDIAC = "cardiac"
    CARE_PATHWAY = "care_pathway"
    GENETIC = "genetic"
    KETOACIDOSIS = "ketoacidosis"
    EPILEPSY = "epilepsy"
    INFECTION = "infection"
    ONCOLOGY = "oncology"

    def name_in(self, forms: FormSet) -> str:
        """What the form is called in a set."""
        old, new = _TITLES[self]
        return old if forms is FormSet.FORMS_2015 and old else new

    def is_in(self, forms: FormSet) -> bool:
        """Whether a set of forms has a form about it."""
        return forms is FormSet.CURRENT or bool(_TITLES[self][0])


_TITLES: dict[Topic, tuple[str, str]] = {
    Topic.NEONATAL: ("Neonatal death", "Death on a delivery suite, labour ward or neonatal unit"),
    Topic.SUDDEN: ("Sudden unexpected death in infancy", "Sudden unexpected death"),
    Topic.LIFE_LIMITING: ("Life-limiting condition", "Life-limiting condition"),
    Topic.ROAD: ("Road traffic accident", "Trauma and vehicle collision"),
    Topic.DROWNING: ("Drowning", "Drowning"),
    Topic.FIRE: ("Fire and burns", "Fire, burns and electrocution"),
    Topic.POISONING: ("Poisoning", "Poisoning"),
    Topic.OTHER_ACCIDENT: ("Other accident", "Other non-intentional injury"),
    Topic.SUBSTANCE: ("Substance misuse", "Substance misuse"),
    Topic.HOMICIDE: ("Apparent homicide", "Violent or maltreatment-related death"),
    Topic.SUICIDE: ("Apparent suicide", "Suicide or self-harm"),
    Topic.ASTHMA: ("", "Asthma and anaphylaxis"),
    Topic.CARDIAC: ("", "Cardiac conditions, congenital or acquired"),
    Topic.CARE_PATHWAY: ("", "Care pathway"),
    Topic.GENETIC: ("", "Chromosomal, genetic and congenital anomalies"),
    Topic.KETOACIDOSIS: ("", "Diabetic ketoacidosis"),
    Topic.EPILEPSY: ("", "Epilepsy"),
    Topic.INFECTION: ("", "Infection"),
    Topic.ONCOLOGY: ("", "Oncology"),
}


class Issue(StrEnum):
    """Which printing of the old forms a number is from."""

    EARLY = "early"
    LATER = "2010s"


_NUMBERS: dict[Issue, dict[Topic, str]] = {
    Issue.EARLY: {
        Topic.ROAD: "B2", Topic.DROWNING: "B3", Topic.FIRE: "B4", Topic.POISONING: "B5", Topic.OTHER_ACCIDENT: "B6",
        Topic.SUBSTANCE: "B7", Topic.HOMICIDE: "B8", Topic.SUICIDE: "B9",
    },
    Issue.LATER: {
        Topic.NEONATAL: "B2", Topic.LIFE_LIMITING: "B3", Topic.SUDDEN: "B4", Topic.ROAD: "B5", Topic.DROWNING: "B6",
        Topic.FIRE: "B7", Topic.POISONING: "B8", Topic.OTHER_ACCIDENT: "B9", Topic.SUBSTANCE: "B10",
        Topic.HOMICIDE: "B11", Topic.SUICIDE: "B12",
    },
}  # fmt: skip
NUMBERS: Mapping[Issue, Ground] = {
    Issue.EARLY: seen("numbers_early", "Numbers of an early issue of Form B.", "S45"),
    Issue.LATER: recalled(
        "numbers_later", "Numbers of the issues of the 2010s, apart from B2, which was seen."
    ),
}


def topic_of(number: str, issue: Issue) -> Topic | None:
    """What an old paper's number means in its own issue; None when that issue had no such form."""
    wanted = number.upper().replace(" ", "")
    return next((topic for topic, held in _NUMBERS[issue].items() if held == wanted), None)


def number_of(topic: Topic, issue: Issue) -> str:
    """The number a topic had in an issue; empty when it had none. For finding old papers only."""
    return _NUMBERS[issue].get(topic, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOfDeath:
    """What is known when forms are chosen. ``events`` are keys of the code list, ``conditions`` of
    ``CONDITIONS``."""

    age: Age | None = None
    events: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    died_in: str = ""
    unexpected: bool | None = None
    sudden_unexplained: bool | None = None
    life_limiting: bool | None = None
    treated_before_death: bool | None = None
    never_left_hospital: bool | None = None


CONDITIONS: Mapping[str, Topic] = {
    "asthma": Topic.ASTHMA,
    "anaphylaxis": Topic.ASTHMA,
    "cardiac": Topic.CARDIAC,
    "genetic": Topic.GENETIC,
    "congenital": Topic.GENETIC,
    "diabetic_ketoacidosis": Topic.KETOACIDOSIS,
    "epilepsy": Topic.EPILEPSY,
    "infection": Topic.INFECTION,
    "cancer": Topic.ONCOLOGY,
}
_EVENTS: Mapping[str, Topic] = {
    "road_traffic": Topic.ROAD,
    "drowning": Topic.DROWNING,
    "fire": Topic.FIRE,
    "poisoning": Topic.POISONING,
    "other_accident": Topic.OTHER_ACCIDENT,
    "substance": Topic.SUBSTANCE,
    "homicide": Topic.HOMICIDE,
    "suicide": Topic.SUICIDE,
}
_BY_EVENT = seen("form_by_event", "Each known event has a supplementary form of its own.", "S45")
_BY_CONDITION = faint("form_by_condition", "The current set has a form for this condition.")
_NEONATAL_AGE = seen(
    "form_neonatal_age", "The baby was in the first 28 days of life; this form comes first.", "S22", "S45"
)
_NEONATAL_PLACE = seen("form_neonatal_place", "The baby died on a delivery suite or neonatal unit.", "S26")
_NEVER_HOME = ours("form_never_home", "The baby had never left hospital.")
_SUDDEN = seen("form_sudden", "The death was sudden and no cause was plain.", "S25")
_UNEXPECTED = ours(
    "form_unexpected",
    "The death was unexpected. Choose it only if no cause is plain: it asks how the child slept.",
)
_LIFE_LIMITING = recalled("form_life_limiting", "The child had a life-limiting condition.")
_PATHWAY = seen(
    "form_care_pathway",
    "The child was treated in the illness or after the injury that led to the death.",
    "S22",
)
_NOT_IN_SET = ours("form_not_in_set", "These forms have none about it; use the narrative of the report.")


@dataclass(frozen=True, slots=True)
class ProposedForm:
    """A supplementary form that is proposed, and why. ``sure`` is false where a person should look first."""

    topic: Topic
    ground: Ground
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ProposedForms:
    """What to send. ``without_form`` are topics the set has no form for."""

    forms: tuple[ProposedForm, ...]
    without_form: tuple[ProposedForm, ...] = ()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics alone, in the order to complete them."""
        return tuple(each.topic for each in self.forms)


def suits(topic: Topic, forms: FormSet, age: Age | None) -> bool:
    """Whether a form of a set is made for a child of this age; where the age is not known, it may be.

    The form of 2015 about sudden death is called one "in infancy" and asks about a baby's sleep. A second birthday as
    its end is our own reading; the current form is for any age.
    """
    if topic is Topic.SUDDEN and forms is FormSet.FORMS_2015:
        return age is None or age.years < INFANCY_YEARS
    return True


def propose(known: KnownOfDeath, forms: FormSet) -> ProposedForms:
    """The supplementary forms for these circumstances, in the order of ``Topic``: neonatal comes first."""
    found: dict[Topic, Ground] = {}
    if known.died_in in ("delivery_suite", "neonatal_unit"):
        found[Topic.NEONATAL] = _NEONATAL_PLACE
    elif known.age is not None and known.age.is_neonatal:
        found[Topic.NEONATAL] = _NEONATAL_AGE
    elif known.never_left_hospital and known.age is not None and known.age.is_infant:
        found[Topic.NEONATAL] = _NEVER_HOME
    if suits(Topic.SUDDEN, forms, known.age):
        if known.sudden_unexplained:
            found[Topic.SUDDEN] = _SUDDEN
        elif known.unexpected:
            found[Topic.SUDDEN] = _UNEXPECTED
    if known.life_limiting:
        found[Topic.LIFE_LIMITING] = _LIFE_LIMITING
    found |= {_EVENTS[event]: _BY_EVENT for event in sorted(known.events) if event in _EVENTS}
    found |= {CONDITIONS[each]: _BY_CONDITION for each in sorted(known.conditions) if each in CONDITIONS}
    if known.treated_before_death and forms is FormSet.CURRENT:
        found[Topic.CARE_PATHWAY] = _PATHWAY
    inside = tuple(
        ProposedForm(topic, found[topic], found[topic] is not _UNEXPECTED)
        for topic in Topic
        if topic in found and topic.is_in(forms)
    )
    outside = tuple(
        ProposedForm(topic, _NOT_IN_SET) for topic in Topic if topic in found and not topic.is_in(forms)
    )
    return ProposedForms(inside, outside)


@dataclass(frozen=True, slots=True)
class Since:
    """From which day a version of one form is begun."""

    from_on: date
    version: int


def version_on(day: date, held: tuple[Since, ...]) -> int:
    """The version to begin a form in on a day; the first one for any day before. A form begun keeps its version."""
    return next((each.version for each in reversed(held) if each.from_on <= day), held[0].version)

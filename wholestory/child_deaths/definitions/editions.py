"""Every form of child death review, and which version of it is begun on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wholestory.child_deaths.definitions import (
    about_babies,
    about_harm,
    about_illness,
    about_injuries,
    about_pathway,
    about_sudden,
    notification,
    report,
)
from wholestory.child_deaths.definitions.supplement import key_of
from wholestory.child_deaths.rules.ages import Age
from wholestory.child_deaths.rules.forms_by_circumstance import KnownOfDeath, Since, Topic, version_on
from wholestory.child_deaths.rules.regimes import VERSIONS, FormSet
from wholestory.paperwork.definitions import Form
from wholestory.paperwork.given import Json


class NoSuchForm(LookupError):
    """This set has no form about that."""


@dataclass(frozen=True, slots=True)
class Line:
    """One form through its versions: its set, its topic (None for notification and report), and from when each."""

    forms: FormSet
    topic: Topic | None
    versions: tuple[Form, ...]
    begins: tuple[Since, ...]

    @property
    def key(self) -> str:
        """The key all its versions share."""
        return self.versions[0].key

    def on(self, day: date) -> Form:
        """The version to begin on a day; a form already begun keeps its own."""
        wanted = version_on(day, self.begins)
        return next(form for form in self.versions if form.version == wanted)


_IN_2015 = (Since(date(2015, 1, 1), 1),)
_2019, _2021, _2022 = (each.from_on for each in VERSIONS[1:])


def _old(topic: Topic | None, form: Form) -> Line:
    return Line(FormSet.FORMS_2015, topic, (form,), _IN_2015)


def _new(topic: Topic | None, forms: tuple[Form, ...], *days: date) -> Line:
    begins = tuple(Since(day, form.version) for day, form in zip(days, forms, strict=True))
    return Line(FormSet.CURRENT, topic, forms, begins)


NOTIFICATION_LINES = (
    _old(None, notification.NOTIFICATION_2015),
    _new(None, notification.NOTIFICATIONS, _2019, _2021, _2022),
)
REPORT_LINES = (_old(None, report.REPORT_2015), _new(None, report.REPORTS, _2019, _2021, _2022))
TOPIC_LINES = (
    _old(Topic.NEONATAL, about_babies.NEONATAL_2015),
    _new(Topic.NEONATAL, about_babies.NEONATAL, _2019, _2022),
    _old(Topic.SUDDEN, about_sudden.SUDDEN_2015),
    _new(Topic.SUDDEN, about_sudden.SUDDEN, _2019, _2021),
    _old(Topic.LIFE_LIMITING, about_illness.LIFE_LIMITING_2015),
    _new(Topic.LIFE_LIMITING, about_illness.LIFE_LIMITING, _2019),
    _old(Topic.ROAD, about_injuries.ROAD_2015),
    _new(Topic.ROAD, about_injuries.ROAD, _2019),
    _old(Topic.DROWNING, about_sudden.DROWNING_2015),
    _new(Topic.DROWNING, about_sudden.DROWNING, _2019, _2021),
    _old(Topic.FIRE, about_injuries.FIRE_2015),
    _new(Topic.FIRE, about_injuries.FIRE, _2019),
    _old(Topic.POISONING, about_injuries.POISONING_2015),
    _new(Topic.POISONING, about_injuries.POISONING, _2019),
    _old(Topic.OTHER_ACCIDENT, about_injuries.OTHER_ACCIDENT_2015),
    _new(Topic.OTHER_ACCIDENT, about_injuries.OTHER_ACCIDENT, _2019),
    _old(Topic.SUBSTANCE, about_injuries.SUBSTANCE_2015),
    _new(Topic.SUBSTANCE, about_injuries.SUBSTANCE, _2019),
    _old(Topic.HOMICIDE, about_harm.HOMICIDE_2015),
    _new(Topic.HOMICIDE, about_harm.HOMICIDE, _2019),
    _old(Topic.SUICIDE, about_harm.SUICIDE_2015),
    _new(Topic.SUICIDE, about_harm.SUICIDE, _2019),
    _new(Topic.ASTHMA, about_illness.ASTHMA, _2019),
    _new(Topic.CARDIAC, about_illness.CARDIAC, _2019),
    _new(Topic.CARE_PATHWAY, about_pathway.CARE_PATHWAY, _2019, _2022),
    _new(Topic.GENETIC, about_illness.GENETIC, _2019, _2022),
    _new(Topic.KETOACIDOSIS, about_illness.KETOACIDOSIS, _2019),
    _new(Topic.EPILEPSY, about_illness.EPILEPSY, _2019),
    _new(Topic.INFECTION, about_illness.INFECTION, _2019),
    _new(Topic.ONCOLOGY, about_illness.ONCOLOGY, _2019),
)
LINES = (*NOTIFICATION_LINES, *REPORT_LINES, *TOPIC_LINES)
ALL: tuple[Form, ...] = tuple(form for line in LINES for form in line.versions)


def notification_form(forms: FormSet, day: date) -> Form:
    """The notification form of a set, to begin on a day."""
    return next(line for line in NOTIFICATION_LINES if line.forms is forms).on(day)


def report_form(forms: FormSet, day: date) -> Form:
    """The report every agency is asked for, to begin on a day."""
    return next(line for line in REPORT_LINES if line.forms is forms).on(day)


def topic_form(topic: Topic, forms: FormSet, day: date) -> Form:
    """The supplementary form about a topic, to begin on a day. Raises NoSuchForm where the set has none."""
    key = key_of(topic, forms)
    line = next((line for line in TOPIC_LINES if line.key == key), None)
    if line is None:
        raise NoSuchForm(f"The forms of this set have none about {topic.name_in(FormSet.CURRENT).lower()}.")
    return line.on(day)


def topic_of_form(key: str) -> Topic | None:
    """The topic of a form by its key; None for a notification, a report or a form of another room."""
    return next((line.topic for line in TOPIC_LINES if line.key == key), None)


def known_of(values: Mapping[str, Json], age: Age | None) -> KnownOfDeath:
    """What answers already given (stored values by question key) say about which further forms are needed."""

    def whether(key: str) -> bool | None:
        return {"yes": True, "no": False}.get(str(values.get(key)))

    def among(key: str) -> frozenset[str]:
        held = values.get(key)
        return frozenset(str(each) for each in held) if isinstance(held, list) else frozenset()

    place = values.get("place_kind")
    return KnownOfDeath(
        age=age,
        events=among("events") - {"none"},
        conditions=among("conditions") - {"none"},
        died_in=place if isinstance(place, str) else "",
        sudden_unexplained=whether("sudden_unexplained"),
        life_limiting=whether("life_limiting"),
        treated_before_death=whether("treated_before_death"),
        never_left_hospital=whether("never_left_hospital"),
    )

"""Which forms an agency is sent: the report of the case's set, in the version of the day, and those the circumstances
call for."""

from __future__ import annotations

from datetime import date

from wholestory.child_deaths.definitions import editions
from wholestory.child_deaths.models import Case, Child
from wholestory.child_deaths.rules import forms_by_circumstance as circumstance
from wholestory.child_deaths.rules.ages import Age, BornAfterDeath, age_at
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.regimes import FormSet as Forms
from wholestory.paperwork.form import Form


def report(form_set: str, on: date) -> Form:
    """The report every agency is asked for, in the version of the day."""
    return editions.report_form(Forms(form_set), on)


def supplement(topic: Topic, form_set: str, on: date) -> Form | None:
    """The form about a topic in the version of the day; None where the set has none."""
    try:
        return editions.topic_form(topic, Forms(form_set), on)
    except editions.NoSuchForm:
        return None


def topics(form_set: str, on: date) -> list[tuple[Topic, str]]:
    """Every topic that has a form in a set, with its title."""
    return [(topic, form.title) for topic in Topic if (form := supplement(topic, form_set, on)) is not None]


def proposed(case: Case, child: Child) -> frozenset[Topic]:
    """The topics proposed from what the case says so far; a person adds to them and leaves out."""
    known = circumstance.KnownOfDeath(
        age=age_of(case, child),
        died_in=case.place_kind,
        sudden_unexplained=case.expected == "unexpected" or None,
    )
    return frozenset(circumstance.propose(known, Forms(case.form_set)).topics)


def age_of(case: Case, child: Child) -> Age | None:
    """How old the child was, where both days are known and in order."""
    if child.born_on is None or case.died_on is None:
        return None
    try:
        return age_at(child.born_on, case.died_on)
    except BornAfterDeath:
        return None

"""Which forms an agency is sent: the report of the case's set, in the version of the day, and those the circumstances
call for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wholestory.child_deaths.definitions import editions
from wholestory.child_deaths.models import Analysis, Case, Child, ResponseDecision
from wholestory.child_deaths.queries import composite
from wholestory.child_deaths.rules import forms_by_circumstance as circumstance
from wholestory.child_deaths.rules import forms_by_words
from wholestory.child_deaths.rules.ages import Age, BornAfterDeath, age_at
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.grounds import Ground
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


def proposed(case: Case, child: Child) -> dict[Topic, str]:
    """The topics proposed from what is known so far, each with why; a person adds to them and leaves out.

    From age, place and whether it was expected; from what agencies answered; from the words told of what happened and
    of the suspected cause; from the category suspected; and from the decision on the first response.
    """
    answered = {key: one.value for key, one in composite.chosen(case).items()}
    told = editions.known_of(answered, age_of(case, child))
    unexpected = case.expected == "unexpected" or None
    known = replace(
        told,
        died_in=case.place_kind or told.died_in,
        sudden_unexplained=unexpected or told.sudden_unexplained,
    )
    coded = circumstance.propose(known, Forms(case.form_set))
    why: dict[Topic, Ground] = {each.topic: each.ground for each in (*coded.forms, *coded.without_form)}
    for more in (
        forms_by_words.by_words(case.suspected_cause, case.circumstances), forms_by_words.by_category(_suspected(case)),
    ):  # fmt: skip
        why = {**more, **why}
    decided = ResponseDecision.objects.filter(case=case).order_by("-entered_at").first()
    if decided is not None:
        why = {**forms_by_words.by_response(decided.opens, decided.criteria, why), **why}
    inside = Forms(case.form_set)
    return {topic: why[topic].words for topic in Topic if topic in why and topic.is_in(inside)}


def _suspected(case: Case) -> int | None:
    """The category suspected when the death was notified, as the newest analysis says."""
    found = Analysis.objects.filter(review__case=case).order_by("-version")
    return found.values_list("notified_category", flat=True).first()


def age_of(case: Case, child: Child) -> Age | None:
    """How old the child was, where both days are known and in order."""
    if child.born_on is None or case.died_on is None:
        return None
    try:
        return age_at(child.born_on, case.died_on)
    except BornAfterDeath:
        return None

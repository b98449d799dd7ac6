"""Which forms an agency is sent: the report of the case's set, in the version of the day, and those the circumstances
call for."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Proposed:
    """Why a form is proposed, in words; ``sure`` is false where only words, a suspicion or "unexpected" call for it, so
    that a person looks first."""

    words: str
    sure: bool


def proposed(case: Case, child: Child) -> dict[Topic, Proposed]:
    """The topics proposed from what is known so far, each with why; a person adds to them and leaves out.

    From age, place and whether it was expected; from what agencies answered; from the words told of what happened and
    of the suspected cause; from the category suspected; and from the decision on the first response. None that the
    set has no form about, or only one for younger children.
    """
    answered = {key: one.value for key, one in composite.chosen(case).items()}
    age, inside = age_of(case, child), Forms(case.form_set)
    told = editions.known_of(answered, age)
    known = replace(
        told, died_in=case.place_kind or told.died_in, unexpected=case.expected == "unexpected" or None
    )
    coded = circumstance.propose(known, inside)
    why: dict[Topic, Ground] = {each.topic: each.ground for each in (*coded.forms, *coded.without_form)}
    sure = {each.topic for each in coded.forms if each.sure}
    for more in (
        forms_by_words.by_words(case.suspected_cause, case.circumstances), forms_by_words.by_category(_suspected(case)),
    ):  # fmt: skip
        why = {**more, **why}
    decided = ResponseDecision.objects.filter(case=case).order_by("-entered_at").first()
    if decided is not None:
        opened = forms_by_words.by_response(decided.opens, decided.criteria, why)
        why = {**why, **{topic: ground for topic, ground in opened.items() if topic not in sure}}
        sure |= set(opened) - {Topic.OTHER_ACCIDENT}
    return {
        topic: Proposed(why[topic].words, topic in sure)
        for topic in Topic
        if topic in why and topic.is_in(inside) and circumstance.suits(topic, inside, age)
    }


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

"""The survey beside a cycle: prepared, worded, opened under a link, closed, shared. Who replied is never known here."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking, open_doors
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions.surveys import survey_called
from wholestory.assurance.models import (
    Cycle,
    CycleState,
    Return,
    Stage,
    Survey,
    SurveyLink,
    SurveyReply,
    SurveyState,
)
from wholestory.assurance.rules.survey import LEAST_MINIMUM, USUAL_MINIMUM
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Record
from wholestory.records.references import ALPHABET

SURVEY = opening.Opening("assurance.survey", "SV", "assurance")

#: A board's own statements are few: the survey takes three minutes.
MOST_OWN = 3
_LINK_SIGNS = 12


class SurveyRefused(ValueError):
    """The survey cannot be changed like that now; the message says what to do."""


def _held(survey: Survey) -> str:
    """Hold the survey until the transaction ends, and say its state: of two people the second is told."""
    survey.state = Survey.objects.select_for_update().only("state").get(pk=survey.pk).state
    return survey.state


def _must_be(survey: Survey, state: SurveyState, otherwise: str) -> None:
    if _held(survey) != state:
        raise SurveyRefused(otherwise)


@transaction.atomic
def prepare(
    *, actor: Person, cycle: Cycle, last_day_on: date, today: date, minimum: int = USUAL_MINIMUM
) -> Survey:
    """A new survey of the cycle, with the statements that come with Wholestory. One for each cycle."""
    board = cycle.board
    office = opening.office(board, "assurance")
    asking.require(actor, Verb.MANAGE, cycle.record)
    Cycle.objects.select_for_update().only("id").get(pk=cycle.pk)
    if cycle.state == CycleState.CLOSED:
        raise SurveyRefused("This cycle is closed. A survey belongs to a cycle that runs.")
    if Survey.objects.filter(cycle=cycle).exists():
        raise SurveyRefused("This cycle has its survey already.")
    _check(minimum, last_day_on, today)
    circle = Circle.objects.create(board=board, kind="survey")
    record = opening.sheet(SURVEY, board, circle, office, today, verb="assurance.survey_prepared")
    chosen = survey_called()
    return Survey.objects.create(
        record=record, circle=circle, office=office, board=board, cycle=cycle, last_day_on=last_day_on, minimum=minimum,
        title=f"{chosen.title}: {cycle.title}"[:160], definition=f"{chosen.key}.{chosen.version}", prepared_by=actor,
        statements=[
            {"key": one.key, "text": one.text, "items": list(one.items), "on": True, "own": False}
            for one in chosen.statements
        ],
    )  # fmt: skip


def _check(minimum: int, last_day_on: date, today: date) -> None:
    if minimum < LEAST_MINIMUM:
        raise SurveyRefused(f"The smallest group shown must be {LEAST_MINIMUM} people or more.")
    if last_day_on < today:
        raise SurveyRefused("The last day must be today or later.")


@transaction.atomic
def word(
    *,
    actor: Person,
    survey: Survey,
    on: Collection[str],
    own: Sequence[tuple[str, str]],
    minimum: int,
    last_day_on: date,
    today: date,
) -> None:
    """Choose statements, add the board's own (text and the item of the self-assessment it goes with, or ""), and set
    the smallest group and the last day. Only before it opens: what people answered must be what everybody answered."""
    asking.require(actor, Verb.MANAGE, survey.record)
    _must_be(survey, SurveyState.PREPARED, "The survey was opened. Its statements stay as they are.")
    _check(minimum, last_day_on, today)
    ours = [text.strip() for text, _ in own if text.strip()]
    if len(ours) > MOST_OWN:
        raise SurveyRefused(f"Add {MOST_OWN} statements of your own at most.")
    shipped = [one | {"on": one["key"] in on} for one in survey.statements if not one["own"]]
    added = [
        {"key": f"own_{n}", "text": text.strip(), "items": [item] if item else [], "on": True, "own": True}
        for n, (text, item) in enumerate(((t, i) for t, i in own if t.strip()), 1)
    ]
    if not added and not any(one["on"] for one in shipped):
        raise SurveyRefused("Keep at least one statement.")
    ledger.line("assurance.survey_worded", survey.record)
    survey.statements, survey.minimum, survey.last_day_on = [*shipped, *added], minimum, last_day_on
    survey.save(update_fields=["statements", "minimum", "last_day_on"])


def as_published(survey: Survey) -> dict[str, Any]:
    """What the open page shows: statements, staff groups, and the organisations asked in the cycle. Nothing else of
    the survey can be read without signing in. The system lists the organisations, so that nobody's conflict of
    interest leaves one out."""
    board: Board = survey.board
    with acting.as_system(board, "tally"):
        asked = (
            Return.objects.filter(cycle=survey.cycle_id)
            .exclude(stage=Stage.WITHDRAWN)
            .order_by("agency__name")
        )
        agencies = [[str(pk), name] for pk, name in asked.values_list("agency_id", "agency__name")]
    return {
        "title": survey.title,
        "board": board.name,
        "mailbox": board.mailbox,
        "example": board.is_example,
        "minimum": survey.minimum,
        "last_day": survey.last_day_on.isoformat(),
        "statements": [[one["key"], one["text"]] for one in survey.statements if one["on"]],
        "groups": [list(pair) for pair in survey_called(survey.definition.partition(".")[0]).groups],
        "agencies": agencies,
    }


@transaction.atomic
def open_(*, actor: Person, survey: Survey, today: date) -> SurveyLink:
    """Open the page under a new link. From now on its statements stay as they are."""
    asking.require(actor, Verb.MANAGE, survey.record)
    _must_be(survey, SurveyState.PREPARED, "The survey was opened before.")
    _check(survey.minimum, survey.last_day_on, today)
    published = as_published(survey)
    if not published["agencies"]:
        raise SurveyRefused("Ask agencies in this cycle first: people choose theirs from that list.")
    ledger.line("assurance.survey_opened", survey.record)
    survey.state, survey.opened_on, survey.published = SurveyState.OPEN, today, published
    survey.save(update_fields=["state", "opened_on", "published"])
    return _link(actor, survey, today)


def _link(actor: Person, survey: Survey, today: date) -> SurveyLink:
    SurveyLink.objects.filter(survey=survey, ended_on=None).update(ended_on=today)
    token = "".join(secrets.choice(ALPHABET) for _ in range(_LINK_SIGNS)).lower()
    return SurveyLink.objects.create(
        survey=survey,
        circle_id=survey.circle_id,
        office_id=survey.office_id,
        token=token,
        made_on=today,
        made_by=actor,
    )


@transaction.atomic
def renew_link(*, actor: Person, survey: Survey, today: date) -> SurveyLink:
    """End the link in use and make a new one: it went to people it was not meant for. Replies so far are kept."""
    asking.require(actor, Verb.MANAGE, survey.record)
    _must_be(survey, SurveyState.OPEN, "The survey is not open.")
    ledger.line("assurance.survey_link_renewed", survey.record)
    return _link(actor, survey, today)


@transaction.atomic
def close(*, actor: Person, survey: Survey, today: date) -> None:
    """No more replies. Those there are get new keys, are shuffled, and can be counted from now on."""
    asking.require(actor, Verb.MANAGE, survey.record)
    _must_be(survey, SurveyState.OPEN, "The survey is not open.")
    ledger.line("assurance.survey_closed", survey.record)
    SurveyLink.objects.filter(survey=survey, ended_on=None).update(ended_on=today)
    survey.state, survey.closed_on = SurveyState.CLOSED, today
    survey.save(update_fields=["state", "closed_on"])
    survey.replies = open_doors.ask("assurance_survey_unseal", survey.pk)
    survey.save(update_fields=["replies"])
    Record.objects.filter(pk=survey.record_id).update(closed_on=today)


@transaction.atomic
def take_out_remark(*, actor: Person, survey: Survey, reply: Any) -> None:
    """Empty one remark, because it names somebody. The rest of the reply stays."""
    asking.require(actor, Verb.MANAGE, survey.record)
    ledger.line("assurance.survey_remark_taken_out", survey.record)
    if not SurveyReply.objects.filter(survey=survey, pk=reply).update(remark=""):
        raise SurveyRefused("That remark is not there any more.")

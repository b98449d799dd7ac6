"""What was promised and what came of it: finding or challenge, action, evidence, and the measure before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse

from wholestory.actions import queries as action_queries
from wholestory.actions.models import Action, Check, Source, Step, StepKind, Verdict
from wholestory.challenge.models import Challenge, ChallengeStep
from wholestory.govuk.parts import Link as A
from wholestory.govuk.parts import Tag
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.rules.figures import in_words
from wholestory.partners.models import Board
from wholestory.performance.queries.moved import Outcome, begun_and_done, done_on, outcomes
from wholestory.records.models import Link, Record

#: What shows that something was done.
_SHOWS = (StepKind.EVIDENCE, StepKind.SAID_DONE, StepKind.CLOSED)
_PAGES = {
    "challenge.challenge": "challenges:challenge",
    "assurance.return": "assurance:return",
    "performance.report": "performance:report",
}


def every(board: Board) -> QuerySet[Action]:
    """The promises of a board this person may see, each with how often something was shown and the newest verdict."""
    newest = Check.objects.filter(action=OuterRef("pk")).order_by("-on", "-created_at").values("verdict")[:1]
    rows = Action.objects.filter(record__board=board).select_related("record", "agency", "owner")
    something = ~Q(steps__words="") | ~Q(steps__link="") | ~Q(steps__file_reference="")
    return rows.annotate(
        shown=Count("steps", filter=Q(steps__kind__in=_SHOWS) & something, distinct=True),
        steps_seen=Count("steps", distinct=True),
        from_what=Max("sources__item_title"), verdict=Subquery(newest),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A promise in the list."""

    record_id: UUID
    promise: Any
    agency: str
    answers: str
    state: Any
    due: str
    evidence: int | str
    measure: str
    moved: Any
    looked: str


def lines(found: Sequence[Any], board: Board, measures: Mapping[str, Definition], today: date) -> list[Line]:
    """Lines for the list, with what the measures show: the same number of queries for three and for thirty."""
    came = outcomes(board, found, measures)
    return [_line(one, came[one.pk], today) for one in found]


def _line(one: Any, outcome: Outcome, today: date) -> Line:
    status = action_queries.status_of(one, today)
    verdict = Verdict(one.verdict).label if one.verdict else ""
    return Line(
        one.record_id, A(one.title, reverse("performance:promise", args=[one.record.reference])), one.agency.name,
        one.from_what or "", Tag(status.label, status.colour), f"{one.due_on.day} {one.due_on:%b %Y}",
        # What shows it stays with the agency and the team: none of it is not nought.
        one.shown if one.steps_seen else "",
        one.measure_code, Tag(outcome.words, outcome.tone), str(verdict),
    )  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What a promise answers: its words, and the way there for whoever may see it."""

    words: str
    url: str


@dataclass(frozen=True)
class Promise:
    """One promise with everything that joins up."""

    action: Action
    status: Any
    answers: tuple[Answered, ...]
    challenge: Challenge | None
    challenge_steps: tuple[ChallengeStep, ...]
    evidence: tuple[Step, ...]
    inside: bool
    checks: tuple[Check, ...]
    outcome: Outcome
    rows: tuple[tuple[str, ...], ...]


def promise_of(action: Action, board: Board, measures: Mapping[str, Definition], today: date) -> Promise:
    """One promise: a fixed number of queries. What this person may not see of it is left out."""
    came_from = Link.objects.filter(target=action.record_id, how="led_to").values("source")
    challenge = (
        Challenge.objects.filter(record__in=came_from)
        .select_related("record", "group", "agency", "raised_by", "decided_by")
        .first()
    )
    steps = list(Step.objects.filter(action=action).select_related("by").order_by("created_at"))
    outcome = outcomes(board, [action], measures)[action.pk]
    sources = Source.objects.filter(action=action).select_related("record")
    return Promise(
        action,
        action_queries.status_of(action, today),
        tuple(Answered(one.item_title, _url(one.record)) for one in sources),
        challenge,
        tuple(ChallengeStep.objects.filter(challenge=challenge).select_related("by")) if challenge else (),
        tuple(one for one in steps if one.kind in _SHOWS and (one.words or one.link or one.file_reference)),
        bool(steps),
        tuple(Check.objects.filter(action=action).select_related("by").order_by("-on", "-created_at")),
        outcome,
        _rows(action, outcome),
    )


def _url(record: Record) -> str:
    try:
        return reverse(_PAGES[record.kind], args=[record.reference]) if record.kind in _PAGES else ""
    except NoReverseMatch:
        return ""


def _rows(action: Action, outcome: Outcome) -> tuple[tuple[str, ...], ...]:
    """The periods of the series, newest first, each with the side it lies on."""
    if outcome.series is None:
        return ()
    done = done_on(action) if begun_and_done(action) else None
    found = []
    begins = None
    for each in outcome.series.periods:
        if each.ends_on < action.opened_on:
            side = "Before"
        elif done is not None and begins is not None and (done - begins).days <= 1:
            side = "After"
        else:
            side = "In between" if done is not None else "Not done yet"
        found.append((each.label, in_words(each.figure, outcome.series.measure), side))
        begins = each.ends_on
    return tuple(reversed(found))

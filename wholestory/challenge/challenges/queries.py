"""Reads of challenges, shaped for pages; the number of queries never depends on the number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from wholestory.actions import queries as action_queries
from wholestory.actions.models import Action
from wholestory.challenge.models import AWAITS_AGENCY, OVER, Challenge, ChallengeStep, Ladder, Stage
from wholestory.challenge.rules import Log, Rung, counted, ladder
from wholestory.govuk.parts import Link as A
from wholestory.govuk.parts import Tag
from wholestory.partners.models import Board
from wholestory.records.models import Link

_TONES = {
    Stage.PUT: "waiting", Stage.ANSWERED: "with_board", Stage.MORE_ASKED: "waiting", Stage.ESCALATED: "returned",
    Stage.SETTLED: "done", Stage.WITHDRAWN: "not_needed",
}  # fmt: skip


def every(board: Board) -> QuerySet[Challenge]:
    """The challenges of a board the acting person may see."""
    return Challenge.objects.filter(board=board).select_related("record", "agency", "group", "raised_by")


def ladder_of(board: Board) -> tuple[Rung, ...]:
    """To whom a challenge of the board goes, rung by rung: as the board wrote it last, or the usual ladder."""
    newest = Ladder.objects.filter(board=board).order_by("-at", "-created_at").first()
    return ladder(newest.rungs if newest else ())


@dataclass(frozen=True)
class Status:
    """Words and a meaning from the design system's tags."""

    label: str
    colour: str


def is_late(challenge: Challenge, today: date) -> bool:
    """Whether an answer is owed and its day has passed."""
    return challenge.stage in AWAITS_AGENCY and challenge.due_on < today


def status_of(challenge: Challenge, today: date) -> Status:
    """Late shows first."""
    if is_late(challenge, today):
        return Status("Answer is late", "overdue")
    return Status(challenge.get_stage_display(), _TONES[Stage(challenge.stage)])


@dataclass(frozen=True)
class Line:
    """A challenge in a list."""

    record_id: UUID
    reference: Any
    about: str
    agency: str
    group: str
    raised: str
    due: str
    status: Any
    decision: str
    difference: str


def lines(found: Sequence[Challenge], today: date) -> list[Line]:
    """Lines for a list; no query."""
    return [_line(one, today) for one in found]


def _line(one: Challenge, today: date) -> Line:
    status = status_of(one, today)
    due = _day(one.due_on)
    if one.due_on != one.first_due_on:
        due += f" (first {_day(one.first_due_on)})"
    return Line(
        one.record_id, A(one.record.reference, reverse("challenges:challenge", args=[one.record.reference])),
        one.about_label, one.agency.name, one.group.name, _day(one.raised_on), due, Tag(status.label, status.colour),
        one.get_decision_display() if one.decision else "", one.difference,
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True)
class CameOfIt:
    """An action that was agreed because of a challenge."""

    action: Action
    status: Any
    url: str


@dataclass(frozen=True)
class Page:
    """One challenge with everything that happened and what came of it."""

    steps: tuple[ChallengeStep, ...]
    actions: tuple[CameOfIt, ...]
    rung: Rung
    next_rung: Rung | None
    late: bool


def page_of(challenge: Challenge, today: date) -> Page:
    """Three queries, whatever happened."""
    rungs = ladder_of(challenge.board)
    at = min(challenge.level, len(rungs) - 1)
    return Page(
        tuple(ChallengeStep.objects.filter(challenge=challenge).select_related("by")),
        tuple(
            CameOfIt(
                one,
                action_queries.status_of(one, today),
                reverse("actions:action", args=[one.record.reference]),
            )
            for one in actions_of([challenge.record_id])
        ),
        rungs[at],
        rungs[at + 1] if at + 1 < len(rungs) else None,
        is_late(challenge, today),
    )


def actions_of(records: Sequence[UUID]) -> QuerySet[Action]:
    """The actions agreed because of these challenges."""
    targets = Link.objects.filter(source__in=records, how="led_to").values("target")
    return (
        Action.objects.filter(record__in=targets)
        .select_related("record", "agency", "owner")
        .order_by("due_on", "id")
    )


def about_measure(board: Board, codes: Sequence[str]) -> QuerySet[Challenge]:
    """Challenges about these measures, the newest first."""
    return every(board).filter(measure__in=codes).order_by("-raised_on", "-created_at")


def waiting_for_agency(agencies: Sequence[UUID]) -> QuerySet[Challenge]:
    """Challenges these agencies owe an answer to, soonest first."""
    rows = Challenge.objects.filter(agency__in=agencies, stage__in=AWAITS_AGENCY)
    return rows.select_related("record", "agency").order_by("due_on", "id")


def waiting_for_decision(board: Board) -> QuerySet[Challenge]:
    """Challenges that were answered and wait for those who decide, and those whose answer is late."""
    late = Q(stage__in=AWAITS_AGENCY, due_on__lt=board.today())
    return every(board).filter(Q(stage=Stage.ANSWERED) | late).order_by("due_on", "id")


def spans(board: Board) -> list[tuple[date, date | None]]:
    """When each challenge was raised and settled; withdrawn ones are left out. One query."""
    rows = Challenge.objects.filter(board=board).exclude(stage=Stage.WITHDRAWN).order_by("raised_on")
    return list(rows.values_list("raised_on", "decided_on"))


def series(board: Board, periods: Sequence[tuple[date, date]]) -> list[Log]:
    """K09, K09a and K09b for each period: challenges raised and closed, and the median days to closing. One query."""
    every_span = spans(board)
    return [counted(every_span, first, last) for first, last in periods]


def open_ones(board: Board) -> QuerySet[Challenge]:
    """Those that are not over."""
    return every(board).exclude(stage__in=OVER)

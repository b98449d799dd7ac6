"""Reads of what was promised, shaped for pages; the number of queries never depends on the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from wholestory.actions.models import Action, ActionState, Source, Step
from wholestory.govuk.parts import Link, Tag

RUNNING = (ActionState.PROPOSED, ActionState.OPEN, ActionState.SAID_DONE)


@dataclass(frozen=True)
class Status:
    """Words and a meaning from the design system's tags."""

    label: str
    colour: str


def status_of(action: Action, today: date) -> Status:
    """Overdue shows first; an action said to be done waits for the board and is not the agency's delay."""
    if action.state == ActionState.OPEN and action.due_on < today:
        return Status("Overdue", "overdue")
    colours = {
        ActionState.PROPOSED: "not_started", ActionState.OPEN: "in_progress", ActionState.SAID_DONE: "with_board",
        ActionState.CLOSED: "done", ActionState.DROPPED: "not_needed",
    }  # fmt: skip
    if action.brought_in_from and action.state == ActionState.CLOSED:
        return Status("Brought in as closed", "done")
    return Status(action.get_state_display(), colours[ActionState(action.state)])


def every() -> QuerySet[Action]:
    """All actions the acting person may see."""
    return Action.objects.select_related("record", "agency", "owner")


@dataclass(frozen=True)
class ActionLine:
    """An action in a list."""

    record_id: UUID
    title: Any
    agency: str
    owner: str
    status: Any
    due: str
    answers: int


def _marked(action: Action) -> str:
    """The title, with the file it was brought in from."""
    mark = f" (brought in from {action.brought_in_from}, unconfirmed)" if action.brought_in_from else ""
    return f"{action.title}{mark}"


def lines(actions: Sequence[Action], today: date) -> list[ActionLine]:
    """Lines with how many items each answers; one query for any number."""
    counted = dict(
        Source.objects.filter(action__in=[a.id for a in actions])
        .order_by()
        .values_list("action_id")
        .annotate(n=Count("id"))
    )
    out = []
    for action in actions:
        status = status_of(action, today)
        due = f"{action.due_on.day} {action.due_on:%b %Y}"
        if action.due_on != action.first_due_on:
            due += f" (first {action.first_due_on.day} {action.first_due_on:%b %Y})"
        out.append(
            ActionLine(
                action.record_id,
                Link(_marked(action), reverse("actions:action", args=[action.record.reference])),
                action.agency.name,
                action.owner.full_name if action.owner else action.owner_title,
                Tag(status.label, status.colour),
                due,
                counted.get(action.id, 0),
            )
        )
    return out


@dataclass(frozen=True)
class AgencyRoll:
    """One agency's actions in five numbers, so that nobody drowns."""

    agency_id: UUID
    agency: str
    running: int
    overdue: int
    with_board: int
    closed: int
    moved: int


def by_agency(today: date, among: QuerySet[Action] | None = None) -> list[AgencyRoll]:
    """Per agency: running, overdue, waiting for the board, closed, and how many had their date moved. One query."""
    rows = (
        (among if among is not None else Action.objects.all())
        .order_by()
        .values("agency_id", "agency__name")
        .annotate(
            running=Count("id", filter=Q(state__in=RUNNING)),
            overdue=Count("id", filter=Q(state=ActionState.OPEN, due_on__lt=today)),
            with_board=Count("id", filter=Q(state=ActionState.SAID_DONE)),
            closed=Count("id", filter=Q(state=ActionState.CLOSED)),
            moved=Count("id", filter=~Q(due_on=F("first_due_on"))),
        )
    )
    found = [
        AgencyRoll(
            r["agency_id"],
            r["agency__name"],
            r["running"],
            r["overdue"],
            r["with_board"],
            r["closed"],
            r["moved"],
        )
        for r in rows
    ]
    return sorted(found, key=lambda roll: (-roll.overdue, -roll.running, roll.agency.casefold()))


@dataclass(frozen=True)
class Story:
    """One action with what it answers and everything that happened."""

    sources: tuple[Source, ...]
    steps: tuple[Step, ...]
    days_late: int


def story(action: Action, today: date) -> Story:
    """The whole story of one action; delay is counted from the first date, never from a revised one."""
    until = action.closed_on or action.said_done_on or today
    late = (until - action.first_due_on).days if action.state != ActionState.DROPPED else 0
    return Story(
        tuple(sorted(Source.objects.filter(action=action), key=_number)),
        tuple(Step.objects.filter(action=action).select_related("by").order_by("created_at")),
        max(late, 0),
    )


def _number(source: Source) -> tuple[list[int], str]:
    """Lines in the order of their numbers: 2.9 before 2.10."""
    number, _, _ = source.item_title.partition(" ")
    return [int(part) for part in number.split(".") if part.isdigit()], source.item_title


def waiting_for_board(actions: QuerySet[Action] | None = None) -> int:
    """How many actions were said to be done and wait to be closed."""
    return (
        (actions if actions is not None else Action.objects.all()).filter(state=ActionState.SAID_DONE).count()
    )


def owned_by(person_id: UUID, agencies: Iterable[UUID], today: date) -> list[Action]:
    """Open actions a person owns, or of the agencies they answer for, soonest first."""
    mine = Q(owner=person_id) | Q(agency__in=list(agencies))
    return list(every().filter(mine, state=ActionState.OPEN).order_by("due_on", "id")[:50])

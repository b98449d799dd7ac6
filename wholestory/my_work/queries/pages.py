"""The chair's one page, and the lay member's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.actions.models import Action, ActionState
from wholestory.assurance.models import Cycle, Stage
from wholestory.assurance.queries.asked import asked
from wholestory.assurance.queries.figures import Below, below_by_standard
from wholestory.assurance.queries.listing import CycleLine, counts_from, cycles
from wholestory.assurance.status import OPEN_STAGES
from wholestory.my_work.queries.waiting import current_cycle
from wholestory.partners.models import Board


@dataclass(frozen=True)
class LateAgency:
    """An agency that owes a return."""

    agency: str
    reference: str
    due_on: date
    days: int
    begun: bool


@dataclass(frozen=True)
class ChairPage:
    """Late agencies, standards below, overdue promises: everything on one page."""

    cycle: Cycle | None
    late: tuple[LateAgency, ...]
    below: tuple[Below, ...]
    overdue: tuple[Action, ...]
    counts: CycleLine | None


def chair_page(board: Board, today: date) -> ChairPage:
    """What needs the chair, in a fixed number of queries."""
    cycle = current_cycle(board)
    counts: CycleLine | None = None
    late: list[LateAgency] = []
    below: list[Below] = []
    if cycle is not None:
        every = asked([cycle], withdrawn=True)
        counts = counts_from(cycle, every)
        rows = [row for row in every if row.stage != Stage.WITHDRAWN]
        for row in rows:
            last = row.extended_to or row.due_on
            if row.stage in OPEN_STAGES and today > last:
                begun = row.stage == Stage.IN_PROGRESS
                late.append(LateAgency(row.agency, row.reference, last, (today - last).days, begun))
        below = below_by_standard(cycle, rows)
    overdue = Action.objects.filter(record__board=board, state=ActionState.OPEN, due_on__lt=today)
    return ChairPage(
        cycle,
        tuple(sorted(late, key=lambda one: -one.days)),
        tuple(sorted(below, key=lambda one: -len(one.agencies))),
        tuple(overdue.select_related("agency", "record", "owner").order_by("first_due_on", "id")[:20]),
        counts,
    )


@dataclass(frozen=True)
class LayPage:
    """What the board has been shown, in plain words."""

    cycles: tuple[CycleLine, ...]
    released: tuple[Cycle, ...]
    overdue: int
    running: int
    closed: int


def lay_page(board: Board, today: date) -> LayPage:
    """Counts, released results and promises; nothing that was not released."""
    shown = Action.objects.filter(record__board=board)
    return LayPage(
        tuple(cycles(board)),
        tuple(
            Cycle.objects.filter(board=board, released_on__isnull=False)
            .select_related("record")
            .order_by("-released_on")
        ),
        shown.filter(state=ActionState.OPEN, due_on__lt=today).count(),
        shown.filter(state__in=(ActionState.OPEN, ActionState.SAID_DONE)).count(),
        shown.filter(state=ActionState.CLOSED).count(),
    )

"""The chair's one page, and the lay member's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.actions.models import Action, ActionState
from wholestory.assurance import results
from wholestory.assurance.models import Cycle, Return, Stage
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
class StandardBelow:
    """A standard and the agencies below compliant on it."""

    number: str
    title: str
    agencies: tuple[str, ...]
    out_of: int


@dataclass(frozen=True)
class ChairPage:
    """Late agencies, standards below, overdue promises: everything on one page."""

    cycle: Cycle | None
    late: tuple[LateAgency, ...]
    below: tuple[StandardBelow, ...]
    overdue: tuple[Action, ...]
    counts: CycleLine | None


def chair_page(board: Board, today: date) -> ChairPage:
    """What needs the chair, in a fixed number of queries."""
    cycle = current_cycle(board)
    counts: CycleLine | None = None
    late: list[LateAgency] = []
    below: list[StandardBelow] = []
    if cycle is not None:
        found = Return.objects.filter(cycle=cycle).select_related("agency", "record")
        every = list(found.order_by("agency__name"))
        counts = counts_from(cycle, every)
        returns = [ret for ret in every if ret.stage != Stage.WITHDRAWN]
        for ret in returns:
            last = ret.extended_to or ret.due_on
            if ret.stage in OPEN_STAGES and today > last:
                late.append(
                    LateAgency(
                        ret.agency.name,
                        ret.record.reference,
                        last,
                        (today - last).days,
                        ret.stage == Stage.IN_PROGRESS,
                    )
                )
        seen = results.heat_map(cycle, returns, today)
        for place, (_, number, title) in enumerate(seen.standards):
            scored = [line for line in seen.lines if line.cells[place].compliant is not None]
            under = tuple(line.agency for line in scored if line.cells[place].compliant is False)
            if under:
                below.append(StandardBelow(number, title, under, len(scored)))
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

"""The chair's one page, and the lay member's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.actions.models import Action, ActionState
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Stage
from wholestory.assurance.queries.asked import Asked, asked
from wholestory.assurance.queries.figures import Below, below_by_standard
from wholestory.assurance.queries.listing import CycleLine, counts_from, cycles
from wholestory.assurance.status import OPEN_STAGES
from wholestory.my_work.queries.team import running_cycles
from wholestory.partners.models import Board


@dataclass(frozen=True)
class LateAgency:
    """An agency that owes a return."""

    agency: str
    reference: str
    record_id: UUID
    due_on: date
    days: int
    begun: bool
    cycle: str


@dataclass(frozen=True)
class RunningCycle:
    """One cycle that runs: how far it is, and the standards somebody is below compliant in."""

    cycle: Cycle
    counts: CycleLine
    scored: bool
    below: tuple[Below, ...]


@dataclass(frozen=True)
class ChairPage:
    """Late agencies, standards below, overdue promises: everything on one page."""

    running: tuple[RunningCycle, ...]
    late: tuple[LateAgency, ...]
    overdue: tuple[Action, ...]

    @property
    def records(self) -> list[UUID]:
        """The ids shown, for the access record."""
        cycles = [one.cycle.record_id for one in self.running]
        late = [one.record_id for one in self.late]
        return [*cycles, *late, *[action.record_id for action in self.overdue]]


def chair_page(board: Board, today: date) -> ChairPage:
    """What needs the chair, over every cycle that runs: the number of agencies adds no query."""
    late: list[LateAgency] = []
    found: list[RunningCycle] = []
    for cycle in running_cycles(board):
        every = asked([cycle], withdrawn=True)
        rows = [row for row in every if row.stage != Stage.WITHDRAWN]
        late += _late(rows, cycle, today)
        below = sorted(below_by_standard(cycle, rows), key=lambda one: -len(one.agencies))
        scored = framework_called(cycle.framework, cycle.framework_version).scored
        found.append(RunningCycle(cycle, counts_from(cycle, every), scored, tuple(below)))
    overdue = Action.objects.filter(record__board=board, state=ActionState.OPEN, due_on__lt=today)
    return ChairPage(
        tuple(found),
        tuple(sorted(late, key=lambda one: -one.days)),
        tuple(overdue.select_related("agency", "record", "owner").order_by("first_due_on", "id")[:20]),
    )


def _late(rows: Sequence[Asked], cycle: Cycle, today: date) -> list[LateAgency]:
    found = []
    for row in rows:
        last = row.extended_to or row.due_on
        if row.stage in OPEN_STAGES and today > last:
            begun = row.stage == Stage.IN_PROGRESS
            days = (today - last).days
            found.append(LateAgency(row.agency, row.reference, row.record_id, last, days, begun, cycle.title))
    return found


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

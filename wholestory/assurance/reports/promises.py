"""What was promised after this cycle's returns, agency by agency: open, overdue, waiting for the board, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wholestory.actions.queries import AgencyRoll
from wholestory.assurance.models import Cycle
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, day, plural

ABOUT = "Actions that answer a line of a return of this cycle."
ABOUT_SHOWN = "All actions the board was shown when results were released, of this cycle and of earlier ones."
MADE = (
    "Overdue means open, not said to be done, and past its date. An action whose date was moved is counted as moved,"
    " so that no delay is hidden by a new date.",
)


def promises(cycle: Cycle, rolls: Sequence[AgencyRoll], today: date, *, for_board: bool) -> Report:
    """One line per agency that promised something."""
    running, overdue = sum(roll.running for roll in rolls), sum(roll.overdue for roll in rolls)
    late = sum(bool(roll.overdue) for roll in rolls)
    shown = " that were shown to the board" if for_board else ""
    head = (
        f"{plural(running, 'action')}{shown} open, {overdue:,} of them overdue, at"
        f" {plural(late, 'agency', 'agencies')}. As it stands on {day(today)}.",
    )
    columns = (
        Col("agency", "Agency"), Col("running", "Open", Kind.COUNT), Col("overdue", "Overdue", Kind.COUNT),
        Col("with_board", "Said to be done", Kind.COUNT), Col("closed", "Closed on evidence", Kind.COUNT),
        Col("moved", "Date moved", Kind.COUNT),
    )  # fmt: skip
    rows = tuple((r.agency, r.running, r.overdue, r.with_board, r.closed, r.moved) for r in rolls)
    grid = Grid(
        "Agency by agency", columns, rows, empty="No action answers a return of this cycle.", sort="-overdue"
    )
    return Report(
        "Actions", cycle.title, head, (ABOUT_SHOWN if for_board else ABOUT, *MADE), (grid,), "actions"
    )

"""The clocks of a record, and those that will soon fall due. Rows the reader may not see are not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wholestory.kernel.moments import Moment
from wholestory.partners.models import Board
from wholestory.pathways.models import RunningClock
from wholestory.pathways.rules.judging import Outcome
from wholestory.records.models import Record


@dataclass(frozen=True)
class ClockRow:
    """One clock as a list shows it."""

    id: str
    record_id: str
    reference: str
    kind: str
    title: str
    due_on: date | None
    gross_due_on: date | None
    net_due_on: date | None
    provisional: bool
    outcome: str
    label: str
    colour: str
    breached: bool


_COLOURS = {
    Outcome.RUNNING: "in_progress",
    Outcome.OVERDUE: "overdue",
    Outcome.PAUSED: "waiting",
    Outcome.MET_IN_TIME: "done",
    Outcome.MET_LATE: "returned",
    Outcome.TOO_EARLY: "returned",
    Outcome.CANNOT_SAY: "not_needed",
}


def _row(clock: RunningClock, now: Moment) -> ClockRow:
    outcome = standing(clock, now)
    label = "Ended without being met" if clock.cancelled else outcome.label
    return ClockRow(
        id=str(clock.id),
        record_id=str(clock.record_id),
        reference=clock.record.reference,
        kind=clock.record.kind,
        title=clock.title,
        due_on=clock.due_on,
        gross_due_on=clock.gross_due_on,
        net_due_on=clock.net_due_on,
        provisional=clock.provisional,
        outcome="cancelled" if clock.cancelled else outcome.value,
        label=label,
        colour="not_needed" if clock.cancelled else _COLOURS[outcome],
        breached=clock.breached,
    )


def standing(clock: RunningClock, now: Moment) -> Outcome:
    """How a clock stands at ``now``, from its row alone."""
    if clock.outcome:
        return Outcome(clock.outcome)
    if clock.due_at is None or clock.due_on is None:
        return Outcome.PAUSED if clock.paused else Outcome.RUNNING
    if clock.rule_as_started["sense"] == "not_before":
        return Outcome.RUNNING
    in_hours = clock.rule_as_started["limit"]["unit"] == "hours"
    past = now.at > clock.due_at if in_hours else now.on > clock.due_on
    if clock.start_precision == "about":
        return Outcome.CANNOT_SAY if past else Outcome.RUNNING
    return Outcome.OVERDUE if past else Outcome.RUNNING


def of_record(record: Record, now: Moment) -> list[ClockRow]:
    """A record's clocks, those still open first. One query."""
    found = RunningClock.objects.filter(record=record).select_related("record")
    found = found.order_by("closed_at", "due_on", "id")
    rows = [_row(clock, now) for clock in found]
    still_open = {"running", "overdue", "paused", "cannot_say"}
    return sorted(rows, key=lambda row: row.outcome not in still_open)


def falling_due(board: Board, now: Moment, *, days: int = 14, at_most: int = 50) -> list[ClockRow]:
    """Open clocks the reader may see that are overdue or fall due within ``days``, soonest first. One query."""
    found = RunningClock.objects.filter(
        record__board=board, closed_at__isnull=True, due_on__lte=now.on + timedelta(days=days)
    )
    found = found.select_related("record").order_by("due_on", "id")[:at_most]
    return [_row(clock, now) for clock in found]

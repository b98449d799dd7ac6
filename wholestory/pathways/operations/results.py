"""Working a running clock out again from its row and its events, by the rule it was started with."""

from __future__ import annotations

from typing import Any

from wholestory.pathways.models import ClockEvent, RunningClock
from wholestory.pathways.queries.calendars import calendars
from wholestory.pathways.rules import snapshots
from wholestory.pathways.rules.pauses import Pause
from wholestory.pathways.rules.reckoning import WorkedOut, work_out

Kind = ClockEvent.Kind


def pauses(clock: RunningClock) -> tuple[Pause, ...]:
    """The clock's pauses, read from its events. One query."""
    found: list[Pause] = []
    kinds = [Kind.PAUSED, Kind.RESUMED]
    for event in ClockEvent.objects.filter(clock=clock, kind__in=kinds).order_by("created_at", "id"):
        moment = snapshots.moment_from_plain(event.moment or {})
        if event.kind == Kind.PAUSED:
            found.append(Pause(moment, None, event.reason))
        elif found:
            found[-1] = Pause(found[-1].begins, moment, found[-1].reason)
    return tuple(found)


def worked_out(clock: RunningClock, stops: tuple[Pause, ...] | None = None) -> WorkedOut:
    """A running clock worked out again, by the rule as it was when the clock started."""
    rule = snapshots.from_plain(clock.rule_as_started)
    starts = {name: snapshots.moment_from_plain(plain) for name, plain in clock.starts.items()}
    return work_out(
        rule,
        starts,
        calendars=calendars(clock.record.board),
        pauses=pauses(clock) if stops is None else stops,
    )


def fill(clock: RunningClock, worked: WorkedOut) -> None:
    """Write a result into the row (not into the database)."""
    clock.start_fact = worked.start_fact.key
    clock.start_at, clock.start_on = worked.start.at, worked.start.on
    clock.start_precision = worked.start.precision.value
    results: list[tuple[str, Any]] = [
        ("due", worked.due),
        ("gross_due", worked.gross),
        ("net_due", worked.net),
    ]
    for prefix, reached in results:
        setattr(clock, f"{prefix}_on", reached.on if reached else None)
        setattr(clock, f"{prefix}_at", reached.at if reached else None)
    clock.opens_on = worked.opens.on if worked.opens else None
    clock.provisional = worked.provisional
    clock.skipped = [{"day": day.day.isoformat(), "why": day.why} for day in worked.skipped]

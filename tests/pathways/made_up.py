"""Clocks made up for tests, so that a test reads like the rule it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wholestory.kernel.moments import Moment, parse
from wholestory.kernel.working_days import CALENDARS
from wholestory.pathways.rules.building import days, ours, start
from wholestory.pathways.rules.pauses import Pause
from wholestory.pathways.rules.reckoning import WorkedOut, work_out
from wholestory.pathways.rules.terms import Clock, Kind, Length

PLAIN = Clock(
    key="made_up",
    title="A made-up clock",
    duty="Tests",
    editions=("WT2015",),
    starts=start("began", "it began"),
    limit=days(1),
    kind=Kind.DUTY,
    source=ours("Made up for a test."),
)


def clock(limit: Length, **more: Any) -> Clock:
    """A clock of so long, from one fact, with anything else as asked."""
    return replace(PLAIN, limit=limit, **more)


def worked(limit: Length, began: str | Moment, *pauses: tuple[str, str | None], **more: Any) -> WorkedOut:
    """A made-up clock worked out from a start as typed, with pauses as typed."""
    made = clock(limit, **more)
    moment = parse(began) if isinstance(began, str) else began
    stops = [Pause(parse(a), parse(b) if b else None, "police asked") for a, b in pauses]
    return work_out(made, {made.starts[0].key: moment}, calendars=CALENDARS, pauses=stops)

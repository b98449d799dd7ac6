"""Whether a limit was kept, how long it took, and when neither can be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from wholestory.kernel.moments import Moment, Precision, london_day
from wholestory.kernel.working_days import Calendars
from wholestory.pathways.rules.pauses import paused_days, paused_time
from wholestory.pathways.rules.reckoning import Reached, WorkedOut
from wholestory.pathways.rules.terms import Sense, Unit


class Outcome(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET_IN_TIME = "met_in_time"
    MET_LATE = "met_late"
    TOO_EARLY = "too_early"
    """A minimum that was not kept: done before the day it had to wait for."""
    CANNOT_SAY = "cannot_say"
    """The start or the end is not known well enough, or the rule gives no number."""

    @property
    def label(self) -> str:
        """The outcome in words for a reader."""
        return {
            "running": "Running",
            "overdue": "Overdue",
            "paused": "Paused",
            "met_in_time": "Done in time",
            "met_late": "Done late",
            "too_early": "Done too early",
            "cannot_say": "Timeliness cannot be said",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much time a limit took, with and without its pauses, in the limit's own unit."""

    gross: float
    net: float
    unit: str


def judge(worked: WorkedOut, *, met: Moment | None, now: Moment) -> Outcome:
    """How a clock stands at ``now``, or how it ended when ``met`` is given.

    A limit in days is judged by days, a limit in hours by minutes. An approximate start or an end that
    is known only by its day, on the very day of the limit, cannot be called on time or late.
    """
    due = worked.due
    if met is None:
        if due is None:
            return Outcome.PAUSED if worked.paused else Outcome.RUNNING
        if worked.start.precision is Precision.ABOUT:
            return Outcome.CANNOT_SAY if _past(worked, due, now) else Outcome.RUNNING
        if worked.clock.sense is Sense.NOT_BEFORE or not _past(worked, due, now):
            return Outcome.RUNNING
        return Outcome.OVERDUE
    if due is None or Precision.ABOUT in {worked.start.precision, met.precision}:
        return Outcome.CANNOT_SAY
    if worked.clock.sense is Sense.NOT_BEFORE:
        return Outcome.MET_IN_TIME if met.on > due.on else Outcome.TOO_EARLY
    if worked.clock.limit.unit is Unit.HOURS and not met.timed and met.on == london_day(due.at):
        return Outcome.CANNOT_SAY
    return Outcome.MET_LATE if _past(worked, due, met) else Outcome.MET_IN_TIME


def _past(worked: WorkedOut, due: Reached, when: Moment) -> bool:
    if worked.clock.limit.unit is Unit.HOURS:
        # To the minute: what was done within the minute of the limit was done in time.
        return when.at.replace(second=0, microsecond=0) > due.at
    return when.on > due.on


def elapsed(worked: WorkedOut, until: Moment, *, calendars: Calendars) -> Elapsed:
    """The time from the start to ``until``, gross and net of pauses.

    In hours for a limit of hours, working days for a limit of working days, otherwise calendar days.
    Raises ValueError when ``until`` is before the start.
    """
    start = worked.start
    if until.at < start.at and until.on < start.on:
        raise ValueError("The end is earlier than the start.")
    if worked.clock.limit.unit is Unit.HOURS:
        whole = max(until.at - start.at, timedelta())
        out = paused_time(start.at, until.at, worked.pauses)
        return Elapsed(whole / timedelta(hours=1), (whole - out) / timedelta(hours=1), "hours")
    days = calendars.named(worked.clock.calendar)
    # The start is day 0: it is not counted, so a pause on it leaves nothing out.
    out_days = [day for day in paused_days(start.on, until.on, worked.pauses) if day > start.on]
    if worked.clock.limit.unit is Unit.WORKING_DAYS:
        gross = days.between(start.on, until.on)
        return Elapsed(gross, gross - sum(map(days.is_working, out_days)), "working days")
    gross = (until.on - start.on).days
    return Elapsed(gross, gross - len(out_days), "calendar days")

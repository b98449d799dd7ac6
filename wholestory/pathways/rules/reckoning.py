"""Working out when a limit falls, with each day that was left out and why.

The conventions, all tested in ``tests/pathways``:

* the start is day 0 whatever day it is; a limit in days ends at the end of its last day (23:59 London);
* hours are elapsed hours, across clock changes, weekends and holidays;
* months and years keep the day number, or take the last day of the month where there is none;
* counting back leaves the start fact's own day out;
* of several start facts the latest counts;
* a pause leaves out the days from the one on which it begins to the one before it ends. The limit as it
  stands (gross) and with paused time left out (net) are both kept; which one is due is the rule's to say.
"""

from __future__ import annotations

import calendar as months_of_the_year
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wholestory.kernel.moments import Moment, Precision, end_of, london_day, shown_day, zone_changes
from wholestory.kernel.working_days import DAY, Calendars, DayOff, WorkingDays
from wholestory.pathways.rules.pauses import Pause, PauseNotPossible, merged, on_net_days, on_net_hours
from wholestory.pathways.rules.terms import Clock, Length, Sense, StartFact, Unit


class CannotWorkOut(ValueError):
    """The clock cannot be worked out from what was given. The message says why."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A day, the instant at which a limit ends on it, and the days left out on the way there."""

    on: date
    at: datetime
    skipped: tuple[DayOff, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The answer: when the limit falls and everything needed to explain it."""

    clock: Clock
    start_fact: StartFact
    start: Moment
    gross: Reached | None
    """The limit as it stands, pauses or not. None when the rule gives no number."""
    net: Reached | None
    """The limit with paused time left out. None without pauses, and while a pause is open."""
    opens: Reached | None
    pauses: tuple[Pause, ...]
    notes: tuple[str, ...]

    @property
    def paused(self) -> bool:
        """Whether an open pause keeps the net limit from being known."""
        return any(pause.ends is None for pause in self.pauses) and self.net is None

    @property
    def due(self) -> Reached | None:
        """The limit that counts: net where the rule lets a pause move it, otherwise gross."""
        if self.pauses and self.clock.pause_moves_due:
            return self.net
        return self.gross

    @property
    def provisional(self) -> bool:
        """Whether the list of bank holidays does not reach far enough to be sure."""
        return any(part is not None and part.provisional for part in (self.due, self.opens))

    @property
    def skipped(self) -> tuple[DayOff, ...]:
        """The days left out, each with why."""
        return self.due.skipped if self.due is not None else ()


def add_months(day: date, number: int) -> date:
    """The same day number ``number`` months on (or back), or the last day of the month if there is none."""
    index = day.year * 12 + day.month - 1 + number
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    last = months_of_the_year.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def work_out(
    clock: Clock,
    starts: Mapping[str, Moment],
    *,
    calendars: Calendars,
    pauses: Sequence[Pause] = (),
) -> WorkedOut:
    """When ``clock`` falls, counted from ``starts`` (by the key of each start fact that has happened).

    Raises CannotWorkOut when no start is given, when the start has to be a working day and is not, or
    when the result lies beyond the calendar; PauseNotPossible when this clock cannot be paused.
    """
    fact, start, notes = _latest(clock, starts)
    days = calendars.named(clock.calendar)
    if clock.start_on_working_day:
        days.require_working(start.on, fact.words.capitalize())
    try:
        gross = _reach(clock, clock.limit, start, days)
        opens = _reach(clock, clock.opens, start, days) if clock.opens else None
        stops = merged(pauses)
        net = _net(clock, start, gross, stops, days)
        notes += _notes(clock, start, gross)
    except OverflowError:
        raise CannotWorkOut("The result lies beyond the end of the calendar.") from None
    return WorkedOut(clock, fact, start, gross, net, opens, stops, tuple(notes))


def _latest(clock: Clock, starts: Mapping[str, Moment]) -> tuple[StartFact, Moment, list[str]]:
    facts = {fact.key: fact for fact in clock.starts}
    unknown = set(starts) - set(facts)
    if unknown:
        raise CannotWorkOut(
            f"“{clock.title}” is not counted from {', '.join(sorted(unknown))}. "
            f"It is counted from: {', '.join(facts)}."
        )
    if not starts:
        raise CannotWorkOut(f"“{clock.title}” needs the day of: {clock.starts[0].words}.")
    key = max(starts, key=lambda name: starts[name].at)
    missing = [fact.words for name, fact in facts.items() if name not in starts]
    notes = []
    if len(facts) > 1:
        notes.append(f"Counted from the later of: {'; '.join(fact.words for fact in clock.starts)}.")
    if missing:
        notes.append(f"No day was given for: {'; '.join(missing)}. If that comes later, it counts from then.")
    return facts[key], starts[key], notes


def _reach(clock: Clock, length: Length, start: Moment, days: WorkingDays) -> Reached | None:
    """Where ``length`` ends, forward or back as the clock's sense says, with no regard to pauses."""
    if length.unit is Unit.AT_ONCE:
        return None
    if length.unit is Unit.HOURS:
        return _hours(clock, length, start)
    back = clock.sense in {Sense.BEFORE, Sense.LOOK_BACK}
    if length.unit is Unit.WORKING_DAYS:
        if length.amount == 0:
            counted = days.roll_on(start.on)
        elif back:
            counted = days.count_back(start.on, length.amount)
        else:
            counted = days.count_on(start.on, length.amount)
        return Reached(counted.day, end_of(counted.day), counted.skipped, counted.provisional)
    reached = _calendar_day(length, start.on, -1 if back else 1)
    if clock.rolls_to_working_day:
        counted = days.roll_on(reached)
        return Reached(counted.day, end_of(counted.day), counted.skipped, counted.provisional)
    return Reached(reached, end_of(reached))


def _hours(clock: Clock, length: Length, start: Moment) -> Reached:
    if clock.sense is not Sense.BY:
        raise CannotWorkOut(f"“{clock.title}” counts hours, and hours are only counted on from a start.")
    ends = start.at + timedelta(hours=length.amount)
    return Reached(london_day(ends), ends)


def _calendar_day(length: Length, day: date, sign: int) -> date:
    amount = length.amount * sign
    if length.unit is Unit.CALENDAR_DAYS:
        return day + timedelta(days=amount)
    if length.unit is Unit.WEEKS:
        return day + timedelta(weeks=amount)
    if length.unit is Unit.MONTHS:
        return add_months(day, amount)
    if length.unit is Unit.YEARS:
        return add_months(day, amount * 12)
    month, number = divmod(length.amount, 100)
    this_year = date(day.year, month, number)
    return this_year if this_year >= day else add_months(this_year, 12)


def _net(
    clock: Clock, start: Moment, gross: Reached | None, pauses: tuple[Pause, ...], days: WorkingDays
) -> Reached | None:
    if not pauses or gross is None:
        return None
    if clock.sense is not Sense.BY or clock.limit.unit is Unit.DAY_OF_YEAR:
        raise PauseNotPossible(f"“{clock.title}” is not a limit that can be paused.")
    if clock.limit.unit is Unit.HOURS:
        ends = on_net_hours(start.at, timedelta(hours=clock.limit.amount), pauses)
        return None if ends is None else Reached(london_day(ends), ends)
    if clock.limit.unit is Unit.WORKING_DAYS and clock.limit.amount:
        found = on_net_days(start.on, clock.limit.amount, pauses, days.why_off)
    else:
        found = on_net_days(start.on, (gross.on - start.on).days, pauses, lambda _day: None)
    if found is None:
        return None
    last, skipped = found
    if clock.rolls_to_working_day:
        rolled = days.roll_on(last)
        last, skipped = rolled.day, (*skipped, *rolled.skipped)
    provisional = clock.uses_calendar and days.provisional(start.on, last)
    return Reached(last, end_of(last), skipped, provisional)


def _notes(clock: Clock, start: Moment, gross: Reached | None) -> list[str]:
    notes = [start.note] if start.note else []
    if clock.from_on is not None and start.on < clock.from_on:
        notes.append(f"This began on {shown_day(clock.from_on)}; the start given is earlier.")
    if start.precision is Precision.ABOUT:
        notes.append(
            "The start is approximate. The limit can be shown, but nothing can be called on time or late by it."
        )
    if clock.limit.unit is Unit.AT_ONCE:
        notes.append("The rule gives no number of hours or days. Record when it was done.")
    elif clock.limit.unit is Unit.HOURS:
        if start.precision is Precision.DATE:
            notes.append("Only the day is known, so it is counted from the end of that day (23:59).")
        if start.precision is Precision.TIME_UNKNOWN:
            notes.append("The time is not known, so 23:59 is used.")
        if gross is not None:
            notes.extend(zone_changes(start.at, gross.at))
    elif clock.limit.unit in {Unit.MONTHS, Unit.YEARS} and gross is not None:
        on = gross.on - DAY * len(gross.skipped)
        if on.day != start.on.day:
            notes.append(
                f"There is no day {start.on.day} in that month, so the last day of the month is used."
            )
    if clock.limit.unit is Unit.WORKING_DAYS and clock.limit.amount and start.on.weekday() >= 5:
        notes.append(f"{shown_day(start.on)} is day 0, whatever day of the week it is.")
    return notes

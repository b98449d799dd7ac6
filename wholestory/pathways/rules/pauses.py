"""Paused time: what it leaves out of a limit, in days and in hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wholestory.kernel.moments import Moment
from wholestory.kernel.working_days import DAY, DayOff


class PauseNotPossible(ValueError):
    """A pause was given to a limit that cannot be paused, or ends before it begins."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a clock stood still. ``ends`` is None while it still does.

    In a limit of days, the days from the one on which it begins to the one before it ends are left out:
    paused on Monday and taken up again on Wednesday leaves out Monday and Tuesday.
    """

    begins: Moment
    ends: Moment | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends.at < self.begins.at:
            raise PauseNotPossible("A pause cannot end before it begins.")

    def covers(self, day: date) -> bool:
        """Whether ``day`` is left out of a count of days."""
        return self.begins.on <= day and (self.ends is None or day < self.ends.on)


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Pauses in order, with those that overlap or touch joined, so that no time is left out twice."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.begins.at):
        last = joined[-1] if joined else None
        if last is None or (last.ends is not None and last.ends.at < pause.begins.at):
            joined.append(pause)
            continue
        reason = "; ".join(dict.fromkeys(r for r in (last.reason, pause.reason) if r))
        ends = last.ends
        if ends is not None and (pause.ends is None or pause.ends.at > ends.at):
            ends = pause.ends
        joined[-1] = Pause(last.begins, ends, reason)
    return tuple(joined)


def on_net_days(
    start: date, number: int, pauses: tuple[Pause, ...], why_off: Callable[[date], str | None]
) -> tuple[date, tuple[DayOff, ...]] | None:
    """The day on which ``number`` days that count have passed, leaving out days off and paused days.

    ``start`` is day 0. Returns the day and each day left out, or None when an open pause is reached.
    """
    day, left, skipped = start, number, []
    while left:
        day += DAY
        pause = next((p for p in pauses if p.covers(day)), None)
        why = why_off(day)
        if pause is not None and pause.ends is None:
            return None
        if pause is not None:
            skipped.append(DayOff(day, f"paused: {pause.reason}" if pause.reason else "paused"))
        elif why is not None:
            skipped.append(DayOff(day, why))
        else:
            left -= 1
    return day, tuple(skipped)


def on_net_hours(start: datetime, length: timedelta, pauses: tuple[Pause, ...]) -> datetime | None:
    """The instant at which ``length`` has run, leaving out paused time; None when an open pause is reached."""
    cursor, left = start, length
    for pause in pauses:
        if pause.ends is not None and pause.ends.at <= cursor:
            continue
        if pause.begins.at >= cursor + left:
            break
        left -= max(pause.begins.at - cursor, timedelta())
        if pause.ends is None:
            return None
        cursor = pause.ends.at
    return cursor + left


def paused_days(first: date, last: date, pauses: Iterable[Pause]) -> list[date]:
    """The days from ``first`` to ``last``, both included, that are left out because of a pause."""
    joined = merged(pauses)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if any(pause.covers(day) for pause in joined)]


def paused_time(first: datetime, last: datetime, pauses: Iterable[Pause]) -> timedelta:
    """How much of the time from ``first`` to ``last`` was paused."""
    total = timedelta()
    for pause in merged(pauses):
        ends = last if pause.ends is None else min(pause.ends.at, last)
        total += max(ends - max(pause.begins.at, first), timedelta())
    return total

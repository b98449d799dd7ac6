"""Working days: which days count, how many lie between two dates, and why a day was passed over.

Counting convention, used by every limit in days: the start is day 0 whatever day of the week it is;
day 1 is the next working day; a limit of N ends at the end of day N. Two calendars exist:

* ``ENGLAND_AND_WALES``: Monday to Friday except bank holidays in England and Wales.
* ``ANY_PART_OF_UK``: Monday to Friday except a day that is a bank holiday in *any* part of the United
  Kingdom. Requests under the Freedom of Information Act are counted in it.

Everything here is a pure function of dates; nothing reads the clock or the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from wholestory.kernel.bank_holidays import (
    CHANGES,
    TABLE_FROM,
    TABLE_TO,
    Change,
    Effect,
    Nation,
    listed,
)

DAY = timedelta(days=1)
_WEEKEND = {5: "Saturday", 6: "Sunday"}


class CalendarName(StrEnum):
    """The name under which a clock asks for its calendar."""

    ENGLAND_AND_WALES = "england_and_wales"
    ANY_PART_OF_UK = "any_part_of_uk"


class NotAWorkingDay(ValueError):
    """A day that has to be a working day is not one."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that was not counted, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a count of working days ended, the days passed over on the way, and whether the list of
    bank holidays reached that far."""

    day: date
    skipped: tuple[DayOff, ...]
    provisional: bool


@dataclass(frozen=True)
class WorkingDays:
    """One calendar of working days.

    ``changes`` are days proclaimed or taken away since the library was published; ``table_from`` and
    ``table_to`` bound the years whose list somebody has checked. A date outside them is still worked
    out by rule and marked provisional.
    """

    name: CalendarName
    title: str
    nations: tuple[Nation, ...]
    changes: frozenset[Change] = frozenset(CHANGES)
    table_from: date = TABLE_FROM
    table_to: date = TABLE_TO
    _by_day: dict[date, list[Change]] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_day: dict[date, list[Change]] = {}
        for change in sorted(self.changes, key=lambda c: (c.day, c.effect, c.name)):
            by_day.setdefault(change.day, []).append(change)
        object.__setattr__(self, "_by_day", by_day)

    def why_off(self, day: date) -> str | None:
        """Why ``day`` does not count, or None when it is a working day."""
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        closed: dict[str, list[Nation]] = {}
        for nation in self.nations:
            name = self._holiday(nation, day)
            if name is not None:
                closed.setdefault(name, []).append(nation)
        if not closed:
            return None
        return "; ".join(self._explain(name, where) for name, where in closed.items())

    def _holiday(self, nation: Nation, day: date) -> str | None:
        name: str | None = listed(nation, day.year).get(day)
        for change in self._by_day.get(day, ()):
            if nation in change.nations:
                name = change.name if change.effect is Effect.CLOSED else None
        return name

    def _explain(self, name: str, where: list[Nation]) -> str:
        bank_holiday = name if "bank holiday" in name else f"{name}, a bank holiday"
        if len(where) == len(self.nations):
            return bank_holiday
        return f"{bank_holiday} in {' and '.join(nation.label for nation in where)}"

    def is_working(self, day: date) -> bool:
        """Whether ``day`` counts."""
        return self.why_off(day) is None

    def provisional(self, *days: date) -> bool:
        """Whether any of ``days`` lies outside the years whose list has been checked."""
        return any(not self.table_from <= day <= self.table_to for day in days)

    def count_on(self, start: date, number: int) -> Counted:
        """The day that is ``number`` working days after ``start`` (day 0), with the days passed over.

        Raises ValueError when ``number`` is negative: use :meth:`count_back`.
        """
        return self._count(start, number, DAY)

    def count_back(self, day: date, number: int) -> Counted:
        """The day that is ``number`` working days before ``day``; ``day`` itself is not counted."""
        return self._count(day, number, -DAY)

    def _count(self, start: date, number: int, step: timedelta) -> Counted:
        if number < 0:
            raise ValueError("A number of working days cannot be negative.")
        day, left, skipped = start, number, []
        while left:
            day += step
            why = self.why_off(day)
            if why is None:
                left -= 1
            else:
                skipped.append(DayOff(day, why))
        return Counted(day, tuple(skipped), self.provisional(start, day))

    def after(self, start: date, number: int) -> date:
        """The day ``number`` working days after ``start``; ``after(start, 0)`` is ``start``."""
        return self.count_on(start, number).day

    def before(self, day: date, number: int) -> date:
        """The latest day that is at least ``number`` working days before ``day``."""
        return self.count_back(day, number).day

    def between(self, start: date, end: date) -> int:
        """Working days in the half-open interval (start, end]: the start is day 0.

        Raises ValueError when ``end`` is earlier than ``start``: reversed dates are a mistake to be
        corrected, never a negative number and never nought.
        """
        if end < start:
            raise ValueError(f"{end.isoformat()} is earlier than {start.isoformat()}.")
        return sum(1 for day in days_between(start + DAY, end) if self.is_working(day))

    def days_off(self, first: date, last: date) -> tuple[DayOff, ...]:
        """Every day from ``first`` to ``last``, both included, that does not count, and why."""
        reasons = ((day, self.why_off(day)) for day in days_between(first, last))
        return tuple(DayOff(day, why) for day, why in reasons if why is not None)

    def roll_on(self, day: date) -> Counted:
        """``day`` itself when it is a working day, otherwise the next one."""
        return self._roll(day, DAY)

    def roll_back(self, day: date) -> Counted:
        """``day`` itself when it is a working day, otherwise the one before."""
        return self._roll(day, -DAY)

    def _roll(self, day: date, step: timedelta) -> Counted:
        start, skipped = day, []
        while (why := self.why_off(day)) is not None:
            skipped.append(DayOff(day, why))
            day += step
        return Counted(day, tuple(skipped), self.provisional(start, day))

    def require_working(self, day: date, what: str) -> None:
        """Raise NotAWorkingDay, with the nearest working days named, unless ``day`` counts."""
        why = self.why_off(day)
        if why is not None:
            earlier, later = self.roll_back(day).day, self.roll_on(day).day
            raise NotAWorkingDay(
                f"{what} has to be a working day, and {day.isoformat()} is not ({why}). "
                f"The nearest working days are {earlier.isoformat()} and {later.isoformat()}."
            )

    def with_changes(self, changes: Iterable[Change], *, table_to: date | None = None) -> WorkingDays:
        """The same calendar with more proclaimed or removed days, or a list checked further ahead."""
        return WorkingDays(
            self.name,
            self.title,
            self.nations,
            self.changes | frozenset(changes),
            self.table_from,
            table_to or self.table_to,
        )


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from ``first`` to ``last``, both included; nothing when ``last`` is earlier."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


ENGLAND_AND_WALES = WorkingDays(
    CalendarName.ENGLAND_AND_WALES,
    "Working days in England and Wales",
    (Nation.ENGLAND_AND_WALES,),
)
ANY_PART_OF_UK = WorkingDays(
    CalendarName.ANY_PART_OF_UK,
    "Working days, leaving out bank holidays in any part of the United Kingdom",
    (Nation.ENGLAND_AND_WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND),
)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars a clock may ask for, as they stand for one board at one time."""

    england_and_wales: WorkingDays = ENGLAND_AND_WALES
    any_part_of_uk: WorkingDays = ANY_PART_OF_UK

    def named(self, name: CalendarName) -> WorkingDays:
        """The calendar called ``name``."""
        if name is CalendarName.ANY_PART_OF_UK:
            return self.any_part_of_uk
        return self.england_and_wales

    def with_changes(self, changes: Iterable[Change], *, table_to: date | None = None) -> Calendars:
        """Both calendars with the same proclaimed days and the same end of the checked list."""
        known = tuple(changes)
        return Calendars(
            self.england_and_wales.with_changes(known, table_to=table_to),
            self.any_part_of_uk.with_changes(known, table_to=table_to),
        )


CALENDARS = Calendars()

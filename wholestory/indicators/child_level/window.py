"""The stretch of days a figure is about, both ends included, and the calendar arithmetic the definitions name."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """From `first` to `last`, both days counted. Raises ValueError when they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The window ends on {self.last} and begins later, on {self.first}.")

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    @property
    def look_back(self) -> date:
        """Twelve calendar months before it begins: how far back an earlier referral can lie."""
        return twelve_months_before(self.first)

    def __str__(self) -> str:
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


def reporting_year(year: int) -> Window:
    """1 April to 31 March, named by the year it ends in: `reporting_year(2025)` is 2024-25."""
    return Window(date(year - 1, 4, 1), date(year, 3, 31))


def quarter(year: int, number: int) -> Window:
    """Quarter 1 (April to June) to 4 (January to March) of the reporting year that ends in `year`."""
    if not 1 <= number <= 4:
        raise ValueError("A year has quarters 1 to 4.")
    first = date(year, 1, 1) if number == 4 else date(year - 1, number * 3 + 1, 1)
    return Window(first, date(first.year, first.month + 2, monthrange(first.year, first.month + 2)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later (earlier when negative), or the last day a shorter month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def twelve_months_before(day: date) -> date:
    """Same day and month a year earlier; 29 February looks back to 28 February."""
    return months_after(day, -12)


def age_on(born: date, day: date) -> int:
    """Completed years. Somebody born on 29 February turns a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

"""Which days a column of a scorecard is about, and what it is called: a quarter, the year so far, twelve months.

Measures of different years never stand in one column: each ``Basis`` (quarters of the financial year, school terms,
calendar years) is a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from wholestory.indicators.rules.periods import Period, months_from

DAY = timedelta(days=1)
#: The month in which each kind of year begins.
BEGINS = {"financial": 4, "academic": 9, "calendar": 1}


class Span(StrEnum):
    """How long a stretch a figure is of."""

    SINGLE = "single"
    TO_DATE = "to_date"
    ROLLING = "rolling"


class Counted(Protocol):
    """What must be known of a measure to say how its periods go."""

    @property
    def year(self) -> str: ...

    @property
    def frequency(self) -> str: ...


#: Agencies send everything but yearly figures by quarters, school terms too.
_GRAINS = {"M": "quarters", "Q": "quarters", "T": "quarters", "A": "years"}
_MONTHS = {"months": 1, "quarters": 3, "years": 12}
_YEAR_WORDS = {"financial": "financial year", "academic": "school year", "calendar": "calendar year"}


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """Periods that may stand in one column: ``year`` and ``grain`` (quarters or years; months for charts alone)."""

    year: str
    grain: str

    @property
    def key(self) -> str:
        """For an address: ``financial-quarters``."""
        return f"{self.year}-{self.grain}"

    @property
    def words(self) -> str:
        """For a reader: ``Quarters of the financial year``."""
        if self.grain == "years":
            return f"{_YEAR_WORDS[self.year].capitalize()}s"
        return f"{self.grain.capitalize()} of the {_YEAR_WORDS[self.year]}"

    @property
    def every(self) -> str:
        """The letter charts know it by."""
        return {"months": "M", "quarters": "Q", "years": "A"}[self.grain]

    @property
    def noun(self) -> str:
        """One of its periods."""
        return self.grain.removesuffix("s")

    @property
    def spans(self) -> tuple[Span, ...]:
        """How long a stretch can be chosen. School years begin inside a quarter, so they have no year to date."""
        if self.grain == "years":
            return (Span.SINGLE,)
        return (Span.SINGLE, Span.ROLLING) if self.year == "academic" else tuple(Span)

    def holding(self, end: date) -> Period:
        """The period of this basis that ends on ``end``."""
        number = _MONTHS[self.grain]
        first = end.year * 12 + end.month - number
        return months_from(first // 12, first % 12 + 1, number)

    def last_before(self, day: date) -> Period:
        """The newest whole period that ended on or before ``day``."""
        number = _MONTHS[self.grain]
        begins = BEGINS[self.year] if self.grain == "years" else 1
        month = day.year * 12 + day.month - 1
        if (day + DAY).month == day.month:
            month -= 1
        end = month - (month + 2 - begins) % number
        return self.holding(months_from(end // 12, end % 12 + 1, 1).end)

    def before(self, period: Period, number: int = 1) -> Period:
        """The period so many before this one."""
        return self.holding(_months_earlier(period.end, _MONTHS[self.grain] * number))

    def run(self, last: Period, number: int) -> list[Period]:
        """So many periods, one after the other, the last of them ``last``."""
        return [self.before(last, back) for back in range(number - 1, -1, -1)]


def basis_of(measure: Counted) -> Basis:
    """The basis a measure stands on: monthly figures are put together into quarters."""
    return Basis(measure.year, _GRAINS[measure.frequency])


def bases(measures: Iterable[Counted]) -> list[Basis]:
    """Every basis that is needed, quarters of the financial year first."""
    found = {basis_of(each) for each in measures}
    grains = list(_MONTHS)
    return sorted(found, key=lambda each: (each.year != "financial", grains.index(each.grain), each.year))


def window(period: Period, span: Span, year: str) -> Period:
    """The days a figure is of: the period, its year up to its end, or twelve months up to its end."""
    if span is Span.SINGLE:
        return period
    if span is Span.ROLLING:
        return Period(_months_earlier(period.end, 12) + DAY, period.end)
    first = BEGINS[year]
    starts = period.end.year if period.end.month >= first else period.end.year - 1
    return Period(date(starts, first, 1), period.end)


def year_ago(period: Period) -> Period:
    """The same days a year earlier."""
    return Period(_months_earlier(period.start - DAY, 12) + DAY, _months_earlier(period.end, 12))


def named(period: Period, span: Span, year: str) -> str:
    """What a column is called: ``Q3 2015-16 (Oct to Dec 2015)``, ``2015-16 to December``."""
    if span is Span.ROLLING:
        return f"12 months to {period.end:%B %Y}"
    if span is Span.TO_DATE:
        return f"{year_name(period.end, year)} to the end of {period.end:%B}"
    said = short(period, year)
    return said if period.months == 12 or said == period.label else f"{said} ({period.label})"


def short(period: Period, year: str) -> str:
    """Short, for an axis: ``Q3 2015-16``, ``2015-16``. Quarters are numbered in financial years only: elsewhere
    “Q1” would be other months."""
    if period.months == 12:
        return year_name(period.end, year)
    if period.months == 3 and year == "financial":
        return f"Q{(period.start.month - 4) % 12 // 3 + 1} {year_name(period.end, year)}"
    return period.label


def year_name(day: date, year: str) -> str:
    """The year a day is in: ``2015-16``, or ``2015`` for calendar years."""
    if year == "calendar":
        return str(day.year)
    starts = day.year if day.month >= BEGINS[year] else day.year - 1
    return f"{starts}-{(starts + 1) % 100:02d}"


def _months_earlier(day: date, number: int) -> date:
    """The last day of the month so many months earlier; ``day`` is the last of its own."""
    month = day.year * 12 + day.month - 1 - number
    return months_from(month // 12, month % 12 + 1, 1).end

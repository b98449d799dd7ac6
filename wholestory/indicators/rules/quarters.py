"""Rounds of figures: which quarter, what it is called, when it is due, and what a yearly measure is asked for in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wholestory.indicators.rules.periods import Period, months_from, quarter_of

#: The n-th working day after a day, which is day 0.
AfterWorkingDays = Callable[[date, int], date]

#: A local starting point that no guidance sets (quality assurance 5): a board changes it when it opens a round.
DUE_AFTER_WORKING_DAYS = 20
#: Nobody is asked for figures that were due before they were asked: then there is this much time.
AT_LEAST_WORKING_DAYS = 10
#: The month in which each kind of year ends.
_YEAR_ENDS = {"financial": 3, "academic": 8, "calendar": 12}


def name_of(quarter: Period) -> str:
    """A quarter as people say it: ``2015-16 quarter 3``. The year begins in April."""
    start = quarter.start
    year = start.year if start.month >= 4 else start.year - 1
    return f"{year}-{(year + 1) % 100:02} quarter {(start.month - 4) % 12 // 3 + 1}"


def is_quarter(period: Period) -> bool:
    """Whether it is one whole quarter: April to June and so on."""
    return period == quarter_of(period.start)


def back(quarter: Period, quarters: int) -> Period:
    """The quarter so many quarters earlier."""
    month = quarter.start.year * 12 + quarter.start.month - 1 - 3 * quarters
    return months_from(month // 12, month % 12 + 1, 3)


def ended_quarters(today: date, number: int) -> list[Period]:
    """The last so many quarters that have ended, the newest first."""
    current = quarter_of(today)
    return [back(current, n) for n in range(1, number + 1)]


def due_day(quarter: Period, today: date, after_working_days: AfterWorkingDays) -> date:
    """When figures of a quarter are due unless the board says otherwise, asked for today."""
    usual = after_working_days(quarter.end, DUE_AFTER_WORKING_DAYS)
    return max(usual, after_working_days(today, AT_LEAST_WORKING_DAYS))


def asked_in(quarter: Period, frequency: str, year: str) -> Period | None:
    """The period a measure is asked for in the round of a quarter; None when it is not asked then.

    A yearly measure is asked once, in the quarter its year ends in; the others every quarter.
    """
    if frequency != "A":
        return quarter
    month = _YEAR_ENDS[year]
    if not quarter.start.month <= month <= quarter.end.month:
        return None
    first = quarter.end.year * 12 + month - 12
    return months_from(first // 12, first % 12 + 1, 12)

"""Series for tests: quarters from April 2012 on, with or without figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.indicators.rules.measures import Small
from wholestory.indicators.rules.charts import Period, Series
from wholestory.indicators.rules.figures import NOT_SUPPLIED, Figure

Counted = tuple[int, int]


def quarter(at: int) -> tuple[str, date]:
    year, q = 2012 + at // 4, at % 4
    ends = (date(year, 6, 30), date(year, 9, 30), date(year, 12, 31), date(year + 1, 3, 31))[q]
    return f"Q{q + 1} {year}-{(year + 1) % 100}", ends


def quarters(figures: Sequence[Figure | Counted | int | None], measure: Small, **more: Any) -> Series:
    """A number is a count, a pair is so many of so many, None was not supplied."""
    periods = []
    for at, given in enumerate(figures):
        if given is None:
            figure = NOT_SUPPLIED
        elif isinstance(given, int):
            figure = Figure(numerator=given)
        elif isinstance(given, tuple):
            figure = Figure(numerator=given[0], denominator=given[1])
        else:
            figure = given
        periods.append(Period(*quarter(at), figure))
    return Series(measure, tuple(periods), **more)

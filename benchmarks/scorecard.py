"""A scorecard of a whole country in numbers: every chart chosen and read, and every funnel of the last quarter.

The pages are measured elsewhere; this is what stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from wholestory.indicators.rules.among_areas import Area, among
from wholestory.indicators.rules.many_charts import many_charts

AREAS, MEASURES, QUARTERS = 153, 100, 40


@dataclass(frozen=True, slots=True)
class _Made:
    unit: str
    polarity: str
    multiplier: int
    denominator: str = ""
    aggregation: str = "sum"
    population: str = ""


_KINDS = (
    _Made("percent", "H", 100, "cases"), _Made("rate", "L", 10_000, "children", population="0_17"),
    _Made("count", "L", 1), _Made("days", "L", 1),
)  # fmt: skip


def scorecard(source: np.random.Generator) -> Callable[[], Any]:
    """Made-up figures, three in a hundred of them lacking; of each four measures a share, a rate, a number, a time."""
    series = AREAS * MEASURES
    measures = [_KINDS[at % 4] for at in range(series)]
    n = source.integers(50, 400, (series, QUARTERS)).astype(float)
    x = source.binomial(n.astype(int), 0.3).astype(float)
    n[1::4] = source.integers(5_000, 300_000, (len(n[1::4]), 1))
    x[2::8] = source.poisson(1, x[2::8].shape)
    amounts = np.full(x.shape, np.nan)
    amounts[3::4] = source.normal(20, 3, amounts[3::4].shape)
    x[3::4] = np.nan
    x[source.random(x.shape) < 0.03] = np.nan

    def once() -> None:
        charts = many_charts(measures, x, n, amounts)
        for row in range(series):
            charts.variation(row)
            charts.signals(row)
        for first in range(MEASURES):
            rows = range(first, series, MEASURES)
            if measures[first].denominator:
                among([_area(x[row, -1], n[row, -1], str(row)) for row in rows], measures[first])

    return once


def _area(numerator: float, denominator: float, label: str) -> Area:
    return Area(label, None if np.isnan(numerator) else float(numerator), float(denominator))

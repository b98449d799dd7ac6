"""Rare events: charts of the time, or the number of cases, between one and the next. Read them upside down: a long gap
is good. They show dates to the day, so they are for the panel alone.

Source: Benneyan 2001 (g); Nelson 1994 and Montgomery (t, the power 1/3.6).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log, sqrt
from statistics import median

from wholestory.statistics.process.xmr import TO_LIMITS
from wholestory.statistics.values import CannotBeCounted

_POWER = 3.6
#: Tail probabilities of three sigma either side, and the middle.
_TAILS = (0.00135, 0.5, 0.99865)


def days_between(dates: Iterable[date]) -> list[int]:
    """The days from each event to the next, oldest first. Nothing from fewer than two events."""
    ordered = sorted(dates)
    return [(b - a).days for a, b in itertools.pairwise(ordered)]


@dataclass(frozen=True, slots=True)
class GChart:
    """Limits of gaps. ``by_probability`` is what to judge by: a stable process crosses ``upper`` 1.8 % of the time."""

    mean: float
    median: float
    upper: float
    lower: float
    outside: tuple[bool, ...]
    by_probability: tuple[int, int, int]


def g_chart(gaps: Sequence[int], baseline_points: int | None = None) -> GChart:
    """The g chart of days or cases between events."""
    base = gaps[:baseline_points]
    if not base or min(gaps) < 0:
        raise CannotBeCounted("A g chart needs a gap or more, none below 0.")
    mean = sum(base) / len(base)
    upper = mean + 3 * sqrt(mean * (mean + 1))
    low, middle, high = (_at_least(tail, mean) for tail in _TAILS)
    return GChart(
        mean, float(median(base)), upper, 0.0, tuple(gap > upper for gap in gaps), (low, middle, high)
    )


def _at_least(tail: float, mean: float) -> int:
    """The smallest whole gap that a gap stays within with this probability."""
    if mean == 0:
        return 0
    stays = mean / (mean + 1)
    k = max(0, ceil(log(1 - tail) / log(stays) - 1) - 1)
    while 1 - stays ** (k + 1) < tail:
        k += 1
    return k


@dataclass(frozen=True, slots=True)
class TChart:
    """Centre and limits of the time between events."""

    centre: float
    upper: float
    lower: float
    outside: tuple[bool, ...]


def t_chart(gaps: Sequence[float], baseline_points: int | None = None) -> TChart:
    """The t chart. Every gap must be above 0: with two events on a day take the g chart."""
    if not gaps or min(gaps) <= 0:
        raise CannotBeCounted("A t chart needs gaps above 0; two events on one day go on a g chart.")
    y = [gap ** (1 / _POWER) for gap in gaps]
    base = y[:baseline_points]
    if len(base) < 2:
        raise CannotBeCounted("A t chart needs two gaps or more.")
    centre = sum(base) / len(base)
    moved = [abs(b - a) for a, b in itertools.pairwise(base)]
    wide = TO_LIMITS * sum(moved) / len(moved)
    upper, lower = (centre + wide) ** _POWER, max(0.0, centre - wide) ** _POWER
    return TChart(centre**_POWER, upper, lower, tuple(gap > upper or gap < lower for gap in gaps))

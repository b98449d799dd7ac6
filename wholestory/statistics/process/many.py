"""The XmR chart for many series at once, with the same results as ``xmr`` one by one.

A scorecard has thousands of series. Here each step of the work is done for all of them together; a series that cannot
have limits does not stop the others: it comes back not ``charted``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.process import reading, sweeping, xmr
from wholestory.statistics.process.reading import Assurance, Direction, Kind
from wholestory.statistics.process.sweeping import Flags, Numbers
from wholestory.statistics.values import CannotBeCounted

#: What the numbers in ``rule`` and ``kind`` stand for; -1 is a period without a value or a series without a chart.
RULES = (xmr.COMMON, xmr.OUTSIDE, xmr.TREND, xmr.TWO_OF_THREE, xmr.SHIFT)
KINDS = (Kind.COMMON, Kind.IMPROVEMENT, Kind.CONCERN, Kind.NEUTRAL_HIGH, Kind.NEUTRAL_LOW)
ASSURANCES = (Assurance.MEETS, Assurance.MISSES, Assurance.EITHER)
NONE = -1

Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Charts:
    """One row for each series, one column for each period; NaN where there is nothing.

    ``charted`` says which series have limits; the others have none and no signal. ``variation`` (of ``KINDS``) and
    ``assurance`` (of ``ASSURANCES``) are -1 where there is none.
    """

    values: Numbers
    moving_range: Numbers
    centre: Numbers
    upper: Numbers
    lower: Numbers
    mean_range: Numbers
    outside: Flags
    shift: Flags
    trend: Codes
    two_of_three: Flags
    rule: Codes
    kind: Codes
    variation: Codes
    assurance: Codes
    charted: Flags

    def one(self, row: int) -> xmr.Chart:
        """The chart of one series as ``xmr`` gives it. Raises CannotBeCounted where it has none."""
        if not self.charted[row]:
            raise CannotBeCounted("Limits need two periods in a row with a value, in every part.")
        points = tuple(self._point(row, at) for at in range(self.values.shape[1]))
        assured = None if self.assurance[row] == NONE else ASSURANCES[self.assurance[row]]
        return xmr.Chart(points, KINDS[self.variation[row]], assured)

    def _point(self, row: int, at: int) -> xmr.Point:
        def given(values: Numbers) -> float | None:
            found = float(values[row, at])
            return None if np.isnan(found) else found

        rule, kind = int(self.rule[row, at]), int(self.kind[row, at])
        mean_range = float(self.mean_range[row, at])
        return xmr.Point(
            given(self.values), given(self.moving_range), float(self.centre[row, at]), float(self.upper[row, at]),
            float(self.lower[row, at]), mean_range, xmr.TO_RANGE_LIMIT * mean_range, bool(self.outside[row, at]),
            bool(self.shift[row, at]), int(self.trend[row, at]), bool(self.two_of_three[row, at]),
            None if rule == NONE else RULES[rule], None if kind == NONE else KINDS[kind],
        )  # fmt: skip


def many_xmr(
    values: ArrayLike, directions: Sequence[Direction | str] | Direction | str, *, screen_outliers: bool = False,
    baseline_points: Sequence[int | None] | int | None = None,
    rebase_at: Sequence[Sequence[int] | None] | None = None, targets: ArrayLike | None = None,
    two_sigma_counts_breaches: bool = True,
) -> Charts:  # fmt: skip
    """Chart many series: a row for each, NaN where a period is missing.

    ``directions``, ``baseline_points``, ``rebase_at`` and ``targets`` are one for each series (the first two may be one
    for all), and mean what they mean in ``xmr``. Raises CannotBeCounted for lists of different lengths, and for parts
    or baselines that make no sense.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 2:
        raise CannotBeCounted("Many series come as rows of one table.")
    series, periods = given.shape
    better = _directions(directions, series)
    starts = sweeping.starts_of(series, periods, rebases(rebase_at, series, periods))
    v = np.ascontiguousarray(given.T)
    known = np.isfinite(v)
    v = np.where(known, v, np.nan)
    joined = np.zeros_like(known)
    joined[1:] = known[1:] & known[:-1] & ~starts[1:]
    ranges = np.full_like(v, np.nan)
    ranges[1:] = np.where(joined[1:], np.abs(v[1:] - v[:-1]), np.nan)
    base = sweeping.places(starts) < baselines(baseline_points, series)
    centre = sweeping.sums(v, known & base, starts).mean
    # The range of a baseline's first point would lie before it; parts never share one.
    mean_range = sweeping.sums(ranges, joined & base, starts).mean
    if screen_outliers:
        kept = sweeping.sums(ranges, joined & base & (ranges < xmr.TO_RANGE_LIMIT * mean_range), starts)
        mean_range = np.where((kept.number > 0) & (kept.total > 0), kept.mean, mean_range)
    # An infinite number is a mistake in the data: its series has no chart.
    charted = np.isfinite(mean_range).all(axis=0) & np.isfinite(centre).all(axis=0) & (periods > 0)
    charted &= ~np.isinf(given).any(axis=1)
    for each in (centre, mean_range):
        each[:, ~charted] = np.nan
    wide = xmr.TO_LIMITS * mean_range
    upper, lower = centre + wide, centre - wide
    with np.errstate(invalid="ignore"):
        outside = (v > upper) | (v < lower)
        sides = (v > centre).astype(np.int8) - (v < centre).astype(np.int8)
        far = np.abs(v - centre) > wide * 2 / 3
        steps = np.zeros(v.shape, dtype=np.int8)
        steps[1:] = (v[1:] > v[:-1]).astype(np.int8) - (v[1:] < v[:-1]).astype(np.int8)
    steps[~joined] = 0
    shift = sweeping.run_lengths(sides, joined) >= reading.RUN
    trend = trends(steps, joined)
    near = sweeping.two_of_three(sides, far if two_sigma_counts_breaches else far & ~outside, joined)
    for flags in (outside, shift, near):
        flags[:, ~charted] = False
    trend[:, ~charted] = 0
    rule = np.select([outside, trend != 0, near, shift], [1, 2, 3, 4], 0).astype(np.int8)
    kind = _kinds(rule, np.where(rule == 2, trend > 0, sides > 0), better)
    nothing = ~known | ~charted
    rule[nothing] = kind[nothing] = NONE
    return Charts(
        given, ranges.T, centre.T, upper.T, lower.T, mean_range.T, outside.T, shift.T, trend.T, near.T, rule.T,
        kind.T, _last(kind, known), _assured(targets, upper, lower, better, charted), charted,
    )  # fmt: skip


def trends(steps: Codes, joined: Flags) -> Codes:
    """Runs of steps (periods first, +1 or -1) that are long enough, on every point they touch; a turning point belongs
    to the later."""
    long = sweeping.run_lengths(steps, joined) >= reading.RUN - 1
    ends = np.where(long, steps, 0).astype(np.int8)
    found = ends.copy()
    found[:-1] = np.where(ends[1:] != 0, ends[1:], found[:-1])
    return found


def _kinds(rule: Codes, up: Flags, better: Codes) -> Codes:
    neutral = np.where(up, KINDS.index(Kind.NEUTRAL_HIGH), KINDS.index(Kind.NEUTRAL_LOW))
    judged = np.where(up == (better > 0), KINDS.index(Kind.IMPROVEMENT), KINDS.index(Kind.CONCERN))
    found = np.where(better == 0, neutral, judged)
    return np.where(rule == 0, 0, found).astype(np.int8)


def _last(kind: Codes, known: Flags) -> Codes:
    found = np.full(kind.shape[1], NONE, dtype=np.int8)
    for at in range(len(kind)):
        found = np.where(known[at], kind[at], found)
    return found


def _assured(
    targets: ArrayLike | None, upper: Numbers, lower: Numbers, better: Codes, charted: Flags
) -> Codes:
    found = np.full(better.size, NONE, dtype=np.int8)
    if targets is None or not len(upper):
        return found
    target = np.asarray(targets, dtype=np.float64)
    if target.shape != better.shape:
        raise CannotBeCounted("Every series has a target or none (NaN).")
    meets, misses, either = range(3)
    with np.errstate(invalid="ignore"):
        above, below = target > upper[-1], target < lower[-1]
    worded = np.where(above == below, either, np.where(above == (better > 0), misses, meets))
    judged = charted & ~np.isnan(target) & (better != 0)
    return np.where(judged, worded, found).astype(np.int8)


def _directions(given: Sequence[Direction | str] | Direction | str, series: int) -> Codes:
    codes = {Direction.INCREASE: 1, Direction.DECREASE: -1, Direction.NEUTRAL: 0}
    if isinstance(given, str):
        return np.full(series, codes[Direction(given)], dtype=np.int8)
    if len(given) != series:
        raise CannotBeCounted("Every series has one direction.")
    return np.array([codes[Direction(each)] for each in given], dtype=np.int8)


def baselines(given: Sequence[int | None] | int | None, series: int) -> Numbers:
    """How many first points of each part limits rest on; endless where nothing is said."""
    each = [given] * series if given is None or isinstance(given, int) else list(given)
    if len(each) != series or any(one is not None and one < 2 for one in each):
        raise CannotBeCounted("A baseline needs two points or more, and every series has one or none.")
    return np.array([np.inf if one is None else one for one in each], dtype=np.float64)


def rebases(
    given: Sequence[Sequence[int] | None] | None, series: int, periods: int
) -> list[list[int]] | None:
    """The first points of new parts, checked."""
    if given is None:
        return None
    if len(given) != series:
        raise CannotBeCounted("Every series has its own new parts, or none.")
    found = [list(each or []) for each in given]
    for each in found:
        if any(not 0 < at < periods for at in each) or len(set(each)) != len(each):
            raise CannotBeCounted("A new part starts at one of the points after the first, once.")
    return found

"""The XmR chart: single values and their moving ranges, with the rules of Making Data Count.

Source: NHS England, Making Data Count; Provost and Murray 2011. For measures with a mean of 5 or more a period: rarer
events belong on ``rare`` charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from wholestory.statistics.process import reading
from wholestory.statistics.process.reading import Assurance, Direction, Kind
from wholestory.statistics.values import CannotBeCounted

#: From the mean moving range to three sigma, and to the limit of the ranges themselves.
TO_LIMITS, TO_RANGE_LIMIT = 2.66, 3.267

#: The rule a point falls under, the first that applies.
OUTSIDE, TREND, TWO_OF_THREE, SHIFT, COMMON = "outside", "trend", "two_of_three", "shift", "common"


@dataclass(frozen=True, slots=True)
class Point:
    """One period. Without a value the rules are false, and rule and kind are None."""

    value: float | None
    moving_range: float | None
    centre: float
    upper: float
    lower: float
    mean_range: float
    range_limit: float
    outside: bool
    shift: bool
    trend: int
    two_of_three: bool
    rule: str | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Chart:
    """The points, what the last one says, and whether the process meets its target (None without one)."""

    points: tuple[Point, ...]
    variation: Kind | None
    assurance: Assurance | None


@dataclass(frozen=True, slots=True)
class _Lines:
    centre: float
    mean_range: float

    @property
    def upper(self) -> float:
        return self.centre + TO_LIMITS * self.mean_range

    @property
    def lower(self) -> float:
        return self.centre - TO_LIMITS * self.mean_range


def xmr(
    values: Sequence[float | None], direction: Direction | str, *, screen_outliers: bool = False,
    baseline_points: int | None = None, rebase_at: Sequence[int] | None = None, target: float | None = None,
    two_sigma_counts_breaches: bool = True,
) -> Chart:  # fmt: skip
    """Chart these values, one for each period (None where it is missing).

    ``rebase_at``: the 0-based first points of new parts, each with limits of its own; a recorded human decision.
    ``baseline_points``: limits rest on so many first points of each part. ``screen_outliers``: leave moving ranges
    beyond their limit out of their mean, once.
    """
    better = Direction(direction)
    parts = _parts(len(values), rebase_at or [])
    if baseline_points is not None and baseline_points < 2:
        raise CannotBeCounted("A baseline needs two points or more.")
    ranges = _ranges(values, parts)
    lines: list[_Lines] = []
    for part in parts:
        base = part[:baseline_points] if baseline_points else part
        lines += [_lines([values[i] for i in base], [ranges[i] for i in base], screen_outliers)] * len(part)
    sides = [
        0 if v is None else (v > at.centre) - (v < at.centre) for v, at in zip(values, lines, strict=True)
    ]
    outside = {
        i for i, (v, at) in enumerate(zip(values, lines, strict=True))
        if v is not None and (v > at.upper or v < at.lower)
    }  # fmt: skip
    shift: set[int] = set()
    trend: dict[int, int] = {}
    near: set[int] = set()
    for stretch in reading.stretches(values, parts):
        shift |= reading.shifted(sides, stretch)
        trend |= reading.trends(values, stretch)
        near |= _two_of_three(values, lines, sides, stretch, outside, two_sigma_counts_breaches)
    points = []
    for i, value in enumerate(values):
        rule: str | None = COMMON
        for name, holds in (
            (OUTSIDE, i in outside),
            (TREND, i in trend),
            (TWO_OF_THREE, i in near),
            (SHIFT, i in shift),
        ):
            if holds:
                rule = name
                break
        up = trend[i] > 0 if rule == TREND else sides[i] > 0
        kind: Kind | None = Kind.COMMON if rule == COMMON else reading.kind_of(up, better)
        if value is None:
            rule = kind = None
        at = lines[i]
        points.append(
            Point(
                value, ranges[i], at.centre, at.upper, at.lower, at.mean_range, TO_RANGE_LIMIT * at.mean_range,
                i in outside, i in shift, trend.get(i, 0), i in near, rule, kind,
            )
        )  # fmt: skip
    known = [point for point in points if point.value is not None]
    last = lines[-1]
    assured = None if target is None else reading.assurance_of(target, last.upper, last.lower, better)
    return Chart(tuple(points), known[-1].kind, assured)


def _parts(number: int, rebase_at: Sequence[int]) -> list[range]:
    starts = [0, *sorted(rebase_at)]
    if any(not 0 < at < number for at in starts[1:]) or len(set(starts)) != len(starts):
        raise CannotBeCounted("A new part starts at one of the points after the first, once.")
    return [range(a, b) for a, b in zip(starts, [*starts[1:], number], strict=True)]


def _ranges(values: Sequence[float | None], parts: Sequence[range]) -> list[float | None]:
    found: list[float | None] = [None] * len(values)
    for part in parts:
        for i in part[1:]:
            here, before = values[i], values[i - 1]
            if here is not None and before is not None:
                found[i] = abs(here - before)
    return found


def _lines(values: Sequence[float | None], ranges: Sequence[float | None], screen: bool) -> _Lines:
    known = [value for value in values if value is not None]
    moved = [one for one in ranges if one is not None]
    if not known or not moved:
        raise CannotBeCounted("Limits need two periods in a row with a value, in every part.")
    mean = mean_within(moved)
    if screen:
        kept = [one for one in moved if one < TO_RANGE_LIMIT * mean]
        # Where nearly nothing moves, screening would leave no range at all and flag every point.
        if kept and sum(kept) > 0:
            mean = mean_within(kept)
    return _Lines(mean_within(known), mean)


def mean_within(values: Sequence[float]) -> float:
    """The mean, never outside what it is the mean of: with plain sums ten times 0.1 would lie above its own centre."""
    return min(max(fsum(values) / len(values), min(values)), max(values))


def _two_of_three(
    values: Sequence[float | None], lines: Sequence[_Lines], sides: Sequence[int], stretch: range,
    outside: set[int], counts_breaches: bool,
) -> set[int]:  # fmt: skip
    def beyond(i: int) -> bool:
        value, at = values[i], lines[i]
        if value is None:
            return False
        far = abs(value - at.centre) > TO_LIMITS * at.mean_range * 2 / 3
        return far and (counts_breaches or i not in outside)

    found: set[int] = set()
    for i in stretch[2:]:
        three = (i - 2, i - 1, i)
        if sides[i] == 0 or len({sides[j] for j in three}) != 1:
            continue
        far = [j for j in three if beyond(j)]
        if len(far) >= 2:
            found.update(far)
    return found

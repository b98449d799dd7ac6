"""The space-time scan: cylinders of areas and periods with more cases than expected.

Sources: Kulldorff et al 1998, Am J Public Health 88:1377 (Poisson); Kulldorff et al 2005, PLoS Med 2:e59 (permutation,
for which no population is needed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.clusters.cylinders import Cylinders
from wholestory.statistics.clusters.found import (
    FEWEST_CASES,
    REPLICATES,
    TOO_FEW,
    Cluster,
    Progress,
    Scan,
    p_value,
    without_overlap,
)
from wholestory.statistics.clusters.likelihood import Poisson
from wholestory.statistics.clusters.windows import HALF, Circles, circles, periods
from wholestory.statistics.values import CannotBeCounted

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Numbers of cases by circle and period that are handled together, in as many made-up tables as that gives.
_TOGETHER = 2_000_000
#: More than this are not looked at where what is expected differs from cylinder to cylinder.
_MOST_CYLINDERS = 30_000_000
#: Cylinders whose places are worked out together: few calls for a county, and memory that lasts for a country.
_CYLINDERS_AT_ONCE = 2_000_000

_QUIET: Progress = lambda done, of: None  # noqa: E731


def poisson_scan(
    areas: Sequence[str], x: ArrayLike, y: ArrayLike, cases: ArrayLike, population: ArrayLike,
    largest: float = HALF, longest: float = HALF, *, prospective: bool = False, replicates: int = REPLICATES,
    seed: int = 1, progress: Progress = _QUIET,
) -> Scan:  # fmt: skip
    """Scan cases by area and period (``cases``: areas x periods) among a population that stays the same.

    ``largest``: share of the people; ``longest``: share of the periods; ``prospective``: only what lasts to the end.
    """
    seen, people = _table(cases), np.asarray(population, dtype=np.float64)
    total, number = int(seen.sum()), seen.shape[1]
    if total < FEWEST_CASES:
        return Scan((), total, 0, TOO_FEW)
    round_ = circles(x, y, people, largest)
    whole = round_.weights(people) * (total / people.sum())
    lengths = range(1, len(periods(number, longest, prospective=True)) + 1)
    cylinders = Cylinders(round_, whole, lengths, total=total, prospective=prospective)
    ratios = Poisson(total)
    real = np.full(whole.size, -np.inf)
    length_of = np.zeros(whole.size, dtype=np.int64)
    for length, (expected, most) in zip(lengths, cylinders.fullest(seen), strict=True):
        here = ratios.of(most, expected)
        length_of[here > real] = length
        np.maximum(real, here, out=real)
    chance = np.repeat(people / people.sum() / number, number)
    source = np.random.default_rng(seed)
    maxima = np.zeros(replicates)
    at_once = max(1, _TOGETHER // (whole.size * (number + 1)))
    for first in range(0, replicates, at_once):
        several = min(at_once, replicates - first)
        made_up = source.multinomial(total, chance, size=several).reshape(several, *seen.shape)
        maxima[first : first + several] = [ratios.best(each) for each in cylinders.least(made_up, total)]
        progress(first + several, replicates)
    found = []
    for window in without_overlap(real, np.arange(real.size), round_):
        members, length = round_.members(window), int(length_of[window])
        start, c = _fullest(seen[members].sum(axis=0), length, prospective=prospective)
        found.append(
            Cluster(
                tuple(areas[i] for i in members), c, float(whole[window]) * length / number, float(real[window]),
                p_value(real[window], maxima), first_period=start, last_period=start + length - 1,
            )
        )  # fmt: skip
    return Scan(tuple(found), total, replicates)


def _fullest(cases: Counts, length: int, *, prospective: bool) -> tuple[int, int]:
    """Where the stretch of so many periods with most cases begins, the first of several, and how many it has."""
    upto = np.concatenate([[0], np.cumsum(cases)])
    inside = upto[length:] - upto[:-length]
    start = inside.size - 1 if prospective else int(inside.argmax())
    return start, int(inside[start])


def permutation_scan(
    areas: Sequence[str], x: ArrayLike, y: ArrayLike, cases: ArrayLike, largest: float = HALF,
    longest: float = HALF, *, prospective: bool = False, replicates: int = REPLICATES, seed: int = 1,
    progress: Progress = _QUIET,
) -> Scan:  # fmt: skip
    """Scan cases by area and period without a population: what is expected follows from the cases' own places and
    times, and made-up data shuffle the times. ``largest`` is a share of the cases. Raises CannotBeCounted for more than
    thirty million cylinders, which would take more memory than there is: join areas or periods."""
    seen = _table(cases)
    total = int(seen.sum())
    if total < FEWEST_CASES:
        return Scan((), total, 0, TOO_FEW)
    by_area, by_period = seen.sum(axis=1), seen.sum(axis=0)
    round_ = circles(x, y, by_area, largest)
    spans = periods(seen.shape[1], longest, prospective=prospective)
    if sum(int(keep.sum()) for keep in round_.kept) * len(spans) > _MOST_CYLINDERS:
        raise CannotBeCounted("There are too many areas and periods to shuffle the times: join some.")
    in_span = np.array([by_period[span.start : span.stop].sum() for span in spans], dtype=np.float64)
    expected = np.outer(round_.weights(by_area.astype(np.float64)), in_span) / total
    where = np.repeat(np.arange(seen.size) // seen.shape[1], seen.ravel())
    when = np.repeat(np.arange(seen.size) % seen.shape[1], seen.ravel())
    source = np.random.default_rng(seed)

    def made_up() -> Iterator[Counts]:
        for _ in range(replicates):
            at = where * seen.shape[1] + source.permutation(when)
            yield np.bincount(at, minlength=seen.size).reshape(seen.shape)

    return _scan(areas, round_, spans, seen, expected, made_up, replicates, progress)


def _table(cases: ArrayLike) -> Counts:
    given = np.asarray(cases, dtype=np.float64)
    whole = given.astype(np.int64)
    if given.ndim != 2 or (given != whole).any() or (given < 0).any():
        raise CannotBeCounted("Cases are whole numbers by area and period, none below 0.")
    return whole


def _scan(
    areas: Sequence[str], round_: Circles, spans: Sequence[range], seen: Counts, expected: Numbers,
    made_up: Callable[[], Iterator[Counts]], replicates: int, progress: Progress,
) -> Scan:  # fmt: skip
    total = int(seen.sum())
    ratios = Poisson(total)
    blocks = list(_blocks(round_, spans, seen.shape[1], expected))
    counts = np.concatenate([block.inside(seen) for block in blocks])
    wanted = np.concatenate([block.expected for block in blocks])
    cylinder = np.concatenate([block.cylinders for block in blocks])
    real = ratios.of(counts, wanted)
    maxima = np.zeros(replicates)
    for i, cases in enumerate(made_up()):
        least = np.full(total + 1, np.inf)
        for block in blocks:
            block.note(cases, least)
        maxima[i] = ratios.best(least)
        progress(i + 1, replicates)
    found = []
    for at in without_overlap(real, cylinder // len(spans), round_):
        window, span = divmod(int(cylinder[at]), len(spans))
        c, e = int(counts[at]), float(expected[window, span])
        found.append(
            Cluster(
                tuple(areas[i] for i in round_.members(window)), c, e, float(real[at]), p_value(real[at], maxima),
                first_period=spans[span].start, last_period=spans[span].stop - 1,
            )
        )  # fmt: skip
    return Scan(tuple(found), total, replicates)


@dataclass(frozen=True, slots=True)
class _Block:
    """Some centres' cylinders, those with the most expected first. ``starts`` and ``stops`` point into the running
    sums of cases by window and period; ``cylinders`` are window * spans + span."""

    orders: NDArray[np.intp]
    starts: NDArray[np.intp]
    stops: NDArray[np.intp]
    expected: Numbers
    cylinders: NDArray[np.intp]

    def inside(self, cases: Counts) -> Counts:
        """The cases in each cylinder."""
        areas, number = cases.shape
        # A row of nobody, for places beyond a centre's last window.
        sums = np.zeros((areas + 1, number + 1), dtype=np.int64)
        np.cumsum(cases, axis=1, out=sums[:areas, 1:])
        windows = np.cumsum(sums[self.orders], axis=1).ravel()
        return np.asarray(windows.take(self.stops) - windows.take(self.starts))

    def note(self, cases: Counts, least: Numbers) -> None:
        """Write down for every number of cases the least that was expected where so many were seen."""
        here = np.full_like(least, np.inf)
        # Of several values for one place the last stays, which is the least: the most expected come first.
        here[self.inside(cases)] = self.expected
        np.minimum(least, here, out=least)


def _blocks(round_: Circles, spans: Sequence[range], number: int, expected: Numbers) -> Iterator[_Block]:
    areas = len(round_.orders)
    longest = max(1, max((order.size for order in round_.orders), default=1))
    several = max(1, _CYLINDERS_AT_ONCE // (longest * len(spans)))
    begin = np.array([span.start for span in spans])
    end = np.array([span.stop for span in spans])
    window = 0
    for first in range(0, areas, several):
        orders = round_.orders[first : first + several]
        padded = np.full((len(orders), longest), areas, dtype=np.intp)
        kept = np.zeros((len(orders), longest), dtype=bool)
        for i, order in enumerate(orders):
            padded[i, : order.size] = order
            kept[i, : order.size] = round_.kept[first + i]
        places = np.flatnonzero(kept)
        numbers = np.arange(window, window + places.size)
        window += places.size
        here = expected[numbers]
        # Where nothing can be expected (no case in those areas, or those periods) nothing can be seen.
        row, span = np.nonzero(here > 0)
        order = np.argsort(-here[row, span], kind="stable")
        row, span = row[order], span[order]
        at = places[row] * (number + 1)
        yield _Block(
            padded, at + begin[span], at + end[span], here[row, span], numbers[row] * len(spans) + span
        )

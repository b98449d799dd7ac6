"""The spatial scan: circles of areas with more cases than their people would lead one to expect.

Source: Kulldorff 1997. Significance by made-up data (Monte Carlo): cases thrown at random on the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.clusters.found import (
    FEWEST_CASES,
    REPLICATES,
    TOO_FEW,
    Cluster,
    Scan,
    p_value,
    relative_risk,
    without_overlap,
)
from wholestory.statistics.clusters.likelihood import Bernoulli, Poisson
from wholestory.statistics.clusters.windows import HALF, Circles, circles
from wholestory.statistics.values import CannotBeCounted

Numbers = NDArray[np.float64]


def poisson_scan(
    areas: Sequence[str], x: ArrayLike, y: ArrayLike, cases: ArrayLike, population: ArrayLike,
    largest: float = HALF, replicates: int = REPLICATES, seed: int = 1,
) -> Scan:  # fmt: skip
    """Scan cases among a population. ``x`` and ``y`` are the areas' centroids; ``largest``: share of the people."""
    seen, people = _whole(cases), np.asarray(population, dtype=np.float64)
    total = int(seen.sum())
    if total < FEWEST_CASES:
        return Scan((), total, 0, TOO_FEW)
    round_ = circles(x, y, people, largest)
    expected = round_.weights(people) * (total / people.sum())
    made_up = np.random.default_rng(seed).multinomial(total, people / people.sum(), size=replicates)
    inside = round_.weights(seen.astype(np.float64)).astype(np.int64)
    ratios = Poisson(total)
    real, maxima = ratios.of(inside, expected), _best(round_, ratios.table, expected, total, made_up)
    found = []
    for window in without_overlap(real, np.arange(real.size), round_):
        members = round_.members(window)
        c, e = int(inside[window]), float(expected[window])
        found.append(
            Cluster(
                tuple(areas[i] for i in members), c, e, float(real[window]), p_value(real[window], maxima),
                float(people[members].sum()), relative_risk(c, e, total),
            )
        )  # fmt: skip
    return Scan(tuple(found), total, replicates)


def bernoulli_scan(
    areas: Sequence[str], x: ArrayLike, y: ArrayLike, cases: ArrayLike, controls: ArrayLike,
    largest: float = HALF, replicates: int = REPLICATES, seed: int = 1,
) -> Scan:  # fmt: skip
    """Scan cases among controls: the share of cases, and not their number, is what may be raised."""
    seen, others = _whole(cases), _whole(controls)
    people = seen + others
    total, whole = int(seen.sum()), int(people.sum())
    if total < FEWEST_CASES:
        return Scan((), total, 0, TOO_FEW)
    round_ = circles(x, y, people, largest)
    size = round_.weights(people.astype(np.float64)).astype(np.int64)
    made_up = np.random.default_rng(seed).multivariate_hypergeometric(people, total, size=replicates)
    inside = round_.weights(seen.astype(np.float64)).astype(np.int64)
    ratios = Bernoulli(total, whole)
    real, maxima = ratios.of(inside, size), _best(round_, ratios.table, size, total, made_up)
    found = []
    for window in without_overlap(real, np.arange(real.size), round_):
        c, e = int(inside[window]), float(size[window]) * total / whole
        found.append(
            Cluster(
                tuple(areas[i] for i in round_.members(window)), c, e, float(real[window]),
                p_value(real[window], maxima), float(size[window]), relative_risk(c, e, total),
            )
        )  # fmt: skip
    return Scan(tuple(found), total, replicates)


def _whole(cases: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(cases, dtype=np.float64)
    whole = given.astype(np.int64)
    if given.ndim != 1 or (given != whole).any() or (given < 0).any():
        raise CannotBeCounted("Cases are whole numbers, one for each area, none below 0.")
    return whole


def _best(
    round_: Circles,
    table: Callable[[Any], Numbers],
    windows: NDArray[Any],
    total: int,
    made_up: NDArray[np.int64],
) -> Numbers:
    """The best ratio of every made-up data set (replicates x areas).

    Centre by centre: the ratio of every window for every number of cases is written down once, and then only looked up.
    The columns of that table are told apart by adding a row's length with each area that joins.
    """
    width = total + 1
    stepped = np.ascontiguousarray(made_up.T) + width
    best = np.zeros(len(made_up))
    start = 0
    for order, keep in zip(round_.orders, round_.kept, strict=True):
        number = int(np.count_nonzero(keep))
        if not number:
            continue
        ratios = np.zeros((order.size + 1, width))
        ratios[1:][keep] = table(windows[start : start + number])
        start += number
        at = np.cumsum(stepped[order], axis=0)
        np.maximum(best, ratios.ravel().take(at).max(axis=0), out=best)
    return best

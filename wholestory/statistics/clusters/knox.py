"""Knox's test: are there more pairs of cases close both in place and in time than chance gives?

Source: Knox 1964, Br J Prev Soc Med 18:17. Choose what "close" means before looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from wholestory.statistics.values import CannotBeCounted


@dataclass(frozen=True, slots=True)
class Knox:
    """Pairs of cases. Use ``p_value``, found by shuffling the times; ``p_poisson`` is Knox's own approximation."""

    pairs: int
    close_in_space: int
    close_in_time: int
    observed: int
    expected: float
    p_poisson: float
    p_value: float | None = None


def of_pairs(pairs: int, close_in_space: int, close_in_time: int, observed: int) -> Knox:
    """From the four numbers of a published table."""
    if pairs < 1 or min(close_in_space, close_in_time, observed) < 0:
        raise CannotBeCounted("There must be pairs, and no number of them below 0.")
    if observed > min(close_in_space, close_in_time) or max(close_in_space, close_in_time) > pairs:
        raise CannotBeCounted("Pairs close in both are among those close in each.")
    expected = close_in_space * close_in_time / pairs
    return Knox(
        pairs, close_in_space, close_in_time, observed, expected, float(poisson.sf(observed - 1, expected))
    )


def knox(
    x: Sequence[float], y: Sequence[float], time: Sequence[float], distance: float, interval: float,
    replicates: int = 999, seed: int = 1,
) -> Knox:  # fmt: skip
    """Test cases with places and times. Close: at most ``distance`` apart and at most ``interval`` in time."""
    east, north, when = (np.asarray(each, dtype=np.float64) for each in (x, y, time))
    n = east.size
    if not east.shape == north.shape == when.shape or n < 2:
        raise CannotBeCounted("Knox's test needs two cases or more, each with a place and a time.")
    first, second = np.triu_indices(n, 1)
    near = np.hypot(east[first] - east[second], north[first] - north[second]) <= distance
    soon = _soon(when, interval)
    found = of_pairs(
        first.size, int(near.sum()), int(soon[first, second].sum()), int((near & soon[first, second]).sum())
    )
    source = np.random.default_rng(seed)
    # Only the pairs close in place can be close in both, whatever the times.
    a, b = first[near], second[near]
    as_many = 0
    for _ in range(replicates):
        order = source.permutation(n)
        as_many += int(soon[order[a], order[b]].sum()) >= found.observed
    p = (1 + as_many) / (1 + replicates)
    return Knox(
        found.pairs,
        found.close_in_space,
        found.close_in_time,
        found.observed,
        found.expected,
        found.p_poisson,
        p,
    )


def _soon(when: NDArray[np.float64], interval: float) -> NDArray[np.bool_]:
    return np.asarray(np.abs(when[:, None] - when[None, :]) <= interval)

"""What a scan finds, and how often chance does as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wholestory.statistics.clusters.windows import Circles

#: With fewer cases a scan says nothing.
FEWEST_CASES = 10
REPLICATES = 999

TOO_FEW = "too_few_to_test"

#: Told how many replicates are done of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Areas (and periods, 0-based, of a space-time scan) with more cases than expected.

    ``p_value``: how often the best window of made-up data was as good; below 0.05 it is hard to call chance.
    """

    members: tuple[str, ...]
    observed: int
    expected: float
    ratio: float
    p_value: float
    population: float | None = None
    relative_risk: float | None = None
    first_period: int | None = None
    last_period: int | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The best cluster first, then the best that shares no area with those before; or none, with the reason."""

    clusters: tuple[Cluster, ...]
    cases: int
    replicates: int
    reason: str = ""


def p_value(ratio: float, maxima: NDArray[np.float64]) -> float:
    """The share of the data sets, the real one among them, whose best window is as good."""
    return float(1 + np.count_nonzero(maxima >= ratio - 1e-9)) / (1 + maxima.size)


def without_overlap(
    ratios: NDArray[np.float64], windows: NDArray[np.intp], round_: Circles, most: int = 20
) -> list[int]:
    """The places to report: the best, then always the best that shares no area with those before. ``windows`` says of
    every place which circle it belongs to."""
    taken = np.zeros(len(round_.orders), dtype=bool)
    left = np.where(ratios > 0, ratios, -np.inf)
    found: list[int] = []
    while len(found) < most and left.size:
        best = int(left.argmax())
        if left[best] == -np.inf:
            break
        found.append(best)
        taken[round_.members(int(windows[best]))] = True
        left[~round_.free_of(taken)[windows]] = -np.inf
    return found


def relative_risk(observed: int, expected: float, total: int) -> float | None:
    """The rate inside over the rate outside. None where all cases lie inside."""
    if total == observed:
        return None
    return (observed / expected) / ((total - observed) / (total - expected))

"""How much likelier the cases are with a raised rate inside a window than without: Kulldorff's log likelihood ratio.

Source: Kulldorff 1997, Commun Stat Theory Methods 26:1481. High rates only.
"""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def poisson(observed: float, expected: float, total: float) -> float:
    """The log likelihood ratio of one window: 0 where no more was seen than expected."""
    if observed <= expected:
        return 0.0
    rest = total - observed
    outside = rest * log(rest / (total - expected)) if rest > 0 else 0.0
    return observed * log(observed / expected) + outside


class Poisson:
    """The same for whole numbers of cases in many windows at once.

    c ln(c/e) + (C-c) ln((C-c)/(C-e)) is f(c) - c a - b, where f depends on c alone, and a and b on the window alone.
    """

    def __init__(self, total: int) -> None:
        self._counts = np.arange(total + 1, dtype=np.float64)
        self._total = total
        self._f = x_log_x(self._counts) + x_log_x(total - self._counts)

    def of(self, observed: NDArray[np.integer], expected: Numbers) -> Numbers:
        """The ratio of each window."""
        outside = np.log(self._total - expected)
        found: Numbers = self._f[observed] - observed * (np.log(expected) - outside) - self._total * outside
        return np.where(observed > expected, found, 0.0)

    def table(self, expected: Numbers) -> Numbers:
        """The ratio of every number of cases there could be in every window: (windows, total + 1)."""
        outside = np.log(self._total - expected)
        found: Numbers = np.multiply.outer(outside - np.log(expected), self._counts)
        found += self._f
        found -= (self._total * outside)[:, None]
        found *= self._counts > expected[:, None]
        return found

    def best(self, least_expected: Numbers) -> float:
        """The highest ratio, given for every number of cases the least that was expected where so many were seen
        (infinite where nowhere): of windows with as many cases the one with the least expected is the best."""
        seen = np.flatnonzero(least_expected < self._counts)
        return float(self.of(seen, least_expected[seen]).max(initial=0.0))


class Bernoulli:
    """Ratios where each person is a case or a control: windows of ``size`` people."""

    def __init__(self, total: int, people: int) -> None:
        self._x = x_log_x(np.arange(people + 1, dtype=np.float64))
        self._total, self._people = total, people
        x = self._x
        self._without = x[total] + x[people - total] - x[people]

    def of(self, observed: NDArray[np.integer], size: NDArray[np.integer]) -> Numbers:
        """The ratio of each window. ``observed`` cannot exceed ``size``, nor all others what lies outside."""
        x, people = self._x, self._people
        rest = self._total - observed
        found: Numbers = x[observed] + x[size - observed] + x[rest] + x[people - size - rest]
        found -= x[size] + x[people - size] + self._without
        return np.where(observed * float(people) > self._total * size.astype(np.float64), found, 0.0)

    def table(self, size: NDArray[np.integer]) -> Numbers:
        """The ratio of every number of cases in every window; 0 where there cannot be so many."""
        counts = np.arange(self._total + 1)
        wide = np.repeat(size[:, None], counts.size, axis=1)
        possible = (counts <= wide) & (self._total - counts <= self._people - wide)
        found = np.zeros(wide.shape)
        seen = np.broadcast_to(counts, wide.shape)
        found[possible] = self.of(seen[possible], wide[possible])
        return found


def x_log_x(values: Numbers) -> Numbers:
    """x ln x, 0 at 0."""
    found = np.zeros_like(values)
    some = values > 0
    found[some] = values[some] * np.log(values[some])
    return found

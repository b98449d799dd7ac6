"""The circles a scan looks at: round every area, joined by the next nearest until half the population is inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.values import CannotBeCounted

#: The usual largest window: half of the population, or of the periods.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Circles:
    """For each centre the areas by distance, as far as a window goes. Windows that hold the same areas are kept once:
    ``kept`` says of each centre which of its lengths count. Windows are numbered among those kept, centre by centre."""

    orders: tuple[NDArray[np.intp], ...]
    kept: tuple[NDArray[np.bool_], ...]

    def weights(self, each: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of an area's number over every window kept."""
        sums = [np.cumsum(each[order])[keep] for order, keep in zip(self.orders, self.kept, strict=True)]
        return np.concatenate(sums) if sums else np.zeros(0)

    def members(self, window: int) -> NDArray[np.intp]:
        """The areas of a window."""
        for order, keep in zip(self.orders, self.kept, strict=True):
            here = np.flatnonzero(keep)
            if window < here.size:
                return order[: here[window] + 1]
            window -= here.size
        raise IndexError(window)

    def free_of(self, taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which windows hold none of the areas taken."""
        found = []
        for order, keep in zip(self.orders, self.kept, strict=True):
            hit = taken[order]
            first = int(hit.argmax()) if hit.any() else order.size
            found.append(np.flatnonzero(keep) < first)
        return np.concatenate(found) if found else np.zeros(0, dtype=bool)


def circles(x: ArrayLike, y: ArrayLike, size: ArrayLike, largest: float = HALF) -> Circles:
    """Circles round each of these centroids. ``size`` is what the limit ``largest`` (a share) is measured in: people,
    or cases. Of areas equally far the first in the list comes first; any order of them is as good."""
    east, north, sizes = (np.asarray(each, dtype=np.float64) for each in (x, y, size))
    if not east.shape == north.shape == sizes.shape or east.ndim != 1:
        raise CannotBeCounted("Every area needs a centroid and a population.")
    if not (np.isfinite(east).all() and np.isfinite(north).all()) or (sizes < 0).any() or not sizes.sum() > 0:
        raise CannotBeCounted("Centroids must be known, and populations not negative nor all 0.")
    if not 0 < largest <= 1:
        raise CannotBeCounted("The largest window is a share of the whole, above 0 and up to 1.")
    most = sizes.sum() * largest * (1 + 1e-12)
    marks = np.random.default_rng(0).integers(0, 2**63, sizes.size, dtype=np.uint64)
    orders, kept, seen = [], [], set()
    for centre in range(sizes.size):
        far = (east - east[centre]) ** 2 + (north - north[centre]) ** 2
        order = np.argsort(far, kind="stable")
        order = order[np.cumsum(sizes[order]) <= most]
        # The sum of its areas' random marks names a set of areas, whatever their order.
        named = np.cumsum(marks[order])
        keep = np.ones(order.size, dtype=bool)
        for i, name in enumerate(named.tolist()):
            keep[i] = name not in seen
            seen.add(name)
        orders.append(order)
        kept.append(keep)
    return Circles(tuple(orders), tuple(kept))


def periods(number: int, largest: float = HALF, *, prospective: bool = False) -> list[range]:
    """The stretches of periods a space-time scan looks at; only those up to the last period if ``prospective``."""
    most = int(number * largest + 1e-9)
    if most < 1:
        raise CannotBeCounted("There are too few periods for a window of that share.")
    lengths: Sequence[int] = range(1, most + 1)
    if prospective:
        return [range(number - length, number) for length in lengths]
    return [range(start, start + length) for length in lengths for start in range(number - length + 1)]

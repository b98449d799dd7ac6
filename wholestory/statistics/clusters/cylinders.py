"""The cylinders of a space-time scan whose people stay the same: of one circle and one length the fullest is the best.

With the same people in every period, cylinders of one circle and one length expect the same. Of these only the one with
most cases counts, so that nothing is kept for each cylinder: 600 areas and 120 months make a thousand million of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wholestory.statistics.clusters.windows import Circles

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
#: Cases are counted in two bytes where so few make that safe: half the memory is nearly twice the speed.
_MOST_IN_TWO_BYTES = 32_000
#: Numbers handled together, so that they stay in the processor's own memory.
_AT_ONCE = 150_000


class Cylinders:
    """The circles of a scan, ready for many tables of cases by area and period."""

    def __init__(
        self, round_: Circles, expected: Numbers, lengths: range, *, total: int, prospective: bool
    ) -> None:
        areas = len(round_.orders)
        longest = max(1, max((order.size for order in round_.orders), default=1))
        # A row of nobody, for places beyond a centre's last circle.
        self._orders = np.full((areas, longest), areas, dtype=np.intp)
        kept = np.zeros((areas, longest), dtype=bool)
        for at, (order, keep) in enumerate(zip(round_.orders, round_.kept, strict=True)):
            self._orders[at, : order.size], kept[at, : order.size] = order, keep
        self.lengths, self._prospective = lengths, prospective
        self._small = np.int16 if total < _MOST_IN_TWO_BYTES else np.int32
        self._places = np.flatnonzero(kept)
        self.expected = expected
        # Of circles with as many cases the last written stays, which must be the one that expects least.
        self._order = np.argsort(-expected, kind="stable")
        self._in_order = expected[self._order]

    def least(self, tables: Counts, total: int) -> Numbers:
        """For each table (tables x areas x periods) and number of cases, the least that a cylinder with so many
        expects: infinite where there is none. (tables, total + 1)."""
        found = np.full((len(tables), total + 1), np.inf)
        rows = np.arange(len(tables))[:, None]
        for share, most in self._most(tables):
            here = np.full_like(found, np.inf)
            here[rows, most[:, self._order]] = self._in_order * share
            np.minimum(found, here, out=found)
        return found

    def fullest(self, cases: Counts) -> Iterator[tuple[Numbers, Counts]]:
        """For each length, what every circle expects in a stretch of it, and the cases in its fullest."""
        for share, most in self._most(cases[None]):
            yield self.expected * share, most[0].astype(np.int64)

    def _inside(self, tables: Counts) -> NDArray[np.integer]:
        """The cases in each circle up to each period: (periods + 1, tables x circles)."""
        number, areas, periods = tables.shape
        upto = np.zeros((periods + 1, number, areas + 1), dtype=self._small)
        upto[1:, :, :areas] = np.cumsum(tables, axis=2).transpose(2, 0, 1)
        inside = np.empty((periods + 1, number, self._places.size), dtype=self._small)
        for period in range(periods + 1):
            joined = np.cumsum(upto[period][:, self._orders], axis=2, dtype=self._small)
            inside[period] = joined.reshape(number, -1)[:, self._places]
        return inside.reshape(periods + 1, -1)

    def _most(self, tables: Counts) -> Iterator[tuple[float, NDArray[np.integer]]]:
        """For each length, its share of the periods, and the most cases of each table and circle in a stretch of it."""
        inside = self._inside(tables)
        periods, wide = tables.shape[2], inside.shape[1]
        shape = (len(tables), self._places.size)
        if self._prospective:
            for length in self.lengths:
                yield length / periods, (inside[periods] - inside[periods - length]).reshape(shape)
            return
        found = np.empty((len(self.lengths), wide), dtype=inside.dtype)
        several = max(1, _AT_ONCE // (periods + 1))
        for first in range(0, wide, several):
            here = np.ascontiguousarray(inside[:, first : first + several])
            for at, length in enumerate(self.lengths):
                (here[length:] - here[:-length]).max(axis=0, out=found[at, first : first + several])
        for length, most in zip(self.lengths, found, strict=True):
            yield length / periods, most.reshape(shape)

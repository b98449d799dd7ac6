"""What a reader can work out of the hidden cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from wholestory.statistics.disclosure.network import Room, Totals, network, swing
from wholestory.statistics.disclosure.small import small_cells
from wholestory.statistics.values import CannotBeCounted


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """The smallest and largest number a hidden cell can be, for somebody who has the printed table."""

    row: int
    column: int
    is_small: bool
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Audit:
    """``exact_safe``: no small cell can be told. ``full_safe``: for each, all of 1 to threshold - 1 are possible, so
    that the table says no more than the symbol does."""

    cells: tuple[HiddenCell, ...]
    exact_safe: bool
    full_safe: bool


def audit(
    full_table: ArrayLike,
    hidden: ArrayLike,
    threshold: int,
    totals: Totals | str = Totals.BOTH,
    least: int = 1,
    *,
    small_only: bool = False,
) -> Audit:
    """Look at every hidden cell of a table with its totals. ``least``: 1 where zeros are printed, else 0.

    ``small_only``: only at the small ones, and only from ``least`` to threshold - 1, which is what safe means.
    """
    net = network(full_table, totals, least)
    covered = np.asarray(hidden, dtype=bool)
    if covered.shape != net.cells.shape:
        raise CannotBeCounted("Say of every cell whether it is hidden.")
    if (net.cells[covered] < least).any():
        raise CannotBeCounted("A hidden cell is smaller than hidden cells are said to be.")
    small = small_cells(net.cells, threshold, include_zero=least == 0)
    if (small & ~covered).any():
        exact = full = False
    else:
        exact = full = True
    room = Room(net.room(covered))
    found = []
    for i, j in zip(*(each.tolist() for each in np.nonzero(covered)), strict=True):
        if small_only and not small[i, j]:
            continue
        value = int(net.cells[i, j])
        up = max(0, threshold - 1 - value) if small_only else net.ceiling
        rises, falls, _ = swing(net, room, (i, j), up, value)
        one = HiddenCell(i, j, bool(small[i, j]), value - falls, value + rises)
        found.append(one)
        if one.is_small:
            exact = exact and one.low < one.high
            full = full and one.low <= least and one.high >= threshold - 1
    return Audit(tuple(found), exact, full)


def range_of(
    cells: int,
    sums: Sequence[tuple[Sequence[int], int]],
    target: int,
    least: int = 0,
    most: int | None = None,
) -> tuple[int, int]:
    """The smallest and largest number one of many unknown cells can be, from all printed sums over them.

    For tables that share cells: cumulative quarters, an area and the area without a district, last year's report.
    ``sums``: which cells, and what they add to. Raises CannotBeCounted where no whole numbers fit.
    """
    together = lil_array((len(sums), cells))
    for row, (members, _) in enumerate(sums):
        for cell in members:
            together[row, cell] += 1
    totals = np.array([total for _, total in sums], dtype=np.float64)
    fits = [LinearConstraint(together.tocsr(), totals, totals)] if sums else []
    bounds = Bounds(np.full(cells, least), np.full(cells, np.inf if most is None else most))
    ends = []
    for sign in (1, -1):
        wanted = np.zeros(cells)
        wanted[target] = sign
        found = milp(wanted, constraints=fits, bounds=bounds, integrality=np.ones(cells))
        if found.x is None:
            raise CannotBeCounted(f"No whole numbers fit these sums: {found.message}")
        ends.append(round(found.x[target]))
    return ends[0], ends[1]

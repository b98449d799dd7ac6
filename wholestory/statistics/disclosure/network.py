"""A table with its totals as a network, in which what a reader can work out of hidden cells is a matter of flows.

Every row, every column, and the two lines of totals are nodes; every cell is an arrow between two of them, and a number
is what flows along it. The sums of the table say that as much flows into a node as out of it. How far a hidden cell can
rise or fall while all printed numbers stay true is then the most that can flow round through the other hidden cells:
a number found exactly, in whole numbers, by looking for paths (Ford and Fulkerson 1956).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.values import CannotBeCounted

#: More than any table's number: what may flow where nothing is printed.
UNBOUNDED = 10**12

Cell = tuple[int, int]
Arrow = tuple[int, int]


class Totals(StrEnum):
    """Which sums are printed: of rows and columns (with the grand total), of rows, or none."""

    BOTH = "both"
    ROW = "row"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Network:
    """The cells of a printed table as arrows: ``source`` and ``target`` are the nodes of each cell's arrow, and
    ``cell_at`` is the flat place of the cell between two nodes, or -1. ``free`` connections stand for sums nobody
    prints. No number is above ``ceiling``, and no hidden one below ``least``."""

    cells: NDArray[np.int64]
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    cell_at: NDArray[np.intp]
    free: NDArray[np.bool_]
    ceiling: int
    least: int

    def arrow(self, cell: Cell) -> Arrow:
        """The two nodes of a cell's arrow."""
        return int(self.source[cell]), int(self.target[cell])

    def room(self, hidden: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How much more can flow between two nodes, with these cells hidden: along an arrow by raising its number,
        against it by lowering it."""
        room = np.where(self.free, UNBOUNDED, 0)
        u, v, value = self.source[hidden], self.target[hidden], self.cells[hidden]
        room[u, v] = np.maximum(0, self.ceiling - value)
        room[v, u] = np.maximum(0, value - self.least)
        return room


def network(full_table: ArrayLike, totals: Totals | str, least: int = 1) -> Network:
    """A printed table: row totals last in each row, column totals in the last row, as far as there are any.

    ``least``: the smallest number a hidden cell can be: 1 where zeros are printed, else 0. Raises CannotBeCounted where
    the sums do not add up.
    """
    totals = Totals(totals)
    cells = np.asarray(full_table, dtype=np.int64)
    if cells.ndim != 2 or cells.size == 0 or (cells < 0).any():
        raise CannotBeCounted("A table has rows and columns of numbers from 0.")
    has_row, has_column = totals is not Totals.NONE, totals is Totals.BOTH
    rows, columns = cells.shape[0] - has_column, cells.shape[1] - has_row
    inner = cells[:rows, :columns]
    if has_row and (inner.sum(axis=1) != cells[:rows, -1]).any():
        raise CannotBeCounted("The cells of a row do not add up to its total.")
    if has_column and ((cells[:rows].sum(axis=0)) != cells[-1]).any():
        raise CannotBeCounted("The cells of a column do not add up to its total.")
    # Nodes: rows, columns, then the line of row totals and the line of column totals.
    row_line, column_line = rows + columns, rows + columns + 1
    source, target = (np.zeros(cells.shape, dtype=np.intp) for _ in range(2))
    free = np.zeros((rows + columns + 2, rows + columns + 2), dtype=bool)
    row, column = np.arange(rows), rows + np.arange(columns)
    source[:rows, :columns], target[:rows, :columns] = row[:, None], column[None, :]
    if has_row:
        source[:rows, columns], target[:rows, columns] = row_line, row
    else:
        free[row_line, row] = free[row, row_line] = True
    if has_column:
        source[rows, :columns], target[rows, :columns] = column, column_line
        source[rows, columns], target[rows, columns] = column_line, row_line
    else:
        free[column, column_line] = free[column_line, column] = True
        free[column_line, row_line] = free[row_line, column_line] = True
    cell_at = np.full(free.shape, -1, dtype=np.intp)
    cell_at[source, target] = cell_at[target, source] = np.arange(cells.size).reshape(cells.shape)
    return Network(cells, source, target, cell_at, free, int(inner.sum()), least)


def flow(room: NDArray[np.int64], start: int, end: int, wanted: int) -> tuple[int, set[Arrow]]:
    """How much can flow from start to end, up to ``wanted``, and over which connections. ``room`` is used up."""
    found, used = 0, set()
    while found < wanted:
        path = _path(room, start, end)
        if not path:
            break
        push = min(wanted - found, *(int(room[u, v]) for u, v in path))
        for u, v in path:
            room[u, v] -= push
            room[v, u] += push
        found += push
        used.update(path)
    return found, used


def _path(room: NDArray[np.int64], start: int, end: int) -> list[Arrow]:
    """The shortest way with room on it."""
    came: dict[int, int] = {start: start}
    waiting = deque([start])
    while waiting and end not in came:
        at = waiting.popleft()
        for to in np.flatnonzero(room[at]).tolist():
            if to not in came:
                came[to] = at
                waiting.append(to)
    return list(walked(came, start, end)) if end in came else []


def walked(came: dict[int, int], start: int, end: int) -> Iterator[Arrow]:
    """The steps from start to end, the last first."""
    while end != start:
        yield came[end], end
        end = came[end]


def swing(
    net: Network, room: NDArray[np.int64], cell: Cell, up: int, down: int
) -> tuple[int, int, set[Arrow]]:
    """By how much a hidden cell can rise and fall, each up to what is asked, and over which connections."""
    u, v = net.arrow(cell)
    value = int(net.cells[cell])
    others = room.copy()
    # The cell itself is what changes; all else must make up for it.
    others[u, v] = others[v, u] = 0
    rises, over = flow(others.copy(), v, u, min(up, max(0, net.ceiling - value)))
    falls, under = flow(others, u, v, min(down, max(0, value - net.least)))
    return rises, falls, over | under

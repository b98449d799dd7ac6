"""A table with its totals as a network, in which what a reader can work out of hidden cells is a matter of flows.

Every row, every column, and the two lines of totals are nodes; every cell is an arrow between two of them, and a number
is what flows along it. The sums of the table say that as much flows into a node as out of it. How far a hidden cell can
rise or fall while all printed numbers stay true is then the most that can flow round through the other hidden cells:
a number found exactly, in whole numbers, by looking for paths (Ford and Fulkerson 1956).
"""

from __future__ import annotations

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


class Room:
    """How much more can flow between any two nodes, made for asking often: the connections of a node with room on them
    are the bits of one whole number, so that a look for a path takes few steps. What a question pushes is put back."""

    __slots__ = ("_arrives", "_back", "_left", "_reaches")

    def __init__(self, room: NDArray[np.int64]) -> None:
        self._left: list[list[int]] = room.tolist()
        self._reaches = _bits(room > 0)
        self._arrives = _bits(room.T > 0)
        self._back: list[tuple[int, int, int]] = []

    def close(self, u: int, v: int) -> tuple[int, int]:
        """Let nothing flow between two nodes, either way. Returns what could, for ``open``."""
        were = self._left[u][v], self._left[v][u]
        self._set(u, v, 0)
        self._set(v, u, 0)
        return were

    def open(self, u: int, v: int, were: tuple[int, int]) -> None:
        """Let as much flow between two nodes as did."""
        self._set(u, v, were[0])
        self._set(v, u, were[1])

    def flow(self, start: int, end: int, wanted: int) -> tuple[int, set[Arrow]]:
        """How much can flow from start to end, up to ``wanted``, and over which connections."""
        found, used = 0, set[Arrow]()
        while found < wanted and (path := self._path(start, end)):
            push = min(wanted - found, *(self._left[u][v] for u, v in path))
            for u, v in path:
                self._back.append((u, v, push))
                self._set(u, v, self._left[u][v] - push)
                self._set(v, u, self._left[v][u] + push)
            found += push
            used.update(path)
        for u, v, push in reversed(self._back):
            self._set(u, v, self._left[u][v] + push)
            self._set(v, u, self._left[v][u] - push)
        self._back.clear()
        return found, used

    def _set(self, u: int, v: int, room: int) -> None:
        self._left[u][v] = room
        if room:
            self._reaches[u] |= 1 << v
            self._arrives[v] |= 1 << u
        else:
            self._reaches[u] &= ~(1 << v)
            self._arrives[v] &= ~(1 << u)

    def _path(self, start: int, end: int) -> list[Arrow]:
        """The shortest way with room on it, or none."""
        last = self._arrives[end]
        came: dict[int, int] = {}
        if last >> start & 1:
            return [(start, end)]
        seen, waiting = 1 << start, [start]
        for at in waiting:
            fresh = self._reaches[at] & ~seen
            if near := fresh & last:
                came[end] = near.bit_length() - 1
                came[came[end]] = at
                return list(walked(came, start, end))
            seen |= fresh
            while fresh:
                to = fresh.bit_length() - 1
                fresh ^= 1 << to
                came[to] = at
                waiting.append(to)
        return []


def _bits(some: NDArray[np.bool_]) -> list[int]:
    """Each row as a whole number whose bits are its places."""
    packed = np.packbits(some, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def walked(came: dict[int, int], start: int, end: int) -> Iterator[Arrow]:
    """The steps from start to end, the last first."""
    while end != start:
        yield came[end], end
        end = came[end]


def swing(net: Network, room: Room, cell: Cell, up: int, down: int) -> tuple[int, int, set[Arrow]]:
    """By how much a hidden cell can rise and fall, each up to what is asked, and over which connections."""
    u, v = net.arrow(cell)
    value = int(net.cells[cell])
    # The cell itself is what changes; all else must make up for it.
    were = room.close(u, v)
    rises, over = room.flow(v, u, min(up, max(0, net.ceiling - value)))
    falls, under = room.flow(u, v, min(down, max(0, value - net.least)))
    room.open(u, v, were)
    return rises, falls, over | under

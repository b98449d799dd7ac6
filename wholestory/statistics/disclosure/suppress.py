"""Hide as few further cells as will do, so that the small ones cannot be worked out.

For every small cell a loop of other cells must be able to make up for its rising and falling (see ``network``). Loops
are looked for one cell after the other, through cells hidden already at no cost and through others at the cost of
hiding them; then every cell hidden for nothing is shown again. Several orders are tried. The pattern is audited before
it is given out, and where none is found the answer is to publish something coarser, never to show.

The idea of paths of least cost: Castro 2012 and Fischetti and Salazar 1999 (survey); code and search are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.disclosure.audit import audit
from wholestory.statistics.disclosure.network import (
    Arrow,
    Cell,
    Network,
    Room,
    Totals,
    network,
    swing,
    walked,
)
from wholestory.statistics.disclosure.small import small_cells

Hidden = NDArray[np.bool_]

#: Orders tried, the first by need and the others by chance.
TRIES = 12
#: No further order is begun after so many ways were looked for at a cost: a table full of small numbers is done in
#: seconds, with perhaps a cell more hidden than need be. A count, and not the clock, so that it is the same every time.
_ENOUGH = 2_500
_NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which cells are small, and which are hidden in all. ``hidden`` is None where no safe pattern was found: merge
    categories or periods, or do not publish."""

    small: Hidden
    hidden: Hidden | None

    @property
    def further(self) -> int:
        """How many cells are hidden that are not small."""
        return 0 if self.hidden is None else int((self.hidden & ~self.small).sum())


def suppress(
    full_table: ArrayLike, threshold: int, totals: Totals | str = Totals.BOTH, *, include_zero: bool = False,
    tries: int = TRIES, seed: int = 1,
) -> Pattern:  # fmt: skip
    """A pattern under which each small cell may be anything from 1 (or 0) to threshold - 1. Zeros are never hidden
    unless they count as small."""
    least = 0 if include_zero else 1
    net = network(full_table, totals, least)
    small = small_cells(net.cells, threshold, include_zero=include_zero)
    needs = _needs(net, small, threshold)
    chance = np.random.default_rng(seed)
    best: Hidden | None = None
    looked = _Looked()
    for attempt in range(tries if needs else 1):
        if attempt and looked.times >= _ENOUGH:
            break
        order = sorted(needs, key=lambda cell: -sum(needs[cell]))
        if attempt:
            chance.shuffle(order)
        jitter = chance.random(net.cells.shape) if attempt else None
        found = _attempt(net, small, needs, order, jitter, looked)
        if found is None:
            # Some cell cannot be made safe with everything hidden that may be: no order changes that.
            break
        if best is None or _cost(net, found) < _cost(net, best):
            best = found
        if not (best & ~small).any():
            break
    if best is not None and not audit(net.cells, best, threshold, totals, least, small_only=True).full_safe:
        raise AssertionError("A pattern that was found safe does not pass the audit.")
    return Pattern(small, best)


@dataclass(slots=True)
class _Looked:
    """How often a way was looked for at a cost."""

    times: int = 0


def _cost(net: Network, hidden: Hidden) -> tuple[int, int]:
    return int(hidden.sum()), int(net.cells[hidden].sum())


def _needs(net: Network, small: Hidden, threshold: int) -> dict[Cell, tuple[int, int]]:
    """By how much each small cell must be able to rise and to fall."""
    found = {}
    for i, j in zip(*(each.tolist() for each in np.nonzero(small)), strict=True):
        value = int(net.cells[i, j])
        found[(i, j)] = (threshold - 1 - value, value - net.least)
    return found


def _attempt(
    net: Network, small: Hidden, needs: dict[Cell, tuple[int, int]], order: list[Cell],
    jitter: NDArray[np.float64] | None, looked: _Looked,
) -> Hidden | None:  # fmt: skip
    hidden = small.copy()
    price = _price(net, small, jitter)
    room = Room(net.room(hidden))
    for cell in order:
        # In a table full of small numbers most are safe by the others that are hidden anyway.
        if swing(net, room, cell, *needs[cell])[:2] == needs[cell]:
            continue
        if not _protect(net, hidden, price, cell, *needs[cell], looked):
            return None
        room = Room(net.room(hidden))
    return _shown_again(net, hidden, small, needs)


def _price(net: Network, small: Hidden, jitter: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """What it costs to hide each cell: one, and a little for its size. Zeros cannot be hidden."""
    largest = max(1, int(net.cells.max()))
    price = 1 + 0.2 * np.sqrt(net.cells / largest)
    if jitter is not None:
        price = price * (0.8 + 0.4 * jitter)
    return np.asarray(np.where((net.cells == 0) | small, _NEVER, price))


def _protect(
    net: Network, hidden: Hidden, price: NDArray[np.float64], cell: Cell, up: int, down: int, looked: _Looked
) -> bool:
    """Hide what it takes for one small cell to be able to rise and fall as much as it must."""
    u, v = net.arrow(cell)
    for start, end, wanted in ((v, u, up), (u, v, down)):
        room, cost = _with_others(net, hidden, price, cell)
        while wanted > 0:
            looked.times += 1
            path = _cheapest(room, cost, start, end)
            if path is None:
                return False
            push = min(wanted, *(int(room[a, b]) for a, b in path))
            for a, b in path:
                room[a, b] -= push
                room[b, a] += push
                cost[a, b] = cost[b, a] = 0
                if net.cell_at[a, b] >= 0:
                    hidden.ravel()[net.cell_at[a, b]] = True
            wanted -= push
    return True


def _with_others(
    net: Network, hidden: Hidden, price: NDArray[np.float64], cell: Cell
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The room between nodes if everything that may be hidden were, and what each connection costs."""
    may = hidden | np.isfinite(price)
    may[cell] = False
    room = net.room(may)
    cost = np.zeros(room.shape)
    shown = ~hidden
    a, b = net.source[shown], net.target[shown]
    cost[a, b] = cost[b, a] = price[shown]
    return room, cost


def _cheapest(room: NDArray[np.int64], cost: NDArray[np.float64], start: int, end: int) -> list[Arrow] | None:
    """The cheapest way with room on it (Dijkstra 1959, on a full table of costs). Every step costs a trifle, so that of
    two free ways the shorter is taken."""
    steps = np.where(room > 0, cost + 1e-6, _NEVER)
    far = np.full(len(room), _NEVER)
    left = np.ones(len(room), dtype=bool)
    came = np.full(len(room), -1)
    far[start] = 0
    while True:
        at = int(np.where(left, far, _NEVER).argmin())
        if not left[at] or far[at] == _NEVER:
            return None
        if at == end:
            break
        left[at] = False
        nearer = far[at] + steps[at] < far
        far[nearer] = far[at] + steps[at][nearer]
        came[nearer] = at
    return list(walked({i: int(each) for i, each in enumerate(came) if each >= 0}, start, end))


def _shown_again(
    net: Network, hidden: Hidden, small: Hidden, needs: dict[Cell, tuple[int, int]]
) -> Hidden | None:
    """Show again each cell that no small one needs, the largest numbers first."""
    rests_on = {}
    room = Room(net.room(hidden))
    for cell, (up, down) in needs.items():
        rises, falls, over = swing(net, room, cell, up, down)
        if rises < up or falls < down:
            return None
        rests_on[cell] = over
    hidden = hidden.copy()
    extra = [(int(i), int(j)) for i, j in zip(*np.nonzero(hidden & ~small), strict=True)]
    for cell in sorted(extra, key=lambda one: -int(net.cells[one])):
        a, b = net.arrow(cell)
        were = room.close(a, b)
        again = {}
        for other, over in rests_on.items():
            if (a, b) in over or (b, a) in over:
                rises, falls, anew = swing(net, room, other, *needs[other])
                if (rises, falls) != needs[other]:
                    room.open(a, b, were)
                    break
                again[other] = anew
        else:
            hidden[cell] = False
            rests_on |= again
    return hidden

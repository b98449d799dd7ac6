"""Everything that was ever published, as sums over cells: what a reader who has all of it can work out.

A cell is known where it is printed, or was in an earlier report with the same number. Every other cell is unknown: at
least 1 where zeros beside it are printed, else at least 0. The sums hold whether their cells are printed or not. The
smallest and largest whole number an unknown cell can be is found exactly, among the cells its sums tie it to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import lil_array

#: A cell, and the cells that add up to it.
Sum = tuple[str, tuple[str, ...]]
#: No cell is larger than this, or than twice the largest there is.
MOST = 100_000
#: What the name of a difference ends in: by how much a later report has another number.
CHANGE = " (change)"


@dataclass(frozen=True)
class Released:
    """One report as it was published: all its cells, the sums between them, which were printed, and which were hidden
    in a table that prints its zeros. ``small_below`` is the threshold its cells were protected by."""

    cells: Mapping[str, int]
    sums: Sequence[Sum]
    printed: frozenset[str]
    hidden: frozenset[str]
    small_below: int
    stricter: Mapping[str, int] = field(default_factory=dict)

    def below(self, name: str) -> int:
        """The threshold of one cell: its data's owner may be stricter."""
        return max(self.small_below, self.stricter.get(name, 0))


@dataclass
class System:
    """The numbers, what is known of them, and the sums between them."""

    value: list[int] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    must_cover: dict[int, tuple[int, int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, value: int) -> int:
        """A number that is not known."""
        self.value.append(value)
        self.known.append(False)
        self.least.append(0)
        self.names.append(name)
        return len(self.value) - 1

    def protect(self, at: int, below: int, *, shown: bool) -> None:
        """Note that it must not be told, where it is small. For a number that stands hidden in a table all from 1 to
        one below its threshold must be possible; one that stands in none must not be told, nor kept below that."""
        value = self.value[at]
        if 0 < value < below:
            least = 1 if shown else min(value, below - 2)
            before = self.must_cover.get(at, (least, below - 1))
            self.must_cover[at] = (min(least, before[0]), max(below - 1, before[1]))

    def told(self) -> list[tuple[int, int, int]]:
        """The numbers that are told too well, each with the smallest and largest it can be."""
        found: list[tuple[int, int, int]] = []
        for tied in self._tied():
            found += tied.told(self.must_cover)
        return sorted(found)

    def range_of(self, at: int) -> tuple[int, int]:
        """The smallest and largest whole number one unknown can be."""
        return next(tied.range_of(at) for tied in self._tied() if at in tied.place)

    def _tied(self) -> list[_Tied]:
        """The unknown numbers in groups that sums tie together, each with its sums."""
        parent = {at: at for at in range(len(self.value)) if not self.known[at]}

        def top(at: int) -> int:
            while parent[at] != at:
                parent[at] = parent[parent[at]]
                at = parent[at]
            return at

        lines: list[tuple[dict[int, int], int]] = []
        for whole, parts in self.sums:
            line: dict[int, int] = {}
            fixed = 0
            for one, sign in [(whole, -1), *((each, 1) for each in parts)]:
                if self.known[one]:
                    fixed -= sign * self.value[one]
                else:
                    line[one] = line.get(one, 0) + sign
            unknown = list(line)
            for other in unknown[1:]:
                parent[top(other)] = top(unknown[0])
            if line:
                lines.append((line, fixed))
        groups: dict[int, _Tied] = {}
        for at in parent:
            group = groups.setdefault(top(at), _Tied())
            group.place[at] = len(group.place)
            group.least.append(self.least[at])
            group.value.append(self.value[at])
        for line, fixed in lines:
            group = groups[top(next(iter(line)))]
            group.rows.append({group.place[one]: number for one, number in line.items()})
            group.right.append(fixed)
        return list(groups.values())

    def cheapest(self, at: int, need: int, price: NDArray[np.float64]) -> list[int]:
        """Which further numbers have to be hidden so that one can be ``need`` more (or less): the cheapest way.

        ``price`` is 0 for what is unknown, and infinite for what cannot be hidden. Empty where there is no way.
        """
        n = len(self.value)
        table = lil_array((len(self.sums), 2 * n))
        for row, (whole, parts) in enumerate(self.sums):
            for one, sign in [(whole, -1.0), *((each, 1.0) for each in parts)]:
                table[row, one] += sign
                table[row, n + one] -= sign
        free = np.isfinite(price)
        up = np.where(free, _largest(self.value), 0.0)
        # What is printed now would be at least 1 when hidden, as it stands beside printed zeros.
        least = np.where(np.array(self.known), 1, np.array(self.least))
        down = np.where(free, np.maximum(0, np.array(self.value) - least), 0.0)
        bounds = [(0.0, most) for most in (*up, *down)]
        bounds[at] = (need, need) if need > 0 else (0, 0)
        bounds[n + at] = (-need, -need) if need < 0 else (0, 0)
        cost = np.where(free, price, 0.0) + 1e-6
        found = linprog(
            np.concatenate([cost, cost]), A_eq=table.tocsr(), b_eq=np.zeros(len(self.sums)), bounds=bounds
        )
        if not found.success:
            return []
        moved = found.x[:n] + found.x[n:]
        return [int(one) for one in np.flatnonzero(moved > 1e-7) if one != at]


@dataclass
class _Tied:
    """Unknown numbers that sums tie together. Every solution that is found shows what each of them can be."""

    place: dict[int, int] = field(default_factory=dict)
    least: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    def told(self, must_cover: Mapping[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
        """Of the small numbers, those that cannot be everything they must be able to be."""
        asked = [(at, *must_cover[at]) for at in self.place if at in must_cover]
        if not asked or not self.rows:
            return []
        low, high = np.array(self.value), np.array(self.value)
        found = []
        for at, least, most in asked:
            here = self.place[at]
            for sign, enough in ((1, low[here] <= least), (-1, high[here] >= most)):
                if not enough:
                    one = self._end(here, sign)
                    low, high = np.minimum(low, one), np.maximum(high, one)
            if low[here] > least or high[here] < most:
                found.append((at, int(low[here]), int(high[here])))
        return found

    def range_of(self, at: int) -> tuple[int, int]:
        """Both ends of one."""
        here = self.place[at]
        if not self.rows:
            return self.least[here], _largest(self.value)
        return int(self._end(here, 1)[here]), int(self._end(here, -1)[here])

    @cached_property
    def _sums(self) -> tuple[Bounds, LinearConstraint]:
        together = lil_array((len(self.rows), len(self.least)))
        for row, line in enumerate(self.rows):
            for one, number in line.items():
                together[row, one] = number
        right = np.array(self.right)
        bounds = Bounds(np.array(self.least), np.full(len(self.least), _largest(self.value)))
        return bounds, LinearConstraint(together.tocsr(), right, right)

    def _end(self, here: int, sign: int) -> NDArray[np.int64]:
        """Numbers that fit, with one of them as small (or, with -1, as large) as it can be."""
        bounds, fits = self._sums
        wanted = np.zeros(len(self.least))
        wanted[here] = sign
        found = milp(wanted, integrality=np.ones(len(self.least)), bounds=bounds, constraints=fits)
        # The true numbers fit; where no better are found, they are what is told.
        return np.array(self.value) if found.x is None else np.rint(found.x).astype(np.int64)


def _largest(values: Sequence[int]) -> int:
    return max([MOST, *(2 * one for one in values)])


def system(releases: Iterable[Released]) -> tuple[System, list[dict[str, int]]]:
    """All reports together, and of each which of its cells is which number.

    The same cell with the same number is one number. Where a later report has another, their difference is a number of
    its own that must not be told either, for it says how many were added or taken away.
    """
    all_of_it = System()
    places: list[dict[str, int]] = []
    latest: dict[str, int] = {}
    for release in releases:
        here: dict[str, int] = {}
        for name, value in release.cells.items():
            before = latest.get(name)
            if before is not None and all_of_it.value[before] == value:
                here[name] = before
            else:
                here[name] = all_of_it.add(name, value)
                if before is not None:
                    _differ(all_of_it, here[name], before, name, release.below(name))
            all_of_it.protect(here[name], release.below(name), shown=name in release.hidden)
            if name in release.printed:
                all_of_it.known[here[name]] = True
            elif name in release.hidden:
                all_of_it.least[here[name]] = 1
        all_of_it.sums += [(here[whole], tuple(here[one] for one in parts)) for whole, parts in release.sums]
        latest |= here
        places.append(here)
    return all_of_it, places


def _differ(all_of_it: System, now: int, before: int, name: str, below: int) -> None:
    more, fewer = (now, before) if all_of_it.value[now] > all_of_it.value[before] else (before, now)
    difference = all_of_it.add(f"{name}{CHANGE}", all_of_it.value[more] - all_of_it.value[fewer])
    all_of_it.sums.append((more, (fewer, difference)))
    all_of_it.protect(difference, below, shown=False)

"""Which numbers of the public report are not shown, and why: small ones, and those that would tell them.

First every small number is hidden, and a table whose whole is small is left out. Then each table by itself is made safe
by ``statistics.disclosure``; then all tables together, and then together with everything published before. Then all of
it is looked at as somebody would who has it (``attack``): where a small number could still be told, more is left out,
the nearest first. A report that shows nothing tells nothing new, so that this ends. What was hidden and can be worked
out all the same, and is not small, is shown in the end: hiding it gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from wholestory.child_deaths.rules.panel_report.attack import CHANGE, Released, Sum, System, system
from wholestory.child_deaths.rules.panel_report.layout import Face, Laid
from wholestory.statistics.disclosure.network import Totals
from wholestory.statistics.disclosure.suppress import suppress

#: How often single numbers are hidden before whole columns are.
_PATIENCE = 40


class Why(StrEnum):
    """Why a number is not shown."""

    SMALL = "small"
    TABLE = "table"
    OTHER_TABLE = "other_table"
    EARLIER = "earlier"
    WHOLE = "whole"
    NO_PATTERN = "no_pattern"

    @property
    def label(self) -> str:
        """In words, for the log."""
        return {
            "small": "Small number",
            "table": "It would tell a small number of the same table",
            "other_table": "It would tell a small number of another table",
            "earlier": "With a report published before, it would tell a small number",
            "whole": "The whole is small: none of it is shown",
            "no_pattern": "No other way to protect its small numbers: none of it is shown",
        }[self.value]


class CannotBePublished(ValueError):
    """A small number could be told, and nothing that is left to hide would help. It says so in plain words."""


_NOTHING_HELPS = (
    "With the reports published before, a small number could be worked out from it, and leaving out tables does not"
    " help. Keep the report of this year to the confidential version."
)


@dataclass
class Plan:
    """What is not shown: cells, and whole columns of tables; and ``printed``, all that is shown. ``checked`` is how
    many small numbers were tried."""

    hidden: dict[str, Why] = field(default_factory=dict)
    left_out: dict[str, Why] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    checked: int = 0


def plan(
    laid: Sequence[Laid], cells: Mapping[str, int], sums: Sequence[Sum], below: Mapping[str, int], usual: int,
    earlier: Sequence[Released] = (),
) -> Plan:  # fmt: skip
    """What to hide. ``below`` gives the threshold of each table by its key, ``usual`` that of everything else.

    Raises CannotBePublished where a small number could be told though nothing is left to leave out.
    """
    work = _Work(laid, cells, sums, below, usual, earlier)
    work.small()
    for table in laid:
        work.by_itself(table)
    work.protect(())
    if earlier:
        work.protect(earlier)
    work.show_what_is_told(earlier)
    work.plan.printed = work.released().printed
    return work.plan


def released(
    laid: Sequence[Laid], cells: Mapping[str, int], sums: Sequence[Sum], below: Mapping[str, int], usual: int, of: Plan
) -> Released:  # fmt: skip
    """What a report with this plan tells, for the look of the next one."""
    return _Work(laid, cells, sums, below, usual, (), of).released()


class _Work:
    def __init__(
        self, laid: Sequence[Laid], cells: Mapping[str, int], sums: Sequence[Sum], below: Mapping[str, int],
        usual: int, earlier: Sequence[Released], found: Plan | None = None,
    ) -> None:  # fmt: skip
        self.laid, self.cells, self.sums, self.usual = laid, cells, sums, usual
        self.plan = found or Plan()
        self.limit = {table.key: max(usual, below.get(table.key, 0)) for table in laid}
        self.stricter: dict[str, int] = {}
        for table in laid:
            for face in table.faces:
                for cell in face.cells:
                    self.stricter[cell] = max(self.limit[table.key], self.stricter.get(cell, 0))
        #: The last number printed of a cell in any report before.
        self.before = {name: one.cells[name] for one in earlier for name in one.printed}

    def faces(self) -> list[tuple[Laid, Face]]:
        return [
            (table, face) for table in self.laid for face in table.faces if face.key not in self.plan.left_out
        ]

    def value(self, cell: str) -> int:
        return self.cells.get(cell, 0)

    def is_small(self, cell: str) -> bool:
        return 0 < self.value(cell) < self.stricter.get(cell, self.usual)

    def hide(self, cells: Iterable[str], why: Why) -> None:
        for cell in cells:
            self.plan.hidden.setdefault(cell, why)

    def small(self) -> None:
        """Small wholes take their column with them, and the table where lines and columns add up."""
        for table in self.laid:
            out = [face for face in table.faces if face.whole and self.is_small(face.whole)]
            if table.cross and table.faces[-1] in out:
                out = list(table.faces)
            elif table.cross:
                out = []
            for face in out:
                self.plan.left_out[face.key] = Why.WHOLE
        for _, face in self.faces():
            self.hide((cell for cell in face.cells if self.is_small(cell)), Why.SMALL)
            for cell in face.cells:
                change = abs(self.value(cell) - self.before.get(cell, self.value(cell)))
                if 0 < change < self.stricter[cell]:
                    self.hide([cell], Why.EARLIER)

    def by_itself(self, table: Laid) -> None:
        """The pattern of one table alone, where its lines and columns add up."""
        if table.cross and table.faces[0].key not in self.plan.left_out:
            grid = [face.cells for face in table.faces]
            self._pattern(table, [list(line) for line in zip(*grid, strict=True)], Totals.BOTH, table.faces)
            return
        for face in table.faces:
            if face.whole and face.key not in self.plan.left_out:
                self._pattern(table, [list(face.cells)], Totals.ROW, (face,))

    def _pattern(self, table: Laid, grid: list[list[str]], totals: Totals, faces: Iterable[Face]) -> None:
        numbers = [[self.value(cell) for cell in line] for line in grid]
        found = suppress(numbers, self.limit[table.key], totals)
        if found.hidden is None:
            for face in faces:
                self.plan.left_out[face.key] = Why.NO_PATTERN
            return
        for line, marks in zip(grid, found.hidden, strict=True):
            self.hide((cell for cell, mark in zip(line, marks, strict=True) if mark), Why.TABLE)

    def released(self, *, nothing: bool = False) -> Released:
        """What is told as the plan is now, or where ``nothing`` at all is shown."""
        shown = set() if nothing else {cell for _, face in self.faces() for cell in face.cells}
        hidden = frozenset(shown & self.plan.hidden.keys())
        return Released(self.cells, self.sums, frozenset(shown - hidden), hidden, self.usual, self.stricter)

    def protect(self, earlier: Sequence[Released]) -> None:
        """Hide further numbers until no small one is told better than what was published before tells it by itself."""
        alone: dict[int, tuple[int, int]] = {}
        if earlier:
            nothing, _ = system([*earlier, self.released(nothing=True)])
            alone = {at: (low, high) for at, low, high in nothing.told()}
        stuck = False
        for turn in range(_PATIENCE + 2 * len(self.faces())):
            everything, places = system([*earlier, self.released()])
            here = places[-1]
            self.plan.checked = len(everything.must_cover)
            for at, (low, high) in alone.items():
                least, most = everything.must_cover.get(at, (low, high))
                everything.must_cover[at] = (max(least, low), min(most, high))
            told = everything.told()
            if not told:
                return
            if stuck or turn >= _PATIENCE:
                for number, (at, _, _) in enumerate(told):
                    if number == 0 or self._left():
                        self._leave_out(self._name(everything, here, at), earlier)
                stuck = False
                continue
            before = len(self.plan.hidden) + len(self.plan.left_out)
            for at, low, high in told:
                if not self._one(everything, here, at, low, high, earlier):
                    break
            stuck = before == len(self.plan.hidden) + len(self.plan.left_out)
        raise CannotBePublished(_NOTHING_HELPS)

    def show_what_is_told(self, earlier: Sequence[Released]) -> None:
        """A number that is not small and is what others that are printed leave is shown, and so nothing new is told."""
        everything, places = system([*earlier, self.released()])
        known, more = everything.known, True
        while more:
            more = False
            for total, parts in everything.sums:
                unknown = [one for one in (total, *parts) if not known[one]]
                if len(unknown) == 1:
                    known[unknown[0]] = more = True
        for cell in [*self.plan.hidden]:
            at = places[-1].get(cell)
            if at is not None and known[at] and at not in everything.must_cover:
                del self.plan.hidden[cell]

    @staticmethod
    def _name(everything: System, here: Mapping[str, int], at: int) -> str:
        names = {place: name for name, place in here.items()}
        return names.get(at, everything.names[at]).removesuffix(CHANGE)

    def _one(
        self, everything: System, here: Mapping[str, int], at: int, low: int, high: int, earlier: Sequence[Released]
    ) -> bool:  # fmt: skip
        """Hide what one number needs. No where a column had to be left out instead: then all is looked at anew."""
        names = {place: name for name, place in here.items()}
        value = everything.value[at]
        least, most = everything.must_cover[at]
        for need in ([most - value] if high < most else []) + ([least - value] if low > least else []):
            moved = everything.cheapest(at, need, self._price(everything, here))
            if not moved:
                self._leave_out(self._name(everything, here, at), earlier)
                return False
            self._hide_moved(
                everything, [one for one in moved if everything.known[one]], names, at, bool(earlier)
            )
        return True

    def _hide_moved(
        self, everything: System, moved: Iterable[int], names: Mapping[int, str], at: int, late: bool
    ) -> None:
        beside = {
            cell for table in self.laid for face in table.faces if names.get(at) in face.cells
            for other in table.faces for cell in other.cells
        }  # fmt: skip
        for one in moved:
            everything.known[one], everything.least[one] = False, 1
            same = names[one] in beside
            self.hide([names[one]], Why.EARLIER if late else Why.TABLE if same else Why.OTHER_TABLE)

    def _price(self, everything: System, here: Mapping[str, int]) -> NDArray[np.float64]:
        """What it costs to hide each number: wholes much, large numbers more than small ones."""
        wholes = {face.whole for _, face in self.faces()}
        printed = self.released().printed
        price = np.where(np.array(everything.known), np.inf, 0.0)
        largest = max([1, *(self.value(cell) for cell in here)])
        for cell in printed:
            at = here.get(cell)
            if at is None or not everything.known[at]:
                continue
            if self.value(cell) > 0 and self.before.get(cell) != self.value(cell):
                price[at] = (1 + 0.2 * np.sqrt(self.value(cell) / largest)) * (8 if cell in wholes else 1)
        return price

    def _left(self) -> list[tuple[Laid, Face]]:
        """The columns that say more than was published before."""
        return [
            (table, face) for table, face in self.faces()
            if any(self.before.get(each) != self.value(each) for each in face.cells)
        ]  # fmt: skip

    def _leave_out(self, cell: str, earlier: Sequence[Released]) -> None:
        """No number is left to hide: leave out a column that ties this one (the sums of earlier reports tie too), the
        nearest and then the smallest first; where none does, the smallest there is."""
        faces = self._left()
        if not faces:
            raise CannotBePublished(_NOTHING_HELPS)
        sums = {(one[0], *one[1]) for each in (self.sums, *(one.sums for one in earlier)) for one in each}
        reached, edge = {cell}, {cell}
        near: list[tuple[Laid, Face]] = []
        while edge and not near:
            near = [(table, face) for table, face in faces if edge & set(face.cells)]
            joined = {each for one in sums if edge.intersection(one) for each in one}
            edge, beyond = joined - reached, edge
            reached |= edge
            if near:
                near.sort(
                    key=lambda one: (not beyond & set(one[1].parts), self.value(one[1].whole), one[1].key)
                )
        table, face = (near or sorted(faces, key=lambda one: (self.value(one[1].whole), one[1].key)))[0]
        for each in table.faces if table.cross else (face,):
            self.plan.left_out[each.key] = Why.EARLIER if earlier else Why.NO_PATTERN

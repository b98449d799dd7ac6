"""Which counts of a published report are not shown, and why: small ones, and those that would tell them.

First every small count is hidden: of those counted, of those left over, of those it is among. Then each measure's table
of agencies with its whole is made safe by ``statistics.disclosure``; then everything that hangs together, over
measures, quarters and longer periods; then together with every version that was ever published. Where nothing that is
left to hide helps, the figure is left out: longer periods first, then agencies, then earlier periods, then all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from wholestory.performance.rules.public_cells import REST, Count, Counts, Subject
from wholestory.statistics.disclosure.linked import CHANGE, Released, Sum, System, system
from wholestory.statistics.disclosure.network import Totals
from wholestory.statistics.disclosure.small import THRESHOLDS
from wholestory.statistics.disclosure.suppress import suppress

#: The parts of a measure, in the order in which they are left out.
PARTS = ("longer", "agencies", "periods", "main")
USUAL = THRESHOLDS["board"]
#: How often single counts are hidden before parts are left out.
_PATIENCE = 25


class Why(StrEnum):
    """Why a count is not shown."""

    SMALL = "small"
    TABLE = "table"
    ELSEWHERE = "elsewhere"
    EARLIER = "earlier"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        """In words, for the log."""
        return {
            "small": "Small number, of those counted or of those left over",
            "table": "It would tell a small number of the same table",
            "elsewhere": "It would tell a small number of another table or period",
            "earlier": "With a version published before, it would tell a small number",
            "left_out": "No other way to protect small numbers: left out",
        }[self.value]


@dataclass
class Plan:
    """What is not shown: cells, and parts of measures (code and part). ``checked`` is how many small numbers were
    tried to be worked out."""

    hidden: dict[str, Why] = field(default_factory=dict)
    left_out: dict[tuple[str, str], Why] = field(default_factory=dict)
    checked: int = 0

    def shows(self, code: str, part: str) -> bool:
        """Whether a part of a measure stands in it at all."""
        return (code, part) not in self.left_out and (code, "main") not in self.left_out


class CannotBePublished(ValueError):
    """A small number could be told, and nothing that is left to hide would help."""


def plan(made: Counts, earlier: Sequence[Released] = (), *, hide: bool = True) -> Plan:
    """What to hide, each group of measures that hangs together by itself. ``hide`` is off in a test alone.

    Raises CannotBePublished where a small number could be told though nothing is shown.
    """
    found = Plan()
    for subject in made.subjects:
        if subject.unfit:
            found.left_out[(subject.code, "main")] = Why.LEFT_OUT
    if not hide:
        return found
    before = [_by_code(each) for each in earlier]
    for group in _groups(made, earlier):
        work = _Work(_narrowed(made, group), [_of(each, group) for each in before], found)
        work.run()
    return found


def released(made: Counts, of: Plan) -> Released:
    """What a report with this plan tells, for the look of the next one."""
    return _Work(made, (), of).released()


def _code(cell: str) -> str:
    return cell.partition("|")[0]


def _groups(made: Counts, earlier: Sequence[Released]) -> list[frozenset[str]]:
    """Codes of measures that sums tie together, now or in what was published before."""
    group: dict[str, set[str]] = {_code(cell): {_code(cell)} for cell in made.cells}
    for each in (made.sums, *(one.sums for one in earlier)):
        for whole, parts in each:
            codes = {_code(whole), *map(_code, parts)}
            joined = set[str]().union(*(group.get(code, {code}) for code in codes))
            for code in joined:
                group[code] = joined
    return sorted({frozenset(each) for each in group.values()}, key=sorted)


def _narrowed(made: Counts, codes: frozenset[str]) -> Counts:
    return Counts(
        [one for one in made.subjects if one.code in codes],
        {name: value for name, value in made.cells.items() if _code(name) in codes},
        [one for one in made.sums if _code(one[0]) in codes],
        {name: value for name, value in made.below.items() if _code(name) in codes},
    )


def _by_code(each: Released) -> dict[str, Released]:
    """One version as a part for each measure."""
    cells: dict[str, dict[str, int]] = {}
    sums: dict[str, list[Sum]] = {}
    for name, value in each.cells.items():
        cells.setdefault(_code(name), {})[name] = value
    for one in each.sums:
        sums.setdefault(_code(one[0]), []).append(one)
    return {
        code: replace(
            each, cells=own, sums=sums.get(code, []), printed=each.printed & own.keys(), hidden=each.hidden & own.keys()
        )
        for code, own in cells.items()
    }  # fmt: skip


def _of(parts: Mapping[str, Released], codes: frozenset[str]) -> Released:
    """What one version tells of these measures."""
    own = [parts[code] for code in sorted(codes) if code in parts]
    return Released(
        {name: value for one in own for name, value in one.cells.items()}, [each for one in own for each in one.sums],
        frozenset[str]().union(*(one.printed for one in own)), frozenset[str]().union(*(one.hidden for one in own)),
        max((one.small_below for one in own), default=USUAL),
        {name: one.stricter[name] for one in own for name in one.cells if name in one.stricter},
    )  # fmt: skip


class _Work:
    def __init__(self, made: Counts, earlier: Sequence[Released], found: Plan) -> None:
        self.made, self.earlier, self.plan = made, earlier, found
        self.late = False
        #: The last number printed of a cell in any version before.
        self.before = {name: one.cells[name] for one in earlier for name in one.printed}

    def run(self) -> None:
        """Hide what must be hidden."""
        self.small()
        for subject in self.made.subjects:
            if subject.agencies and self.plan.shows(subject.code, "agencies"):
                self.table(subject)
        self.protect(())
        if self.earlier:
            self.protect(self.earlier)

    def parts(self) -> Iterable[tuple[Subject, str, tuple[Count, ...]]]:
        """Every part that is shown, with its figures."""
        for one in self.made.subjects:
            for part, counts in (
                ("main", (one.main,)), ("agencies", one.agencies), ("periods", one.periods), ("longer", one.longer),
            ):  # fmt: skip
                if self.plan.shows(one.code, part):
                    yield one, part, counts

    def small(self) -> None:
        """Every small count, and every one that changed by a small number since it was published."""
        for _, _, counts in self.parts():
            for cell in (each for one in counts for each in one.cells):
                value, below = self.made.cells[cell], self.made.below[cell]
                if 0 < value < below:
                    self.plan.hidden.setdefault(cell, Why.SMALL)
                elif 0 < abs(value - self.before.get(cell, value)) < below:
                    self.plan.hidden.setdefault(cell, Why.EARLIER)

    def table(self, subject: Subject) -> None:
        """The pattern of one measure's agencies and their whole, where they add up."""
        tables = {total: parts for total, parts in self.made.sums if _is_table(parts)}
        keys = [key for key in ("n", "c", "d") if getattr(subject.main, key)]
        lines = [tables.get(getattr(subject.main, key), ()) for key in keys]
        if not keys or not all(lines):
            return
        whole = [getattr(subject.main, key) for key in keys]
        below = max(self.made.below[cell] for cell in whole)
        if len(keys) == 3:
            self.pattern(
                [[*each] for each in zip(*lines, strict=True)] + [whole], Totals.BOTH, below, subject
            )
            return
        for line, total in zip(lines, whole, strict=True):
            self.pattern([[*line, total]], Totals.ROW, below, subject)

    def pattern(self, grid: list[list[str]], totals: Totals, below: int, subject: Subject) -> None:
        """Hide what one table needs; leave the agencies out where no pattern is safe."""
        found = suppress([[self.made.cells[cell] for cell in line] for line in grid], below, totals)
        if found.hidden is None:
            self.plan.left_out[(subject.code, "agencies")] = Why.LEFT_OUT
            return
        for line, marks in zip(grid, found.hidden, strict=True):
            for cell, mark in zip(line, marks, strict=True):
                if mark:
                    self.plan.hidden.setdefault(cell, Why.TABLE)

    def released(self, *, nothing: bool = False) -> Released:
        """What is told as the plan is now, or where ``nothing`` at all is shown."""
        counts = () if nothing else [one for _, _, some in self.parts() for one in some]
        shown = {cell for one in counts for cell in (one.n, one.d) if cell}
        hidden = shown & self.plan.hidden.keys()
        printed = shown - hidden
        for one in counts:
            if one.c and {one.n, one.d} <= printed and one.c not in self.plan.hidden:
                printed.add(one.c)
            elif one.c and one.d in printed:
                # Were nothing left over, those counted would not be withheld beside what they are of.
                hidden.add(one.c)
        hidden = {cell for cell in hidden - printed if self.made.cells[cell] > 0}
        return Released(
            self.made.cells, self.made.sums, frozenset(printed), frozenset(hidden), USUAL, self.made.below
        )

    def protect(self, earlier: Sequence[Released]) -> None:
        """Hide further counts until no small one is told better than what was published before tells it by itself."""
        alone: dict[int, tuple[int, int]] = {}
        self.late = bool(earlier)
        if earlier:
            nothing, _ = system([*earlier, self.released(nothing=True)])
            alone = {at: (low, high) for at, low, high in nothing.told()}
        everything = System()
        for turn in range(_PATIENCE + 5 * len(self.made.subjects)):
            everything, places = system([*earlier, self.released()])
            for at, (low, high) in alone.items():
                least, most = everything.must_cover.get(at, (low, high))
                everything.must_cover[at] = (max(least, low), min(most, high))
            told = everything.told()
            if not told:
                break
            before = len(self.plan.hidden)
            if turn < _PATIENCE:
                for at, low, high in told:
                    self.one(everything, places[-1], at, low, high)
            if turn >= _PATIENCE or before == len(self.plan.hidden):
                self.leave_out(everything, told[0][0])
        else:
            raise CannotBePublished(
                "With what was published before, a small number could be worked out, whatever is left out."
            )
        if self.late == bool(self.earlier):
            self.plan.checked += len(everything.must_cover)

    def one(self, everything: System, here: Mapping[str, int], at: int, low: int, high: int) -> None:
        """Hide what one count needs, where anything helps."""
        names = {place: name for name, place in here.items()}
        value, (least, most) = everything.value[at], everything.must_cover[at]
        for need in ([most - value] if high < most else []) + ([least - value] if low > least else []):
            moved = everything.cheapest(at, need, self.price(everything, here))
            for each in moved:
                if everything.known[each] and each in names:
                    everything.known[each], everything.least[each] = False, 1
                    why = Why.EARLIER if self.late else Why.ELSEWHERE
                    self.plan.hidden.setdefault(names[each], why)

    def price(self, everything: System, here: Mapping[str, int]) -> NDArray[np.float64]:
        """What it costs to hide each count: the whole area much, large counts more than small ones."""
        price = np.where(np.array(everything.known), np.inf, 0.0)
        largest = max([1, *self.made.cells.values()])
        for cell in self.released().printed:
            at, value = here[cell], self.made.cells[cell]
            if everything.known[at] and value > 0 and self.before.get(cell) != value:
                heavy = 8 if "||" in cell else 1
                price[at] = (1 + 0.2 * np.sqrt(value / largest)) * heavy
        return price

    def leave_out(self, everything: System, at: int) -> None:
        """Leave out the next part of the measure this count is of, or else of one that hangs together with it."""
        code = _code(everything.names[at].removesuffix(CHANGE))
        shown = {(one.code, part) for one, part, counts in self.parts() if any(each.cells for each in counts)}
        for part in PARTS:
            for one in sorted({each for each, _ in shown}, key=lambda each: (each != code, each)):
                if (one, part) in shown:
                    self.plan.left_out[(one, part)] = Why.EARLIER if self.late else Why.LEFT_OUT
                    return
        raise CannotBePublished(
            "With what was published before, a small number could be worked out, whatever is left out."
        )


def _is_table(line: Sequence[str]) -> bool:
    """Whether the parts of a sum are agencies, with what is left over, and not what another count is made of."""
    return len({cell.split("|")[1] for cell in line}) == 1 and all(cell.split("|")[2] for cell in line)


__all__ = ["PARTS", "REST", "CannotBePublished", "Plan", "Why", "plan", "released"]

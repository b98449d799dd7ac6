"""Which tables the report has, which cells stand in them, and which sums tie cells together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wholestory.child_deaths.rules.panel_report import kinds
from wholestory.child_deaths.rules.panel_report.attack import Sum
from wholestory.child_deaths.rules.panel_report.counting import (
    NOTIFIED,
    REVIEWED,
    TOGETHER,
    whole,
)


@dataclass(frozen=True)
class Face:
    """One column of numbers: the parts of a whole, line by line. ``whole`` is empty where they add up to nothing."""

    key: str
    head: str
    whole: str
    parts: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell that stands in it."""
        return (*self.parts, *([self.whole] if self.whole else []))


@dataclass(frozen=True)
class Laid:
    """A table: its lines by name, and its columns of numbers. ``cross`` marks one whose lines add up too, its last
    column being their wholes. ``only_large``: lines whose number is hidden are left out; ``only_some``: lines of 0."""

    key: str
    section: str
    caption: str
    head: str
    labels: tuple[str, ...]
    faces: tuple[Face, ...]
    cross: bool = False
    only_large: bool = False
    shares: bool = True
    drawn: bool = False
    only_some: bool = False
    #: The number of which nothing is held, and the whole it is of: where they are the same, no line is 0.
    not_held: tuple[str, str] | None = None
    #: Lines and columns that add up besides: of each a whole and its parts.
    sums: tuple[Sum, ...] = ()
    #: Numbers of single years that no row is counted for: each is the sum of others.
    adds: tuple[Sum, ...] = ()


def together(calendar: str, year: int, years: int = TOGETHER) -> str:
    """The cell of several years to this one: ``notified:2013-2015``."""
    return f"{calendar}:{year - years + 1}-{year}"


def completed(cells: Mapping[str, int], laid: Sequence[Laid], year: int) -> tuple[dict[str, int], list[Sum]]:
    """Every cell of these tables, those of three years together and of the two before this one with them, and every
    sum between them. Sums that do not hold (a year was counted otherwise when it was first published) are left out."""
    named = {cell for table in laid for face in table.faces for cell in face.cells}
    named |= {cell for table in laid for one in table.sums for cell in (one[0], *one[1])}
    found = {**dict.fromkeys(named, 0), **cells}
    for total, parts in (one for table in laid for one in table.adds):
        found[total] = sum(found.get(each, 0) for each in parts)
    windows: list[Sum] = []
    for calendar in (NOTIFIED, REVIEWED):
        years = [whole(calendar, then) for then in range(year - TOGETHER + 1, year + 1)]
        two, three = together(calendar, year - 1, TOGETHER - 1), together(calendar, year)
        of_it = {*years, two, three}
        tails = {name.partition("|")[2] for name in found if name.partition("|")[0] in of_it}
        for tail in sorted(tails | {""}):
            if tail and not _over_years(tail):
                continue
            *before, now = (f"{one}|{tail}" if tail else one for one in years)
            both, all_three = (f"{one}|{tail}" if tail else one for one in (two, three))
            found[both] = sum(found.setdefault(one, 0) for one in before)
            found[all_three] = found[both] + found.setdefault(now, 0)
            windows += [(both, tuple(before)), (all_three, (now, both))]
    return found, [*_sums(laid, found, year), *windows]


def _sums(laid: Iterable[Laid], cells: dict[str, int], year: int) -> list[Sum]:
    """The sums of lines and columns, those of the years before this one among them."""
    found: dict[Sum, None] = {}
    for table in laid:
        for one in table.sums:
            found[one] = None
        for face in table.faces:
            if not face.whole:
                continue
            found[(face.whole, face.parts)] = None
            base = face.whole.partition("|")[0]
            calendar, _, when = base.partition(":")
            if when != f"{year - TOGETHER + 1}-{year}":
                continue
            for other in (
                *(whole(calendar, then) for then in range(year - TOGETHER + 1, year)),
                together(calendar, year - 1, TOGETHER - 1),
            ):
                found[(other, tuple(part_.replace(base, other, 1) for part_ in face.parts))] = None
    for one in found:
        for cell in (one[0], *one[1]):
            cells.setdefault(cell, 0)
    return [one for one in found if cells[one[0]] == sum(cells[each] for each in one[1])]


def _over_years(tail: str) -> bool:
    """Whether a kind is counted of three years together."""
    return tail.partition("=")[0] in kinds.OVER_YEARS

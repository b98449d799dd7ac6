"""Which groups of people may be shown apart, so that nothing shown, taken from anything else shown, leaves fewer
people than the minimum.

Groups too small to stand alone are put together under one heading, with larger ones where they would still be too
few: every total is then the sum of what is shown. Inside that, an organisation's staff groups are shown all or none.
Source: domain notes on quality assurance, 6.1 (primary and secondary suppression, totals and complements).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

#: The key of what is put together.
TOGETHER = "together"


def kept_back(counts: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The groups that may not be shown apart: those below the minimum and, where these would be found by taking the
    others from the total, the smallest of the others too. Empty groups hide nobody and are not counted here.

    What is kept back is nobody, or at least two groups with at least ``minimum`` people together, or everything.
    """
    people = {key: n for key, n in counts.items() if n > 0}
    hidden = {key for key, n in people.items() if n < minimum}
    others = sorted((key for key in people if key not in hidden), key=lambda key: (people[key], key))
    while hidden and others and (len(hidden) < 2 or sum(people[key] for key in hidden) < minimum):
        hidden.add(others.pop(0))
    return frozenset(hidden)


@dataclass(frozen=True)
class Merged:
    """Groups as they are shown: those that stand alone, and those put together (none when all stand alone)."""

    alone: tuple[str, ...]
    together: tuple[str, ...]

    def place(self, key: str) -> str:
        """Where a group's people are counted."""
        return TOGETHER if key in self.together else key

    @property
    def keys(self) -> tuple[str, ...]:
        """What is shown, in order, with what is put together last."""
        return (*self.alone, *((TOGETHER,) if self.together else ()))


def merge(counts: Mapping[str, int], minimum: int) -> Merged:
    """Put together what is too small. Empty groups go with the others that are put together, so that nothing tells
    "nobody" from "few". Everything together, when nothing else can be shown."""
    hidden = kept_back(counts, minimum)
    empty = [key for key, n in counts.items() if n == 0]
    gone = {*hidden, *(empty if hidden else ())}
    if len([key for key, n in counts.items() if n > 0 and key not in gone]) == 0:
        return Merged((), tuple(counts))
    return Merged(
        tuple(key for key in counts if key not in gone), tuple(key for key in counts if key in gone)
    )


@dataclass(frozen=True)
class Shown:
    """What may be shown of one table of organisations by staff groups: whether its total, which rows, which columns,
    and the rows whose cells are shown as well."""

    total: bool
    rows: frozenset[str]
    columns: frozenset[str]
    inside: frozenset[str]


Cells = Mapping[tuple[str, str], int]


def shown(
    cells: Cells,
    rows: Sequence[str],
    columns: Sequence[str],
    minimum: int,
    within: Collection[str] | None = None,
) -> Shown:
    """Decide for one table of people counted by row and column. ``within`` are the rows that may be opened at all.

    Rows and columns are decided by their own totals. A row is opened only when each of its cells holds nobody or
    enough people, every column is shown, and what remains of each column outside the opened rows is nobody or enough
    people. The rows that stay shut then share a full block of which only whole rows and whole columns are known, so
    no sum or difference of what is shown singles out fewer people than a row or a column that may be shown.
    """
    by_row = {row: sum(cells.get((row, column), 0) for column in columns) for row in rows}
    by_column = {column: sum(cells.get((row, column), 0) for row in rows) for column in columns}
    people = sum(by_row.values())
    if people < minimum:
        return Shown(False, frozenset(), frozenset(), frozenset())
    shown_rows = frozenset(rows) - kept_back(by_row, minimum)
    shown_columns = frozenset(columns) - kept_back(by_column, minimum)
    may_open = shown_rows if within is None else shown_rows & frozenset(within)
    opened = {
        row
        for row in may_open
        if len(shown_columns) == len(columns)
        and _each_enough((cells.get((row, c), 0) for c in columns), minimum)
    }
    while opened:
        shut = [row for row in rows if row not in opened]
        remains = [sum(cells.get((row, column), 0) for row in shut) for column in columns]
        if _each_enough(remains, minimum):
            break
        opened.remove(min(opened, key=lambda row: (by_row[row], row)))
    return Shown(True, shown_rows, shown_columns, frozenset(opened))


def _each_enough(numbers: Iterable[int], minimum: int) -> bool:
    return all(n == 0 or n >= minimum for n in numbers)

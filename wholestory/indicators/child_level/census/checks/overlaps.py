"""Which stretches of time begin inside another. Sorting makes it quick even for a record with thousands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from wholestory.indicators.child_level.census.records import Record

Span = tuple[int, int | None, Record]
"""First day, last day, and whose it is. A last day of None covers nothing."""


def begins_inside(spans: Sequence[Span], *, last_day_counts: bool = False) -> list[Record]:
    """The records whose first day lies in another's span. A span may begin on the day another ends, unless
    `last_day_counts`. Of two that begin together, the later in the file is given."""
    if len(spans) < 2:
        return []
    found, furthest = [], None
    for first, last, record in sorted(spans, key=lambda span: span[0]):
        if furthest is not None and (first < furthest or (last_day_counts and first == furthest)):
            found.append(record)
        if last is not None and (furthest is None or last > furthest):
            furthest = last
    return found


class Covered:
    """Stretches of days, asked many times whether a day lies in one of them: from its first day, before its last."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        furthest = 0
        for first, end in sorted(spans):
            furthest = max(furthest, end)
            self._starts.append(first)
            self._ends.append(furthest)

    def __contains__(self, day: int | None) -> bool:
        if day is None:
            return False
        before = bisect_right(self._starts, day)
        return before > 0 and day < self._ends[before - 1]

"""How points on a chart are read: rules, the kind of each point, and what the last one says.

Source: NHS England, Making Data Count; Nelson 1984 for the runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from wholestory.statistics.values import CannotBeCounted

#: Points on one side of the centre, or steps plus one in one direction, that make a signal.
RUN = 7


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What a point says."""

    COMMON = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the process as it is will meet its target."""

    MEETS = "consistent_pass"
    MISSES = "consistent_fail"
    EITHER = "inconsistent"


def kind_of(up: bool, better: Direction) -> Kind:
    """The kind of a signal upwards or downwards."""
    if better is Direction.NEUTRAL:
        return Kind.NEUTRAL_HIGH if up else Kind.NEUTRAL_LOW
    return Kind.IMPROVEMENT if up == (better is Direction.INCREASE) else Kind.CONCERN


def assurance_of(target: float, upper: float, lower: float, better: Direction) -> Assurance | None:
    """Whether limits lie wholly on one side of the target. None where neither way is better."""
    if better is Direction.NEUTRAL:
        return None
    if target > upper:
        return Assurance.MISSES if better is Direction.INCREASE else Assurance.MEETS
    if target < lower:
        return Assurance.MEETS if better is Direction.INCREASE else Assurance.MISSES
    return Assurance.EITHER


def stretches(values: Sequence[float | None], parts: Sequence[range]) -> Iterator[range]:
    """The runs of points without a gap, part by part: nothing is read across a missing period or a new part."""
    for part in parts:
        start = part.start
        for i in part:
            if values[i] is None:
                if i > start:
                    yield range(start, i)
                start = i + 1
        if part.stop > start:
            yield range(start, part.stop)


def shifted(sides: Sequence[int], stretch: range) -> set[int]:
    """The points of runs of seven or more on one side of the centre (+1 or -1; 0 breaks)."""
    found: set[int] = set()
    start = stretch.start
    for i in [*stretch, stretch.stop]:
        ends = i == stretch.stop or sides[i] != sides[start]
        if ends:
            if sides[start] != 0 and i - start >= RUN:
                found.update(range(start, i))
            start = i
    return found


def trends(values: Sequence[float | None], stretch: range) -> dict[int, int]:
    """The points of seven or more each higher (+1) or lower (-1) than the one before. A turning point belongs to the
    later trend; equal neighbours break both."""
    found: dict[int, int] = {}
    start, way = stretch.start, 0
    for i in stretch[1:]:
        before, here = values[i - 1], values[i]
        if before is None or here is None:
            raise CannotBeCounted("A stretch has a value in every period.")
        step = (here > before) - (here < before)
        if step != way:
            _mark(found, start, i, way)
            start, way = i - 1, step
    _mark(found, start, stretch.stop, way)
    return found


def _mark(found: dict[int, int], start: int, stop: int, way: int) -> None:
    if way and stop - start >= RUN:
        found.update(dict.fromkeys(range(start, stop), way))

"""Sums, runs and marks along many series at once: one step for each period, all series together.

Arrays here stand with periods first and series second, so that a step reads memory in order. ``starts`` says where a
new part of a series begins (always at its first period); nothing is read across a start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """For each period the sum and the number of what was taken in its whole part. ``mean`` is NaN for none."""

    total: Numbers
    number: Whole
    mean: Numbers


def sums(values: Numbers, taken: Flags, starts: Flags) -> Sums:
    """Sums over each part of the values taken, exact to the last place (Neumaier 1974), as ``math.fsum`` gives.

    A mean never leaves the range of what it is the mean of: a series that never moves lies on its own centre.
    """
    periods, series = values.shape
    running, number = np.zeros((periods, series)), np.zeros((periods, series), dtype=np.int64)
    lowest, highest = np.empty((periods, series)), np.empty((periods, series))
    total, small, many = np.zeros(series), np.zeros(series), np.zeros(series, dtype=np.int64)
    low, high = np.full(series, np.inf), np.full(series, -np.inf)
    for at in range(periods):
        fresh, used = starts[at], taken[at]
        total, small = np.where(fresh, 0.0, total), np.where(fresh, 0.0, small)
        many = np.where(fresh, 0, many) + used
        low, high = np.where(fresh, np.inf, low), np.where(fresh, -np.inf, high)
        here = np.where(used, values[at], 0.0)
        after = total + here
        lost = np.where(np.abs(total) >= np.abs(here), (total - after) + here, (here - after) + total)
        small = small + lost
        total = after
        low = np.where(used, np.minimum(low, here), low)
        high = np.where(used, np.maximum(high, here), high)
        running[at], number[at], lowest[at], highest[at] = total + small, many, low, high
    for each in (running, number, lowest, highest):
        back(each, starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.clip(running / number, lowest, highest)
    mean[number == 0] = np.nan
    return Sums(running, number, mean)


def back(values: NDArray[np.generic], starts: Flags) -> None:
    """Give every period what stands at the end of its part, in place."""
    for at in range(len(values) - 2, -1, -1):
        goes_on = ~starts[at + 1]
        values[at, goes_on] = values[at + 1, goes_on]


def places(starts: Flags) -> Whole:
    """The place of each period in its part, from 0."""
    found = np.zeros(starts.shape, dtype=np.int64)
    for at in range(1, len(starts)):
        found[at] = np.where(starts[at], 0, found[at - 1] + 1)
    return found


def run_lengths(signs: NDArray[np.int8], joined: Flags) -> Whole:
    """How many periods in a row have the sign that each has (0 has no run). ``joined`` says that a period follows on
    from the one before."""
    found = np.zeros(signs.shape, dtype=np.int64)
    found[0] = signs[0] != 0
    for at in range(1, len(signs)):
        follows = joined[at] & (signs[at] == signs[at - 1])
        found[at] = np.where(signs[at] == 0, 0, np.where(follows, found[at - 1] + 1, 1))
    for at in range(len(signs) - 2, -1, -1):
        follows = joined[at + 1] & (signs[at + 1] == signs[at]) & (signs[at] != 0)
        found[at] = np.where(follows, found[at + 1], found[at])
    return found


def two_of_three(sides: NDArray[np.int8], far: Flags, joined: Flags) -> Flags:
    """The far points of three in a row on one side, where two or three of them are far."""
    found = np.zeros(sides.shape, dtype=bool)
    if len(sides) < 3:
        return found
    whole = (
        joined[1:-1] & joined[2:] & (sides[2:] != 0) & (sides[2:] == sides[1:-1]) & (sides[2:] == sides[:-2])
    )
    enough = whole & (far[2:].astype(np.int8) + far[1:-1] + far[:-2] >= 2)
    for late in range(3):
        found[late : len(sides) - 2 + late] |= enough & far[late : len(sides) - 2 + late]
    return found


def starts_of(series: int, periods: int, rebase_at: list[list[int]] | None) -> Flags:
    """Where parts begin, periods first. Places outside the series raise IndexError in the caller's own check."""
    found = np.zeros((periods, series), dtype=bool)
    if periods:
        found[0] = True
    for row, each in enumerate(rebase_at or []):
        found[each, row] = True
    return found

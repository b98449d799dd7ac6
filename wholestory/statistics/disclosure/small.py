"""Small numbers by themselves: which cells are small, how they are rounded, and what a percentage gives away."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.rounding import percent
from wholestory.statistics.values import CannotBeCounted

#: Cells from 1 to one below the threshold are small. The data owner's threshold wins where it is stricter.
THRESHOLDS: dict[str, int] = {"board": 5, "dfe": 6, "strict": 10}


class Rounding(StrEnum):
    """How a number is blurred instead of hidden. Each cell and each total by itself, so that sums may not add."""

    HES5 = "hes5"
    NEAREST_5 = "nearest5"
    NEAREST_10 = "nearest10"


def small_cells(table: ArrayLike, threshold: int, *, include_zero: bool = False) -> NDArray[np.bool_]:
    """Which cells must be hidden, totals included: 1 to threshold - 1, and 0 for owners that count it as small."""
    cells = np.asarray(table)
    if threshold < 2 or (cells < 0).any():
        raise CannotBeCounted("A threshold is 2 or more, and no cell lies below 0.")
    return np.asarray((cells < threshold) & ((cells > 0) | include_zero))


def blurred(value: int, rule: Rounding | str) -> int:
    """A count rounded by a rule. Halves go up."""
    rule = Rounding(rule)
    if value < 0:
        raise CannotBeCounted("A count cannot be negative.")
    if rule is Rounding.NEAREST_10:
        return (value + 5) // 10 * 10
    if rule is Rounding.HES5 and 1 <= value <= 7:
        return 5
    return (2 * value + 5) // 10 * 5


def numerators_behind(denominator: int, shown: float | str, decimals: int) -> list[int]:
    """The counts that a printed percentage of a known denominator can stand for."""
    if denominator < 1:
        raise CannotBeCounted("A percentage needs a denominator of 1 or more.")
    text = f"{float(shown):.{decimals}f}"
    near = float(shown) * denominator / 100
    reach = denominator * 10.0**-decimals / 100 + 1
    low, high = max(0, int(near - reach)), min(denominator, int(near + reach) + 1)
    return [each for each in range(low, high + 1) if percent(each, denominator, decimals) == text]


def gives_away(denominator: int, shown: float | str, decimals: int, threshold: int) -> bool:
    """Whether a printed percentage tells a small number: every count it can stand for is small."""
    behind: Sequence[int] = numerators_behind(denominator, shown, decimals)
    return bool(behind) and all(0 < each < threshold for each in behind)

"""Comparing an area with others: the mean of its neighbours, its rank, the quartiles. All from published values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class NeighbourMean:
    """The unweighted mean of the neighbours that have a value, and how many they are."""

    value: Fraction | None
    used: int
    of: int

    @property
    def words(self) -> str:
        """“mean of 9 of 10”, as a page has to say beside the figure."""
        return f"mean of {self.used} of {self.of}" if self.used < self.of else f"mean of {self.of}"


def neighbour_mean(codes: Sequence[str], values: Mapping[str, Decimal | None]) -> NeighbourMean:
    """Each neighbour counts the same, however large. One without a number (withheld, unreliable) is left out."""
    found = [Fraction(value) for code in codes if (value := values.get(code)) is not None]
    mean = sum(found, Fraction(0)) / len(found) if found else None
    return NeighbourMean(mean, len(found), len(codes))


def in_use_order(valid_from: date, day: date) -> tuple[bool, int]:
    """A key to sort models of neighbours by: the one to use for a day comes last, the newest that began by then.
    Where none had begun, it is the first that began later, and the page has to name its year."""
    begun = valid_from <= day
    return begun, valid_from.toordinal() if begun else -valid_from.toordinal()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands among others: 1 is the best by the measure's polarity, or the highest without one."""

    rank: int
    of: int
    quartile: int
    """1 (the best quarter) to 4."""


def place(code: str, values: Mapping[str, Decimal | None], polarity: str = "") -> Place | None:
    """The area's place among all that have a value; equal values share the better rank. None without a value."""
    mine = values.get(code)
    if mine is None:
        return None
    others = [value for value in values.values() if value is not None]
    better = [value for value in others if (value < mine if polarity == "L" else value > mine)]
    rank = len(better) + 1
    return Place(rank, len(others), min(4, (rank - 1) * 4 // len(others) + 1))


def best_quarter(values: Iterable[Decimal | None], polarity: str) -> Decimal | None:
    """The value that the best quarter of areas reaches: the last of the first quarter in order. None without one."""
    found = sorted((value for value in values if value is not None), reverse=polarity != "L")
    return found[max(0, -(-len(found) // 4) - 1)] if found else None

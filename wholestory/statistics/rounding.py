"""Rounding for display only, halves away from zero: 12.5 becomes 13, where Python's own ``round`` gives 12."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from wholestory.statistics.values import CannotBeCounted


def rounded(value: Fraction | Decimal | int, decimals: int = 0) -> Decimal:
    """An exact number to so many decimals, halves away from zero."""
    if decimals < 0:
        raise CannotBeCounted("A number is shown to no, one or more decimals.")
    exactly = Fraction(value) * 10**decimals
    up = int(abs(exactly) + Fraction(1, 2))
    return (Decimal(-up if exactly < 0 else up).scaleb(-decimals)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


def percent(numerator: int, denominator: int, decimals: int = 0) -> str:
    """A percentage as text, rounded from the exact fraction."""
    if denominator <= 0 or numerator < 0:
        raise CannotBeCounted(f"{numerator} of {denominator} has no percentage.")
    return f"{rounded(Fraction(numerator * 100, denominator), decimals):f}"

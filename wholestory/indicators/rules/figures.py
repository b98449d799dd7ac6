"""One figure: what was counted, what it comes to, and which kind of nothing it is when there is no number.

Numbers are exact fractions. They are rounded by ``shown`` for a reader and for nothing else: no target, no direction
and no total is ever worked out from a rounded number.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from wholestory.statistics.rounding import rounded

Given = Fraction | Decimal | int


class Measure(Protocol):
    """What a rule must know of a measure; a definition of the catalogue has all of it."""

    @property
    def unit(self) -> str: ...

    @property
    def multiplier(self) -> int: ...

    @property
    def polarity(self) -> str: ...

    @property
    def aggregation(self) -> str: ...

    @property
    def denominator(self) -> str: ...

    @property
    def population(self) -> str: ...


class Kind(StrEnum):
    """What stands in a cell. Zero is a number that was counted; the last four are not, and none is zero."""

    NUMBER = "number"
    ZERO = "zero"
    PERCENTAGE_ONLY = "percentage_only"
    NOT_APPLICABLE = "not_applicable"
    NOT_HELD = "not_held"
    NOT_SUPPLIED = "not_supplied"
    SUPPRESSED = "suppressed"


KIND_WORDS: dict[Kind, str] = {
    Kind.NUMBER: "a number",
    Kind.ZERO: "none were counted",
    Kind.PERCENTAGE_ONLY: "percentage only: the counts were not sent",
    Kind.NOT_APPLICABLE: "does not apply: there was nobody to count among",
    Kind.NOT_HELD: "not held by the agency",
    Kind.NOT_SUPPLIED: "not supplied",
    Kind.SUPPRESSED: "withheld because it is small",
}

#: Counted from counts, so that it may be judged, added up and tested.
COUNTED = frozenset({Kind.NUMBER, Kind.ZERO})
_DECIMALS = {"count": 0, "percent": 1, "rate": 1, "ratio": 2, "days": 1, "fte": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was supplied for one period: counts; or an amount that is no count (a median of days); or a percentage
    alone; or ``nothing``, the reason why there is none (``not_applicable``, ``not_held``, ``not_supplied``,
    ``suppressed``)."""

    numerator: Given | None = None
    denominator: Given | None = None
    amount: Given | None = None
    percentage: Given | None = None
    nothing: str = ""

    @property
    def empty(self) -> bool:
        """Whether no number of any sort is there."""
        return self.numerator is None and self.amount is None and self.percentage is None


NOT_SUPPLIED = Figure(nothing="not_supplied")


@dataclass(frozen=True, slots=True)
class Worth:
    """What a figure comes to: an exact value in the measure's unit, or none, and of which kind it is."""

    value: Fraction | None
    kind: Kind

    @property
    def counted(self) -> bool:
        """Whether it may be judged against a target: only what was worked out from counts or measured."""
        return self.kind in COUNTED


def shares(measure: Measure) -> bool:
    """Whether the value is so many of so many (or per so many), and so needs a denominator."""
    return measure.unit in ("percent", "rate", "ratio")


def worth(figure: Figure, measure: Measure) -> Worth:
    """What the figure comes to: ``numerator / denominator * multiplier``, or the number itself.

    0 of 0 does not apply: it is neither 0% nor 100%. What nobody explained was not supplied.
    """
    if figure.nothing or figure.empty:
        return Worth(None, Kind(figure.nothing or "not_supplied"))
    if figure.amount is not None:
        return _number(Fraction(figure.amount))
    if figure.numerator is None or (shares(measure) and figure.denominator is None):
        if figure.percentage is not None:
            return Worth(Fraction(figure.percentage), Kind.PERCENTAGE_ONLY)
        return Worth(None, Kind.NOT_SUPPLIED)
    if not shares(measure):
        return _number(Fraction(figure.numerator))
    whole = Fraction(figure.denominator or 0)
    if whole == 0:
        return Worth(None, Kind.NOT_APPLICABLE)
    return _number(Fraction(figure.numerator) / whole * measure.multiplier)


def _number(value: Fraction) -> Worth:
    return Worth(value, Kind.ZERO if value == 0 else Kind.NUMBER)


def decimals_of(measure: Measure) -> int:
    """How many decimals a reader is shown."""
    return _DECIMALS.get(measure.unit, 1)


def shown(value: Given, measure: Measure, decimals: int | None = None) -> str:
    """The value for a reader, halves away from zero: ``79.9%``, ``1,204``, ``12.5 days``, ``64.4 per 10,000``."""
    places = decimals_of(measure) if decimals is None else decimals
    number = f"{rounded(Fraction(value), places):,f}"
    if measure.unit == "percent":
        return f"{number}%"
    if measure.unit == "days":
        return f"{number} {'day' if number in ('1', '1.0') else 'days'}"
    if measure.unit in ("rate", "ratio") and measure.multiplier > 1:
        return f"{number} per {measure.multiplier:,}"
    return number


def shown_apart(value: Fraction, limit: Fraction, measure: Measure) -> tuple[str, str]:
    """Both for a reader, with as many more decimals as it takes to see that they differ: 79.96% against 80.00%."""
    least = decimals_of(measure)
    for decimals in range(least, least + 5):
        two = shown(value, measure, decimals), shown(limit, measure, decimals)
        if two[0] != two[1] or value == limit:
            return two
    return two


def in_words(figure: Figure, measure: Measure) -> str:
    """What stands in the cell, with its counts: ``80.0% (48 of 60)``, ``not supplied``."""
    found = worth(figure, measure)
    if found.value is None:
        return KIND_WORDS[found.kind]
    said = shown(found.value, measure)
    if found.kind is Kind.PERCENTAGE_ONLY:
        return f"{shown(found.value, measure)} (percentage only)"
    if figure.numerator is None or figure.denominator is None or not shares(measure):
        return said
    between = " of " if measure.unit == "percent" else " among "
    return f"{said} ({_plain(figure.numerator)}{between}{_plain(figure.denominator)})"


def _plain(value: Given) -> str:
    exact = Fraction(value)
    return f"{int(exact):,}" if exact.denominator == 1 else f"{float(exact):,g}"

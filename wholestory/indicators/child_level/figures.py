"""A figure as counts: numerator, denominator, breakdowns, and the rows left out. Percentages and rates follow from them
and are never typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TENTH = Decimal("0.1")
PER = 10_000


def percent(numerator: int, denominator: int | None) -> Decimal | None:
    """To one decimal, half away from nought, from whole numbers; None for 0 of 0, which is neither 0% nor 100%."""
    if not denominator:
        return None
    return (Decimal(100 * numerator) / Decimal(denominator)).quantize(TENTH, ROUND_HALF_UP)


def rate(numerator: int, children: int | None) -> Decimal | None:
    """Per 10,000 children aged 0 to 17, to one decimal; None without a population."""
    if not children:
        return None
    return (Decimal(PER * numerator) / Decimal(children)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Share:
    """One group of a breakdown. `denominator` is None where the figure is a plain count."""

    label: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator over one window. `unit` is count, percent or rate; `left_out` counts the rows an error rule keeps
    away; `spread` is lower quartile, median and upper quartile of what the title names."""

    id: str
    title: str
    unit: str
    numerator: int
    denominator: int | None
    left_out: int = 0
    breakdowns: dict[str, tuple[Share, ...]] = field(default_factory=dict)
    spread: tuple[float, float, float] | None = None
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What makes the figure incomplete, as a code: `partial_look_back`."""
    shares_whole: tuple[str, ...] = ()
    """Breakdowns whose parts are shares of the whole figure, not of their own group."""

    def value(self, children: int | None = None) -> Decimal | int | None:
        """The percentage, the rate when a population is given, or the count."""
        if self.unit == "percent":
            return percent(self.numerator, self.denominator)
        if self.unit == "rate" and children:
            return rate(self.numerator, children)
        return self.numerator

    def as_json(self, children: int | None = None) -> dict[str, Any]:
        """Counts first; `value` is worked out from them."""
        value = self.value(children)
        told: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "unit": self.unit if self.unit != "rate" or children else "count",
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": float(value) if isinstance(value, Decimal) else value,
            "rows_left_out": self.left_out,
            "breakdowns": {
                name: {one.label: _counts(one) for one in shares} for name, shares in self.breakdowns.items()
            },
            "notes": list(self.notes),
            "marks": list(self.marks),
            "shares_whole": list(self.shares_whole),
        }
        if self.spread is not None:
            told["spread"] = dict(
                zip(("lower_quartile", "median", "upper_quartile"), self.spread, strict=True)
            )
        return told


def _counts(one: Share) -> dict[str, int | None]:
    return {"numerator": one.numerator, "denominator": one.denominator}

"""A series as a report keeps it, and back: exact fractions as text, each period with its last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from wholestory.indicators.rules.charts import Begin, Period, Series
from wholestory.indicators.rules.figures import Figure, Given, Measure


def as_kept(series: Series) -> dict[str, Any]:
    """The series as JSON can keep it."""
    return {
        "every": series.every,
        "target": None if series.target is None else str(series.target),
        "periods": [[each.label, each.ends_on.isoformat(), *_kept(each.figure)] for each in series.periods],
        "begins": [[each.place, each.because, each.definition] for each in series.begins],
    }


def from_kept(kept: Mapping[str, Any], measure: Measure) -> Series:
    """The series as it was kept."""
    return Series(
        measure,
        tuple(Period(row[0], date.fromisoformat(row[1]), _figure(row[2:])) for row in kept["periods"]),
        tuple(Begin(place, because, definition) for place, because, definition in kept["begins"]),
        None,
        None if kept["target"] is None else Fraction(kept["target"]),
        every=kept["every"],
    )


def _kept(figure: Figure) -> list[str]:
    numbers = (figure.numerator, figure.denominator, figure.amount, figure.percentage)
    return [*("" if each is None else str(Fraction(each)) for each in numbers), figure.nothing]


def _figure(kept: Sequence[str]) -> Figure:
    numbers: list[Given | None] = [Fraction(each) if each else None for each in kept[:4]]
    return Figure(numbers[0], numbers[1], numbers[2], numbers[3], kept[4])

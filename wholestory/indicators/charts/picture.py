"""A picture with everything that must go with it: its description, its table and its notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.safestring import SafeString

from wholestory.govuk.charts.drawing import Drawing
from wholestory.indicators.rules.figures import Measure, shown

IMPROVED, CONCERN, NEITHER, OURS = "#1d70b8", "#aa2a16", "#54319f", "#00703c"


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing. Whoever shows it shows ``columns`` and ``rows`` too, and ``notes`` below. ``alt`` says what is to be
    seen; the numbers are in the table. ``closed`` says that it shows days of single events and is never published."""

    title: str
    alt: str
    drawing: Drawing
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = field(default=())
    closed: bool = False

    @property
    def svg(self) -> SafeString:
        """The drawing for a page."""
        return self.drawing.svg

    def named(self, name: str) -> SafeString:
        """The drawing for a file, with title and description as elements of their own."""
        return self.drawing.named(name)


def number(value: float | None, measure: Measure) -> str:
    """A number of a chart for its table; empty for none."""
    return "" if value is None else shown(Fraction(value), measure)


def unit(measure: Measure) -> str:
    """What the axis counts."""
    if measure.unit == "percent":
        return "per cent"
    if measure.unit in ("rate", "ratio") and measure.multiplier > 1:
        return f"per {measure.multiplier:,}"
    return {"count": "number", "days": "days", "fte": "full-time equivalents"}.get(measure.unit, "ratio")


def within(value: float, measure: Measure) -> float:
    """A limit as it is drawn: never below nothing, and a percentage never above 100."""
    return min(100.0, max(0.0, value)) if measure.unit == "percent" else max(0.0, value)


def crossable(limit: float, measure: Measure) -> float | None:
    """A limit as it is drawn, or None where nothing can lie beyond it: below nothing, above all."""
    drawn = within(limit, measure)
    return None if drawn == 0 or (measure.unit == "percent" and drawn == 100) else drawn


def without(title: str, alt: str) -> str:
    """The description without the title it begins with, for a drawing that says its title by itself."""
    return alt.removeprefix(title).lstrip(". ")

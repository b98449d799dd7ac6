"""Whether an agency has to put a figure into words (quality assurance 3.6): below standard, or its chart signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wholestory.indicators.catalogue.definition import Definition
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Period, Series
from wholestory.indicators.rules.figures import NOT_SUPPLIED, Figure, worth
from wholestory.indicators.rules.reading_charts import read as read_chart
from wholestory.indicators.rules.standards import BadStandards, Standards, suggested
from wholestory.indicators.rules.standards import read as read_standards
from wholestory.indicators.rules.standing import standing

Past = Sequence[tuple[str, date, Figure | None]]
"""Earlier periods, oldest first, each with its name and last day; None where nothing was supplied."""


def needs_commentary(
    definition: Definition,
    figure: Figure,
    past: Past,
    thresholds: Mapping[str, Any] | None,
    label: str = "now",
    ends_on: date = date.max,
) -> str:
    """Why words are needed, in a sentence for whoever fills in the return; empty when they are not.

    ``thresholds`` are what the board set (None: what the catalogue suggests to begin with). Only what was counted is
    judged: a percentage alone, or no figure, needs no words.
    """
    if not worth(figure, definition).counted:
        return ""
    stands = standing(figure, definition, _standards(definition, thresholds))
    if stands.below_standard:
        return f"{stands.words}: {stands.sentence}"
    periods = [Period(name, day, each or NOT_SUPPLIED) for name, day, each in past]
    while periods and periods[0].figure is NOT_SUPPLIED:
        periods.pop(0)
    if not periods:
        return ""
    series = Series(definition, (*periods, Period(label, ends_on, figure)))
    said = read_chart(chart(series))
    return said.headline if said.signal else ""


def _standards(definition: Definition, thresholds: Mapping[str, Any] | None) -> Standards | None:
    """What the figure is judged by. A target that no longer fits its measure judges nothing."""
    if thresholds is None:
        return suggested(definition.thresholds, definition.polarity)
    try:
        return read_standards(thresholds, definition.polarity)
    except BadStandards:
        return None

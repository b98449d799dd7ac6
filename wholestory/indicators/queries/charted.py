"""The chart of a measure: its periods back to the first figure, where limits begin anew, and what the chart says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import pooled
from wholestory.indicators.queries.decided import Decided
from wholestory.indicators.queries.pooled import Known, Whole
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules import charting, reading_charts, spans
from wholestory.indicators.rules.charts import Begin, Chart, Series
from wholestory.indicators.rules.charts import Period as Supplied
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.reading_charts import KIND_SAID, Reading
from wholestory.indicators.rules.spans import Basis

#: So many months with a figure, and the chart goes by months.
MONTHS_FOR_MONTHLY = 13


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart, what it says, and the figures it was drawn from, one for each period."""

    chart: Chart
    reading: Reading
    periods: tuple[Period, ...]
    wholes: tuple[Whole, ...]

    @property
    def label(self) -> str:
        """In a few words, for a row of a scorecard."""
        if self.chart.now.limits and self.chart.variation is not None:
            said = KIND_SAID[self.chart.variation].capitalize()
            return f"{said} (trial limits)" if self.chart.trial else said
        if self.reading.signal:
            return "A lasting change"
        return "No limits" if self.chart.now.run is not None else "Too few points"


def charted(
    lines: Sequence[Line], measure: Definition, last: Period, basis: Basis, known: Known, made: Decided, *,
    back: int = 40, monthly: bool = False,
) -> Charted | None:  # fmt: skip
    """The chart up to a period, at most ``back`` periods; None without any figure. Always of single periods: years to
    date and rolling years overlap, and their points would not be free of each other."""
    if monthly and measure.frequency == "M" and _months(lines) >= MONTHS_FOR_MONTHLY:
        basis = replace(basis, grain="months")
        last = basis.holding(last.end)
    first = min((end for line in lines for _, end in line.cells), default=None)
    if first is None or first > last.end:
        return None
    periods = [each for each in basis.run(last, back) if each.end >= first]
    wholes = [pooled.whole(lines, measure, _days(measure, each, basis), known) for each in periods]
    supplied = tuple(
        Supplied(spans.short(period, basis.year), period.end, one.figure)
        for period, one in zip(periods, wholes, strict=True)
    )
    standards = made.standards(measure.code, measure.polarity, last.end)
    target: Fraction | None = standards.target if standards is not None else None
    chart = charting.chart(
        Series(measure, supplied, _begins(measure, periods, wholes, made), None, target, every=basis.every)
    )
    return Charted(chart, reading_charts.read(chart), tuple(periods), tuple(wholes))


def _days(measure: Definition, period: Period, basis: Basis) -> Period:
    if measure.aggregation == "rolling" and basis.grain != "years":
        return spans.window(period, spans.Span.ROLLING, basis.year)
    return period


def _months(lines: Sequence[Line]) -> int:
    return max(
        (
            sum(1 for start, end in line.cells if (start.year, start.month) == (end.year, end.month))
            for line in lines
        ),
        default=0,
    )


def _begins(
    measure: Definition, periods: Sequence[Period], wholes: Sequence[Whole], made: Decided
) -> tuple[Begin, ...]:
    """Where a new part begins: changes of definition, breaks in what is counted, and the board’s own decisions."""
    found: dict[int, Begin] = {}
    for rebase in made.rebases.get(measure.code, ()):
        _at(found, periods, rebase.from_on, Begin(0, rebase.because))
    for each in measure.breaks:
        if each.from_on is not None:
            _at(found, periods, each.from_on, Begin(0, each.because, definition=True))
    version = None
    for place, one in enumerate(wholes):
        if one.version is None:
            continue
        if version is not None and one.version != version and place:
            found[place] = Begin(place, f"version {one.version} of the definition", definition=True)
        version = one.version
    return tuple(found[place] for place in sorted(found))


def _at(found: dict[int, Begin], periods: Sequence[Period], day: date, begin: Begin) -> None:
    place = next((at for at, period in enumerate(periods) if period.end >= day), None)
    if place:
        found[place] = replace(begin, place=place)

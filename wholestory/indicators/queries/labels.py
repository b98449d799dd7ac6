"""What the charts of many measures say, in a few words each: for the rows of a scorecard.

The same charts as on the pages of the measures, worked out together. A measure whose limits begin anew somewhere, or
whose figures are more than plain sums, is charted by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import charted, scorecard, series, sums
from wholestory.indicators.queries.scorecard import BACK, PLACES, Scorecard
from wholestory.indicators.queries.series import SCALE, Line
from wholestory.indicators.rules.charts import FEWEST
from wholestory.indicators.rules.many_charts import Charts, many_charts
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.reading_charts import KIND_SAID

NONE_YET = "No figures yet"


def labels(card: Scorecard, measures: Sequence[Definition]) -> dict[str, str]:
    """The label of each measure: one or two questions."""
    if not measures:
        return {}
    wanted = card.wanted
    periods = wanted.basis.run(wanted.period, BACK)
    by_code = {each.code: each for each in measures}
    alone = {each.code for each in measures if scorecard.line_by_line(each)}
    found = sums.summed(
        scorecard.values_of(wanted), measures=set(by_code) - alone,
        windows=[Period(periods[0].start, periods[-1].end)], months=wanted.period.months,
        breakdown=PLACES if wanted.place else "",
    )  # fmt: skip
    plain = {code: line for code, line in found.lines.items() if _one_part(card, by_code[code], line)}
    said = _together(card, [(by_code[code], line) for code, line in plain.items()], periods)
    lines: dict[str, list[Line]] = {code: [line] for code, line in found.lines.items() if code not in plain}
    rest = scorecard.with_own(
        wanted, measures=found.rest | alone, first=periods[0].start, last=periods[-1].end
    )
    for code, own in {**lines, **series.by_measure(rest)}.items():
        chart = charted.charted(own, by_code[code], wanted.period, wanted.basis, card.known, card.decided)
        said[code] = NONE_YET if chart is None else chart.label
    return {code: said.get(code, NONE_YET) for code in by_code}


def _one_part(card: Scorecard, measure: Definition, line: Line) -> bool:
    """Whether nothing makes limits begin anew inside the series."""
    return (
        len({cell.version for cell in line.cells.values()}) < 2
        and not any(each.from_on is not None for each in measure.breaks)
        and not card.decided.rebases.get(measure.code)
    )


def _together(
    card: Scorecard, rows: Sequence[tuple[Definition, Line]], periods: Sequence[Period]
) -> dict[str, str]:
    if not rows:
        return {}
    x = np.full((len(rows), len(periods)), np.nan)
    n = np.full_like(x, np.nan)
    for at, (measure, line) in enumerate(rows):
        on_people = measure.unit == "rate" and bool(measure.population)
        for across, period in enumerate(periods):
            cell = line.cells.get((period.start, period.end))
            if cell is None or cell.x is None:
                continue
            x[at, across] = cell.x / SCALE
            if cell.n is not None:
                n[at, across] = cell.n / SCALE
            elif on_people and (people := card.known.population(measure.population, period.end)):
                n[at, across] = people
    charts = many_charts([measure for measure, _ in rows], x, n, targets=None)
    return {measure.code: _label(charts, at) for at, (measure, _) in enumerate(rows)}


def _label(charts: Charts, at: int) -> str:
    variation = charts.variation(at)
    if variation is not None:
        said = KIND_SAID[variation].capitalize()
        return f"{said} (trial limits)" if charts.trial(at) else said
    if charts.signals(at):
        return "A lasting change"
    return "No limits" if int((~np.isnan(charts.values[at])).sum()) >= FEWEST else "Too few points"

"""Rare events: the days between one and the next. Read upside down: long gaps are fewer events.

Source: Benneyan 2001 (g, judged by probability limits); Nelson 1994 (t). The days of single events are for
closed use only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from wholestory.indicators.rules.charts import FEWEST, SETTLED, Begin, Chart, Part, Plot, Point, Series
from wholestory.statistics.process import reading
from wholestory.statistics.process.rare import days_between, g_chart, t_chart
from wholestory.statistics.process.reading import Direction
from wholestory.statistics.process.xmr import COMMON, OUTSIDE, SHIFT

_OTHER_WAY = {
    Direction.INCREASE: Direction.DECREASE,
    Direction.DECREASE: Direction.INCREASE,
    Direction.NEUTRAL: Direction.NEUTRAL,
}


def chart(series: Series, begins: Sequence[Begin], better: Direction) -> Chart | None:
    """The chart of gaps since the last change of definition or decision, or None with fewer than seven gaps."""
    since = series.periods[begins[-1].place - 1].ends_on if begins else None
    days = sorted(day for day in series.events if since is None or day > since)
    gaps = days_between(days)
    if len(gaps) < FEWEST:
        return None
    if min(gaps) > 0:
        plot, t = Plot.T, t_chart(gaps)
        centre, lower, upper = t.centre, t.lower, t.upper
        because = "Events are rare: the chart shows the days from one to the next."
    else:
        plot, g = Plot.G, g_chart(gaps)
        centre, (lower, _, upper) = g.median, g.by_probability
        because = "Events are rare, and some fell on one day: the chart shows the days from one to the next."
    # Fewer of something bad are longer gaps.
    longer = _OTHER_WAY[better]
    sides = [(gap > centre) - (gap < centre) for gap in gaps]
    shift = reading.shifted(sides, range(len(gaps)))
    points = []
    for at, (gap, (first, second)) in enumerate(zip(gaps, pairwise(days), strict=True)):
        rule = OUTSIDE if gap > upper or gap < lower else SHIFT if at in shift else COMMON
        reads = reading.Kind.COMMON if rule == COMMON else reading.kind_of(sides[at] > 0, longer)
        points.append(
            Point(
                _between(first, second), float(gap), float(centre), float(lower), float(upper), rule, reads, 0
            )
        )
    part = Part(0, plot, because, len(gaps), len(gaps) < SETTLED, len(days) / max(1, len(series.periods)))
    return Chart(
        tuple(points), (part,), points[-1].reads, None, None, tuple(begins), series.every, shows_dates=True,
        better=longer,
    )  # fmt: skip


def _between(first: date, second: date) -> str:
    return f"{first.day} {first:%b %Y} to {second.day} {second:%b %Y}"

"""What goes with a series over time: its description, its table and its notes."""

from __future__ import annotations

from fractions import Fraction

from wholestory.indicators.charts.picture import number, within
from wholestory.indicators.rules.charts import PLOT_WORDS, Chart, Plot, Point
from wholestory.indicators.rules.figures import KIND_WORDS, Kind, Measure, decimals_of, shown
from wholestory.indicators.rules.reading_charts import KIND_SAID, LABELS, read


def middle(chart: Chart) -> str:
    """What the centre line is called."""
    return "Middle" if chart.plot in (Plot.RUN, Plot.G, Plot.T) else "Average"


def row(point: Point, measure: Measure) -> tuple[str, ...]:
    """One line of the table."""
    if point.value is None:
        value = KIND_WORDS[point.nothing or Kind.NOT_SUPPLIED]
    else:
        value = number(point.value, measure)
    says = "" if point.reads is None else KIND_SAID[point.reads]
    if point.signals and point.rule:
        says = f"{says}: {LABELS[point.rule]}"
    elif point.nothing is not None and point.value is not None:
        says = KIND_WORDS[point.nothing]
    limits = [
        None if each is None else within(each, measure) for each in (point.lower, point.centre, point.upper)
    ]
    return (point.label, value, *(_limit(each, measure) for each in limits), says)


def notes(chart: Chart, *, cut: bool) -> tuple[str, ...]:
    """What stands below: what the limits rest on, where they begin anew, and whether the scale is ``cut``."""
    found = read(chart)
    said = [found.limits_rest_on]
    said += [
        f"{chart.points[each.place].label}: {'the definition changed' if each.definition else 'limits begin anew'}, "
        f"because {each.because.rstrip('.')}."
        for each in (chart.breaks if not chart.shows_dates else ())
    ]
    if cut:
        said.append("The scale does not begin at 0.")
    return tuple(said)


def described(chart: Chart, measure: Measure, title: str) -> str:
    """What is to be seen; the numbers stand in the table."""
    first, last = chart.points[0].label.partition(" to ")[0], chart.points[-1].label.rpartition(" to ")[2]
    days = " days" if chart.shows_dates else ""
    words = [f"{title}. {len(chart.points)} points, {first} to {last} ({PLOT_WORDS[chart.plot]})."]
    now = chart.last
    if now is not None and now.value is not None:
        words.append(f"The newest value is {number(now.value, measure)}{days}, {now.label}.")
    if now is not None and now.centre is not None and now.upper is not None and now.lower is not None:
        low, high = (_limit(within(each, measure), measure) for each in (now.lower, now.upper))
        words.append(f"{middle(chart)} {_limit(now.centre, measure)}, limits {low} and {high}.")
    words.append(read(chart).sentences)
    return " ".join(words)


def _limit(value: float | None, measure: Measure) -> str:
    """A limit with a decimal more than a count has: 50 lies outside 49.8."""
    return "" if value is None else shown(Fraction(value), measure, max(1, decimals_of(measure)))

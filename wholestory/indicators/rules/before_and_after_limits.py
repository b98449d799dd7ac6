"""Points after an action against the limits of the time before: beyond them, or seven in a row on one side."""

from __future__ import annotations

from collections.abc import Sequence

from wholestory.indicators.rules import before_and_after_words as words
from wholestory.indicators.rules.before_and_after_read import Moved, Question, Reading, Way
from wholestory.indicators.rules.charts import FEWEST, Period
from wholestory.indicators.rules.choosing import XMR_FROM
from wholestory.indicators.rules.figures import Measure, worth
from wholestory.statistics.process import reading
from wholestory.statistics.process.xmr import Chart, xmr
from wholestory.statistics.values import CannotBeCounted

#: After so many points without a signal there is no sign of change; earlier it is too early.
SETTLES = 4


def by_limits(question: Question, before: Sequence[Period], also: tuple[str, ...] = ()) -> Reading:
    """The answer by limits, which rest on all periods ``before``. Points beyond them that were followed by a point back
    inside have not settled, and are no change."""
    measure, every = question.series.measure, question.series.every
    if len(before) < FEWEST:
        return question.told(Moved.CANNOT_TELL, words.no_limits(len(before), FEWEST, every), also=also)
    mean = events_in(before) or _mean(before, measure)
    if mean < XMR_FROM:
        return question.told(Moved.CANNOT_TELL, words.too_rare(mean, XMR_FROM), also=also)
    span = [
        each
        for each in question.series.periods
        if before[0].ends_on <= each.ends_on <= question.after[-1].ends_on
    ]
    split = span.index(before[-1]) + 1
    try:
        chart = xmr([_value(each, measure) for each in span], "neutral", baseline_points=split)
    except CannotBeCounted:
        return question.told(Moved.CANNOT_TELL, words.not_side_by_side(), also=also)
    limits = words.limits(chart.points[0].lower, chart.points[0].upper, chart.points[0].centre, measure)
    if any(point.outside or point.shift for point in chart.points[:split]):
        also = (*also, words.unsteady())
    signs = _signs(question, span, chart)
    outside = sum(1 for sign, beyond in signs if sign and beyond)
    if signs[-1][0]:
        up = signs[-1][0] > 0
        said = words.limits_moved(outside, len(signs), limits, every, up=up, judged=bool(question.wanted))
        return question.told(question.judged(up), said, Way.LIMITS, also=also)
    if any(sign for sign, _ in signs):
        return question.told(Moved.NO_SIGN, words.came_back(limits, every), Way.LIMITS, also=also)
    moved = Moved.TOO_EARLY if len(signs) < SETTLES else Moved.NO_SIGN
    return question.told(moved, words.all_inside(len(signs), limits, every), Way.LIMITS, also=also)


def _signs(question: Question, span: Sequence[Period], chart: Chart) -> list[tuple[int, bool]]:
    """Of each point after: +1 or -1 where it signals, and whether it lies beyond a limit. Only points after make a run
    of seven."""
    sides = [
        0 if period not in question.after or point.value is None
        else (point.value > point.centre) - (point.value < point.centre)
        for period, point in zip(span, chart.points, strict=True)
    ]  # fmt: skip
    shift = reading.shifted(sides, range(len(sides)))
    return [
        (sides[at] if point.outside or at in shift else 0, point.outside)
        for at, (period, point) in enumerate(zip(span, chart.points, strict=True))
        if period in question.after
    ]


def events_in(periods: Sequence[Period]) -> float:
    """The mean number of events in a period; 0 where none are counted."""
    counts = [float(each.figure.numerator) for each in periods if each.figure.numerator is not None]
    return sum(counts) / len(counts) if counts else 0.0


def _mean(before: Sequence[Period], measure: Measure) -> float:
    values = [value for each in before if (value := _value(each, measure)) is not None]
    return sum(values) / len(values)


def _value(period: Period, measure: Measure) -> float | None:
    found = worth(period.figure, measure)
    return float(found.value) if found.counted and found.value is not None else None

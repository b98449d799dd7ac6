"""The chart of a series: chosen by the data and the kind of measure, part by part, and read by the rules.

A change of definition and a recorded decision each begin a new part; no rule and no limit reaches across. Nobody else
moves limits. What the points mean in words stands in ``reading_charts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from statistics import median

from wholestory.indicators.rules import rare_events
from wholestory.indicators.rules.charts import (
    FEWEST,
    SETTLED,
    WAYS,
    Begin,
    Chart,
    Part,
    Plot,
    Point,
    Series,
)
from wholestory.indicators.rules.choosing import SPREAD, Choice, Numbers, choose
from wholestory.indicators.rules.figures import Given, Kind, Measure, Worth, shares, worth
from wholestory.statistics.process import reading
from wholestory.statistics.process.attribute import attribute_chart
from wholestory.statistics.process.reading import Direction
from wholestory.statistics.process.runs import runs
from wholestory.statistics.process.xmr import OUTSIDE, SHIFT, TREND, xmr
from wholestory.statistics.values import CannotBeCounted

Reads = tuple[str | None, reading.Kind | None]


def chart(series: Series) -> Chart:
    """The chart of this series. Raises ValueError for a series without periods or a part beginning outside it."""
    if not series.periods:
        raise ValueError("A chart needs at least one period.")
    better = WAYS[series.measure.polarity]
    begins = sorted(series.begins, key=lambda each: each.place)
    if any(not 0 < each.place < len(series.periods) for each in begins):
        raise ValueError("A new part begins at one of the periods after the first.")
    worths = [worth(each.figure, series.measure) for each in series.periods]
    numbers = _numbers(series, worths)
    starts = [0, *dict.fromkeys(each.place for each in begins)]
    points: list[Point] = []
    parts: list[Part] = []
    rare = False
    for at, (start, stop) in enumerate(zip(starts, [*starts[1:], len(series.periods)], strict=True)):
        baseline = _baseline(series, begins, start)
        here = Numbers(numbers.values[start:stop], numbers.counts[start:stop], numbers.exposures[start:stop])
        choice = choose(here, series.measure, baseline)
        part, lines, reads = _part(here, choice, start, baseline, better, series.measure.multiplier)
        parts.append(part)
        points += [
            _point(series, worths, start + place, at, lines[place], reads[place])
            for place in range(stop - start)
        ]
        rare = choice.rare
    if rare and series.events:
        of_gaps = rare_events.chart(series, begins, better)
        if of_gaps is not None:
            return of_gaps
    last = [each for each in points if each.part == len(parts) - 1 and each.reads is not None]
    target = None if series.target is None else float(series.target)
    assured = None
    if target is not None and last and last[-1].upper is not None and last[-1].lower is not None:
        assured = reading.assurance_of(target, last[-1].upper, last[-1].lower, better)
    return Chart(
        tuple(points), tuple(parts), last[-1].reads if last else None, assured, target, tuple(begins), series.every,
        better=better, notes=_notes(worths, parts[-1]),
    )  # fmt: skip


def _numbers(series: Series, worths: Sequence[Worth]) -> Numbers:
    """Values and counts of the periods that were counted or measured; for shares only where both counts are there."""
    values: list[float | None] = []
    counts: list[float | None] = []
    exposures: list[float | None] = []
    for period, found in zip(series.periods, worths, strict=True):
        x, n = period.figure.numerator, period.figure.denominator
        whole = found.counted and x is not None and (n is not None or not shares(series.measure))
        lacking = series.measure.unit == "percent" and not whole
        values.append(None if lacking else _value(found, x, n, series.measure))
        counts.append(float(x) if whole and x is not None else None)
        exposures.append(float(n) if whole and n is not None and n > 0 and shares(series.measure) else None)
    return Numbers(values, counts, exposures)


def _value(found: Worth, x: Given | None, n: Given | None, measure: Measure) -> float | None:
    """The value as a chart takes it: worked out from counts as charts of many series work it out, to the last place."""
    if found.value is None or not found.counted:
        return None
    if shares(measure) and x is not None and n is not None:
        return float(x) / float(n) * measure.multiplier
    return float(found.value)


def _baseline(series: Series, begins: Sequence[Begin], start: int) -> int | None:
    if start == 0:
        return series.baseline_points
    return next(
        (each.baseline_points for each in begins if each.place == start and each.baseline_points), None
    )


Lines = tuple[float | None, float | None, float | None]


def _part(
    here: Numbers, choice: Choice, start: int, baseline: int | None, better: Direction, multiplier: int
) -> tuple[Part, list[Lines], list[Reads]]:  # fmt: skip
    points = len([at for at in here.known if baseline is None or at < baseline])
    trial = points < SETTLED
    if choice.plot is not Plot.RUN:
        try:
            lines, reads = (
                _of_values(here, baseline, better)
                if choice.plot is Plot.XMR
                else _of_counts(here, choice.plot, baseline, better, multiplier)
            )
            return Part(
                start, choice.plot, choice.because, points, trial, choice.mean, choice.sigma_z
            ), lines, reads  # fmt: skip
        except CannotBeCounted:
            choice = Choice(
                Plot.RUN, "Limits need periods next to each other that have a figure.", choice.mean
            )
    known = [value for value in here.values if value is not None]
    centre = median(known) if known else None
    seen = runs(known, centre) if centre is not None and len(known) >= FEWEST else None
    part = Part(start, Plot.RUN, choice.because, points, trial, choice.mean, run=seen)
    return part, [(centre, None, None)] * len(here.values), [(None, None)] * len(here.values)


def _of_values(here: Numbers, baseline: int | None, better: Direction) -> tuple[list[Lines], list[Reads]]:
    found = xmr(here.values, better, baseline_points=baseline).points
    return [(each.centre, each.lower, each.upper) for each in found], [
        (each.rule, each.kind) for each in found
    ]


def _of_counts(
    here: Numbers, plot: Plot, baseline: int | None, better: Direction, multiplier: int
) -> tuple[list[Lines], list[Reads]]:  # fmt: skip
    """Limits of counts. Beside the limits they are read by shift and trend, which need no limits; two of three near a
    limit is a rule of XmR charts only."""
    exposures = None if plot is Plot.C else here.exposures
    found = attribute_chart(plot.value, here.counts, exposures, baseline)
    per = 1 if plot is Plot.C else multiplier
    ys = [None if isnan(y) else float(y) for y in found.y]
    lines: list[Lines] = [
        (found.centre * per, None, None) if y is None
        else (found.centre * per, float(found.lower[at]) * per, float(found.upper[at]) * per)
        for at, y in enumerate(ys)
    ]  # fmt: skip
    sides = [0 if y is None else (y > found.centre) - (y < found.centre) for y in ys]
    trend: dict[int, int] = {}
    shift: set[int] = set()
    for stretch in reading.stretches(ys, [range(len(ys))]):
        trend |= reading.trends(ys, stretch)
        shift |= reading.shifted(sides, stretch)
    return lines, [
        read(None if y is None else bool(found.outside[at]), at in shift, trend.get(at, 0), sides[at], better)
        for at, y in enumerate(ys)
    ]


def read(outside: bool | None, shift: bool, trend: int, side: int, better: Direction) -> Reads:
    """The first rule that holds and what the point says by it; nothing for a point without a value."""
    if outside is None:
        return None, None
    for holds, rule, up in (
        (outside, OUTSIDE, side > 0),
        (trend, TREND, trend > 0),
        (shift, SHIFT, side > 0),
    ):
        if holds:
            return rule, reading.kind_of(up, better)
    return "common", reading.Kind.COMMON


def _point(
    series: Series, worths: Sequence[Worth], at: int, part: int, lines: Lines, reads: Reads
) -> Point:  # fmt: skip
    found = worths[at]
    value = None if found.value is None else float(found.value)
    return Point(series.periods[at].label, value, *lines, *reads, part, None if found.counted else found.kind)


def _notes(worths: Sequence[Worth], part: Part) -> tuple[str, ...]:
    notes = []
    alone = sum(1 for each in worths if each.kind is Kind.PERCENTAGE_ONLY)
    if alone:
        who = "periods have" if alone > 1 else "period has"
        notes.append(f"{alone} {who} a percentage without its counts: shown, not judged.")
    if part.plot in (Plot.P, Plot.U) and part.sigma_z is not None and part.sigma_z > SPREAD:
        notes.append(
            f"The points move {part.sigma_z:.1f} times as much as the counts alone would: children who come in "
            "families, or changes in what is counted, may give points outside the limits."
        )
    return tuple(notes)

"""A series over time with its limits: what signals has a shape and a word of its own, never only a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wholestory.govuk.charts.drawing import INK, LIGHT, QUIET, Drawing, apart, said, ticks_between
from wholestory.indicators.charts.picture import (
    CONCERN,
    IMPROVED,
    NEITHER,
    Picture,
    crossable,
    unit,
    within,
    without,
)
from wholestory.indicators.charts.spc_said import described, middle, notes, row
from wholestory.indicators.rules.charts import PLOT_WORDS, Chart, Plot, Point
from wholestory.indicators.rules.figures import Kind, Measure
from wholestory.indicators.rules.reading_charts import KIND_SAID, LABELS
from wholestory.statistics.process.reading import Kind as Reads

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 400, 62, 640, 40, 318
_PALE = "#f3f2f1"

#: The mark of each label. A trend points the way it goes.
MARKS = {"common": "circle", "outside": "diamond", "two_of_three": "square", "shift": "ring"}
_COLOURS = {
    Reads.COMMON: QUIET, Reads.IMPROVEMENT: IMPROVED, Reads.CONCERN: CONCERN, Reads.NEUTRAL_HIGH: NEITHER,
    Reads.NEUTRAL_LOW: NEITHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where things stand on the drawing."""

    drawing: Drawing
    step: float
    marks: Sequence[float]

    def x(self, at: float) -> float:
        return _LEFT + self.step * (at + 0.5)

    def y(self, value: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        return _BOTTOM - (_BOTTOM - _TOP) * (min(max(value, low), high) - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: an action that began, a report. ``place`` is as ``place_of`` gives it."""

    place: float
    words: str


def place_of(ends: Sequence[date], day: date) -> float:
    """Where a day lies among periods by their last days: 2.0 is the middle of the third. Days outside the periods lie
    at the edge; the first period is taken to be as long as the second."""
    first = ends[0] - (ends[1] - ends[0] if len(ends) > 1 else timedelta(days=90))
    for at, (before, end) in enumerate(pairwise([first, *ends])):
        if day <= end:
            return at - 0.5 + max(0.0, (day - before).days / max(1, (end - before).days))
    return len(ends) - 0.5


def spc(chart: Chart, measure: Measure, title: str, moments: Sequence[Moment] = ()) -> Picture:
    """The chart of a series, its table, and what it says in words. ``moments`` are marked below the points and told in
    the notes and the description; they say nothing of a cause."""
    reach = [each for point in chart.points for each in _reach(point, measure)]
    if chart.target is not None:
        reach.append(within(chart.target, measure))
    # Without limits there is nothing to tell large from small, so the scale begins at 0.
    least = min(reach, default=0) if any(part.limits for part in chart.parts) else 0
    marks = ticks_between(least, max(reach, default=1))
    if measure.unit == "percent":
        marks = [each for each in marks if each <= 100]
        marks = marks if len(marks) > 1 else ticks_between(0, 100)
    told = tuple(f"{each.words}: marked at {_near(chart, each)}." for each in _shown(chart, moments))
    alt = " ".join([described(chart, measure, title), *told])
    drawing = Drawing(_WIDE, _HIGH, title, without(title, alt))
    paper = _Paper(drawing, (_RIGHT - _LEFT) / len(chart.points), marks)
    _scale(paper, chart, measure)
    _gaps(paper, chart)
    _levels(paper, chart, measure)
    _moments(paper, _shown(chart, moments))
    _line(paper, chart)
    _points(paper, chart)
    _periods(paper, chart)
    _key(paper, chart)
    return Picture(
        title, alt, drawing, (
            "From one to the next" if chart.shows_dates else "Period", "Days" if chart.shows_dates else "Value",
            "Lower limit", middle(chart), "Upper limit", "What the point says",
        ), tuple(row(each, measure) for each in chart.points), (*notes(chart, cut=marks[0] > 0), *told),
        chart.shows_dates,
    )  # fmt: skip


def _shown(chart: Chart, moments: Sequence[Moment]) -> Sequence[Moment]:
    """Days between events have a scale of their own, on which a moment has no place."""
    return () if chart.shows_dates else moments


def _near(chart: Chart, moment: Moment) -> str:
    return chart.points[min(len(chart.points) - 1, max(0, round(moment.place)))].label


def _moments(paper: _Paper, moments: Sequence[Moment]) -> None:
    """A dotted line from below with its words, beside the line where there is room."""
    for at, each in enumerate(moments):
        x, y = paper.x(each.place), _BOTTOM - 10 - 18 * (at % 3)
        paper.drawing.line(x, _TOP, x, _BOTTOM, colour=INK, wide=1.5, dashes="2 3")
        right = x + 10 + len(each.words) * 6.8 > _RIGHT
        paper.drawing.text(x + (-6 if right else 6), y, each.words, at="end" if right else "start", size=13)


def _reach(point: Point, measure: Measure) -> list[float]:
    limits = [within(each, measure) for each in (point.lower, point.upper) if each is not None]
    return [*limits, *(each for each in (point.value, point.centre) if each is not None)]


def _scale(paper: _Paper, chart: Chart, measure: Measure) -> None:
    for mark in paper.marks:
        paper.drawing.line(_LEFT, paper.y(mark), _RIGHT, paper.y(mark), colour=LIGHT)
        paper.drawing.text(_LEFT - 8, paper.y(mark) + 5, said(mark), at="end", colour=QUIET, size=14)
    words = "days between events" if chart.plot in (Plot.G, Plot.T) else unit(measure)
    cut = "; the scale does not begin at 0" if paper.marks[0] > 0 else ""
    paper.drawing.text(4, 18, f"{words}{cut}", colour=QUIET, size=14)
    paper.drawing.line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)


def _gaps(paper: _Paper, chart: Chart) -> None:
    """A pale column with words where there is no value."""
    for at, point in enumerate(chart.points):
        if point.value is None:
            wide = min(paper.step * 0.8, 24.0)
            paper.drawing.box(paper.x(at) - wide / 2, _TOP, wide, _BOTTOM - _TOP, colour=_PALE)
            words = (point.nothing or Kind.NOT_SUPPLIED).value.replace("_", " ")
            paper.drawing.text(paper.x(at) + 5, _BOTTOM - 8, words, colour=QUIET, size=13, upwards=True)


def _levels(paper: _Paper, chart: Chart, measure: Measure) -> None:
    """Centre and limits, part by part, the target across, and their names at the right."""
    for number_, part in enumerate(chart.parts):
        inside = [(at, each) for at, each in enumerate(chart.points) if each.part == number_]
        _stairs(paper, [(at, each.centre) for at, each in inside], dashes="", colour=INK)
        for of in ("lower", "upper"):
            levels = [(at, getattr(each, of)) for at, each in inside]
            drawn = [(at, None if level is None else crossable(level, measure)) for at, level in levels]
            _stairs(paper, drawn, dashes="2 4" if part.trial else "7 4", colour=QUIET)
    for begin in chart.breaks if not chart.shows_dates else ():
        x = paper.x(begin.place - 0.5)
        late = begin.place > len(chart.points) / 2
        words = "definition changed" if begin.definition else "limits begin anew"
        paper.drawing.line(x, _TOP - 12, x, _BOTTOM, wide=2, dashes="" if begin.definition else "1 3")
        paper.drawing.text(x + (-5 if late else 5), _TOP - 3, words, at="end" if late else "start", size=13)
    _names(paper, chart, measure)


def _stairs(
    paper: _Paper, levels: Sequence[tuple[int, float | None]], *, dashes: str, colour: str
) -> None:  # fmt: skip
    run: list[tuple[float, float]] = []
    for at, level in [*levels, (-1, None)]:
        if level is None:
            paper.drawing.path(run, colour=colour, wide=1.5, dashes=dashes)
            run = []
        else:
            run += [(paper.x(at - 0.5), paper.y(level)), (paper.x(at + 0.5), paper.y(level))]


def _names(paper: _Paper, chart: Chart, measure: Measure) -> None:
    last = next((each for each in reversed(chart.points) if each.centre is not None), None)
    named: list[tuple[str, float, bool]] = []
    if last is not None and last.centre is not None:
        named.append((f"{middle(chart)} {said(_short(last.centre))}", last.centre, False))
    if last is not None and last.upper is not None and last.lower is not None:
        limits = (crossable(last.upper, measure), crossable(last.lower, measure))
        named += [(f"Limit {said(_short(each))}", each, False) for each in limits if each is not None]
    if chart.target is not None:
        named.append((f"Target {said(_short(chart.target))}", within(chart.target, measure), True))
        y = paper.y(within(chart.target, measure))
        paper.drawing.line(_LEFT, y, _RIGHT, y, colour=NEITHER, wide=2, dashes="12 4 2 4")
    places = apart([paper.y(value) for _, value, _ in named], 17, _TOP, _BOTTOM)
    for (words, _, target), y in zip(named, places, strict=True):
        paper.drawing.text(_RIGHT + 6, y + 5, words, colour=NEITHER if target else INK, size=14, bold=target)


def _short(value: float) -> float:
    return round(value, 1) if abs(value) < 1000 else round(value)


def _line(paper: _Paper, chart: Chart) -> None:
    run: list[tuple[float, float]] = []
    part = 0
    for at, point in enumerate(chart.points):
        if point.value is None or point.part != part:
            paper.drawing.path(run, colour=QUIET, wide=1.5)
            run = []
        part = point.part
        if point.value is not None:
            run.append((paper.x(at), paper.y(point.value)))
    paper.drawing.path(run, colour=QUIET, wide=1.5)


def _shape(chart: Chart, at: int) -> str:
    point = chart.points[at]
    if point.rule != "trend":
        return MARKS.get(point.rule or "common", "circle")
    beside = chart.points[at - 1] if at and chart.points[at - 1].rule == "trend" else None
    other = chart.points[at + 1] if at + 1 < len(chart.points) else None
    if beside is not None and beside.value is not None and point.value is not None:
        return "up" if point.value > beside.value else "down"
    rising = (
        other is not None
        and other.value is not None
        and point.value is not None
        and other.value > point.value
    )
    return "up" if rising else "down"


def _points(paper: _Paper, chart: Chart) -> None:
    """The marks, and a word at each run of signals that say the same."""
    size = 6.0 if paper.step > 13 else 4.5
    for at, point in enumerate(chart.points):
        if point.value is None:
            continue
        x, y = paper.x(at), paper.y(point.value)
        if point.reads is None:
            paper.drawing.shape(x, y, "circle", colour=LIGHT if point.nothing else QUIET, size=size - 1)
            continue
        paper.drawing.shape(
            x, y, _shape(chart, at), colour=_COLOURS[point.reads], size=size if point.signals else size - 1.5
        )
    for at in _furthest(chart):
        _word(paper, chart.points[at], paper.x(at))


def _furthest(chart: Chart) -> list[int]:
    """Of each run of signals that say the same, the point that lies furthest from the centre: there a word has room."""
    found: list[int] = []
    before: Reads | None = None
    for at, point in enumerate(chart.points):
        if point.signals and point.reads is before:
            found[-1] = max(found[-1], at, key=lambda each: _off(chart.points[each]))
        elif point.signals:
            found.append(at)
        before = point.reads if point.signals else None
    return found


def _off(point: Point) -> float:
    return abs((point.value or 0.0) - (point.centre or 0.0))


def _word(paper: _Paper, point: Point, x: float) -> None:
    if point.reads is None or point.value is None:
        return
    above = point.centre is None or point.value >= point.centre
    words, y = KIND_SAID[point.reads].capitalize(), paper.y(point.value)
    half = len(words) * 3.6
    across = min(max(x, _LEFT + half), _RIGHT - half)
    down = y - 12 if above else y + 22
    paper.drawing.text(across, down, words, at="middle", colour=_COLOURS[point.reads], size=13, bold=True)


def _periods(paper: _Paper, chart: Chart) -> None:
    labels = [each.label.rpartition(" to ")[2] if chart.shows_dates else each.label for each in chart.points]
    longest = max(len(each) for each in labels)
    every = max(1, int(-(-(longest * 7.6 + 10) // paper.step)))
    for at in range(len(labels) - 1, -1, -every):
        half = len(labels[at]) * 3.8
        across = min(max(paper.x(at), half + 2), _WIDE - half)
        paper.drawing.line(paper.x(at), _BOTTOM, paper.x(at), _BOTTOM + 5)
        paper.drawing.text(across, _BOTTOM + 21, labels[at], at="middle", size=14)


def _key(paper: _Paper, chart: Chart) -> None:
    """The marks in use and what they mean, below the periods."""
    x, y = float(_LEFT), _HIGH - 34.0
    seen = dict.fromkeys(each.rule for each in chart.points if each.signals and each.rule)
    for rule in seen:
        paper.drawing.shape(x + 6, y - 5, "up" if rule == "trend" else MARKS[rule], colour=INK)
        paper.drawing.text(x + 18, y, LABELS[rule], size=14)
        x += 34 + len(LABELS[rule]) * 7.2
    method = PLOT_WORDS[chart.plot]
    trial = f"; limits for trial, from {chart.now.points} points" if chart.trial and chart.now.limits else ""
    paper.drawing.text(_LEFT, _HIGH - 10, f"{method}{trial}", colour=QUIET, size=14)

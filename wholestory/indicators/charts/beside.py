"""Bars beside each other: neighbours with ours marked, or the parts of a breakdown, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from wholestory.govuk.charts.drawing import INK, LIGHT, QUIET, Drawing, said, ticks
from wholestory.indicators.charts.picture import NEITHER, OURS, Picture, number, unit, within, without
from wholestory.indicators.rules.figures import Measure
from wholestory.indicators.rules.gaps import Gaps

_WIDE, _LABELS, _RIGHT, _ROW, _TOP = 760, 236, 640, 36, 44
_BAR = "#9fb9d1"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. Without a value ``why_not`` stands in its place; it has no length and tells no more than the table."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    why_not: str = ""
    ours: bool = False
    counts: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A line across all bars: England, the mean of the neighbours, a target."""

    label: str
    value: float


def neighbours(bars: Sequence[Bar], measure: Measure, title: str, levels: Sequence[Level] = ()) -> Picture:
    """Areas by name, ours first and marked: no league table. ``levels`` are lines with their names."""
    ordered = sorted(bars, key=lambda each: (not each.ours, each.label))
    alt = f"{title}. {len(ordered)} areas: {_listed(ordered, measure)}.{_lines(levels, measure)}"
    rows = [_row(each, measure) for each in ordered] + [
        (each.label, number(each.value, measure), "", "") for each in levels
    ]
    return Picture(
        title, alt, _drawn(title, alt, ordered, measure, levels), ("Area", "Value", "95% interval", "Counts"),
        tuple(rows), ("Areas stand by name, not by rank.",),
    )  # fmt: skip


def groups(found: Gaps, measure: Measure, title: str, whole: Level | None = None) -> Picture:
    """The parts of a breakdown in the order they came, each with its 95% interval, and all children as a line."""
    bars = [
        Bar(each.label, each.value, each.lower, each.upper, each.why_not, counts=each.counts,
            says=each.gap.sentence if each.gap is not None else "")
        for each in found.rows
    ]  # fmt: skip
    levels = () if whole is None else (whole,)
    alt = f"{title}. {_listed(bars, measure)}.{_lines(levels, measure)} {found.sentence}"
    return Picture(
        title, alt, _drawn(title, alt, bars, measure, levels),
        ("Group", "Value", "95% interval", "Counts", "Against everybody else"),
        tuple((*_row(each, measure), each.says) for each in bars), (found.sentence, *found.cautions),
    )  # fmt: skip


def _row(bar: Bar, measure: Measure) -> tuple[str, ...]:
    if bar.value is None:
        return (bar.label, bar.why_not or "not supplied", "", bar.counts)
    return (bar.label, number(bar.value, measure), _interval(bar, measure), bar.counts)


def _interval(bar: Bar, measure: Measure) -> str:
    if bar.lower is None or bar.upper is None:
        return ""
    return f"{number(bar.lower, measure)} to {number(bar.upper, measure)}"


def _listed(bars: Sequence[Bar], measure: Measure) -> str:
    return "; ".join(
        f"{each.label}: {number(each.value, measure) if each.value is not None else each.why_not or 'not supplied'}"
        for each in bars
    )


def _lines(levels: Sequence[Level], measure: Measure) -> str:
    return "".join(f" {each.label}: {number(each.value, measure)}." for each in levels)


def _drawn(
    title: str, alt: str, bars: Sequence[Bar], measure: Measure, levels: Sequence[Level]
) -> Drawing:  # fmt: skip
    reach = [each for bar in bars for each in (bar.value, bar.upper) if each is not None]
    top = max([*reach, *(each.value for each in levels)], default=1.0)
    marks = ticks(within(top, measure) or 1.0)
    if measure.unit == "percent":
        marks = [each for each in marks if each <= 100]
    foot = _TOP + _ROW * len(bars) + 6
    drawing = Drawing(_WIDE, foot + 30 + 20 * len(levels), title, without(title, alt))

    def x(value: float) -> float:
        return _LABELS + (_RIGHT - _LABELS) * min(value, marks[-1]) / marks[-1]

    for mark in marks:
        drawing.line(x(mark), _TOP - 6, x(mark), foot, colour=LIGHT)
        drawing.text(x(mark), _TOP - 12, said(mark), at="middle", colour=QUIET, size=14)
    drawing.text(_LABELS - 10, _TOP - 12, unit(measure), at="end", colour=QUIET, size=14)
    for at, bar in enumerate(bars):
        _bar(
            drawing,
            bar,
            measure,
            _TOP + at * _ROW,
            x(bar.value or 0.0),
            (x(bar.lower or 0.0), x(bar.upper or 0.0)),
        )
    for at, level in enumerate(levels):
        dashes = ("7 4", "2 4", "12 4 2 4")[at % 3]
        drawing.line(x(level.value), _TOP - 4, x(level.value), foot, colour=NEITHER, wide=2, dashes=dashes)
        y = foot + 24 + 20 * at
        drawing.line(_LABELS, y - 5, _LABELS + 34, y - 5, colour=NEITHER, wide=2, dashes=dashes)
        drawing.text(_LABELS + 42, y, f"{level.label}: {number(level.value, measure)}", size=14)
    drawing.line(_LABELS, _TOP - 6, _LABELS, foot)
    return drawing


def _bar(
    drawing: Drawing, bar: Bar, measure: Measure, y: float, end: float, span: tuple[float, float]
) -> None:  # fmt: skip
    lines = wrap(bar.label, 30)[:2]
    for at, line in enumerate(lines):
        down = y + (22 if len(lines) == 1 else 14 + 16 * at)
        drawing.text(_LABELS - 10, down, line, at="end", size=15 if len(lines) == 1 else 14, bold=bar.ours)
    if bar.value is None:
        drawing.text(_LABELS + 8, y + 22, bar.why_not or "not supplied", colour=QUIET, size=14)
        return
    drawing.box(_LABELS, y + 5, end - _LABELS, 24, colour=OURS if bar.ours else _BAR)
    if bar.lower is not None and bar.upper is not None:
        for each in span:
            drawing.line(each, y + 11, each, y + 23, wide=1.5)
        drawing.line(span[0], y + 17, span[1], y + 17, wide=1.5)
    # In a column of their own, where no line of a level crosses them.
    drawing.text(_RIGHT + 14, y + 22, number(bar.value, measure), colour=INK, size=14, bold=bar.ours)

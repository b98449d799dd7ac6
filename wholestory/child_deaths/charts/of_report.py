"""The charts of the panel's report as SVG: the same drawing for its page, its PDF and its Word file.

A number that is not shown is a gap with the words that stand for it. It has no length, no height and no place on the
axis, so a drawing never tells more than the table beside it. The words in ``alt`` are the report's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from django.utils.safestring import SafeString
from django.utils.text import slugify

from wholestory.child_deaths.rules.panel_report.shape import Chart, Mark
from wholestory.govuk.charts.drawing import LIGHT, QUIET, SIGNAL, Drawing, said, ticks

_WIDE = 680
_LABELS, _AFTER, _ROW, _ROOM = 250, 128, 40, 302
_HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 340, 58, 666, 44, 294
_PALE = "#f3f2f1"
NOT_SHOWN = "not shown"


def drawn(chart: Chart) -> SafeString:
    """The chart as an SVG element, with its title and its description for whoever does not see it.

    Raises ValueError for a kind of chart nobody knows."""
    if chart.kind == "bars":
        made = _bars(chart)
    elif chart.kind == "over_time":
        made = _over_time(chart)
    else:
        raise ValueError(f"No chart is drawn as {chart.kind!r}.")
    return made.named(f"chart-{slugify(chart.key)}")


def _top(chart: Chart) -> float:
    reach = [each for mark in chart.marks for each in (mark.number, mark.high) if each is not None]
    return max([*reach, chart.target or 0.0])


def _bars(chart: Chart) -> Drawing:
    top = _top(chart) or 1.0
    head = 8 if chart.target is None else 30
    foot = head + _ROW * len(chart.marks) + 2
    drawing = Drawing(_WIDE, foot + 4, chart.title, chart.alt)

    def x(number: float) -> float:
        return _LABELS + _ROOM * number / top

    for at, mark in enumerate(chart.marks):
        y = head + at * _ROW
        _label(drawing, mark.label, y)
        if mark.number is None:
            drawing.text(_LABELS + 10, y + 23, mark.after or NOT_SHOWN, colour=QUIET)
            continue
        end = x(mark.number)
        drawing.box(_LABELS, y + 6, end - _LABELS, 24)
        if mark.low is not None and mark.high is not None:
            end = max(end, x(mark.high))
            drawing.line(x(mark.low), y + 18, x(mark.high), y + 18, wide=1.5)
            for each in (mark.low, mark.high):
                drawing.line(x(each), y + 13, x(each), y + 23, wide=1.5)
        drawing.text(end + 8, y + 23, mark.after or said(mark.number))
    drawing.line(_LABELS, head - 2, _LABELS, foot)
    if chart.target is not None:
        drawing.line(x(chart.target), head - 4, x(chart.target), foot, wide=1.5, dashes="6 4")
        drawing.text(
            x(chart.target),
            head - 10,
            f"{chart.target_label} (dashed)",
            at="end" if chart.target > top / 2 else "start",
            size=14,
        )
    return drawing


def _label(drawing: Drawing, words: str, y: float) -> None:
    lines = wrap(words, 34)[:2]
    if len(lines) == 1:
        drawing.text(_LABELS - 10, y + 23, lines[0], at="end")
        return
    for at, line in enumerate(lines):
        drawing.text(_LABELS - 10, y + 15 + 16 * at, line, at="end", size=14)


def _over_time(chart: Chart) -> Drawing:
    drawing = Drawing(_WIDE, _HIGH, chart.title, chart.alt)
    levels = ticks(_top(chart))
    step = (_RIGHT - _LEFT) / max(1, len(chart.marks))

    def x(at: float) -> float:
        return _LEFT + step * (at + 0.5)

    def y(number: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * number / levels[-1]

    for level in levels:
        drawing.line(_LEFT, y(level), _RIGHT, y(level), colour=LIGHT)
        drawing.text(_LEFT - 8, y(level) + 5, said(level), at="end", colour=QUIET, size=14)
    drawing.text(4, 16, chart.unit, colour=QUIET, size=14)
    begins = [at for at, mark in enumerate(chart.marks) if at and mark.label in chart.breaks]
    for at, mark in enumerate(chart.marks):
        if mark.number is None:
            _gap(drawing, x(at), step, mark.after or NOT_SHOWN)
    for place in begins:
        _break(drawing, x(place - 0.5), late=place > len(chart.marks) / 2)
    if chart.target is not None:
        drawing.line(_LEFT, y(chart.target), _RIGHT, y(chart.target), colour=QUIET, wide=1.5, dashes="6 4")
        # Said above the scale, where no mark can lie under the words.
        drawing.text(_RIGHT, 16, f"{chart.target_label} (dashed)", at="end", colour=QUIET, size=14)
    for run in _runs(chart.marks, begins):
        drawing.path([(x(at), y(number)) for at, number in run])
    for at, mark in enumerate(chart.marks):
        if mark.number is None:
            continue
        if mark.low is not None and mark.high is not None:
            drawing.line(x(at), y(mark.low), x(at), y(mark.high), colour=QUIET, wide=1.5)
        drawing.dot(x(at), y(mark.number))
    for at in _labelled(chart.marks, step):
        half = len(chart.marks[at].label) * 4.0
        across = min(max(x(at), half), _WIDE - half - 2)
        drawing.text(across, _BOTTOM + 28, chart.marks[at].label, at="middle", size=14)
    drawing.line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)
    return drawing


def _labelled(marks: Sequence[Mark], step: float) -> list[int]:
    """The places that have room for their label: every so many, from the last, which is looked for first."""
    longest = max((len(mark.label) for mark in marks), default=1)
    every = max(1, int(-(-(longest * 8.0 + 8) // step)))
    return list(range(len(marks) - 1, -1, -every))


def _runs(marks: Sequence[Mark], begins: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Numbers that may be joined: a new run after each gap, and where something else began to be counted."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, mark in enumerate(marks):
        if at in begins or mark.number is None:
            runs.append([])
        if mark.number is not None:
            runs[-1].append((at, mark.number))
    return runs


def _gap(drawing: Drawing, x: float, step: float, words: str) -> None:
    """A pale column where a number is not shown, over the whole height of the scale, so that it tells nothing."""
    wide = min(step * 0.8, 26.0)
    drawing.box(x - wide / 2, _TOP, wide, _BOTTOM - _TOP, colour=_PALE)
    drawing.text(x + 5, _BOTTOM - 10, words, colour=QUIET, size=14, upwards=True)


def _break(drawing: Drawing, x: float, *, late: bool) -> None:
    drawing.line(x, _TOP - 14, x, _BOTTOM, colour=SIGNAL, wide=2)
    drawing.text(
        x + (-5 if late else 5), _TOP - 6, "counted otherwise from here", at="end" if late else "start",
        colour=SIGNAL, size=14,
    )  # fmt: skip

"""Lines over periods, with limits where there are any, and a break where what was counted changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from wholestory.govuk.charts.drawing import LIGHT, QUIET, SIGNAL, Drawing, said, ticks

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 680, 330, 58, 16, 34, 46


@dataclass(frozen=True, slots=True)
class Point:
    """One period. ``value`` is None where nothing is known; ``lower`` and ``upper`` are drawn as a bar through it."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    stands_out: bool = False


def over_time(
    title: str, points: Sequence[Point], *, unit: str = "", breaks: Sequence[int] = (),
    lines: Mapping[str, float] | None = None,
) -> SafeString:  # fmt: skip
    """Points joined from period to period. ``breaks`` are the places a new series begins at: nothing is joined over
    them. ``lines`` are levels across the whole, by name."""
    levels = dict(lines or {})
    known = [each for point in points for each in (point.value, point.upper) if each is not None]
    marks = ticks(max([*known, *levels.values(), 0]))
    words = "; ".join(f"{p.label}: {'none' if p.value is None else f'{p.value:,.4g}'}" for p in points)
    drawn = Drawing(_WIDTH, _HEIGHT, title, words)
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    step = wide / max(1, len(points))

    def x(at: float) -> float:
        return _LEFT + step * (at + 0.5)

    def y(value: float) -> float:
        return _TOP + high * (1 - value / marks[-1])

    for mark in marks:
        drawn.line(_LEFT, y(mark), _WIDTH - _RIGHT, y(mark), colour=LIGHT)
        drawn.text(_LEFT - 8, y(mark) + 5, said(mark), at="end", colour=QUIET, size=14)
    if unit:
        drawn.text(4, 16, unit, colour=QUIET, size=14)
    for name, level in levels.items():
        drawn.line(_LEFT, y(level), _WIDTH - _RIGHT, y(level), colour=QUIET, wide=1.5, dashes="6 4")
        drawn.text(_WIDTH - _RIGHT, y(level) - 6, name, at="end", colour=QUIET, size=14)
    for begins in breaks:
        drawn.line(x(begins - 0.5), _TOP - 12, x(begins - 0.5), _HEIGHT - _BOTTOM, colour=SIGNAL, wide=2)
        drawn.text(x(begins - 0.5) + 5, _TOP - 2, "counted otherwise from here", colour=SIGNAL, size=14)
    run: list[tuple[float, float]] = []
    for at, point in enumerate(points):
        if at in breaks or point.value is None:
            drawn.path(run)
            run = []
        if point.value is not None:
            run.append((x(at), y(point.value)))
    drawn.path(run)
    sparse = max(1, -(-len(points) // 8))
    for at, point in enumerate(points):
        if point.value is not None:
            if point.lower is not None and point.upper is not None:
                drawn.line(
                    x(at), y(point.lower), x(at), y(min(point.upper, marks[-1])), colour=QUIET, wide=1.5
                )
            drawn.dot(x(at), y(point.value), stands_out=point.stands_out)
        if at % sparse == 0:
            drawn.text(x(at), _HEIGHT - 18, point.label, at="middle", size=14)
    drawn.line(_LEFT, _HEIGHT - _BOTTOM, _WIDTH - _RIGHT, _HEIGHT - _BOTTOM)
    return drawn.svg

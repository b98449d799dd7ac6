"""A funnel: areas by their size, and how far chance alone would take them from the target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from wholestory.govuk.charts.drawing import LIGHT, QUIET, Drawing, said, shortened, ticks

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 680, 380, 58, 16, 30, 56

#: Lower and upper limit at 95 and at 99.8 % for a size.
Limits = Callable[[float], tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Dot:
    """One area: its size along the bottom, its value, and whether it lies outside the outer limits."""

    label: str
    size: float
    value: float
    stands_out: bool = False


def funnel(
    title: str, dots: Sequence[Dot], target: float, limits: Limits, *, across: str, up: str
) -> SafeString:
    """The areas, the target, and the limits at 95 % (dashed) and 99.8 %."""
    largest = max((dot.size for dot in dots), default=1) * 1.1
    sizes = [largest * (at + 1) / 60 for at in range(60)]
    curves = [limits(size) for size in sizes]
    tallest = max([dot.value for dot in dots] + [target * 2])
    marks = ticks(tallest * 1.1)
    words = "; ".join(f"{dot.label}: {dot.value:,.3g}" for dot in dots)
    drawn = Drawing(_WIDTH, _HEIGHT, title, words)
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(size: float) -> float:
        return _LEFT + wide * size / largest

    def y(value: float) -> float:
        return _TOP + high * (1 - min(value, marks[-1]) / marks[-1])

    for mark in marks:
        drawn.line(_LEFT, y(mark), _WIDTH - _RIGHT, y(mark), colour=LIGHT)
        drawn.text(_LEFT - 8, y(mark) + 5, said(mark), at="end", colour=QUIET, size=14)
    drawn.text(4, 16, up, colour=QUIET, size=14)
    for place, dashes in ((0, "6 4"), (1, "6 4"), (2, ""), (3, "")):
        inside = [(x(s), y(c[place])) for s, c in zip(sizes, curves, strict=True) if c[place] <= marks[-1]]
        drawn.path(inside, colour=QUIET, wide=1.5, dashes=dashes)
    drawn.line(_LEFT, y(target), _WIDTH - _RIGHT, y(target), wide=1.5)
    for dot in dots:
        drawn.dot(x(dot.size), y(dot.value), stands_out=dot.stands_out)
        right = x(dot.size) > _WIDTH * 0.7
        drawn.text(
            x(dot.size) + (-10 if right else 10), y(dot.value) - 8, shortened(dot.label, 26),
            at="end" if right else "start", size=14,
        )  # fmt: skip
    for mark in ticks(largest, 4):
        if mark <= largest:
            drawn.text(x(mark), _HEIGHT - 34, said(mark), at="middle", colour=QUIET, size=14)
    drawn.text(_WIDTH - _RIGHT, _HEIGHT - 10, across, at="end", colour=QUIET, size=14)
    drawn.line(_LEFT, _HEIGHT - _BOTTOM, _WIDTH - _RIGHT, _HEIGHT - _BOTTOM)
    return drawn.svg

"""A drawing of lines, boxes, marks and words, written out as SVG with nothing that a strict policy would stop."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import floor, log10

from django.utils.safestring import SafeString

INK, QUIET, MAIN, SIGNAL, LIGHT = "#0b0c0c", "#505a5f", "#1d70b8", "#aa2a16", "#d9e4ef"
FONT = "Helvetica, Arial, sans-serif"

#: Corners of the marks, in their own size; a circle and a ring have none.
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "ring": (),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "up": ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
    "down": ((0, 1.3), (1.2, -0.9), (-1.2, -0.9)),
}


class Drawing:
    """What is drawn, in a box of ``width`` by ``height``. ``title`` and ``words`` are read out to those who do not see
    it."""

    def __init__(self, width: int, height: int, title: str, words: str) -> None:
        self.width, self.height = width, height
        self._title, self._words = title, words
        self._parts: list[str] = []

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: str = INK,
        wide: float = 1,
        dashes: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"'
            f' stroke-width="{wide}"{dashed}/>'
        )

    def path(
        self, points: Sequence[tuple[float, float]], *, colour: str = MAIN, wide: float = 2, dashes: str = ""
    ) -> None:
        """A line through points."""
        if len(points) < 2:
            return
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{wide}"{dashed}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, *, colour: str = MAIN) -> None:
        """A filled box."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" height="{height:.1f}" fill="{colour}"/>'
        )

    def dot(self, x: float, y: float, *, stands_out: bool = False) -> None:
        """A round mark; one that stands out is a larger diamond, so that colour is not all that tells."""
        if stands_out:
            corners = f"{x:.1f},{y - 8:.1f} {x + 8:.1f},{y:.1f} {x:.1f},{y + 8:.1f} {x - 8:.1f},{y:.1f}"
            self._parts.append(f'<polygon points="{corners}" fill="{SIGNAL}"/>')
        else:
            self._parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{MAIN}"/>')

    def shape(self, x: float, y: float, kind: str, *, colour: str = MAIN, size: float = 6) -> None:
        """A mark of one of ``SHAPES``, so that what it means does not hang on its colour."""
        if kind in ("circle", "ring"):
            inside = "#ffffff" if kind == "ring" else colour
            self._parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.8:.1f}" fill="{inside}" stroke="{colour}"'
                ' stroke-width="2"/>'
            )
            return
        corners = " ".join(f"{x + size * across:.1f},{y + size * down:.1f}" for across, down in SHAPES[kind])
        self._parts.append(f'<polygon points="{corners}" fill="{colour}"/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        at: str = "start",
        colour: str = INK,
        size: int = 15,
        bold: bool = False,
        upwards: bool = False,
    ) -> None:
        """Words; ``at`` is start, middle or end. ``upwards`` turns them about their place, to be read from below."""
        heavy = ' font-weight="bold"' if bold else ""
        turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if upwards else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{at}" fill="{colour}" font-family="{FONT}"'
            f' font-size="{size}"{heavy}{turned}>{escape(words)}</text>'
        )

    @property
    def inner(self) -> SafeString:
        """What is drawn, without its frame, to be set into another drawing."""
        return SafeString("".join(self._parts))

    def named(self, name: str) -> SafeString:
        """The drawing with its title and description as elements of their own, for files that keep them. ``name`` is
        one that nothing else on the page has."""
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {self.width} {self.height}"'
            f' aria-labelledby="{name}-title {name}-words"><title id="{name}-title">{escape(self._title)}</title>'
            f'<desc id="{name}-words">{escape(self._words)}</desc>{"".join(self._parts)}</svg>'
        )

    @property
    def svg(self) -> SafeString:
        """The drawing, ready for a page. Every word in it was escaped."""
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {self.width} {self.height}"'
            f' aria-label="{escape(self._title)}. {escape(self._words)}">{"".join(self._parts)}</svg>'
        )


def ticks(top: float, about: int = 5) -> list[float]:
    """Round numbers from 0 to at least ``top``."""
    if top <= 0:
        return [0.0, 1.0]
    rough = top / about
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * each for each in (1, 2, 5, 10) if unit * each >= rough * (1 - 1e-9))
    found = [0.0]
    while found[-1] < top * (1 - 1e-9):
        found.append(round(found[-1] + step, 10))
    return found


def ticks_between(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from at most ``low`` to at least ``high``. They begin at 0 unless the whole lies far above it."""
    if low >= 0 and low < (high - low) * 2:
        return ticks(high, about)
    step = ticks(high - low or abs(high) or 1.0, about)[1]
    first = floor(low / step + 1e-9)
    found = [round(first * step, 10)]
    while found[-1] < high - abs(high) * 1e-9:
        found.append(round(found[-1] + step, 10))
    return found if len(found) > 1 else [*found, round(found[0] + step, 10)]


def apart(places: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Places of labels moved so that they lie ``least`` apart and inside, in their own order."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved = list(places)
    for before, here in pairwise(order):
        moved[here] = max(moved[here], moved[before] + least)
    below = bottom
    for at in reversed(order):
        moved[at] = min(moved[at], below)
        below = moved[at] - least
    above = top
    for at in order:
        moved[at] = max(moved[at], above)
        above = moved[at] + least
    return moved


def said(number: float) -> str:
    """A number as an axis shows it."""
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


def shortened(words: str, most: int) -> str:
    """Words that fit a place, with a mark where they were cut."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"

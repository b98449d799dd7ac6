"""A picture as a slide: PNG, sixteen by nine, made here without a browser and without a network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import vl_convert

from wholestory.govuk.charts.drawing import FONT, INK, QUIET
from wholestory.indicators.charts.picture import Picture

#: The slide in its own units; the PNG is ``SCALE`` times as many dots wide and high: 1,920 by 1,080.
WIDE, HIGH, SCALE = 1280, 720, 1.5
_EDGE = 48


def slide(picture: Picture, *, said: Sequence[str] = (), below: str = "") -> str:
    """The slide as SVG: title, drawing, as many whole sentences of ``said`` as there is room for, and a line below
    (source, marking, “Example: invented”)."""
    head = wrap(picture.title, 62)[:2]
    lines = _sentences(said)
    top, bottom = 56 + 42 * len(head), HIGH - 50 - 28 * len(lines)
    scale = min((WIDE - 2 * _EDGE) / picture.drawing.width, (bottom - top) / picture.drawing.height)
    left = (WIDE - picture.drawing.width * scale) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}">'
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>'
    ]
    parts += [_text(_EDGE, 58 + 42 * at, line, 34, INK, bold=True) for at, line in enumerate(head)]
    parts.append(f'<g transform="translate({left:.1f} {top}) scale({scale:.3f})">{picture.drawing.inner}</g>')
    parts += [_text(_EDGE, bottom + 22 + 28 * at, line, 22, INK) for at, line in enumerate(lines)]
    return "".join([*parts, _text(_EDGE, HIGH - 14, below, 15, QUIET), "</svg>"])


def _sentences(said: Sequence[str]) -> list[str]:
    """Whole sentences in at most three lines: one cut in the middle could say the opposite."""
    lines: list[str] = []
    for so_far in range(1, len(said) + 1):
        longer = wrap(" ".join(said[:so_far]), 108)
        if len(longer) > 3:
            break
        lines = longer
    return lines


def png(picture: Picture, *, said: Sequence[str] = (), below: str = "") -> bytes:
    """The slide as PNG, 1,920 by 1,080. Pictures of single events are closed: the caller asks before."""
    return bytes(vl_convert.svg_to_png(slide(picture, said=said, below=below), scale=SCALE))


def _text(x: float, y: float, words: str, size: int, colour: str, *, bold: bool = False) -> str:
    heavy = ' font-weight="bold"' if bold else ""
    look = f'font-family="{FONT}" font-size="{size}" fill="{colour}"{heavy}'
    return f'<text x="{x}" y="{y}" {look}>{escape(words)}</text>'

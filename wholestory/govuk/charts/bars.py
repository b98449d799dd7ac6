"""Bars: how many there are of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from wholestory.govuk.charts.drawing import INK, LIGHT, QUIET, Drawing, shortened

_LABELS, _WIDTH, _ROW = 250, 680, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``quiet`` for what is not known. ``after`` stands behind it instead of the bare number."""

    label: str
    number: float
    after: str = ""
    quiet: bool = False


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """Bars from left to right, one below the other."""
    top = max((bar.number for bar in rows), default=0) or 1
    words = "; ".join(f"{bar.label}: {bar.after or f'{bar.number:,g}'}" for bar in rows)
    drawn = Drawing(_WIDTH, _ROW * len(rows) + 12, title, words)
    room = _WIDTH - _LABELS - 105
    for at, bar in enumerate(rows):
        y = 8 + at * _ROW
        drawn.text(
            _LABELS - 10, y + 18, shortened(bar.label, 32), at="end", colour=QUIET if bar.quiet else INK
        )
        long = room * bar.number / top
        if bar.quiet:
            drawn.box(_LABELS, y + 2, long, 22, colour=LIGHT)
        else:
            drawn.box(_LABELS, y + 2, long, 22)
        drawn.text(_LABELS + long + 8, y + 18, bar.after or f"{bar.number:,g}")
    drawn.line(_LABELS, 4, _LABELS, _ROW * len(rows) + 6)
    return drawn.svg

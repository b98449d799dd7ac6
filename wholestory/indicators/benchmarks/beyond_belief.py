"""Rates that cannot be right: a country's rate lies among those of its areas, so it is not many times the highest.

Publishers' files hold such slips (a point in the wrong place). They are set aside and named, never put right here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from wholestory.indicators.benchmarks.figures import ENGLAND, PublishedFigure, Reading

#: So many times the highest of the other areas, of which there have to be at least so many.
TIMES = 4
OTHERS = 5
_COMPARABLE = frozenset({"percent", "rate"})


def set_aside(reading: Reading) -> None:
    """Take the value from each of England's rates that is beyond belief, and say so."""
    highest: dict[tuple[str, date], list[Decimal]] = defaultdict(list)
    for each in reading.figures:
        if each.value is not None and each.unit in _COMPARABLE and each.area_code != ENGLAND:
            highest[each.measure, each.period_end].append(each.value)
    found: dict[str, list[PublishedFigure]] = defaultdict(list)
    for at, each in enumerate(reading.figures):
        others = highest.get((each.measure, each.period_end), [])
        if each.area_code == ENGLAND and _too_high(each, others):
            reading.figures[at] = replace(each, numerator=None, denominator=None, value=None, symbol="?")
            found[each.measure].append(each)
    for measure, of in found.items():
        last = of[-1]
        lines = f"line {last.line}" if len(of) == 1 else f"{len(of)} lines, the last of them {last.line}"
        others = highest[measure, last.period_end]
        reading.notices.append(
            f"{measure}, England ({lines}): {last.value} in {last.period_end.year} is more than {TIMES} times the"
            f" highest of the other areas ({max(others)}). It cannot be right and is set aside."
        )


def _too_high(figure: PublishedFigure, others: list[Decimal]) -> bool:
    return figure.value is not None and len(others) >= OTHERS and figure.value > TIMES * max(others) > 0

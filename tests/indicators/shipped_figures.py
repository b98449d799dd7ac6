"""The figures that ship, by measure, area and year, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from wholestory.indicators.benchmarks import PublishedFigure, shipped
from wholestory.statistics.rounding import rounded

PETERBOROUGH = "E06000031"


@cache
def everything() -> Mapping[tuple[str, str, int], PublishedFigure]:
    """Every shipped figure by measure, area and the year its year ends in."""
    return {
        (each.measure, each.area_code, each.period_end.year): each
        for file in shipped.files()
        for each in file.read().figures
    }


def value(measure: str, area: str, year: int) -> Decimal | None:
    return everything()[measure, area, year].value


def one_decimal(measure: str, area: str, year: int) -> Decimal:
    found = value(measure, area, year)
    assert found is not None
    return rounded(found, 1)

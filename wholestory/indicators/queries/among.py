"""Where the area lies among all areas with a published figure of the same measure."""

from __future__ import annotations

from datetime import date

from wholestory.indicators.benchmarks.tables import published
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Benchmark
from wholestory.indicators.queries.comparing import Comparison
from wholestory.indicators.queries.in_use import in_use
from wholestory.indicators.rules.among_areas import Among, Area
from wholestory.indicators.rules.among_areas import among as placed
from wholestory.partners.models import Board

#: ONS codes of single authorities begin so; regions and England are no areas among others.
AUTHORITIES = ("E06", "E07", "E08", "E09", "E10")
#: Fewer areas than this show nothing of how far chance would take one.
FEWEST = 10


def among(board: Board, measure: Definition, beside: Comparison, until: date) -> Among | None:
    """Every area of the newest published year that has enough areas: two questions. None without one."""
    if beside.england is None:
        return None
    key, year = beside.england.key, min(beside.england.year_end, until)
    ours = {each.code for each in board.areas.all()}
    rows: dict[str, Benchmark] = {}
    found = Benchmark.objects.filter(
        in_use(board), measure=key, period_end=year, numerator__isnull=False, denominator__gt=0
    )
    for row in found.select_related("release").order_by("release__loaded_on", "release__created_at"):
        if row.area_code.startswith(AUTHORITIES):
            rows[row.area_code] = row
    if len(rows) < FEWEST:
        return None
    areas = [
        Area(row.area_name, float(row.numerator or 0), float(row.denominator or 0), row.area_code in ours)
        for row in rows.values()
    ]
    return placed(areas, measure)


def titled(beside: Comparison) -> str:
    """What the drawing is called."""
    if beside.england is None:
        return "Areas with a published figure"
    return f"{published()[beside.england.key].title}: areas with a published figure, {beside.england.year}"

"""What a figure is compared with: England, and the mean of the areas most like this one, as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from wholestory.indicators.benchmarks.comparing import NeighbourMean, in_use_order, neighbour_mean
from wholestory.indicators.benchmarks.figures import ENGLAND
from wholestory.indicators.benchmarks.tables import published
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Benchmark, Neighbours
from wholestory.indicators.queries.in_use import in_use
from wholestory.partners.models import Board

#: Populations the rates of the catalogue are worked out on, and where they are published.
POPULATIONS = {"0_17": "ons-population-0-17"}
#: Units of published tables that a measure's value may stand beside.
_SAME_UNIT = {"percent": {"percent"}, "rate": {"rate"}, "days": {"days"}, "ratio": {"ratio", "rate"}}


@dataclass(frozen=True, slots=True)
class Beside:
    """One published figure to compare with: whose, of which year, and what it comes to (None: ``symbol`` says why)."""

    key: str
    title: str
    year_end: date
    value: Fraction | None
    symbol: str
    release: str
    name: str = "England"
    mean: NeighbourMean | None = None
    model: str = ""

    @property
    def year(self) -> str:
        """Of which year it is."""
        return f"year to {self.year_end:%B %Y}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one measure is compared with. ``own`` is the area's own published figure, where there is one."""

    england: Beside | None = None
    neighbours: Beside | None = None
    own: Beside | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The published figures a page needs, by key of the publisher's measure."""

    rows: Mapping[str, Sequence[Benchmark]] = field(default_factory=dict)
    sets: Sequence[Neighbours] = ()
    areas: tuple[str, ...] = ()


def key_for(measure: Definition) -> str:
    """The published measure that this one may stand beside: the closest of the same unit; none for plain numbers."""
    wanted = _SAME_UNIT.get(measure.unit, set())
    known = published()
    return next((each for each in measure.benchmarks if each in known and known[each].unit in wanted), "")


def by_the_year(measure: Definition) -> bool:
    """Whether only twelve months of it stand beside a published year: a rate of events, which grows with time."""
    return measure.unit == "rate" and measure.aggregation == "sum"


def known(board: Board, measures: Iterable[Definition], until: date) -> Known:
    """The published figures of years that ended by a day, for these measures: three questions."""
    areas = tuple(each.code for each in sorted(board.areas.all(), key=lambda each: each.name) if each.code)
    keys = sorted({key for each in measures if (key := key_for(each))})
    sets = sorted(
        Neighbours.objects.filter(in_use(board), area_code__in=areas).order_by("model", "id"),
        key=lambda each: in_use_order(each.valid_from, until),
    )
    codes = {ENGLAND, *areas, *(code for each in sets for code in each.codes)}
    found: dict[str, list[Benchmark]] = {}
    rows = Benchmark.objects.filter(
        in_use(board), measure__in=keys, area_code__in=codes, period_end__lte=until
    ).filter(period_end__gt=date(until.year - 4, until.month, 1))
    # Of one year the release that was loaded last counts.
    ordered = rows.select_related("release").order_by(
        "period_end", "release__loaded_on", "release__created_at"
    )
    for row in ordered if keys else ():
        found.setdefault(row.measure, []).append(row)
    return Known(found, sets, areas)


def compared(about: Known, measure: Definition) -> Comparison:
    """What one measure is compared with: from the newest year that England and another area have, so that all stand in
    one year; else from England's newest."""
    key = key_for(measure)
    rows = about.rows.get(key, ())
    years = [row.period_end for row in rows if row.area_code == ENGLAND and row.value is not None]
    if not years:
        return Comparison()
    others = {row.period_end for row in rows if row.area_code != ENGLAND and row.value is not None}
    year = max([each for each in years if each in others] or years)
    by_area = {row.area_code: row for row in rows if row.period_end == year}
    title = published()[key].title
    own = by_area.get(about.areas[0]) if len(about.areas) == 1 else None
    sets = about.sets if len(about.areas) == 1 else ()
    mean = None
    if sets:
        values: dict[str, Decimal | None] = {code: row.value for code, row in by_area.items()}
        found = neighbour_mean(sets[-1].codes, values)
        first = by_area[ENGLAND]
        mean = Beside(
            key, title, year, found.value, "", first.release.name, "Areas most like this one", found, sets[-1].model
        )  # fmt: skip
    mine = None if own is None else _beside(own, title, "")
    return Comparison(_beside(by_area[ENGLAND], title, "England"), mean, mine)


def _beside(row: Benchmark, title: str, name: str) -> Beside:
    value = None if row.value is None else Fraction(row.value)
    return Beside(
        row.measure, title, row.period_end, value, row.symbol, row.release.name, name or row.area_name
    )


def populations(board: Board, area: str = "") -> dict[str, list[tuple[date, int]]]:
    """How many people live in the area of the board (or one of its areas, by code), by year: one question."""
    codes = [area] if area else [each.code for each in board.areas.all()]
    keys = {value: key for key, value in POPULATIONS.items()}
    rows = (
        Benchmark.objects.filter(in_use(board), measure__in=keys, area_code__in=codes, value__isnull=False)
        .order_by("period_end", "release__loaded_on", "release__created_at")
        .values_list("measure", "area_code", "period_end", "value")
    )
    newest: dict[tuple[str, date], dict[str, int]] = {}
    for measure, code, end, value in rows:
        newest.setdefault((keys[measure], end), {})[code] = int(value or 0)
    found: dict[str, list[tuple[date, int]]] = {}
    for (key, end), by_area in sorted(newest.items()):
        if len(by_area) == len(set(codes)):
            found.setdefault(key, []).append((end, sum(by_area.values())))
    return found

"""Tables with a row for each area and year, as Explore Education Statistics publishes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from wholestory.indicators.benchmarks.cells import PLACES, BadCell, number, year_end
from wholestory.indicators.benchmarks.figures import ENGLAND, PublishedFigure, Reading
from wholestory.indicators.benchmarks.tables import POPULATION, Measured, Table

NEEDED = frozenset({"time_period", "geographic_level", "country_code", "region_code", "new_la_code"})
_CODE = re.compile(r"[A-Z]\d{8}")
_LEVELS = {
    "national": ("country_code", "country_name"),
    "regional": ("region_code", "region_name"),
    "local authority": ("new_la_code", "la_name"),
}
_MULTIPLIERS = {"percent": 100, "rate": 10_000}
#: Rates are published to one decimal.
_ROUNDED = Decimal("0.0501")
Cell = tuple[Decimal | None, str]


@dataclass(slots=True)
class _Row:
    """One row being read: its area, its year, and the cells read so far."""

    line: int
    cells: Sequence[str]
    places: Mapping[str, int]
    code: str
    name: str
    ends: date
    population: Decimal | None
    reading: Reading
    headings: Sequence[str]
    known: dict[str, Cell | None] = field(default_factory=dict)

    def number(self, column: str) -> Cell | None:
        """The number or symbol of a column; None when the cell cannot be read, which is noted once."""
        if column not in self.known:
            try:
                self.known[column] = number(self.cells[self.places[column]])
            except BadCell as reason:
                place = self.places[column]
                self.reading.fault(str(reason), self.line, self.headings[place], self.cells[place])
                self.known[column] = None
        return self.known[column]


def figures(
    table: Table,
    places: Mapping[str, int],
    headings: Sequence[str],
    rows: Iterable[tuple[int, list[str]]],
    reading: Reading,
    populations: Mapping[tuple[str, int], Decimal],
) -> None:
    """Read every row of the table into ``reading``."""
    seen: dict[tuple[str, str, date], int] = {}
    left_out: dict[str, int] = {}
    for line, cells in rows:
        row = _row(table, places, headings, line, cells, reading, populations, left_out)
        if row is None:
            continue
        for measured in table.measures:
            if measured.where and row.cells[places[measured.where[0]]].strip() != measured.where[1]:
                continue
            same = (measured.published.key, row.code, row.ends)
            if same in seen:
                reading.fault(
                    f"{row.name or row.code}, {row.ends.year}: the same as line {seen[same]}. Only the first is used.",
                    line,
                )
                break
            figure = _figure(measured, row, reading.release, table.key)
            if figure is not None:
                seen[same] = line
                reading.figures.append(figure)
    for level, lines in left_out.items():
        said = "1 line" if lines == 1 else f"{lines:,} lines"
        reading.notices.append(f"{said} of “{level}” not loaded: not England, a region or a local authority.")


def _row(
    table: Table,
    places: Mapping[str, int],
    headings: Sequence[str],
    line: int,
    cells: Sequence[str],
    reading: Reading,
    populations: Mapping[tuple[str, int], Decimal],
    left_out: dict[str, int],
) -> _Row | None:
    describing = {heading.casefold(): place for place, heading in enumerate(headings)}
    level = cells[places["geographic_level"]].strip()
    of_level = _LEVELS.get(level.casefold())
    if of_level is None:
        left_out[level[:40]] = left_out.get(level[:40], 0) + 1
        return None
    code = cells[describing[of_level[0]]].strip()
    named = describing.get(of_level[1])
    name = cells[named].strip() if named is not None else ""
    if not _CODE.fullmatch(code):
        reading.fault(f"“{code[:20]}” is no ONS code of an area.", line, of_level[0], code)
        return None
    if not code.startswith("E") or (of_level[0] == "country_code" and code != ENGLAND):
        left_out[name or code] = left_out.get(name or code, 0) + 1
        return None
    try:
        ends = year_end(cells[places["time_period"]], table.year_end)
    except BadCell as reason:
        reading.fault(str(reason), line, "time_period", cells[places["time_period"]])
        return None
    return _Row(
        line, cells, places, code, name, ends, populations.get((code, ends.year - 1)), reading, headings
    )


def _figure(measured: Measured, row: _Row, release: str, table: str) -> PublishedFigure | None:
    """One figure of a row; None when one of its cells cannot be read."""
    cells = {
        name: row.number(name)
        for name in measured.columns
        if name in row.places and not _is_filter(measured, name)
    }
    if any(cell is None for cell in cells.values()):
        return None
    read = {name: cell for name, cell in cells.items() if cell is not None}
    numerator, symbol = _sum([read[name] for name in measured.numerator])
    denominator, below = _denominator(measured, row, read)
    if measured.value in read:
        value, symbol = read[measured.value]
        from_elsewhere = measured.denominator == POPULATION and POPULATION not in row.places
        if from_elsewhere and denominator and not _worked_on(measured, numerator, denominator, value):
            denominator = None
    elif measured.published.unit in _MULTIPLIERS:
        value = _worked_out(measured, numerator, denominator)
        symbol = "" if value is not None else symbol or below or "x"
    else:
        value = numerator
    return PublishedFigure(
        measured.published.key, row.code, row.name, row.ends, numerator, denominator, value,
        measured.published.unit, "" if value is not None else symbol, release, table, row.line,
    )  # fmt: skip


def _is_filter(measured: Measured, name: str) -> bool:
    return measured.where is not None and name == measured.where[0]


def _sum(parts: Sequence[Cell]) -> Cell:
    """The parts added up. One part withheld leaves no total: it would be incomplete."""
    if not parts:
        return None, ""
    missing = [symbol for value, symbol in parts if value is None]
    if missing:
        return None, missing[0]
    return sum((value for value, _ in parts if value is not None), Decimal(0)), ""


def _denominator(measured: Measured, row: _Row, read: Mapping[str, Cell]) -> Cell:
    if measured.denominator in read:
        return read[measured.denominator]
    if measured.denominator == POPULATION:
        return row.population, "" if row.population is not None else "x"
    return None, ""


def _worked_out(measured: Measured, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    if numerator is None or not denominator:
        return None
    value = numerator * _MULTIPLIERS[measured.published.unit] / denominator
    return value.quantize(PLACES, ROUND_HALF_UP)


def _worked_on(
    measured: Measured, numerator: Decimal | None, population: Decimal, value: Decimal | None
) -> bool:
    """Whether a published rate was worked out on this population. Populations are revised: a rate published before
    the revision keeps its value, and a population that does not give it is not put under it."""
    worked = _worked_out(measured, numerator, population)
    return worked is not None and value is not None and abs(worked - value) <= _ROUNDED

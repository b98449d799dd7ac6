"""Tables with a row for each figure (the interactive tool) and for each pair of neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wholestory.indicators.benchmarks.areas import known
from wholestory.indicators.benchmarks.cells import BadCell, number, year_end
from wholestory.indicators.benchmarks.figures import ENGLAND, NeighbourSet, PublishedFigure, Reading
from wholestory.indicators.benchmarks.tables import published, tool_measures

#: How many areas an area is compared with under the Department's model.
NEIGHBOURS = 10


def figures(places: Mapping[str, int], rows: Iterable[tuple[int, list[str]]], reading: Reading) -> None:
    """Read the interactive tool's figures. It names areas by the Department's codes and publishes values alone."""
    seen: dict[tuple[str, str, date], int] = {}
    without_year = 0
    for line, cells in rows:
        name, period, place, code, stated = (
            cells[places[each]].strip() for each in ("measure", "period", "area", "la_code", "value")
        )
        measure = tool_measures().get(name)
        area = known(code, place)
        if measure is None:
            reading.fault(f"“{name[:60]}” is no measure of the tool that is known.", line, "measure", name)
            continue
        if area is None:
            reading.fault(
                f"No area has the code “{code[:20]}” or the name “{place[:60]}”.", line, "la_code", code
            )
            continue
        if period == "0":
            without_year += 1
            continue
        try:
            ends = year_end(period, measure.year_end)
        except BadCell as reason:
            reading.fault(str(reason), line, "period", period)
            continue
        try:
            value, symbol = number(stated)
        except BadCell as reason:
            reading.fault(str(reason), line, "value", stated)
            continue
        published = measure.published
        same = (published.key, area.code, ends)
        if same in seen:
            reading.fault(f"The same as line {seen[same]}. Only the first is used.", line)
            continue
        seen[same] = line
        counted = value if published.unit == "count" else None
        reading.figures.append(
            PublishedFigure(
                published.key, area.code, area.name, ends, counted, None, value, published.unit, symbol,
                reading.release, reading.table, line,
            )
        )  # fmt: skip
    if without_year:
        reading.notices.append(f"{without_year} lines have 0 for a year and are not loaded.")


def single(places: Mapping[str, int], rows: Iterable[tuple[int, list[str]]], reading: Reading) -> None:
    """Read single figures of England, each of a published measure of any table and with the day its year ends."""
    seen: dict[tuple[str, date], int] = {}
    for line, cells in rows:
        said = {name: cells[place].strip() for name, place in places.items()}
        measure = published().get(said["measure"])
        if measure is None:
            reading.fault(
                f"“{said['measure'][:60]}” is no published measure.", line, "measure", said["measure"]
            )
            continue
        try:
            ends = date.fromisoformat(said["year_end"])
        except ValueError:
            reading.fault(
                f"“{said['year_end'][:20]}” is no day such as 2025-03-31.", line, "year_end", said["year_end"]
            )
            continue
        if (measure.key, ends) in seen:
            reading.fault(f"The same as line {seen[measure.key, ends]}. Only the first is used.", line)
            continue
        numbers = {}
        for name in ("numerator", "denominator", "value"):
            try:
                numbers[name] = number(said[name])
            except BadCell as reason:
                reading.fault(str(reason), line, name, said[name])
        if len(numbers) < 3:
            continue
        seen[measure.key, ends] = line
        value, symbol = numbers["value"]
        reading.figures.append(
            PublishedFigure(
                measure.key, ENGLAND, "England", ends, numbers["numerator"][0], numbers["denominator"][0], value,
                measure.unit, "" if value is not None else symbol, reading.release, reading.table, line,
            )
        )  # fmt: skip


def neighbours(places: Mapping[str, int], rows: Iterable[tuple[int, list[str]]], reading: Reading) -> None:
    """Read sets of statistical neighbours, each in the order of its ranks."""
    ranked: dict[str, dict[int, str]] = {}
    for line, cells in rows:
        code, rank, other = (cells[places[each]].strip() for each in ("la_code", "rank", "neighbour_code"))
        area = known(code, cells[places["la_name"]])
        neighbour = known(other, cells[places["neighbour_name"]])
        if area is None or neighbour is None:
            which, sent = ("la_code", code) if area is None else ("neighbour_code", other)
            reading.fault(f"No area has the code “{sent[:20]}”.", line, which, sent)
            continue
        if not rank.isdigit() or not 1 <= int(rank) <= NEIGHBOURS:
            reading.fault(f"“{rank[:20]}” is no rank from 1 to {NEIGHBOURS}.", line, "rank", rank)
            continue
        if area.code == neighbour.code:
            reading.fault(f"{area.name} cannot be its own neighbour.", line, "neighbour_code", other)
            continue
        mine = ranked.setdefault(area.code, {})
        if int(rank) in mine:
            reading.fault(
                f"{area.name} has the rank {rank} twice. Only the first is used.", line, "rank", rank
            )
            continue
        mine[int(rank)] = neighbour.code
    for code, by_rank in ranked.items():
        reading.neighbours.append(NeighbourSet(code, tuple(by_rank[rank] for rank in sorted(by_rank))))

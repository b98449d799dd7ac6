"""Statistics by themselves: many standardised rates, charts of many series, scans of published data, a table with small
numbers hidden."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import scorecard
from benchmarks.measuring import middle, timed
from wholestory.config.supervisor.places import CHECKOUT
from wholestory.statistics.clusters import spacetime, spatial
from wholestory.statistics.disclosure.suppress import suppress
from wholestory.statistics.process.many import many_xmr
from wholestory.statistics.process.many_shares import many_attribute
from wholestory.statistics.process.xmr import xmr
from wholestory.statistics.standardised import EUROPE_2013_UNDER_18, directly_many

VECTORS = CHECKOUT / "tests" / "statistics" / "vectors"
GROUPS, BANDS, REPLICATES = 15_000, 5, 999
SERIES, PERIODS = 1_500, 40
_AREAS, _MONTHS, _FEW = 600, 120, 11


def measure() -> list[dict[str, Any]]:
    """The middle of several runs of each, in milliseconds, beside what it should take at most and what public programs
    take (the R packages of the English health agency and of the NHS; SaTScan at its best), where that is known."""
    source = np.random.default_rng(1)
    counts = source.poisson(6, (GROUPS, BANDS)).astype(float)
    people = source.integers(5_000, 30_000, (GROUPS, BANDS)).astype(float)
    weights = list(EUROPE_2013_UNDER_18.values())
    table = _table(source)
    series = source.normal(50, 5, (SERIES, PERIODS))
    series[source.random(series.shape) < 0.03] = np.nan
    cases = source.integers(40, 200, series.shape)
    with_it = source.binomial(cases, 0.4)
    alone = [[None if np.isnan(each) else float(each) for each in row] for row in series]
    hidden = suppress(table, 5)
    dense = suppress(_full(), 5)
    rows: list[tuple[str, Callable[[], Any], int, float | None, float | None]] = [
        (f"standardised rates, {GROUPS:,} groups of {BANDS} bands",
         lambda: directly_many(counts, people, weights), 9, 70, 7_700),
        ("spatial scan of 100 counties, 999 made-up data sets", _county(), 5, 500, 190),
        ("spatial scan of 281 tracts, 999 made-up data sets", _tracts(), 5, 2_000, 580),
        ("space-time scan of 36 areas and 20 quarters", _grid(), 3, 1_000, None),
        (f"XmR charts of {SERIES:,} series of {PERIODS} points, all rules", lambda: many_xmr(series, "increase"),
         9, 500, 10_600),
        ("the same one by one", lambda: [xmr(row, "increase") for row in alone], 3, None, 10_600),
        (f"p charts of {SERIES:,} series of {PERIODS} points", lambda: many_attribute("p", with_it, cases),
         9, 500, None),
        (f"a scorecard of {scorecard.AREAS} areas, {scorecard.MEASURES} measures and {scorecard.QUARTERS} quarters:"
         " every chart chosen and read, every funnel of the last quarter", scorecard.scorecard(source), 3, 5_000, None),
        (f"150 x 18 table made safe and audited: {int(hidden.small.sum())} small cells, {hidden.further} further hidden"
         " (at most 24)", lambda: suppress(table, 5), 3, 10_000, None),
        (f"the same full of small numbers: {int(dense.small.sum()):,}, {dense.further} further hidden",
         lambda: suppress(_full(), 5), 1, 10_000, None),
    ]  # fmt: skip
    found = []
    for what, do, times, aim, others in rows:
        spent: list[float] = []
        timing = timed(_counted(do, spent), times, before=1)
        found.append(
            {"what": what, "p50": timing.p50, "own": middle(spent[1:]), "aim": aim, "others": others}
        )
    return [*found, _country()]


def _counted(do: Callable[[], Any], spent: list[float]) -> Callable[[], None]:
    """The same, noting what it took of the processor, in milliseconds."""

    def once() -> None:
        began = time.process_time()
        do()
        spent.append((time.process_time() - began) * 1000)

    return once


def _country() -> dict[str, Any]:
    """A scan of 600 areas and 120 months, as a job runs it: what one of its made-up data sets takes, and so all."""
    source = np.random.default_rng(1)
    x, y = source.uniform(0, 300, (2, _AREAS))
    people = source.integers(5_000, 30_000, _AREAS).astype(float)
    seen = source.poisson(people[:, None] * np.full(_MONTHS, 35_000 / 120 / people.sum()))
    told: list[tuple[float, float]] = []
    spacetime.poisson_scan(
        [str(at) for at in range(_AREAS)], x, y, seen, people, replicates=_FEW,
        progress=lambda done, of: told.append((time.perf_counter(), time.process_time())),
    )  # fmt: skip
    (wall, own), (wall_last, own_last) = told[0], told[-1]
    each = (_FEW - 1) / REPLICATES
    return {
        "what": f"space-time scan of {_AREAS} areas and {_MONTHS} months, in the background, told after each of"
        f" {REPLICATES} data sets; worked out from {_FEW}",
        "p50": (wall_last - wall) * 1000 / each, "own": (own_last - own) * 1000 / each,
        "aim": None, "others": None,
    }  # fmt: skip


def _county() -> Callable[[], Any]:
    x, y, people, cases, names = _read("nc_sids_1974_78.csv", "east", "north", "BIR74", "SID74", "NAME")
    return lambda: spatial.poisson_scan(names, x, y, cases, people, replicates=REPLICATES)


def _tracts() -> Callable[[], Any]:
    x, y, people, cases, names = _read("ny_leukaemia_1978_82.csv", "X", "Y", "POP8", "CASES", "AREAKEY")
    return lambda: spatial.poisson_scan(names, x, y, np.rint(cases), people, replicates=REPLICATES)


def _grid() -> Callable[[], Any]:
    x, y, people, _, names = _read("grid_areas.csv", "x", "y", "population", "population", "area")
    seen = np.zeros((len(names), 20))
    with (VECTORS / "grid_cases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            seen[names.index(row["area"]), int(row["quarter"]) - 1] += int(row["cases"])
    return lambda: spacetime.poisson_scan(names, x, y, seen, people, replicates=REPLICATES)


def _read(name: str, *columns: str) -> tuple[Any, Any, Any, Any, list[str]]:
    *numbers, named = columns
    with (VECTORS / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x, y, people, cases = (np.array([float(row[column]) for row in rows]) for column in numbers)
    return x, y, people, cases, [row[named] for row in rows]


def _full() -> Any:
    """150 by 18 where most numbers are small: deaths by area and category of a single year."""
    inner = np.random.default_rng(5).poisson(4, (149, 17))
    rows = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([rows, rows.sum(axis=0, keepdims=True)])


def _table(source: np.random.Generator) -> Any:
    """149 rows of 17 numbers with their totals: 150 by 18. Few are small, as in deaths by area and category pooled."""
    inner = source.poisson(60, (149, 17))
    small = source.choice(inner.size, 12, replace=False)
    inner.ravel()[small] = source.integers(1, 5, 12)
    rows = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([rows, rows.sum(axis=0, keepdims=True)])

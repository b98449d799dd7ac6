"""Statistics by themselves: many standardised rates, scans of published data, a table with small numbers hidden."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.measuring import timed
from wholestory.config.supervisor.places import CHECKOUT
from wholestory.statistics.clusters import spacetime, spatial
from wholestory.statistics.disclosure.suppress import suppress
from wholestory.statistics.standardised import EUROPE_2013_UNDER_18, directly_many

VECTORS = CHECKOUT / "tests" / "statistics" / "vectors"
GROUPS, BANDS, REPLICATES = 15_000, 5, 999


def measure() -> list[dict[str, Any]]:
    """The middle of several runs of each, in milliseconds, beside what it should take at most and what public programs
    take (the R package of the English health agency; SaTScan at its best), where that is known."""
    source = np.random.default_rng(1)
    counts = source.poisson(6, (GROUPS, BANDS)).astype(float)
    people = source.integers(5_000, 30_000, (GROUPS, BANDS)).astype(float)
    weights = list(EUROPE_2013_UNDER_18.values())
    table = _table(source)
    hidden = suppress(table, 5)
    rows: list[tuple[str, Callable[[], Any], int, float, float | None]] = [
        (f"standardised rates, {GROUPS:,} groups of {BANDS} bands",
         lambda: directly_many(counts, people, weights), 9, 70, 7_700),
        ("spatial scan of 100 counties, 999 made-up data sets", _county(), 5, 500, 190),
        ("spatial scan of 281 tracts, 999 made-up data sets", _tracts(), 5, 2_000, 580),
        ("space-time scan of 36 areas and 20 quarters", _grid(), 3, 1_000, None),
        (f"150 x 18 table made safe, {hidden.further} further cells hidden",
         lambda: suppress(table, 5), 1, 10_000, None),
    ]  # fmt: skip
    return [
        {"what": what, "p50": timed(do, times, before=1).p50, "aim": aim, "others": others}
        for what, do, times, aim, others in rows
    ]


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


def _table(source: np.random.Generator) -> Any:
    """149 rows of 17 numbers with their totals: 150 by 18. Few are small, as in deaths by area and category pooled."""
    inner = source.poisson(60, (149, 17))
    small = source.choice(inner.size, 12, replace=False)
    inner.ravel()[small] = source.integers(1, 5, 12)
    rows = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([rows, rows.sum(axis=0, keepdims=True)])

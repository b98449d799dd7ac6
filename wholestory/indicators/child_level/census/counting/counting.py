"""Each figure of `indicators.toml`, counted over its population."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.census.counting.store import Store, bits
from wholestory.indicators.child_level.figures import Figure, Share

_HERE = Path(__file__).parent
EVERY = ("age", "sex", "ethnicity", "disability")
COUNTED = {"rows": "*", "children": "DISTINCT key", "assessments": "DISTINCT place_no"}
PARTIAL = "partial_look_back"


@lru_cache(maxsize=2)
def definitions(name: str = "indicators") -> dict[str, Any]:
    """A file of definitions beside this module."""
    with (_HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def count(store: Store, *, partial_look_back: bool) -> list[Figure]:
    """Every figure, in the order of the definitions."""
    told = definitions()
    of_child = definitions("labels")["child"]
    known = of_child["born_known"]
    labels = ", ".join(f"{of_child[by]} AS by_{by}" for by in EVERY if by in of_child)
    store.run(
        f"CREATE TABLE labelled_child AS SELECT place_no, born, born_ymd, {known} AS born_known, {labels} FROM child"
    )
    counted: dict[str, Figure] = {}
    for name, population in told["populations"].items():
        # One population at a time, so that only one stands in memory twice.
        _label(store, name, population)
        for figure, one in told["figures"].items():
            if one["of"] == name:
                counted[figure] = _figure(store, figure, one, population, partial_look_back)
        store.run(f"DROP TABLE labelled_{name}")
    return [counted[name] for name in told["figures"]]


def _label(store: Store, name: str, population: dict[str, Any]) -> None:
    """The population with a column for each breakdown."""
    labels = definitions("labels")
    columns = [f"{labels['every'][by]} AS by_{by}" for by in EVERY]
    for by, label in population.get("labels", {}).items():
        columns.append(f"{labels['some'][label]} AS by_{by}")
    store.run(
        f"CREATE TABLE labelled_{name} AS SELECT p.*, {', '.join(columns)}"
        f" FROM {name} p JOIN labelled_child c ON c.place_no = p.child"
    )
    store.run(f"DROP TABLE {name}")


def _figure(
    store: Store, name: str, one: dict[str, Any], population: dict[str, Any], partial: bool
) -> Figure:
    counted = COUNTED[one.get("counts", "rows")]
    by = [*EVERY, *one.get("by", ())]
    spread = one.get("spread")
    where, base = one.get("where", "TRUE"), one.get("base")
    measures = [f"count({counted}) FILTER (WHERE {where} AND ({base or 'TRUE'}))"]
    measures.append(f"count({counted}) FILTER (WHERE {base})" if base else "NULL")
    measures.append(
        f"quantile_cont({spread}, [0.25, 0.5, 0.75]) FILTER (WHERE {where})" if spread else "NULL"
    )
    sets = ", ".join(f"(by_{label})" for label in by)
    grouped = ", ".join(f"by_{label}" for label in by)
    rows = store.run(
        f"SELECT GROUPING({grouped}), {grouped}, {', '.join(measures)} FROM labelled_{one['of']}"
        f" WHERE spoilt & {bits(one['uses'])} = 0 GROUP BY GROUPING SETS ((), {sets})"
    )
    total, shares = _split(rows, by, whole=one.get("shares_whole", ()))
    quartiles = total[2]
    return Figure(
        name,
        one["title"],
        one["unit"],
        total[0],
        total[1],
        _left_out(store, one, population),
        shares,
        tuple(quartiles) if quartiles else None,
        tuple(one.get("notes", ())),
        (PARTIAL,) if partial and one.get("looks_back") else (),
        tuple(one.get("shares_whole", ())),
    )


def _split(
    rows: Sequence[tuple[Any, ...]], by: Sequence[str], *, whole: Sequence[str]
) -> tuple[tuple[int, int | None, Any], dict[str, tuple[Share, ...]]]:
    """The total, and the groups of each breakdown. GROUPING has a bit set for each label a row is not grouped by."""
    every = (1 << len(by)) - 1
    total: tuple[int, int | None, Any] = (0, None, None)
    found: dict[str, list[Share]] = {label: [] for label in by}
    for row in rows:
        if row[0] == every:
            total = (row[-3], row[-2], row[-1])
    for row in rows:
        if row[0] == every:
            continue
        for place, label in enumerate(by):
            if not row[0] >> (len(by) - 1 - place) & 1:
                found[label].append(
                    Share(str(row[1 + place]), row[-3], total[1] if label in whole else row[-2])
                )
    return total, {label: tuple(sorted(shares, key=_order)) for label, shares in found.items()}


def _order(share: Share) -> tuple[int, str]:
    """Bands by the number they begin with, words after them, what is not known last."""
    first = share.label.split("-")[0].rstrip("+")
    if share.label in {"unborn", "same day"}:
        return (-1, share.label)
    if share.label == "?":
        return (10**6, "")
    return (int(first), share.label) if first.isdigit() else (10**5, share.label)


def _left_out(store: Store, one: dict[str, Any], population: dict[str, Any]) -> int:
    """Rows that fail an error rule on a field the figure uses, unless they certainly lie outside the window."""
    ((number,),) = store.run(
        f"SELECT count(*) FROM {population['from']}"
        f" WHERE spoilt & {bits(one['uses'])} <> 0 AND ({population['possible']})"
    )
    return int(number)

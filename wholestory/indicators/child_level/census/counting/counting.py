"""Each figure of the definitions, counted over its population."""

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


@lru_cache(maxsize=1)
def definitions() -> dict[str, dict[str, Any]]:
    """`populations` and `figures`, in the order of their files."""
    told: dict[str, dict[str, Any]] = {}
    for name in ("populations", "figures_front_door", "figures_protection"):
        for kind, entries in _read(name).items():
            told.setdefault(kind, {}).update(entries)
    return told


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, Any]:
    """A file of definitions beside this module."""
    with (_HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def count(store: Store, *, partial_look_back: bool) -> list[Figure]:
    """Every figure, in the order of the definitions."""
    told = definitions()
    of_child = _read("labels")["child"]
    known = of_child["born_known"]
    labels = ", ".join(f"{of_child[by]} AS by_{by}" for by in EVERY if by in of_child)
    store.run(
        f"CREATE TABLE labelled_child AS SELECT place_no, born, born_ymd, {known} AS born_known, {labels} FROM child"
    )
    counted: dict[str, Figure] = {}
    for name, population in told["populations"].items():
        # One population at a time, so that only one stands in memory twice.
        _label(store, name, population)
        about = {figure: one for figure, one in told["figures"].items() if one["of"] == name}
        counted |= _figures(store, name, about, population, partial_look_back)
        store.run(f"DROP TABLE labelled_{name}")
    return [counted[name] for name in told["figures"]]


def _label(store: Store, name: str, population: dict[str, Any]) -> None:
    """The population with a column for each breakdown."""
    labels = _read("labels")
    columns = [f"{labels['every'][by]} AS by_{by}" for by in EVERY]
    for by, label in population.get("labels", {}).items():
        columns.append(f"{labels['some'][label]} AS by_{by}")
    store.run(
        f"CREATE TABLE labelled_{name} AS SELECT p.*, {', '.join(columns)}"
        f" FROM {name} p JOIN labelled_child c ON c.place_no = p.child"
    )
    store.run(f"DROP TABLE {name}")


def _figures(
    store: Store, of: str, about: dict[str, dict[str, Any]], population: dict[str, Any], partial: bool
) -> dict[str, Figure]:
    """The figures over one population. Those that lean on the same fields are counted in one go."""
    together: dict[int, list[str]] = {}
    for name, one in about.items():
        together.setdefault(bits(one["uses"]), []).append(name)
    left_out = _left_out(store, list(together), population)
    figures: dict[str, Figure] = {}
    for spoils, names in together.items():
        by = list(dict.fromkeys([*EVERY, *(label for name in names for label in about[name].get("by", ()))]))
        grouped = ", ".join(f"by_{label}" for label in by)
        sets = ", ".join(f"(by_{label})" for label in by)
        rows = store.run(
            f"SELECT GROUPING({grouped}), {grouped}, {', '.join(_measures(about[name]) for name in names)}"
            f" FROM labelled_{of} WHERE spoilt & {spoils} = 0 GROUP BY GROUPING SETS ((), {sets})"
        )
        for place, name in enumerate(names):
            at = 1 + len(by) + 3 * place
            own = [(row[0], row[1 : 1 + len(by)], row[at : at + 3]) for row in rows]
            figures[name] = _figure(name, about[name], own, by, left_out[spoils], partial)
    return figures


def _measures(one: dict[str, Any]) -> str:
    """Numerator, denominator and quartiles as expressions."""
    counted = COUNTED[one.get("counts", "rows")]
    where, base, spread = one.get("where", "TRUE"), one.get("base"), one.get("spread")
    over = f"count({counted}) FILTER (WHERE {where} AND ({base or 'TRUE'}))"
    under = f"count({counted}) FILTER (WHERE {base})" if base else "NULL"
    quartiles = f"quantile_cont({spread}, [0.25, 0.5, 0.75]) FILTER (WHERE {where})" if spread else "NULL"
    return f"{over}, {under}, {quartiles}"


Row = tuple[int, tuple[Any, ...], tuple[Any, ...]]
"""Which labels a row is not grouped by, the labels, and numerator, denominator, quartiles."""


def _figure(
    name: str, one: dict[str, Any], rows: Sequence[Row], by: Sequence[str], left_out: int, partial: bool
) -> Figure:
    every = (1 << len(by)) - 1
    total = next((numbers for grouping, _, numbers in rows if grouping == every), (0, None, None))
    whole = tuple(one.get("shares_whole", ()))
    shares: dict[str, tuple[Share, ...]] = {}
    for place, label in enumerate(by):
        if label in EVERY or label in one.get("by", ()):
            only = every - (1 << (len(by) - 1 - place))
            found = (
                Share(str(labels[place]), numbers[0], total[1] if label in whole else numbers[1])
                for grouping, labels, numbers in rows
                if grouping == only
            )
            shares[label] = tuple(sorted(found, key=_order))
    return Figure(
        name,
        one["title"],
        one["unit"],
        total[0],
        total[1],
        left_out,
        shares,
        tuple(total[2]) if total[2] else None,
        tuple(one.get("notes", ())),
        (PARTIAL,) if partial and one.get("looks_back") else (),
        whole,
    )


def _order(share: Share) -> tuple[int, str]:
    """Bands by the number they begin with, words after them, what is not known last."""
    first = share.label.split("-")[0].rstrip("+")
    if share.label in {"unborn", "same day"}:
        return (-1, share.label)
    if share.label == "?":
        return (10**6, "")
    return (int(first), share.label) if first.isdigit() else (10**5, share.label)


def _left_out(store: Store, together: Sequence[int], population: dict[str, Any]) -> dict[int, int]:
    """By the fields that are leant on, the rows that fail an error rule on one of them, unless they certainly lie
    outside the window."""
    counts = ", ".join(f"count(*) FILTER (WHERE spoilt & {spoils} <> 0)" for spoils in together)
    (row,) = store.run(f"SELECT {counts} FROM {population['from']} WHERE {population['possible']}")
    return dict(zip(together, row, strict=True))

"""Each figure of `figures.toml`, counted over its population."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from wholestory.indicators.child_level.counts import in_order
from wholestory.indicators.child_level.figures import Figure, Share
from wholestory.indicators.child_level.looked_after.checking import Checked
from wholestory.indicators.child_level.looked_after.reading import layouts
from wholestory.indicators.child_level.looked_after.store import Store

EVERY = ("age", "sex", "ethnicity")


@cache
def definitions(name: str = "figures") -> dict[str, Any]:
    """A file of definitions beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def count(store: Store, checked: Checked) -> tuple[list[Figure], dict[str, str]]:
    """Every figure the tables allow, and why the others are missing."""
    for name in layouts():
        store.spoil(name.lower(), checked.spoilt.get(name, {}))
    statements = files(__package__).joinpath("populations.sql").read_text(encoding="utf-8").split(";\n")
    for statement in statements:
        store.run(statement)
    figures: list[Figure] = []
    missing: dict[str, str] = {}
    labelled: dict[str, tuple[str, ...]] = {}
    for name, one in definitions().items():
        gone = [table for table in one["needs"] if table not in store.supplied]
        if gone:
            called = next(table for table in layouts() if table.lower() == gone[0])
            missing[name] = f"The table {called} is not in the set."
            continue
        by = (*EVERY, *one.get("by", ()))
        if set(by) - set(labelled.get(one["of"], ())):
            _label(store, one["of"], by)
            labelled[one["of"]] = by
        figures.append(_figure(store, checked, name, one, by))
    return figures, missing


def _label(store: Store, name: str, by: tuple[str, ...]) -> None:
    """The population with a column for each breakdown."""
    labels = definitions("labels")
    columns = [f"{labels['every' if one in EVERY else 'some'][one]} AS by_{one}" for one in by]
    store.run(
        f"CREATE OR REPLACE TABLE labelled_{name} AS SELECT p.*, {', '.join(columns)}"
        f" FROM {name} p LEFT JOIN people c USING (child)"
    )


def _figure(store: Store, checked: Checked, name: str, one: dict[str, Any], by: tuple[str, ...]) -> Figure:
    where, base, spread = one.get("where", "TRUE"), one.get("base"), one.get("spread")
    measures = (
        f"count(*) FILTER (WHERE ({where}) AND ({base or 'TRUE'}))",
        f"count(*) FILTER (WHERE {base})" if base else "NULL",
        f"quantile_cont({spread}, [0.25, 0.5, 0.75]) FILTER (WHERE {where})" if spread else "NULL",
    )
    grouped = ", ".join(f"by_{label}" for label in by)
    sets = ", ".join(f"(by_{label})" for label in by)
    source = f"labelled_{one['of']}"
    if one.get("counts") == "children":
        # Each child once, with the parts of the last event, so that the parts of a breakdown add up.
        order = f"({where}) DESC NULLS LAST, day DESC, n DESC"
        source = (
            f"(SELECT * FROM {source} WHERE {base or where}"
            f" QUALIFY row_number() OVER (PARTITION BY child ORDER BY {order}) = 1)"
        )
    rows = store.run(
        f"SELECT GROUPING({grouped}), {grouped}, {', '.join(measures)} FROM {source}"
        f" GROUP BY GROUPING SETS ((), {sets})"
    )
    every = (1 << len(by)) - 1
    over, under, quartiles = next(
        ((*row[-3:],) for row in rows if row[0] == every), (0, 0 if base else None, None)
    )
    return Figure(
        name,
        one["title"],
        one["unit"],
        over,
        under,
        _left_out(checked, one["uses"]),
        {
            label: shares
            for place, label in enumerate(by)
            if (shares := _shares(rows, len(by) - 1 - place, place, base is not None))
        },
        (quartiles[0], quartiles[1], quartiles[2]) if quartiles else None,
        tuple(one.get("notes", ())),
    )


def _shares(rows: list[tuple[Any, ...]], bit: int, place: int, shared: bool) -> tuple[Share, ...]:
    """The parts of one breakdown. GROUPING has a bit set for each label a row is not grouped by."""
    parts = [
        Share(str(row[1 + place]), row[-3], row[-2])
        for row in rows
        if not row[0] >> bit & 1 and (row[-2] if shared else row[-3])
    ]
    return tuple(sorted(parts, key=in_order))


def _left_out(checked: Checked, uses: list[str]) -> int:
    """Rows in which an error keeps one of the fields from being used."""
    kept_out = 0
    for table in dict.fromkeys(use.partition(".")[0] for use in uses):
        masks = checked.spoilt.get(table, {})
        together = None
        for use in uses:
            of, _, name = use.partition(".")
            if of == table and (mask := masks.get(name)) is not None:
                together = mask if together is None else together | mask
        if together is not None:
            kept_out += int(together.sum())
    return kept_out

"""The code lists and the yearly differences of the layout, from their files."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, str]]:
    """By field, each code and its meaning."""
    lists: dict[str, dict[str, str]] = {}
    with (_HERE / "codes" / "cin_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["field"], {})[row["code"]] = row["meaning"]
    return lists


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, Any]]]:
    with (_HERE / "versions.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class Layout:
    """What one year's collection has. `divided` maps a factor that was divided to the rule that says so."""

    year: int
    divided: dict[str, str] = field(default_factory=dict)
    not_yet: frozenset[str] = frozenset()

    @property
    def old_sexes(self) -> dict[str, str]:
        """GenderCurrent's codes as Sex's."""
        return dict(_table()["elements"]["GenderCurrent"]["codes"])


def layout(year: int) -> Layout:
    """The layout of the collection that ends in `year`."""
    table = _table()
    divided = {
        name: told["rule"] for name, told in table["factors"].items() if "to" in told and year > told["to"]
    }
    not_yet = frozenset(
        name
        for name, told in table["elements"].items()
        if year < told.get("from", 0) and not told.get("lenient")
    )
    return Layout(year, divided, not_yet)

"""The published tables Wholestory knows: their columns over the releases, and the figures they hold."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wholestory.indicators.benchmarks.figures import Published

MAPPING = Path(__file__).resolve().parent / "tables.toml"
DATA = Path(__file__).resolve().parent.parent / "data" / "benchmarks"
TOOL_MEASURES = DATA / "lait_measure_names.csv"
POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Measured:
    """How one measure is found in the rows of a wide table."""

    published: Published
    numerator: tuple[str, ...]
    denominator: str
    value: str
    where: tuple[str, str] | None

    @property
    def can_be_worked_out(self) -> bool:
        """Whether the figure follows from counts, so that a release may lack the published one."""
        return self.published.unit in ("percent", "rate") and bool(self.numerator and self.denominator)

    @property
    def columns(self) -> tuple[str, ...]:
        """Our names of the columns it needs."""
        named = (*self.numerator, self.denominator, self.value, *(self.where or ())[:1])
        return tuple(each for each in named if each)


@dataclass(frozen=True, slots=True)
class Table:
    """One published table."""

    key: str
    title: str
    source: str
    shape: str
    """``wide``: a row for each area and year; ``tall``: a row for each figure; ``single``: the same,
    of England alone; ``neighbours``."""
    year_end: str
    """Month and day on which its years end."""
    columns: Mapping[str, tuple[str, ...]]
    """Our name of a column -> every heading it has had."""
    measures: tuple[Measured, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns a file has to have: not those that hold what can be worked out from the others."""
        published_only = {each.value for each in self.measures if each.can_be_worked_out}
        used = {name for each in self.measures for name in (*each.numerator, each.denominator)}
        return tuple(ours for ours in self.columns if ours in used or ours not in published_only)


@dataclass(frozen=True, slots=True)
class ToolMeasure:
    """One measure of the interactive tool, as the tool names it."""

    name: str
    published: Published
    year_end: str


@cache
def tables() -> Mapping[str, Table]:
    """Every table, by key."""
    stated = tomllib.loads(MAPPING.read_text(encoding="utf-8"))["table"]
    return MappingProxyType({each["key"]: _table(each) for each in stated})


def key_of(table: str, name: str) -> str:
    """The key of a published measure: lower-case letters, digits and hyphens, as it stands in addresses."""
    plain = name.lower().replace("%", "-pc").replace("<", "-under-")
    return f"{table}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}"


@cache
def tool_measures() -> Mapping[str, ToolMeasure]:
    """The measures of the interactive tool, by its own name for them."""
    with TOOL_MEASURES.open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["measure"]: _tool_measure(row) for row in csv.DictReader(rows)})


@cache
def published() -> Mapping[str, Published]:
    """Every published measure of every table, by key."""
    found = {each.published.key: each.published for table in tables().values() for each in table.measures}
    found |= {each.published.key: each.published for each in tool_measures().values()}
    return MappingProxyType(found)


def _table(stated: Mapping[str, Any]) -> Table:
    return Table(
        key=stated["key"],
        title=stated["title"],
        source=stated["source"],
        shape=stated.get("shape", "wide"),
        year_end=stated.get("year_end", "03-31"),
        columns=MappingProxyType({ours: tuple(theirs) for ours, theirs in stated["columns"].items()}),
        measures=tuple(_measured(stated["key"], each) for each in stated.get("measure", ())),
    )


def _measured(table: str, stated: Mapping[str, Any]) -> Measured:
    column, _, wanted = stated.get("where", "").partition(" = ")
    return Measured(
        Published(key_of(table, stated["key"]), table, stated["title"], stated["unit"]),
        tuple(stated.get("numerator", ())),
        stated.get("denominator", ""),
        stated.get("value", ""),
        (column, wanted) if column else None,
    )


#: When the years of the interactive tool end. What it calls annual is counted on 31 March.
_YEAR_ENDS = {
    "financial year": "03-31",
    "annual": "03-31",
    "calendar year": "12-31",
    "academic year": "08-31",
}
_POLARITIES = {"high": "H", "low": "L"}


def _tool_measure(row: Mapping[str, str]) -> ToolMeasure:
    title = " ".join(row["label"].split())
    return ToolMeasure(
        row["measure"],
        Published(
            key_of("lait", row["measure"]), "lait", title, _unit(row["measure"], title),
            _POLARITIES.get(row["polarity"].strip().lower(), ""),
        ),
        _YEAR_ENDS[row["year_type"].strip().lower()],
    )  # fmt: skip


def _unit(name: str, title: str) -> str:
    """The tool's list names no unit; its titles mostly do."""
    said = title.lower()
    if "number" in said or "(num)" in said or name.lower().endswith("num"):
        return "count"
    if "%" in said or "percent" in said or "%" in name:
        return "percent"
    if re.search(r"\brates?\b|per 10,000", said):
        return "rate"
    return _UNITS.get(name, "other")


#: Where the title says nothing of the unit.
_UNITS = {
    "CIN_Refferals_NFA": "percent",
    "Referrals_AssessedNotNeed": "percent",
    "Continue_Assess_Comp": "percent",
    "RevCP": "percent",
    "10_ICPC": "count",
    "15_ICPC": "count",
    "20_ICPC": "count",
    "21_ICPC": "count",
    "CPPlans2yrs": "percent",
    "CPPlans2yrsActive": "percent",
    "CPP_Reviewed_InReqTimeScl": "count",
    "DeRegCPR": "rate",
    "FirstYJS": "rate",
    "HospAd0-14": "rate",
    "PreChildDea": "count",
    "ReoffYO": "percent",
    "ReoffYO15-17": "percent",
}

"""Areas under the codes publishers use: ONS codes, and the three digits of the Department for Education."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from wholestory.indicators.benchmarks.figures import ENGLAND
from wholestory.indicators.benchmarks.tables import DATA

#: The table that names every authority with both codes.
DIRECTORY = DATA / "ons_population_0_17_2012_to_2024.csv"


@dataclass(frozen=True, slots=True)
class PublishedArea:
    """England, a region or a local authority."""

    code: str
    name: str
    level: str
    """``country``, ``region`` or ``authority``."""
    old_code: str = ""
    """The Department for Education's own: 874."""
    region: str = ""


@cache
def areas() -> Mapping[str, PublishedArea]:
    """Every area of the shipped tables, by ONS code."""
    found = {ENGLAND: PublishedArea(ENGLAND, "England", "country", "970")}
    with DIRECTORY.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            region, code = row["region_code"], row["new_la_code"]
            if region:
                found.setdefault(region, PublishedArea(region, row["region_name"], "region"))
            if code:
                found.setdefault(
                    code, PublishedArea(code, row["la_name"], "authority", row["old_la_code"], region)
                )
    return MappingProxyType(found)


@cache
def by_old_code() -> Mapping[str, PublishedArea]:
    """England and the local authorities, by the Department for Education's code."""
    return MappingProxyType({each.old_code: each for each in areas().values() if each.old_code})


@cache
def _by_name() -> Mapping[str, PublishedArea]:
    return MappingProxyType({each.name.casefold(): each for each in areas().values()})


def known(old_code: str, name: str = "") -> PublishedArea | None:
    """The area of a Department's code, or of a name where the code is not known (regions have several codes)."""
    return by_old_code().get(old_code.strip()) or _by_name().get(name.strip().casefold())


def authorities() -> tuple[PublishedArea, ...]:
    """Every local authority, by name."""
    return tuple(
        sorted((each for each in areas().values() if each.level == "authority"), key=lambda each: each.name)
    )

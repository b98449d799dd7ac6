"""Figures to compare with, as a table: one line for each figure, under the release it came in.

England's published figures come with the system (``data/england.csv``) as far as they were found; what was not found
is not there, and nothing is filled in for it. Other tables (later releases, how many children live in an area, how
many were born) are loaded by people who have them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

SEED = Path(__file__).parent / "data" / "england.csv"
COLUMNS = ("measure", "area", "period", "breakdown", "release", "value", "unit", "source", "note")
REQUIRED = ("measure", "period", "release", "value", "unit", "source")
LONGEST = {"period": 10, "breakdown": 60, "release": 80, "unit": 60, "source": 200, "note": 300}
LARGEST_FILE = 500_000
MOST_LINES = 5_000

#: What can be compared, by key. A line of another measure is refused, so that a slip of the pen is no new measure.
MEASURES: dict[str, str] = {
    "deaths": "Deaths notified",
    "registered_deaths": "Deaths registered",
    "death_rate": "Deaths per 100,000 children",
    "infant_death_rate": "Infant deaths per 1,000",
    "neonatal_death_rate": "Neonatal deaths per 1,000 live births",
    "infant_share": "Share of deaths that were of infants, in per cent",
    "reviews": "Reviews finished",
    "preventable": "Reviews that called the death preventable (until March 2010)",
    "modifiable": "Reviews that identified modifiable factors",
    "modifiable_share": "Share of reviews with modifiable factors, in per cent",
    "serious_case_reviews": "Reviews with a serious case review",
    "category_share": "Share of reviews in a category, in per cent",
    "median_days": "Median days from death to review",
    "children": "Children under 18",
    "births": "Live births",
    "east": "Middle of the area, kilometres east",
    "north": "Middle of the area, kilometres north",
}
#: Those that say something of one area and nothing of England alone.
OF_AREAS = frozenset({"children", "births", "east", "north"})
_PERIOD = re.compile(r"^(20\d\d)-(\d\d)$")


class Unreadable(ValueError):
    """The file cannot be read at all; the sentence says why."""


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which line of the file (the heading is line 1) and which column."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Figure:
    """One line that could be read. ``area`` is a name, or empty for England."""

    line: int
    measure: str
    area: str
    period: str
    breakdown: str
    release: str
    value: Decimal
    unit: str
    source: str
    note: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What a release says once."""
        return self.measure, self.area, self.period, self.breakdown, self.release


def read(content: str, areas: Iterable[str] = ()) -> tuple[list[Figure], list[Fault]]:
    """The figures of a CSV file, and every fault with its line and column. Raises Unreadable.

    ``areas`` are the names an area may have; none means England alone.
    """
    table = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    if not table or not any(cell.strip() for cell in table[0]):
        raise Unreadable("The file is empty.")
    heads = [cell.strip().lower() for cell in table[0]]
    if missing := [name for name in REQUIRED if name not in heads]:
        raise Unreadable(f"The first line has to name the columns. Missing: {', '.join(missing)}.")
    if unknown := [name for name in heads if name and name not in COLUMNS]:
        raise Unreadable(f"There is no column “{unknown[0]}”. The columns are {', '.join(COLUMNS)}.")
    if len(table) > MOST_LINES + 1:
        raise Unreadable(f"The file has more than {MOST_LINES:,} lines. Split it.")
    known = {name.casefold(): name for name in areas}
    found: list[Figure] = []
    faults: list[Fault] = []
    first: dict[Any, int] = {}
    for line, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[at].strip() if at < len(cells) else "" for at, name in enumerate(heads)}
        wrong = list(_faults(line, said, known))
        if wrong:
            faults += wrong
            continue
        one = _figure(line, said, known)
        if one.key in first:
            faults.append(Fault(line, "measure", f"The same figure stands in line {first[one.key]}."))
            continue
        first[one.key] = line
        found.append(one)
    if not found and not faults:
        raise Unreadable("The file has a heading and no figures.")
    return found, faults


def _faults(line: int, said: dict[str, str], areas: dict[str, str]) -> Iterable[Fault]:
    for name in REQUIRED:
        if not said.get(name):
            yield Fault(line, name, "This is empty. Leave the whole line out where a figure is not known.")
    for name, longest in LONGEST.items():
        if len(said.get(name, "")) > longest:
            yield Fault(line, name, f"This is longer than {longest} characters.")
    measure, area = said.get("measure", ""), said.get("area", "")
    if measure and measure not in MEASURES:
        yield Fault(line, "measure", f"There is no measure “{measure}”.")
    elif measure in OF_AREAS and measure in ("east", "north") and not area:
        yield Fault(line, "area", "Say which area’s middle this is.")
    if area and area.casefold() not in areas:
        yield Fault(line, "area", f"There is no area “{area}” here. Leave it empty for England.")
    period = _PERIOD.match(said.get("period", ""))
    if said.get("period") and (period is None or (int(period[1]) + 1) % 100 != int(period[2])):
        yield Fault(line, "period", "Write a year from April to March as 2015-16.")
    if said.get("value"):
        try:
            value = Decimal(said["value"].replace(",", ""))
        except InvalidOperation:
            yield Fault(line, "value", f"“{said['value']}” is not a number.")
        else:
            if not value.is_finite() or (value < 0 and measure not in ("east", "north")):
                yield Fault(line, "value", "A figure cannot be below 0.")
            elif abs(value) >= 10**9:
                yield Fault(line, "value", "This number is too large.")


def _figure(line: int, said: dict[str, str], areas: dict[str, str]) -> Figure:
    area = said.get("area", "")
    return Figure(
        line, said["measure"], areas[area.casefold()] if area else "", said["period"], said.get("breakdown", ""),
        said["release"], Decimal(said["value"].replace(",", "")), said["unit"], said["source"], said.get("note", ""),
    )  # fmt: skip


def starts_in(period: str) -> int:
    """The first calendar year of a period: 2015 for ``2015-16``. Raises ValueError."""
    matched = _PERIOD.match(period)
    if matched is None:
        raise ValueError(f"{period} is not a year from April to March.")
    return int(matched[1])


def period_of(starts: int) -> str:
    """The period that begins in April of a calendar year."""
    return f"{starts}-{(starts + 1) % 100:02}"


def seed(benchmark: Any) -> None:
    """Load England's published figures that came with the system, where they are not there yet."""
    figures, faults = read(SEED.read_text(encoding="utf-8"))
    if faults:
        raise Unreadable(f"{SEED.name}, line {faults[0].line}, {faults[0].column}: {faults[0].words}")
    for one in figures:
        benchmark.objects.get_or_create(
            measure=one.measure, area=None, period=one.period, breakdown=one.breakdown, release=one.release,
            defaults={"value": one.value, "unit": one.unit, "source": one.source, "note": one.note},
        )  # fmt: skip

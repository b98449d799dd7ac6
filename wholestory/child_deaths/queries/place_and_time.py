"""What a scan in place and time is run on, month by month, and what its page says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from wholestory.child_deaths.models import ClusterScan, DeathRow
from wholestory.child_deaths.queries.clusters import FEWEST_AREAS, Refused
from wholestory.child_deaths.queries.pattern_blocks import CHANCE, FEWEST_SHOWN, Block
from wholestory.child_deaths.queries.rates import populations
from wholestory.child_deaths.rules.figures import Group
from wholestory.govuk.parts import Column
from wholestory.kernel.moments import MONTHS
from wholestory.partners.models import Area, Board
from wholestory.statistics.clusters.found import FEWEST_CASES, REPLICATES
from wholestory.statistics.clusters.windows import HALF

#: Over fewer years a season looks like a cluster; over more the children of an area are no longer the same.
FEWEST_YEARS, MOST_YEARS = 2, 10
SETTINGS = (
    ("Windows", "Circles round the middle of each area, each over a run of whole months"),
    ("Largest circle", f"{HALF:.0%} of the children"),
    ("Longest run", f"{HALF:.0%} of the months"),
    ("Made-up data to compare with", f"{REPLICATES} times"),
    ("Fewest deaths", str(FEWEST_CASES)),
    ("Fewest areas", str(FEWEST_AREAS)),
    ("Years", f"{FEWEST_YEARS} to {MOST_YEARS}"),
)
_LIMITS = (
    "Deaths without an area or a month are left out. The number of children is taken to be the same in every year. A"
    " cluster names places: it stays inside the panel. It says where and when to look, neither why nor that anything is"
    " wrong. Whoever scans often enough finds something: fix the years and the category before you look."
)


@dataclass(frozen=True)
class Ground:
    """What is scanned: areas with their middles and children, and deaths by area and month."""

    names: list[str]
    east: list[float]
    north: list[float]
    children: list[float]
    deaths: NDArray[np.int64]


def ground(rows: QuerySet[DeathRow], areas: Sequence[Area], years: range) -> Ground | Refused:
    """The ground of a scan of these years, or why there is none."""
    if not FEWEST_YEARS <= len(years) <= MOST_YEARS:
        return Refused(f"Choose {FEWEST_YEARS} to {MOST_YEARS} years.")
    if len(areas) < FEWEST_AREAS:
        return Refused(
            f"There are {len(areas)} areas: too few. With fewer than {FEWEST_AREAS} there are no circles to"
            " choose from."
        )
    people = populations()
    middles = [{key[0]: one for key, one in populations(axis).items()} for axis in ("east", "north")]
    known = {
        area.pk: [float(people[area.pk, y].value) for y in years if (area.pk, y) in people] for area in areas
    }
    lacking = [one.name for one in areas if not known[one.pk] or any(one.pk not in axis for axis in middles)]
    if lacking:
        return Refused(
            f"The middle or the number of children is not loaded for {', '.join(lacking)}. Load both first."
        )
    place = {area.pk: at for at, area in enumerate(areas)}
    deaths = np.zeros((len(areas), 12 * len(years)), dtype=np.int64)
    counted = (
        rows.exclude(group=Group.ELSEWHERE.value)
        .filter(area__in=areas, month__isnull=False)
        .filter(year_of_death__gte=years.start, year_of_death__lt=years.stop)
        .order_by()
        .values_list("area", "year_of_death", "month")
        .annotate(number=Count("pk"))
    )
    for area, year, month, number in counted:
        # Years begin in April.
        deaths[place[area], 12 * (year - years.start) + (month - 4) % 12] += number
    if deaths.sum() < FEWEST_CASES:
        return Refused(f"There are too few deaths to test. A scan of fewer than {FEWEST_CASES} says nothing.")
    east, north = ([float(axis[area.pk].value) for area in areas] for axis in middles)
    mean = [sum(known[area.pk]) / len(known[area.pk]) for area in areas]
    return Ground([area.name for area in areas], east, north, mean, deaths)


def newest(board: Board) -> ClusterScan | None:
    """The scan that was asked for last."""
    return ClusterScan.objects.filter(board=board).select_related("asked_by").order_by("-created_at").first()


def areas_of(board: UUID) -> list[Area]:
    """The areas of a board's panels."""
    return list(Area.objects.filter(panels__board=board).distinct().order_by("name"))


def shown(scan: ClusterScan, *, exact: bool) -> Block:
    """What a finished scan found. Not ``exact``: where and when, without the numbers."""
    table: list[tuple[Any, ...]] = []
    for one in scan.found:
        places, months = ", ".join(one["areas"]), _months(scan.first_year, one["first"], one["last"])
        table.append(
            (places, months, one["observed"], f"{one['expected']:.1f}", f"{one['p']:.3f}")
            if exact
            else (places, months, _chance(one["p"]))
        )
    # A circle of few deaths is not told to those who see no case.
    kept = [at for at, one in enumerate(scan.found) if exact or one["observed"] >= FEWEST_SHOWN]
    best = kept[0] if kept else None
    if best is None or scan.found[best]["p"] >= 0.05:
        said = f"No places and months stand out. {CHANCE}"
    else:
        said = f"{table[best][0]}, {table[best][1]}: more deaths than chance would usually give. " + (
            "Look at these deaths one by one before anything is said."
            if exact
            else "Ask those who see the cases."
        )
    numbers = (
        Column("2", "Deaths", numeric=True), Column("3", "Expected", numeric=True), Column("4", "p", numeric=True)
    )  # fmt: skip
    ends: tuple[Column, ...] = numbers if exact else (Column("2", "How it could come about"),)
    return Block(
        "place-and-time", "What the scan found", (said,), (Column("0", "Areas"), Column("1", "Months"), *ends),
        [table[at] for at in kept], _LIMITS,
    )  # fmt: skip


def _chance(p: float) -> str:
    return "seldom by chance" if p < 0.01 else "hardly by chance" if p < 0.05 else "chance"


def _months(first_year: int, first: int, last: int) -> str:
    ends = [f"{MONTHS[(at + 3) % 12]} {first_year + (at + 3) // 12}" for at in (first, last)]
    return ends[0] if first == last else " to ".join(ends)

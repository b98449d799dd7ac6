"""Are deaths closer together in place than chance gives? Asked by a person, with settings that were fixed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries.pattern_blocks import CHANCE, FEWEST_SHOWN, Block
from wholestory.child_deaths.queries.patterns import ROW_KEY
from wholestory.child_deaths.queries.rates import populations
from wholestory.child_deaths.rules.figures import Group
from wholestory.govuk.parts import Column
from wholestory.partners.models import Area
from wholestory.statistics.clusters.found import FEWEST_CASES, REPLICATES
from wholestory.statistics.clusters.spatial import poisson_scan
from wholestory.statistics.clusters.windows import HALF
from wholestory.statistics.disclosure.keyed import rounded

#: With fewer areas there are hardly any circles to choose from.
FEWEST_AREAS = 5
SETTINGS = (
    ("Windows", "Circles round the middle of each area, never a point on a map"),
    ("Largest window", f"{HALF:.0%} of the children"),
    ("Made-up data to compare with", f"{REPLICATES} times"),
    ("Fewest deaths", str(FEWEST_CASES)),
    ("Fewest areas", str(FEWEST_AREAS)),
)

_LIMITS = (
    "A cluster names places: it stays inside the panel. It says where to look, and neither why nor that anything is"
    " wrong. Whoever scans often enough finds something: fix the years and the category before you look."
)


@dataclass(frozen=True)
class Refused:
    """Why there is no scan, in a sentence."""

    words: str


def scan(rows: QuerySet[DeathRow], areas: list[Area], years: range, *, exact: bool = True) -> Block | Refused:
    """Scan the deaths of these years by area. Refused with too few deaths or areas, or where the middle of an area or
    its number of children is not loaded. Not ``exact``: numbers are rounded and chances told as
    one of three words, for from exact ones the deaths inside could be worked out."""
    keyed = list(
        rows.exclude(group=Group.ELSEWHERE.value)
        .filter(area__in=areas, year_of_death__gte=years.start, year_of_death__lt=years.stop)
        .values_list("area")
        .annotate(number=Count("pk"), key=Sum(ROW_KEY))
        .order_by()
    )
    counts: dict[UUID, int] = {area: number for area, number, _ in keyed}
    keys = {area: int(key or 0) for area, _, key in keyed}
    total = sum(counts.values())
    if total < FEWEST_CASES or (not exact and rounded(total, sum(keys.values())) < FEWEST_SHOWN):
        number = total if exact else f"fewer than {FEWEST_SHOWN}"
        return Refused(
            f"There are {number} deaths: too few to test. A scan of fewer than {FEWEST_CASES} says nothing."
        )
    if len(areas) < FEWEST_AREAS:
        return Refused(
            f"There are {len(areas)} areas: too few. With fewer than {FEWEST_AREAS} there are no circles to"
            " choose from."
        )
    middles = [{key[0]: one for key, one in populations(axis).items()} for axis in ("east", "north")]
    people = populations()
    children = [
        sum(float(people[area.pk, year].value) for year in years if (area.pk, year) in people)
        for area in areas
    ]
    lacking = [
        area.name
        for area, number in zip(areas, children, strict=True)
        if not number or any(area.pk not in axis for axis in middles)
    ]
    if lacking:
        return Refused(
            f"The middle or the number of children is not loaded for {', '.join(lacking)}. Load both first."
        )
    x, y = ([float(axis[area.pk].value) for area in areas] for axis in middles)
    found = poisson_scan([a.name for a in areas], x, y, [counts.get(a.pk, 0) for a in areas], children)
    table = [
        (
            ", ".join(one.members),
            one.observed,
            f"{one.expected:.1f}",
            "–" if one.relative_risk is None else f"{one.relative_risk:.2f}",
            f"{one.p_value:.3f}",
        )
        for one in found.clusters
    ]
    if not exact:
        return _coarse(found.clusters, areas, counts, keys)
    best = found.clusters[0] if found.clusters else None
    if best is None or best.p_value >= 0.05:
        said = f"No circle of areas stands out. {CHANCE}"
    else:
        said = (
            f"{', '.join(best.members)}: {best.observed} deaths where {best.expected:.1f} were expected. Made-up data"
            f" came as far as that {best.p_value:.1%} of the time. Look at these deaths one by one before anything"
            " is said."
        )
    return Block(
        "clusters", "What the scan found", (said,),
        (Column("0", "Areas"), Column("1", "Deaths", numeric=True), Column("2", "Expected", numeric=True),
         Column("3", "Risk inside over outside", numeric=True), Column("4", "p", numeric=True)),
        table,
        _LIMITS,
    )  # fmt: skip


def _coarse(
    clusters: Sequence[Any], areas: Sequence[Area], counts: Mapping[UUID, int], keys: Mapping[UUID, int]
) -> Block:
    """What the scan found for those who see no case."""
    known = {area.name: area.pk for area in areas}
    table = []
    for one in clusters:
        inside = [known[name] for name in one.members]
        number = rounded(
            sum(counts.get(area, 0) for area in inside), sum(keys.get(area, 0) for area in inside)
        )
        shown = number if number >= FEWEST_SHOWN else f"fewer than {FEWEST_SHOWN}"
        chance = (
            "seldom by chance"
            if one.p_value < 0.01
            else "hardly by chance"
            if one.p_value < 0.05
            else "chance"
        )
        table.append((", ".join(one.members), shown, chance))
    best = clusters[0] if clusters else None
    said = (
        f"No circle of areas stands out. {CHANCE}"
        if best is None or best.p_value >= 0.05
        else f"{', '.join(best.members)}: more deaths than chance would usually give. Ask those who see the cases."
    )
    return Block(
        "clusters", "What the scan found", (said,),
        (Column("0", "Areas"), Column("1", "Deaths", numeric=True), Column("2", "How it could come about")), table,
        _LIMITS,
    )  # fmt: skip

"""Deaths by area against the number of children there: rates with intervals, and a funnel against England."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from wholestory.child_deaths.models import Benchmark, DeathRow
from wholestory.child_deaths.published import period_of, starts_in
from wholestory.child_deaths.queries.modifiable import england
from wholestory.child_deaths.queries.pattern_blocks import CHANCE, FEWEST_SHOWN, Block, many
from wholestory.child_deaths.queries.patterns import ROW_KEY
from wholestory.child_deaths.rules.figures import Group
from wholestory.govuk.charts import Dot, funnel
from wholestory.govuk.parts import Column
from wholestory.partners.models import Area
from wholestory.statistics import funnel as limits
from wholestory.statistics.comparison import Polarity, against_benchmark
from wholestory.statistics.counts import rate, reliability
from wholestory.statistics.disclosure.keyed import rounded
from wholestory.statistics.values import REASONS

PER = 100_000


@dataclass(frozen=True)
class AreaRate:
    """The deaths of one area over some years, and the children of each of those years added up (None: not loaded)."""

    name: str
    deaths: int
    child_years: float | None
    shown: bool = True


def populations(measure: str = "children") -> dict[tuple[UUID, int], Benchmark]:
    """How many children (or births) each area had in each year, from the newest release loaded: one question."""
    found = Benchmark.objects.filter(measure=measure, area__isnull=False, breakdown="").order_by(
        "loaded_on", "created_at"
    )
    return {(one.area_id, starts_in(one.period)): one for one in found if one.area_id}


def by_area(
    rows: QuerySet[DeathRow], areas: list[Area], years: range, *, exact: bool = True
) -> tuple[list[AreaRate], bool]:
    """Deaths and child-years of each area, and whether any of the populations is invented. Not ``exact``: rounded, and
    none of few."""
    wanted = (
        rows.exclude(group=Group.ELSEWHERE.value)
        .filter(year_of_death__gte=years.start, year_of_death__lt=years.stop)
        .values_list("area")
        .annotate(number=Count("pk"), key=Sum(ROW_KEY))
        .order_by()
    )
    counts: Mapping[Any, int] = {
        area: number if exact else rounded(number, int(key or 0)) for area, number, key in wanted
    }
    people = populations()
    found, invented = [], False
    for area in areas:
        here = [people.get((area.pk, year)) for year in years]
        known = [one for one in here if one is not None]
        invented = invented or any(one.invented for one in known)
        total = float(sum(one.value for one in known)) if len(known) == len(here) and here else None
        number = counts.get(area.pk, 0)
        found.append(AreaRate(area.name, number, total, exact or number >= FEWEST_SHOWN))
    return found, invented


def block(found: list[AreaRate], years: range, invented: bool) -> Block:
    """The rates, what they are compared with, and the funnel."""
    published = england("death_rate")
    theirs = next((published[year] for year in reversed(years) if year in published), None)
    rows: list[tuple[Any, ...]] = []
    dots: list[Dot] = []
    deaths = sum(one.deaths for one in found if one.child_years)
    people = sum(one.child_years for one in found if one.child_years)
    target = float(theirs.value) if theirs else (deaths / people * PER if people and deaths else None)
    outside = []
    for one in found:
        if not one.shown:
            years_there = "not loaded" if one.child_years is None else f"{one.child_years:,.0f}"
            rows.append((one.name, f"fewer than {FEWEST_SHOWN}", years_there, "not shown", "", "–"))
            continue
        estimate = rate(one.deaths, one.child_years, PER)
        mark = reliability(one.deaths).crude_rate
        band = (
            against_benchmark(one.deaths, one.child_years, PER, target, Polarity.LOW_IS_GOOD).band
            if target and one.child_years
            else ""
        )
        shown = (
            "–"
            if estimate.value is None or estimate.lower is None or estimate.upper is None
            else "fewer than 3 deaths: no rate"
            if mark == "not_calculated"
            else f"{estimate.value:.1f} ({estimate.lower:.1f} to {estimate.upper:.1f})"
            + (" u" if mark == "unreliable" else "")
        )
        rows.append(
            (
                one.name,
                one.deaths,
                "not loaded" if one.child_years is None else f"{one.child_years:,.0f}",
                shown,
                estimate.method or REASONS.get(estimate.reason, ""),
                _BANDS.get(band, "–"),
            )
        )
        if target and one.child_years and estimate.value is not None:
            expected = target * one.child_years / PER
            at = limits.of_ratio(expected)
            ratio = one.deaths / expected
            out = ratio > at.upper998 or ratio < at.lower998
            dots.append(Dot(one.name, one.child_years, estimate.value, out))
            if out:
                outside.append(one.name)
    return Block(
        "rates", f"Deaths per 100,000 children a year, {_span(years)}",
        tuple(_said(found, theirs, target, outside, years, invented)),
        (Column("0", "Area of the home"), Column("1", "Deaths", numeric=True),
         Column("2", "Child-years", numeric=True), Column("3", "Rate (95% interval)", numeric=True),
         Column("4", "How the interval is made"), Column("5", "Against the target")),
        rows,
        "Intervals are exact below 10 deaths and Byar’s from 10. u: fewer than 20 deaths, unreliable. Areas are in no"
        " order of merit: compare each with the target, and not with its neighbour. Deaths of restricted cases have no"
        " area and are not in it.",
        _funnel(dots, target),
    )  # fmt: skip


_BANDS = {
    "higher_99.8": "higher (99.8%)", "higher_95": "higher (95%)", "similar": "cannot be told apart",
    "lower_95": "lower (95%)", "lower_99.8": "lower (99.8%)",
}  # fmt: skip


def _funnel(dots: list[Dot], target: float | None) -> Any:
    if not dots or not target:
        return ""

    def at(size: float) -> tuple[float, float, float, float]:
        one = limits.of_ratio(target * size / PER)
        return one.lower95 * target, one.upper95 * target, one.lower998 * target, one.upper998 * target

    return funnel(
        "Deaths per 100,000 children against the target", dots, target, at,
        across="Child-years; dashed: 95% limits, full: 99.8%", up="Deaths per 100,000 children a year",
    )  # fmt: skip


def _said(
    found: list[AreaRate], theirs: Benchmark | None, target: float | None, outside: list[str], years: range,
    invented: bool,
) -> list[str]:  # fmt: skip
    if not any(one.child_years for one in found):
        return [
            "How many children live in these areas is not loaded for every one of these years, so there is no rate."
            " Load it under “Figures to compare with”. The numbers of deaths stand below."
        ]
    said = []
    if theirs is not None:
        said.append(
            f"The target is England’s published rate of {theirs.period}: {theirs.value:.1f} ({theirs.release})."
        )
        if starts_in(theirs.period) not in years or len(years) > 1:
            said.append("It is of one year alone, and these deaths may be of others.")
    elif target:
        said.append(
            "No rate of England is loaded for these years: the target is these areas’ own rate taken together."
        )
    if outside:
        said.append(f"Outside the outer limits: {', '.join(outside)}. It is a question, and not a finding.")
    elif target:
        said.append(f"No area lies outside the outer limits. {CHANCE}")
    if sum(one.deaths for one in found) < 10 * len(years):
        said.append(f"{many(sum(one.deaths for one in found))} are few: take three or five years together.")
    if invented:
        said.append("Example: the numbers of children are invented.")
    return said


def _span(years: range) -> str:
    first, last = period_of(years.start), period_of(years.stop - 1)
    return first if first == last else f"{first} to {last}"

"""Rates, trends, rare deaths, early signals and scans: numbers by hand and by the published examples."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Benchmark, DeathRow
from wholestory.child_deaths.published import period_of, starts_in
from wholestory.child_deaths.queries import clusters, patterns, rare, rates
from wholestory.child_deaths.queries.modifiable import england
from wholestory.partners.models import Area

Browse = Callable[[str], Client]


def known(area: Area, measure: str, value: float, *years: int) -> None:
    for year in years:
        Benchmark.objects.create(
            measure=measure, area=area, period=period_of(year), release="Invented", value=Decimal(str(value)),
            unit="", source="Example: invented", invented=True,
        )  # fmt: skip


@pytest.mark.django_db
def test_england_was_seeded_and_both_releases_stand() -> None:
    found = Benchmark.objects.filter(measure="deaths", period="2020-21", area=None)
    assert {one.release: int(one.value) for one in found} == {"NCMD 2021": 3068, "NCMD 2023": 3056}
    again = Benchmark.objects.filter(measure="deaths", period="2021-22", area=None)
    assert {int(one.value) for one in again} == {3454, 3452}
    assert not Benchmark.objects.filter(measure="category_share").exists()
    assert not Benchmark.objects.filter(measure="median_days").exists()
    assert not Benchmark.objects.filter(measure="modifiable_share", period="2021-22").exists()


@pytest.mark.django_db
def test_the_preventable_of_2009_are_no_modifiable_share() -> None:
    shares = england()
    assert 2009 not in shares
    assert shares[2011].value == 20
    assert starts_in("2009-10") == 2009


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_loaded_figure_is_never_changed(change: str) -> None:
    one = Benchmark.objects.filter(measure="deaths")
    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        one.delete() if change == "delete" else one.update(value=1)


def test_a_rate_by_the_published_example(deaths: Deaths) -> None:
    # 4 deaths in 123,690 child-years: 3.2 per 100,000 (0.9 to 8.3), unreliable.
    home = Area.objects.get(name="Northmarsh")
    known(home, "children", 41_230, 2013, 2014, 2015)
    rows(deaths, {"area_id": home.pk}, {"area_id": home.pk, "year_of_death": 2013}, number=2)
    rows(deaths, {"area_id": home.pk, "year_of_death": 2012}, {"area_id": home.pk, "group": "elsewhere"})
    years = range(2013, 2016)
    with deaths.acting("analyst"):
        found, invented = rates.by_area(DeathRow.objects.all(), [home], years)
        block = rates.block(found, years, invented)
    assert found == [rates.AreaRate("Northmarsh", 4, 123_690.0)]
    assert block.rows[0][3] == "3.2 (0.9 to 8.3) u"
    assert block.rows[0][4] == "exact"
    assert "the target is these areas’ own rate" in " ".join(block.said)
    assert "Example: the numbers of children are invented." in block.said


def test_no_population_no_rate_and_never_nothing(deaths: Deaths) -> None:
    home = Area.objects.get(name="Northmarsh")
    known(home, "children", 41_230, 2014, 2015)
    rows(deaths, {"area_id": home.pk})
    years = range(2013, 2016)
    with deaths.acting("analyst"):
        found, invented = rates.by_area(DeathRow.objects.all(), [home], years)
        block = rates.block(found, years, invented)
    assert found[0].child_years is None
    assert block.rows[0][1:4] == (1, "not loaded", "–")
    assert "is not loaded" in block.said[0]


def test_an_area_beyond_the_outer_limits_stands_out(deaths: Deaths) -> None:
    # England 2022-23: 31.8. Expected in 47,170 children: 15.0; at E = 15 the outer limit is 1.856 times, so 27.8.
    home = Area.objects.get(name="Northmarsh")
    known(home, "children", 47_170, 2022)
    rows(deaths, {"area_id": home.pk, "year_of_death": 2022}, number=28)
    with deaths.acting("analyst"):
        found, invented = rates.by_area(DeathRow.objects.all(), [home], range(2022, 2023))
        block = rates.block(found, range(2022, 2023), invented)
    assert "Outside the outer limits: Northmarsh." in " ".join(block.said)
    assert "<polygon" in str(block.chart)


def test_gaps_between_rare_deaths_count_the_others(deaths: Deaths) -> None:
    # In order: April, May twice (others), June, July (other), August, September, October: gaps 2, 1, 0, 0.
    one, other = {**REVIEWED, "category": 1}, {**REVIEWED, "category": 8}
    rows(
        deaths, {**one, "month": 4}, {**other, "month": 5}, {**other, "month": 5}, {**one, "month": 6},
        {**other, "month": 7}, {**one, "month": 8}, {**one, "month": 9}, {**one, "month": 10},
        {**other, "month": 3},
    )  # fmt: skip
    with deaths.acting("analyst"):
        block = rare.between(DeathRow.objects.all(), 1)
    assert [row[1] for row in block.rows] == [2, 1, 0, 0]
    assert "5 deaths of this category among 9 reviewed" in block.said[0]


def test_too_few_for_a_chart_of_gaps(deaths: Deaths) -> None:
    rows(deaths, {**REVIEWED, "category": 1}, number=4)
    with deaths.acting("analyst"):
        assert "too few for a chart" in rare.between(DeathRow.objects.all(), 1).said[0]
        assert rare.days(1, deaths.world.board) is None


def test_the_early_signal_finds_a_doubling(deaths: Deaths) -> None:
    # Quarters of 2011 and 2012 with one death each: one expected. Then two, two, two, six a quarter in 2013:
    # each adds x ln 2 - 1: 0.386, 0.773, 1.159, then 6 x 0.6931 - 1 = 3.159 more: 4.318, beyond 3.
    rows(
        deaths, *({"year_of_death": year, "month": month} for year in (2011, 2012) for month in (4, 7, 10, 1))
    )
    rows(deaths, *({"year_of_death": 2013, "month": month} for month in (4, 7, 10)), number=2)
    rows(deaths, {"year_of_death": 2013, "month": 1}, number=6)
    with deaths.acting("analyst"):
        block = rare.early_signal(DeathRow.objects.all(), TODAY.replace(year=2014, month=4, day=2))
    assert [row[1:] for row in block.rows] == [(2, "0.39"), (2, "0.77"), (2, "1.16"), (6, "4.32")]
    assert "It signals in 13-14 Q4" in " ".join(block.said)
    assert "had 1.00 deaths each" in block.said[0]


def test_years_with_few_deaths_have_no_limits(deaths: Deaths) -> None:
    rows(deaths, *({"year_of_death": year} for year in range(2010, 2016)), number=3)
    with deaths.acting("analyst"):
        block = rare.by_year(patterns.numbers(DeathRow.objects.all(), TODAY), TODAY)
    assert "no limits of what is usual" in block.said[0]
    # Exact limits of 3 events.
    assert block.rows[0] == ("2010 to 2011", 3, "0.6 to 8.8")
    assert block.rows[-1][0] == "2015 to 2016 (not over yet)"


def far(deaths: Deaths, number: int = 6) -> list[Area]:
    areas = [Area.objects.create(name=f"Fen {letter}") for letter in "ABCDEFGH"[:number]]
    deaths.panel.areas.set(areas)
    for at, area in enumerate(areas):
        known(area, "children", 10_000, 2012, 2013, 2014, 2015)
        known(area, "east", at * 10, 2015)
        known(area, "north", 0, 2015)
    return areas


def test_a_scan_is_refused_under_ten_deaths(deaths: Deaths) -> None:
    areas = far(deaths)
    rows(deaths, {"area_id": areas[0].pk}, number=9)
    with deaths.acting("analyst"):
        found = clusters.scan(DeathRow.objects.all(), areas, range(2013, 2016))
    assert isinstance(found, clusters.Refused)
    assert "9 deaths: too few to test" in found.words


def test_a_scan_needs_the_middle_of_every_area(deaths: Deaths) -> None:
    areas = [*far(deaths), Area.objects.get(name="Northmarsh")]
    rows(deaths, {"area_id": areas[0].pk}, number=12)
    with deaths.acting("analyst"):
        found = clusters.scan(DeathRow.objects.all(), areas, range(2013, 2016))
    assert isinstance(found, clusters.Refused)
    assert "not loaded for Northmarsh" in found.words


def test_a_scan_finds_what_lies_together(deaths: Deaths, browse: Browse) -> None:
    areas = far(deaths)
    rows(deaths, {"area_id": areas[0].pk, "year_of_death": 2014}, number=20)
    rows(deaths, *({"area_id": area.pk, "year_of_death": 2014} for area in areas[1:]))
    asked = "/child-deaths/patterns/clusters/?scan=1&first=2013&last=2015"
    # 25 deaths among six equal areas: 4.2 expected in one.
    assert "Fen A: 20 deaths where 4.2 were expected" in browse("coordinator").get(asked).content.decode()
    coarse = browse("analyst").get("/child-deaths/patterns/clusters/?scan=1").content.decode()
    assert "Fen A: more deaths than chance would usually give" in coarse
    assert "4.2" not in coarse
    assert "seldom by chance" in coarse
    before = browse("analyst").get("/child-deaths/patterns/clusters/").content.decode()
    assert "What the scan found" not in before

"""The dashboard: its numbers by hand, its filters, who sees it, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries import pattern_blocks, patterns
from wholestory.child_deaths.queries.modifiable import modifiable
from wholestory.partners.models import Area

Browse = Callable[[str], Client]
PATTERNS = "/child-deaths/patterns/"
PAGES = (
    "",
    "rates/",
    "trend/",
    "rare/",
    "rare/?category=1",
    "signal/",
    "clusters/",
    "clusters/?scan=1",
    "compare/",
)
SEES = ("coordinator", "designated_doctor", "analyst")
SEES_NOT = (
    "panel_chair", "panel_police", "panel_health", "panel_lay", "business_manager", "chair",
    "quality_officer", "ig_lead", "lay_member", "police_member", "head", "police_lead", "stranger",
)  # fmt: skip


def numbers(deaths: Deaths, **wanted: object) -> patterns.Numbers:
    with deaths.acting("analyst"):
        return patterns.numbers(patterns.rows(wanted), TODAY)


def test_every_number_is_of_the_same_rows(deaths: Deaths) -> None:
    # 6 deaths: 4 reviewed (2 identified, 1 none, 1 inadequate), 1 open, 1 with another panel.
    rows(
        deaths,
        {**REVIEWED, "modifiable": "identified", "category": 3, "factors": ["C:water_safety"]},
        {**REVIEWED, "modifiable": "identified", "category": 3, "factors": ["C:water_safety", "B:neglect"],
         "sex": "male", "days_to_review": 300, "took": "8_9"},
        {**REVIEWED, "days_to_review": 200},
        {**REVIEWED, "modifiable": "inadequate_information", "days_to_review": 400, "took": "12_over"},
        {"sex": "not_known", "waits_for": "inquest", "waits_since_on": date(2016, 3, 4), "has_sex": False},
        {"group": "elsewhere"},
    )  # fmt: skip
    found = numbers(deaths)
    assert found.whole == patterns.Tally(number=5, reviewed=4, identified=2, none=1, inadequate=1)
    assert found.elsewhere == 1
    assert found.of("category", 3) == patterns.Tally(number=2, reviewed=2, identified=2)
    assert found.of("category", 8).number == 2
    assert found.of("category", None).number == 1
    assert {key: one.number for key, one in found.by["sex"].items()} == {
        "female": 3,
        "male": 1,
        "not_known": 1,
    }
    assert found.known["has_sex"] == (4, 5)
    assert found.known["has_gestation"] == (0, 0)
    # 100, 200, 300, 400: the median lies between 200 and 300, the quarters at 175 and 325.
    assert found.lengths["days_to_review"] == patterns.Length(4, 175.0, 250.0, 325.0)
    assert found.factors == {"C:water_safety": 2, "B:neglect": 1}
    # Waiting from 4 March to 14 March 2016.
    assert found.waiting == (patterns.Waiting("inquest", 1, date(2016, 3, 4), 10.0),)
    for tallies in found.by.values():
        assert sum(one.number for one in tallies.values()) == found.whole.number


def test_filters_narrow_every_number(deaths: Deaths) -> None:
    with deaths.acting():
        home = Area.objects.get(name="Northmarsh")
    rows(deaths, {"area_id": home.pk, "year_of_death": 2014}, {"age_band": "0_27_days"}, REVIEWED)
    assert numbers(deaths, first="2015").whole.number == 2
    assert numbers(deaths, last="2014").whole.number == 1
    assert numbers(deaths, area=str(home.pk)).whole.number == 1
    assert numbers(deaths, age="0_27_days").by["age_band"].keys() == {"0_27_days"}
    only = numbers(deaths, category="8")
    assert (only.whole.number, only.whole.reviewed, only.known["has_sex"]) == (1, 1, (1, 1))
    assert numbers(deaths, by="review", first="2015").whole.number == 1


def test_edge_case_12_a_death_may_lie_in_three_different_years(deaths: Deaths) -> None:
    rows(deaths, {**REVIEWED, "year_of_death": 2013, "year_notified": 2014, "year_reviewed": 2015})
    for by, year in (("death", 2013), ("notification", 2014), ("review", 2015)):
        assert numbers(deaths, by=by, first=str(year), last=str(year)).whole.number == 1
        assert numbers(deaths, by=by, first=str(year + 1)).whole.number == 0


def test_edge_case_26_not_known_is_no_share_and_withheld_is_neither(deaths: Deaths) -> None:
    rows(deaths, {"sex": "male"}, {"sex": "female"}, {"sex": "not_known"})
    rows(
        deaths,
        {"withheld": True, "sex": "", "ethnic_group": "", "month": None, "deprivation": None, "place_kind": "",
         "age_band": "not_known", "expected": "not_known"},
    )  # fmt: skip
    block = next(one for one in pattern_blocks.described(numbers(deaths)) if one.key == "sex")
    assert block.said[0] == "Known of 2 of 3 deaths."
    assert [(row[0], row[1]) for row in block.rows] == [
        ("Male", 1), ("Female", 1), ("Indeterminate", 0), ("Not known", 1), ("Withheld: restricted cases", 1),
    ]  # fmt: skip


def test_the_modifiable_share_has_its_interval_and_england_beside_it(deaths: Deaths) -> None:
    # Wilson, by the published example: 5 of 7 is 71.4% (35.9 to 91.8). England had 28% in 2017-18: outside it.
    rows(deaths, {**REVIEWED, "modifiable": "identified", "year_reviewed": 2017}, number=5)
    rows(deaths, {**REVIEWED, "year_reviewed": 2017}, number=2)
    with deaths.acting("analyst"):
        block = modifiable(patterns.numbers(patterns.rows({}), TODAY))
    assert "5 of 7 reviews with an answer: 71% (36% to 92%)" in block.said[0]
    assert "England’s share was 28% (NHS Digital 2018)" in block.said[-1]
    assert "Ours differs by more than chance would usually give" in block.said[-1]


def test_preventable_and_modifiable_are_never_one_line(deaths: Deaths) -> None:
    rows(
        deaths,
        *(
            {**REVIEWED, "year_reviewed": year, "modifiable": "identified"}
            for year in (2008, 2009, 2010, 2011)
        ),
    )
    with deaths.acting("analyst"):
        block = modifiable(patterns.numbers(patterns.rows({}), TODAY))
    # Two lines, one before and one after April 2010, and the mark between them.
    assert str(block.chart).count("<polyline") == 2
    assert "counted otherwise from here" in str(block.chart)
    assert "Before April 2010 2 of 2 reviews called the death preventable" in block.said[0]
    assert "identified in 2 of 2 reviews with an answer" in block.said[1]


def test_twelve_months_are_compared_only_with_enough_deaths(deaths: Deaths) -> None:
    rows(deaths, {"month": 1}, number=10)
    assert "too few" in pattern_blocks.seasons(numbers(deaths)).said[0]
    # 60 deaths all in January are no chance.
    rows(deaths, {"month": 1}, number=50)
    assert "more than chance" in pattern_blocks.seasons(numbers(deaths)).said[0]


def test_sixty_deaths_spread_evenly_are_chance(deaths: Deaths) -> None:
    rows(deaths, *({"month": month} for month in range(1, 13)), number=5)
    assert pattern_blocks.CHANCE in pattern_blocks.seasons(numbers(deaths)).said[0]


@pytest.mark.parametrize("persona", SEES)
def test_who_sees_the_figures(deaths: Deaths, browse: Browse, persona: str) -> None:
    rows(deaths, REVIEWED, number=10)
    client = browse(persona)
    for page in PAGES:
        assert client.get(PATTERNS + page).status_code == 200, page
    shown = client.get(PATTERNS).content.decode()
    assert "<svg" in shown
    assert "style=" not in shown.split("<main", 1)[1]


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_finds_them(deaths: Deaths, browse: Browse, persona: str) -> None:
    rows(deaths, REVIEWED)
    client = browse(persona)
    for page in PAGES:
        assert client.get(PATTERNS + page).status_code in (302, 404), page


def test_the_analyst_gets_in_nowhere_else(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    client = browse("analyst")
    for page in ("", "find/", "messages/", "transfers/", f"cases/{case.record.reference}/", "duplicates/"):
        assert client.get(f"/child-deaths/{page}").status_code == 404, page


def test_the_sister_board_counts_its_own(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, REVIEWED, number=3)
    shown = browse("sister_coordinator").get(PATTERNS).content.decode()
    assert "No death fits this." in shown
    with deaths.acting("sister_coordinator"):
        assert not DeathRow.objects.exists()


def test_an_address_that_makes_no_sense_narrows_nothing(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, REVIEWED)
    assert browse("analyst").get(PATTERNS + "?by=x&first=y&area=z&category=99").status_code == 200


@pytest.mark.parametrize("persona", SEES)
def test_ten_deaths_cost_what_forty_cost(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int], persona: str
) -> None:
    client = browse(persona)
    rows(deaths, REVIEWED, number=10)
    few = cost_of(client, PATTERNS)
    rows(deaths, {**REVIEWED, "year_reviewed": 2014}, {"sex": "male"}, number=30)
    assert cost_of(client, PATTERNS) == few

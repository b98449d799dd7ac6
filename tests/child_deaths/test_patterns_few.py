"""Figures that could tell of one child: the coordinator, who sees the cases, sees them; the analyst does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.queries import patterns, rare

Browse = Callable[[str], Client]
PATTERNS = "/child-deaths/patterns/"
WAITS: dict[str, Any] = {
    "waits_for": "criminal", "waits_since_on": date(2015, 12, 15), "hours_to_notified": 3, "year_of_death": 2013,
}  # fmt: skip
WHY = "There are fewer than 10 deaths here, or none."


def said(client: Client, page: str = "") -> str:
    """The words of a page, below its filters, without marks."""
    text = client.get(PATTERNS + page).content.decode().split("<main", 1)[1].split("</main", 1)[0]
    return " ".join(re.sub("<[^>]+>", " ", text.split("</form>", 1)[-1]).split())


@pytest.mark.parametrize("number", [1, 5])
def test_the_coordinator_sees_what_waits_and_since_which_day(
    deaths: Deaths, browse: Browse, number: int
) -> None:
    rows(deaths, WAITS, number=number)
    shown = said(browse("coordinator"))
    assert "What waits, for whom and since when" in shown
    assert "15 December 2015" in shown
    assert "was told 3 hours after the death was confirmed" in shown
    assert WHY not in shown
    assert "No death fits this." in said(browse("coordinator"), "?first=2014")


@pytest.mark.parametrize("number", [1, 4, 5])
def test_the_analyst_never_sees_what_waits(deaths: Deaths, browse: Browse, number: int) -> None:
    rows(deaths, WAITS, number=number)
    shown = said(browse("analyst"))
    for told in ("What waits", "longest since", "15 December", "A criminal investigation"):
        assert told not in shown, told


def numbers(text: str) -> set[int]:
    """The whole numbers of cells, without intervals and shares."""
    return {int(one.replace(",", "")) for one in re.findall(r'numeric">\s*([\d,]+)\s*<', text)}


def test_of_five_deaths_or_fewer_nothing_is_told(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, {**WAITS, **REVIEWED}, number=5)
    rows(deaths, {**REVIEWED, "group": "elsewhere"}, number=7)
    client = browse("analyst")
    for query in ("", "?first=2013", "?age=15_17_years"):
        shown = said(client, query)
        assert "Deaths fewer than 10" in shown
        assert WHY in shown
        for told in ("hours", "median", "Category of death", "Sex", "No death fits", "Reviewed by another"):
            assert told not in shown, (query, told)
        assert not re.search(r"\b[0-9]\b", shown), query
        assert "ws-piece" not in client.get(PATTERNS + query).content.decode()


def test_every_number_the_analyst_sees_is_a_multiple_of_five(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, REVIEWED, number=13)
    rows(deaths, {"sex": "male", "age_band": "15_17_years", "month": 7, "has_ethnicity": False}, number=8)
    client = browse("analyst")
    for page in ("", "trend/", "rates/"):
        text = client.get(PATTERNS + page).content.decode()
        found = numbers(text)
        assert all(one % 5 == 0 for one in found), (page, found)
    assert "rounded to a multiple of five" in text
    assert {13, 8, 21} <= numbers(browse("coordinator").get(PATTERNS).content.decode())


def test_the_same_deaths_give_the_same_number_on_every_page(deaths: Deaths) -> None:
    rows(deaths, REVIEWED, number=13)
    rows(deaths, {"sex": "male"}, number=9)
    with deaths.acting("analyst"):
        every = patterns.numbers(patterns.rows({}), TODAY, exact=False)
        girls = patterns.numbers(patterns.rows({}).filter(sex="female"), TODAY, exact=False)
    # The thirteen girls are the thirteen reviews are the thirteen finals, however they are asked for.
    told = every.of("sex", "female").number
    assert told in (10, 15)
    assert told == girls.whole.number == every.whole.reviewed == every.of("category", 8).number
    assert told == every.of("group", "final").number


def test_two_pages_taken_from_one_another_do_not_count_a_child(deaths: Deaths) -> None:
    """One child more or less changes a number by nought or by five, or the other way, and never by one."""
    rows(deaths, {}, number=12)
    rows(deaths, {"category": 1})
    with deaths.acting("analyst"):
        whole = patterns.numbers(patterns.rows({}), TODAY, exact=False).whole.number
        without = patterns.numbers(patterns.rows({}).filter(category=None), TODAY, exact=False).whole.number
    assert {whole, without} <= {10, 15}


def test_the_analyst_narrows_by_one_thing_at_a_time(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, {"age_band": "15_17_years", "category": 8}, number=20)
    client = browse("analyst")
    page = client.get(PATTERNS + "?age=15_17_years&category=8").content.decode()
    assert "Choose one of area, age and category at a time" in page
    assert 'name="last"' not in page
    for query in ("?age=15_17_years", "?category=8", "?first=2015"):
        assert "Deaths 20" in said(client, query), query
    exact = browse("coordinator").get(PATTERNS + "?age=15_17_years&category=8").content.decode()
    assert "at a time" not in exact
    assert 'name="last"' in exact


@pytest.mark.parametrize("asked", ["?first=2015&last=2016", "?first=2015"])
def test_years_are_one_or_all_for_the_analyst(deaths: Deaths, browse: Browse, asked: str) -> None:
    rows(deaths, {"year_of_death": 2015}, number=10)
    rows(deaths, {"year_of_death": 2016}, number=10)
    assert "Deaths 10" in said(browse("analyst"), asked)


def test_a_statistic_of_time_needs_many_deaths_behind_it(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, {}, number=11)
    rows(
        deaths, {**REVIEWED, "hours_to_notified": 31, "days_to_meeting": 123, "final_in_time": True}, number=4
    )
    shown = said(browse("analyst"))
    assert "Deaths 15" in shown
    assert "Reviews: fewer than 10: not shown." in shown
    assert "being told: fewer than 20: no median shown." in shown
    assert "Final within 14 days of the panel – – fewer than 10: not shown" in shown
    for told in ("31 hours", "100 days", "123"):
        assert told not in shown, told
    exact = said(browse("coordinator"))
    assert "was told 31 hours after" in exact
    assert "took 123 days at the median" in exact
    assert "between 100 and 100 days" in exact


def test_with_twenty_the_analyst_sees_coarse_medians_and_no_quarters(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, *({**REVIEWED, "days_to_review": days} for days in (104, 114, 124, 134, 144)), number=4)
    shown = said(browse("analyst"))
    # The middle of the twenty is 124, told to ten days.
    assert "From the death to the panel’s review it took about 120 days at the median." in shown
    assert "From the death to the review meeting: fewer than 20: no median shown." in shown
    assert "half of the" not in shown
    assert "took 124 days at the median" in said(browse("coordinator"))


@pytest.mark.parametrize(
    "page", ["rates/", "trend/", "trend/?category=8", "rare/?category=8", "signal/?category=8"]
)
def test_the_other_pages_of_figures_hold_back_too(deaths: Deaths, browse: Browse, page: str) -> None:
    rows(deaths, REVIEWED, number=5)
    client = browse("analyst")
    assert WHY in said(client, page)
    assert "<td" not in client.get(PATTERNS + page).content.decode()
    assert WHY not in said(browse("coordinator"), page)


def test_gaps_and_quarters_are_single_deaths_so_only_the_conclusion_is_told(
    deaths: Deaths, browse: Browse
) -> None:
    rows(deaths, *({**REVIEWED, "year_of_death": year, "month": 5} for year in range(2005, 2016)), number=2)
    for page, told in (("rare/?category=8", "chance"), ("signal/?category=8", "It does not signal")):
        shown = browse("analyst").get(PATTERNS + page).content.decode()
        assert told in shown
        assert "<td" not in shown
        assert "<svg" not in shown.split("<main", 1)[1]
        assert "<td" in browse("coordinator").get(PATTERNS + page).content.decode()


def test_a_refused_scan_does_not_say_how_few(deaths: Deaths, browse: Browse) -> None:
    asked = "clusters/?scan=1&last=2014"
    assert "There are fewer than 10 deaths: too few to test" in said(browse("analyst"), asked)
    assert "There are 0 deaths: too few to test" in said(browse("coordinator"), asked)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_page_is_taken_away_as_it_stands(deaths: Deaths, browse: Browse, fmt: str) -> None:
    rows(deaths, REVIEWED, number=13)
    for page in ("", "trend/", "rates/"):
        asked = f"{PATTERNS}{page}?download={fmt}"
        for persona in ("coordinator", "analyst"):
            answer = browse(persona).get(asked)
            assert "attachment" in answer["Content-Disposition"], (persona, page)
    exact = browse("coordinator").get(f"{PATTERNS}?download=csv").content.decode("utf-8-sig")
    assert "Sex,Female,Deaths,13" in exact
    coarse = browse("analyst").get(f"{PATTERNS}?download=csv").content.decode("utf-8-sig")
    assert "Sex,Female,Deaths,13" not in coarse
    assert re.search(r"Sex,Female,Deaths,1[05]\b", coarse)


def test_days_between_rare_deaths_are_for_those_who_see_the_cases(
    deaths: Deaths, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Even if the rows of analyses were open to the analyst, the page does not ask for days.
    asked: list[int] = []
    monkeypatch.setattr(rare, "days", lambda number, board: asked.append(number))
    rows(deaths, REVIEWED, number=10)
    assert browse("analyst").get(PATTERNS + "rare/?category=8").status_code == 200
    assert asked == []
    browse("coordinator").get(PATTERNS + "rare/?category=8")
    assert asked == [8]


def test_no_page_of_figures_tells_the_analyst_a_day(deaths: Deaths, browse: Browse) -> None:
    start = date(2015, 4, 1)
    rows(deaths, *({**WAITS, "waits_since_on": start + timedelta(days=at)} for at in range(12)))
    client = browse("analyst")
    for page in ("", "rates/", "trend/", "rare/?category=8", "signal/", "clusters/?scan=1"):
        assert not re.search(r"\b\d{1,2} (January|February|March|April|May|June) 20", said(client, page)), (
            page
        )

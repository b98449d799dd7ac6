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
from wholestory.child_deaths.queries import rare

Browse = Callable[[str], Client]
PATTERNS = "/child-deaths/patterns/"
WAITS: dict[str, Any] = {
    "waits_for": "criminal", "waits_since_on": date(2015, 12, 15), "hours_to_notified": 3, "year_of_death": 2013,
}  # fmt: skip
WHY = "There are fewer than 5 deaths here, or none."


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


def test_fewer_than_five_deaths_are_no_number_and_no_breakdown(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, {**WAITS, **REVIEWED}, number=4)
    rows(deaths, {**REVIEWED, "group": "elsewhere"}, number=7)
    client = browse("analyst")
    for query in ("", "?first=2013&last=2013", "?age=15_17_years"):
        shown = said(client, query)
        assert "Deaths fewer than 5" in shown
        assert WHY in shown
        for told in (
            "hours",
            "median",
            "Category of death",
            "Sex",
            "No death fits this",
            "Reviewed by another",
        ):
            assert told not in shown, (query, told)
        assert not re.search(r"\b[0-46-9]\b", shown), query
        assert "ws-piece" not in client.get(PATTERNS + query).content.decode()


def test_a_filter_down_to_one_child_tells_nothing(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, {**WAITS, "year_of_death": 2014}, number=6)
    rows(deaths, {**WAITS, "hours_to_notified": 77, "age_band": "15_17_years"})
    narrow = "?first=2013&last=2013&age=15_17_years"
    assert "77 hours" in said(browse("coordinator"), narrow)
    shown = said(browse("analyst"), narrow)
    assert "77" not in shown
    assert "Deaths fewer than 5" in shown
    # Of all seven the analyst sees the middle one.
    assert "was told 3 hours after" in said(browse("analyst"))


def test_a_statistic_of_time_needs_five_deaths_behind_it(deaths: Deaths, browse: Browse) -> None:
    # Nine deaths, four of them reviewed, four with an hour: enough for the page, not for any time.
    rows(deaths, {}, number=5)
    rows(
        deaths, {**REVIEWED, "hours_to_notified": 31, "days_to_meeting": 123, "final_in_time": True}, number=4
    )
    shown = said(browse("analyst"))
    assert "Deaths 9" in shown
    assert "Reviews: fewer than 5: not shown." in shown
    assert "Hours from the death to the panel being told: fewer than 5: not shown." in shown
    assert "Final within 14 days of the panel – – fewer than 5: not shown" in shown
    for told in ("31 hours", "100 days", "123"):
        assert told not in shown, told
    exact = said(browse("coordinator"))
    assert "was told 31 hours after" in exact
    assert "took 123 days at the median" in exact
    assert "between 100 and 100 days" in exact


def test_with_five_the_analyst_sees_medians_and_no_quarters(deaths: Deaths, browse: Browse) -> None:
    rows(deaths, *({**REVIEWED, "days_to_review": days} for days in (100, 110, 120, 130, 140)))
    shown = said(browse("analyst"))
    assert "From the death to the panel’s review it took 120 days at the median." in shown
    assert "From the death to the review meeting: fewer than 5: not shown." in shown
    assert "half of the" not in shown
    # The quarters of five are days of single cases: the second and the fourth.
    assert "between 110 and 130 days" in said(browse("coordinator"))


@pytest.mark.parametrize(
    "page", ["rates/", "trend/", "trend/?category=8", "rare/?category=8", "signal/?category=8"]
)
def test_the_other_pages_of_figures_hold_back_too(deaths: Deaths, browse: Browse, page: str) -> None:
    rows(deaths, REVIEWED, number=4)
    client = browse("analyst")
    assert WHY in said(client, page)
    assert "<td" not in client.get(PATTERNS + page).content.decode()
    assert WHY not in said(browse("coordinator"), page)


def test_a_refused_scan_does_not_say_how_few(deaths: Deaths, browse: Browse) -> None:
    asked = "clusters/?scan=1&first=2013&last=2015"
    assert "There are fewer than 5 deaths: too few to test" in said(browse("analyst"), asked)
    assert "There are 0 deaths: too few to test" in said(browse("coordinator"), asked)


def test_days_between_rare_deaths_are_for_those_who_see_the_cases(
    deaths: Deaths, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Even if the rows of analyses were open to the analyst, the page does not ask for days.
    asked: list[int] = []
    monkeypatch.setattr(rare, "days", lambda number, board: asked.append(number))
    rows(deaths, REVIEWED, number=6)
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

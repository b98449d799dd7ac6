"""The dashboard and the page of data quality say the same numbers of the same deaths. Expected values are by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import Analysis, Case, DeathRow, Review
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.queries import patterns
from wholestory.kernel.moments import LONDON

Browse = Callable[[str], Client]
PAGES = ("/child-deaths/patterns/", "/child-deaths/quality/")


def line(page: str, title: str) -> list[str]:
    """The numbers of the line that begins with these words."""
    row = next(one for one in page.split("<tr") if title in one)
    return re.findall(r'numeric">\s*(?:<a[^>]*>)?([^<]*?)\s*<', row)[:2]


def test_a_death_that_was_brought_in_is_in_no_median_of_ours(deaths: Deaths, browse: Browse) -> None:
    # Told 10 hours and a half after the death (counted as 10), and about a year after it, before this system.
    deaths.case()
    past = deaths.case(forenames="Teal", nhs_number=None)
    with deaths.acting():
        ledger.line("child_deaths.put_right", past.record)
        Case.objects.filter(pk=past.pk).update(
            brought_in=True, confirmed_at=datetime(2015, 3, 13, tzinfo=LONDON), died_on=date(2015, 3, 12)
        )
    figures.rebuild(deaths.panel)
    for url in PAGES:
        page = browse("coordinator").get(url).content.decode()
        assert "The panel was told 10 hours after the death was confirmed" in page, url
    with deaths.acting("analyst"):
        # What is shown with the case is kept all the same.
        assert DeathRow.objects.get(brought_in=True).hours_to_notified == 8793
        assert patterns.numbers(patterns.rows({}), TODAY).lengths["hours_to_notified"].number == 1


@pytest.mark.parametrize("reviewed_on", [date(2009, 6, 1), date(2016, 3, 1)])
def test_not_enough_information_is_an_answer_on_both(
    deaths: Deaths, browse: Browse, reviewed_on: date
) -> None:
    """Before April 2010 panels were asked another question, which could be answered so too."""
    reviews = Reviews(deaths)
    answered = reviews.begun()
    silent = reviews.begun(deaths.case(forenames="Teal", nhs_number=None))
    reviews.drafted(answered)
    reviews.drafted(silent)
    with deaths.acting():
        ledger.line("child_deaths.put_right", answered.record)
        Review.objects.update(first_reviewed_on=reviewed_on)
        Analysis.objects.filter(review=answered).update(modifiable="inadequate_information")
        Analysis.objects.filter(review=silent).update(modifiable="")
    figures.rebuild(deaths.panel)
    for url in PAGES:
        page = browse("coordinator").get(url).content.decode()
        assert line(page, "An answer on modifiable factors") == ["1", "2"], url


def test_those_who_see_no_case_find_the_same_rule(deaths: Deaths, browse: Browse) -> None:
    # 20 with an answer and 5 without one; 10 besides that were brought in a hundred hours late.
    rows(deaths, {**REVIEWED, "modifiable": "inadequate_information", "hours_to_notified": 6}, number=20)
    rows(deaths, {**REVIEWED, "modifiable": "", "hours_to_notified": 6}, number=5)
    rows(deaths, {"brought_in": True, "hours_to_notified": 100, "notified_in_time": None}, number=10)
    for url in PAGES:
        page = browse("analyst").get(url).content.decode()
        assert line(page, "An answer on modifiable factors") == ["20", "25"], url
    assert "told about 6 hours after" in browse("analyst").get(PAGES[0]).content.decode()
    assert line(browse("analyst").get(PAGES[1]).content.decode(), "Told within 48 hours") == ["25", "25"]

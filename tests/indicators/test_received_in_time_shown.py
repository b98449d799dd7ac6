"""Who is late is a measure itself (K06): worked out from the returns, on the scorecard, its page and in a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from tests.indicators.returning import Returning

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
PAGE = reverse("indicators:measure_read", args=["K06"])


@pytest.fixture
def one_of_two(figures: Figures) -> Returning:
    """The police sent in time; the health trust was due on 11 March, three days ago, and sent nothing."""
    made = Returning(figures, due_on=date(2016, 3, 21))
    made.send()
    with figures.acting("analyst"):
        made.round.returns.filter(agency=figures.world.agencies["health"]).update(due_on=date(2016, 3, 11))
    return made


@pytest.mark.parametrize("persona", ["analyst", "chair"])
def test_the_team_and_the_chair_see_how_many_came_in_time(
    one_of_two: Returning, browse: Browse, persona: str
) -> None:
    page = browse(persona).get(PAGE).content.decode()
    assert "50.0%" in page
    assert "1 of 2" in page
    assert "Worked out from the returns of the round" in page
    by_agency = page.partition('id="by-agency"')[2].partition("</section>")[0]
    assert "100.0%" in by_agency
    assert "0.0%" in by_agency
    card = browse(persona).get(reverse("indicators:scorecard_read")).content.decode()
    assert "Data returns received in time" in card
    assert "1 of 2" in card


def test_it_stands_in_the_file(one_of_two: Returning, browse: Browse) -> None:
    file = browse("analyst").get(reverse("indicators:scorecard_read"), {"download": "csv"}).content.decode()
    (row,) = [line for line in file.splitlines() if "Data returns received in time" in line]
    assert "50.0" in row


def test_an_agency_sees_its_own_alone(one_of_two: Returning, browse: Browse) -> None:
    own = reverse("indicators:own_measure", args=["K06"])
    page = browse("police_lead").get(own).content.decode()
    assert "100.0%" in page
    assert "1 of 1" in page
    assert "50.0%" not in page
    assert one_of_two.world.agencies["health"].name not in page
    assert browse("police_lead").get(PAGE).status_code == 404


def test_another_board_and_an_area_have_none(one_of_two: Returning, browse: Browse) -> None:
    assert "50.0%" not in browse("sister_analyst").get(PAGE).content.decode()


def test_before_any_round_there_is_no_figure(figures: Figures, browse: Browse) -> None:
    page = browse("analyst").get(PAGE).content.decode()
    assert "0.0%" not in page
    assert "There are no figures up to this period" in page

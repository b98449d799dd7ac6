"""Figures beside published ones: England, the areas most like ours, and all areas. Numbers are the published ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from wholestory.indicators.catalogue import load
from wholestory.indicators.operations import releases
from wholestory.indicators.queries import comparing
from wholestory.indicators.queries.among import among
from wholestory.partners.models import Area
from wholestory.statistics.rounding import rounded

pytestmark = pytest.mark.django_db
REREFERRALS = load().get("C07")


@pytest.fixture
def published(figures: Figures) -> Figures:
    """The tables that ship, with our area as Peterborough."""
    with figures.acting("business_manager"):
        releases.load_shipped(board=figures.world.board, today=date(2016, 3, 14))
        Area.objects.filter(boards=figures.world.board).update(code="E06000031")
    return figures


def test_beside_england_and_the_areas_most_like_ours(published: Figures) -> None:
    """Year to March 2024: Peterborough 19.2% (713 of 3,708), England 22.4%; ten neighbours under the model of 2025."""
    with published.acting():
        known = comparing.known(published.world.board, [REREFERRALS], date(2024, 3, 31))
        found = comparing.compared(known, REREFERRALS)
    assert found.england is not None
    assert found.own is not None
    assert found.neighbours is not None
    assert found.england.year_end == date(2024, 3, 31)
    assert rounded(found.england.value or Fraction(0), 1) == rounded(Fraction("22.4"), 1)
    assert rounded(found.own.value or Fraction(0), 1) == rounded(Fraction("19.2"), 1)
    assert found.neighbours.mean is not None
    assert found.neighbours.mean.of == 10
    assert 0 < found.neighbours.mean.used <= 10
    assert found.neighbours.model == "2025"


def test_an_earlier_page_shows_the_earlier_year(published: Figures) -> None:
    with published.acting():
        known = comparing.known(published.world.board, [REREFERRALS], date(2015, 12, 31))
        found = comparing.compared(known, REREFERRALS)
    assert found.england is not None
    assert found.england.year_end == date(2015, 3, 31)


def test_the_population_is_that_of_the_june_before(published: Figures) -> None:
    with published.acting():
        people = comparing.populations(published.world.board)["0_17"]
    days = [day for day, _ in people]
    assert days == sorted(days)
    assert all((day.month, day.day) == (6, 30) for day in days)


def test_ours_among_all_areas(published: Figures) -> None:
    """The newest year has every authority: a funnel of more than a hundred, ours among them once."""
    with published.acting():
        board = published.world.board
        known = comparing.known(board, [REREFERRALS], date(2025, 12, 31))
        found = among(board, REREFERRALS, comparing.compared(known, REREFERRALS), date(2025, 12, 31))
    assert found is not None
    assert len(found.areas) > 100
    assert [each.label for each in found.areas if each.ours] == ["Peterborough"]


def test_a_number_sent_alone_is_shown_as_sent(published: Figures, browse: Callable[[str], Client]) -> None:
    """99 plans open: the value is 99 counted, and its rate is worked out on the published population, which is said."""
    published.series("police", "D07", [(99, None)])
    page = browse("analyst").get(reverse("indicators:measure_read", args=["D07"])).content.decode()
    assert "99 counted" in page
    assert "Worked out on" in page
    with published.acting():
        (people,) = [
            number for day, number in comparing.populations(published.world.board)["0_17"] if day == date(2015, 6, 30)
        ]  # fmt: skip
    assert f"99 of {people:,}" in page

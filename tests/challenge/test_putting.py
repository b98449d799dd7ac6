"""Putting a challenge: what the form begins with, which codes it takes, and that it is put once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape

from tests.challenge.putting import put
from tests.indicators.people import NOW, Figures
from tests.indicators.returning import QUARTER
from wholestory.access import acting
from wholestory.challenge.challenges.operations import PutAlready
from wholestory.challenge.models import Challenge
from wholestory.correspondence.models import Message
from wholestory.indicators.catalogue.reading import load
from wholestory.indicators.operations import asking
from wholestory.partners.models import AgencyBoard, Group

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
ASKED = {
    "group": "qeg", "agency": "health", "about": "measure", "about_label": "Conferences", "measure": "D05",
    "question": "Why so late?", "due_on-day": "6", "due_on-month": "4", "due_on-year": "2016",
}  # fmt: skip


def test_a_code_that_is_no_measure_is_an_error_beside_its_field(figures: Figures, browse: Browse) -> None:
    group = browse("group_chair")
    page = group.post("/challenges/put/", ASKED | {"measure": "ZZ9"}).content.decode()
    assert 'href="#id_measure">No measure has the code ZZ9' in page
    with figures.acting("group_chair"):
        assert not Challenge.objects.exists()
    there = group.post("/challenges/put/", ASKED | {"measure": "d05"}).headers["Location"]
    with figures.acting("group_chair"):
        assert Challenge.objects.get().measure == "D05"
    day = {"due_on-day": "30", "due_on-month": "6", "due_on-year": "2016"}
    action = {"title": "A clinic", "owner_title": "Head", "measure_code": "ZZ9", **day}
    assert "No measure has the code ZZ9" in group.post(f"{there}action/", action).content.decode()


def test_the_same_form_sent_twice_puts_one_challenge_and_tells_once(figures: Figures, browse: Browse) -> None:
    group = browse("group_chair")
    first = group.post("/challenges/put/", ASKED).headers["Location"]
    again = group.post("/challenges/put/", ASKED, follow=True)
    assert again.redirect_chain == [(first, 302)]
    assert "Nothing was put a second time" in again.content.decode()
    with acting.as_system(figures.world.board, "postroom"):
        assert Message.objects.filter(to_address="health_lead@people.example").count() == 1
    # Another question, another agency or another day is another challenge.
    group.post("/challenges/put/", ASKED | {"question": "And why so few?"})
    group.post("/challenges/put/", ASKED | {"agency": "police"})
    group.post("/challenges/put/", ASKED | {"due_on-day": "7"})
    with figures.acting("group_chair"):
        assert Challenge.objects.count() == 4


def test_the_operation_itself_refuses_the_second(figures: Figures) -> None:
    first = put(figures, question="Why?")
    with pytest.raises(PutAlready) as refused:
        put(figures, question="Why?")
    assert refused.value.challenge == first


def test_from_a_measure_the_form_knows_its_code_title_and_the_one_agency_asked(
    figures: Figures, browse: Browse
) -> None:
    with figures.acting("analyst") as actor:
        asking.ask_for(
            actor=actor, board=figures.world.board, agency=figures.world.agencies["police"], wanted={"G02": []},
            from_on=QUARTER.start,
        )  # fmt: skip
    address = "/challenges/put/?measure=G02&period=2015-12-31&about=measure"
    page = browse("analyst").get(address).content.decode()
    assert 'value="G02"' in page
    assert '<option value="police" selected' in page
    title = next(one.title for one in load().definitions if one.code == "G02")
    assert f'value="{escape(title)}"' in page


def test_the_group_somebody_sits_in_comes_first(figures: Figures, browse: Browse) -> None:
    with acting.as_system(figures.world.board):
        Group.objects.create(name="A Group", slug="a-group").boards.add(figures.world.board)
    chosen = '<option value="qeg" selected'
    assert chosen in browse("group_lay").get("/challenges/put/").content.decode()
    # The team sits in none, and there is no report yet: nothing is chosen for it.
    page = browse("analyst").get("/challenges/put/").content.decode()
    assert "a-group" in page
    assert 'value="a-group" selected' not in page
    assert chosen not in page


def test_an_agency_that_stops_on_a_day_to_come_can_be_asked(figures: Figures, browse: Browse) -> None:
    board, health = figures.world.board, figures.world.agencies["health"]
    links = AgencyBoard.objects.filter(board=board, agency=health)
    with acting.as_system(board):
        links.update(ends_on=date(2022, 6, 30))
    assert '<option value="health"' in browse("analyst").get("/challenges/put/").content.decode()
    with acting.as_system(board):
        links.update(ends_on=date(2016, 3, 13))
    assert '<option value="health"' not in browse("analyst").get("/challenges/put/").content.decode()
    assert NOW.date() == date(2016, 3, 14)

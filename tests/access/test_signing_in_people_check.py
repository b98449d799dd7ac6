"""Account owners say who still works for their agency; whoever left loses that today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.personas import World
from wholestory.access import acting
from wholestory.access.models import Account, PeopleCheck
from wholestory.access.signing_in import people_check, ports
from wholestory.partners.models import Seat
from wholestory.records.models import Record

Browse = Callable[[str], Client]
Mails = list[ports.Mail]
PAGE = "/access/your-people/"


@pytest.fixture
def asked(world: World, mail: Mails) -> list[PeopleCheck]:
    """The school's and the police's owners are asked; the charity has none."""
    for name in ("head", "police_lead"):
        Seat.objects.filter(pk=world.seats[name].pk).update(is_account_owner=True)
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        agencies = [world.agencies[name] for name in ("school", "police", "charity")]
        return people_check.ask(board=world.board, agencies=agencies)


def answers(world: World, **said: str) -> dict[str, str]:
    people = {"head_contributor": "yes", "head_signatory": "yes", **said}
    return {"answered": "1", **{f"p{world.people[name].pk.hex}": answer for name, answer in people.items()}}


def test_only_owners_are_asked_each_once_until_they_answer(
    world: World, asked: list[PeopleCheck], mail: Mails
) -> None:
    assert {check.agency.slug for check in asked} == {"school", "police"}
    assert {one.to for one in mail} == {"head@people.example", "police_lead@people.example"}
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        assert people_check.ask(board=world.board, agencies=[world.agencies["school"]]) == []


def test_the_page_lists_the_agencys_people_and_not_oneself(browse: Browse, asked: list[PeopleCheck]) -> None:
    page = browse("head").get(PAGE).content.decode()
    assert "Alex Reed" in page
    assert "Kit Monro" in page
    assert "Ira Holt" not in page
    assert page.count('type="radio"') == 4


def test_whoever_left_loses_it_today(
    browse: Browse, world: World, asked: list[PeopleCheck], school_return: Record
) -> None:
    page = browse("head").post(PAGE, answers(world, head_contributor="left"), follow=True).content.decode()
    assert "1 can no longer act for Willow Lane Academy" in page
    assert Seat.objects.get(pk=world.seats["head_contributor"].pk).ends_on == date(2016, 3, 13)
    assert not Account.objects.get(person=world.people["head_contributor"]).is_active
    with acting.acting_as(world.people["head_contributor"]):
        assert not Record.objects.filter(pk=school_return.pk).exists()
    with acting.acting_as(world.people["head_signatory"], world.seats["head_signatory"]):
        assert Record.objects.filter(pk=school_return.pk).exists()
    assert "There is nothing to confirm" in browse("head").get(PAGE).content.decode()


def test_somebody_with_another_seat_keeps_their_account(
    browse: Browse, world: World, asked: list[PeopleCheck]
) -> None:
    Seat.objects.create(
        person=world.people["head_contributor"],
        board=world.board,
        role="lay_member",
        starts_on=date(2016, 1, 1),
    )
    browse("head").post(PAGE, answers(world, head_contributor="left"))
    assert Account.objects.get(person=world.people["head_contributor"]).is_active


def test_everybody_has_to_be_answered_for(browse: Browse, world: World, asked: list[PeopleCheck]) -> None:
    page = browse("head").post(PAGE, {"answered": "1"}).content.decode()
    assert "Say whether Alex Reed still works with you" in page
    assert PeopleCheck.objects.filter(answered_at=None).count() == 2


@pytest.mark.parametrize("name", ["head_contributor", "head_signatory", "charity_lead"])
def test_whoever_owns_no_accounts_is_not_asked(
    browse: Browse, world: World, asked: list[PeopleCheck], name: str
) -> None:
    client = browse(name)
    assert "There is nothing to confirm" in client.get(PAGE).content.decode()
    client.post(PAGE, answers(world, head_contributor="left"))
    assert Seat.objects.get(pk=world.seats["head_contributor"].pk).ends_on is None


def test_an_owner_cannot_end_seats_of_another_agency(
    browse: Browse, world: World, asked: list[PeopleCheck]
) -> None:
    browse("head").post(PAGE, answers(world, police_signatory="left"))
    assert Seat.objects.get(pk=world.seats["police_signatory"].pk).ends_on is None

"""Who can see a record, why somebody may or may not, and keeping somebody out of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Grant, Refusal
from wholestory.access.screens import around, operations
from wholestory.records.models import Record

Browse = Callable[[str], Client]
WHO = "/access/records/SA-TESTSCH1/who/"
ASIDE = f"{WHO}step-aside/"
KEEP_OUT = "/access/records/SA-TESTSCH1/keep-out/"


def can_see(world: World, name: str) -> bool:
    with acting.acting_as(world.people[name], world.seats[name]):
        return Record.objects.filter(reference="SA-TESTSCH1").exists()


@pytest.mark.parametrize("name", ["head", "quality_officer", "chair"])
def test_every_reader_sees_everybody_whichever_door_they_came_in_by(
    browse: Browse, school_return: Record, name: str
) -> None:
    page = browse(name).get(WHO).content.decode()
    for words in (
        "Jo Ashdown",
        "Kit Monro",
        "Robin Tansley",
        "Morgan Ellery",
        "Dr Hilary Stroud",
        "6 people",
    ):
        assert words in page
    for words in ("Ira Holt", "Sam Oakes", "Lesley Quill"):
        assert words not in page
    assert "They hold a seat: agency lead." in page


@pytest.mark.parametrize("name", ["police_lead", "ig_lead", "administrator", "stranger", "sister_manager"])
def test_nobody_outside_sees_who_can(browse: Browse, world: World, school_return: Record, name: str) -> None:
    for url in (WHO, ASIDE, KEEP_OUT):
        assert browse(name).get(url).status_code == 404
        assert browse(name).post(url).status_code == 404
    with acting.acting_as(world.people[name], world.seats.get(name)):
        assert around.memberships(school_return) == [], "nor from the database"


def test_people_let_in_for_a_while_are_shown_with_the_end(
    browse: Browse, world: World, school_return: Record
) -> None:
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        ledger.line("access.granted", school_return)
        grant = Grant.objects.create(
            circle=school_return.circle, office=school_return.office, person=world.people["health_member"],
            role="moderator", purpose="moderation", starts_on=date(2016, 3, 1), ends_on=date(2016, 4, 30),
            given_by=world.people["quality_officer"],
        )  # fmt: skip
        derive.add_grants([grant])
    page = browse("head").get(WHO).content.decode()
    assert "Dana Birch" in page
    assert "They were asked to moderate this return." in page
    assert "30 April 2016" in page


def test_looking_is_written_down(browse: Browse, world: World, school_return: Record) -> None:
    browse("head").get(WHO)
    page = browse("ig_lead").get("/access/record/?q=SA-TESTSCH1").content.decode()
    assert "Looked at who can see it" in page


def test_it_costs_the_same_however_many_can_see(
    browse: Browse, world: World, school_return: Record, cost_of: Callable[[Client, str], int]
) -> None:
    from wholestory.partners.models import Person, Seat

    client = browse("head")
    client.get(WHO)
    few = cost_of(client, WHO)
    for number in range(20):
        person = Person.objects.create(full_name=f"Extra {number}", email=f"extra{number}@people.example")
        Seat.objects.create(
            person=person,
            board=world.board,
            agency=world.agencies["school"],
            role="contributor",
            starts_on="2015-01-01",
        )
        derive.rewrite(person)
    assert cost_of(client, WHO) == few


# Stepping aside and being kept out


def test_somebody_steps_aside_and_sees_nothing_from_then_on(
    browse: Browse, world: World, school_return: Record
) -> None:
    client = browse("quality_officer")
    assert "Should you not see" in client.get(ASIDE).content.decode()
    assert client.post(ASIDE, {"reason": ""}).status_code == 200
    assert client.post(ASIDE, {"reason": "withdrawn"}).status_code == 200, "that is not for oneself to say"
    assert can_see(world, "quality_officer")
    assert client.post(ASIDE, {"reason": "conflict"})["Location"] == "/"
    assert not can_see(world, "quality_officer")
    assert client.get(WHO).status_code == 404
    page = browse("head").get(WHO).content.decode()
    assert "Robin Tansley" not in page
    assert "conflict" not in page.lower().replace("if you have a conflict of interest", "")


def test_the_manager_keeps_somebody_out_and_lets_them_in_again(
    browse: Browse, world: World, school_return: Record
) -> None:
    manager = browse("business_manager")
    head = str(world.people["head"].pk)
    answers = {
        "person": head,
        "reason": "subject",
        "starts_on-day": "14",
        "starts_on-month": "3",
        "starts_on-year": "2016",
    }
    assert manager.post(KEEP_OUT, answers)["Location"] == "/access/kept-out/"
    assert not can_see(world, "head")
    assert can_see(world, "head_signatory")
    page = manager.get("/access/kept-out/").content.decode()
    assert "Jo Ashdown" in page
    assert "SA-TESTSCH1" in page
    assert "They are kept out for this reason already" in manager.post(KEEP_OUT, answers).content.decode()
    with acting.as_system(world.board):
        key = Refusal.objects.get().pk
    assert "Let Jo Ashdown in again?" in manager.get(f"/access/kept-out/{key}/lift/").content.decode()
    manager.post(f"/access/kept-out/{key}/lift/")
    assert can_see(world, "head")


def test_a_refusal_has_sensible_days(browse: Browse, world: World, school_return: Record) -> None:
    first = {"starts_on-day": "14", "starts_on-month": "3", "starts_on-year": "2016"}
    last = {"ends_on-day": "1", "ends_on-month": "3", "ends_on-year": "2016"}
    answers = {"person": str(world.people["head"].pk), "reason": "conflict", **first, **last}
    page = browse("business_manager").post(KEEP_OUT, answers).content.decode()
    assert "The last day must be the first day or later" in page
    assert "There is a problem" in browse("business_manager").post(KEEP_OUT, {"reason": ""}).content.decode()


@pytest.mark.parametrize("name", ["quality_officer", "head", "administrator", "ig_lead"])
def test_only_the_manager_and_the_chair_keep_refusals(
    browse: Browse, school_return: Record, name: str
) -> None:
    client = browse(name)
    for url in ("/access/kept-out/", KEEP_OUT):
        assert client.get(url).status_code == 404


def kept_out(world: World, record: Record, name: str) -> Refusal:
    with acting.acting_as(world.people[name], world.seats[name]):
        operations.declare_own(
            actor=world.people[name], record=record, reason="conflict", today=date(2016, 3, 14)
        )
    with acting.as_system(world.board):
        return Refusal.objects.get(person=world.people[name])


def test_a_manager_who_stepped_aside_neither_sees_nor_lifts_their_own_refusal(
    browse: Browse, world: World, school_return: Record
) -> None:
    refusal = kept_out(world, school_return, "business_manager")
    manager = browse("business_manager")
    assert "Morgan Ellery" not in manager.get("/access/kept-out/").content.decode().partition("<main")[2]
    assert manager.post(f"/access/kept-out/{refusal.pk}/lift/").status_code == 404
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        assert not Refusal.objects.exists(), "the database hides it"
        ledger.line("access.refusal_lifted", board_id=world.board.id)
        assert Refusal.objects.filter(pk=refusal.pk).update(ends_on=date(2016, 3, 14)) == 0
    browse("chair").post(f"/access/kept-out/{refusal.pk}/lift/")
    assert can_see(world, "business_manager")


# May this person…?


def ask(
    browse: Browse, world: World, name: str, reference: str = "SA-TESTSCH1", asker: str = "business_manager"
) -> str:
    query = {"person": str(world.people[name].pk), "reference": reference}
    return str(browse(asker).get("/access/may-this-person/", query).content.decode())


def test_it_answers_for_each_verb_with_the_rule(browse: Browse, world: World, school_return: Record) -> None:
    page = ask(browse, world, "head_contributor")
    assert "They hold a seat: contributor." in page
    assert "Contributor, Willow Lane Academy" in page
    assert "They may see it, and not do this." in page


def test_it_says_when_nothing_lets_somebody_in_and_when_a_seat_has_ended(
    browse: Browse, world: World, school_return: Record
) -> None:
    assert "Nothing lets them in" in ask(browse, world, "police_lead")
    from wholestory.partners.models import Seat

    Seat.objects.filter(pk=world.seats["head"].pk).update(ends_on=date(2016, 3, 13))
    derive.rewrite(world.people["head"])
    page = ask(browse, world, "head")
    assert "No: ended" in page
    assert "Nothing lets them in." in page


def test_it_shows_the_refusal_that_won(browse: Browse, world: World, school_return: Record) -> None:
    kept_out(world, school_return, "chair")
    page = ask(browse, world, "chair")
    assert "They declared a conflict of interest." in page
    assert "Keeps them out" in page


def test_it_asks_only_about_records_the_asker_can_see(
    browse: Browse, world: World, school_return: Record
) -> None:
    query = {"person": str(world.people["head"].pk), "reference": "SA-00000000"}
    assert browse("business_manager").get("/access/may-this-person/", query).status_code == 404
    assert browse("head").get("/access/may-this-person/", query).status_code == 404
    assert (
        "There is a problem"
        in browse("business_manager").get("/access/may-this-person/?person=x").content.decode()
    )


@pytest.mark.parametrize(
    "name", ["head", "chair", "quality_officer", "police_lead", "ig_lead", "former_member"]
)
def test_explaining_and_asking_agree(browse: Browse, world: World, school_return: Record, name: str) -> None:
    from wholestory.access import asking
    from wholestory.access.verbs import Verb

    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        told = dict(around.explained(world.people[name], school_return, world.board).answers)
    with acting.acting_as(world.people[name], world.seats.get(name)):
        for verb, answer in told.items():
            assert asking.ask(world.people[name], verb, school_return) == answer
    assert Verb.READ in told

"""The demo's sign-in page lists the example people; one click signs in."""

from __future__ import annotations

import re

from django.test import Client

from tests.child_deaths.gathering import GP, ask
from tests.child_deaths.people import Deaths
from tests.personas import World
from wholestory.access.models import Account
from wholestory.partners.models import Person, Seat


def test_it_lists_everybody_who_holds_a_seat_today_and_says_it_is_a_demo(
    world: World, client: Client
) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "This is a demo" in page
    assert "Example: invented" in page
    assert "Jo Ashdown" in page
    assert "Willow Lane Academy" in page
    assert "Ray Soper" not in page, "their seat has ended"
    assert "Nobody Known" not in page


def test_somebodys_two_seats_are_two_buttons_to_a_screen_reader(world: World, client: Client) -> None:
    Seat.objects.create(person=world.people["head"], board=world.board, role="member", starts_on="2015-01-01")
    page = client.get("/sign-in/").content.decode()
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", page)
    names = [re.sub("<[^>]*>", "", one) for one in buttons if "Jo Ashdown" in one]
    assert len(names) == len(set(names)) == 2
    assert any("Willow Lane Academy" in one for one in names)


def test_the_board_with_most_people_comes_first(world: World, client: Client) -> None:
    world.boards["south"].valid_from = "1990-01-01"
    world.boards["south"].save()
    page = client.get("/sign-in/").content.decode()
    assert page.index(f">{world.board.name}</h2>") < page.index(f">{world.boards['south'].name}</h2>")


def test_one_click_signs_in_in_that_seat(world: World, client: Client) -> None:
    response = client.post("/sign-in/as/", {"seat": str(world.seats["head"].id), "next": "/signed-out/"})
    assert response["Location"] == "/signed-out/"
    assert client.session["seat"] == str(world.seats["head"].id)


def test_people_who_sit_in_a_group_alone_are_listed_under_it(deaths: Deaths, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    groups = page[page.index(">Groups</h3>") :]
    for name in ("Dr Odile Farrow", "Gil Standish", "Asha Merriman", "Corin Pell"):
        assert name in groups
    chair = deaths.world.seats["panel_chair"]
    assert client.post("/sign-in/as/", {"seat": str(chair.id), "next": "/"})["Location"] == "/"
    said = client.get("/").content.decode()
    assert "Dr Odile Farrow" in said
    assert "without a seat" not in said


def test_people_let_in_without_a_seat_are_listed_apart(deaths: Deaths, client: Client) -> None:
    assert "People without a seat" not in client.get("/sign-in/").content.decode()
    ask(deaths, deaths.case(), post=False)
    page = client.get("/sign-in/").content.decode()
    others = page[page.index("People without a seat") :]
    assert "Dr Nell Ambrose" in others
    assert "Nobody Known" not in others
    account = Account.objects.get(email=GP.email)
    assert client.post("/sign-in/as/", {"person": str(account.person_id), "next": "/"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_real_person_is_signed_in_by_no_button(deaths: Deaths, client: Client) -> None:
    real = Person.objects.create(full_name="Somebody Real", email="real@people.example")
    Account.objects.create_user(real.email or "", person=real)
    assert client.post("/sign-in/as/", {"person": str(real.pk)}).status_code == 404
    assert client.post("/sign-in/as/", {"person": "nonsense"}).status_code == 404


def test_only_people_of_an_example_board(world: World, client: Client) -> None:
    board = world.boards["south"]
    board.is_example = False
    board.save()
    assert client.post("/sign-in/as/", {"seat": str(world.seats["sister_head"].id)}).status_code == 404
    assert client.post("/sign-in/as/", {"seat": "nonsense"}).status_code == 404
    assert client.get("/sign-in/as/").status_code == 405


def test_the_list_costs_the_same_for_thirty_as_for_three(world: World, client: Client, cost_of) -> None:
    few = cost_of(client, "/sign-in/")
    for number in range(30):
        person = Person.objects.create(full_name=f"Extra {number}", email=f"extra{number}@people.example")
        Account.objects.create_user(person.email or "", person=person)
        Seat.objects.create(person=person, board=world.board, role="member", starts_on="2015-01-01")
    assert cost_of(client, "/sign-in/") == few <= 10

"""What the pages of the directory say and cost, and what is not lost on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.partners.conftest import TODAY, As
from tests.personas import STRANGER, World
from wholestory.access.directory.operations import (
    seats,
    standing_in,
)
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.partners.models import AgencyBoard, Group, Role

Browse = Callable[[str], Client]


def grow(world: World, many: int, start: int = 0) -> None:
    """More agencies, people in them and groups, straight into the tables: only their number matters."""
    from wholestory.partners.models import Agency, Person, Seat

    for number in range(start, start + many):
        agency = Agency.objects.create(
            name=f"Agency {number}", slug=f"agency-{number}", sector="health", duty_basis="s11"
        )
        AgencyBoard.objects.create(agency=agency, board=world.board, starts_on=TODAY)
        group = Group.objects.create(name=f"Group {number}", slug=f"group-{number}")
        group.boards.add(world.board)
        person = Person.objects.create(
            full_name=f"Ada {chr(65 + number)}lder{number}", email=f"ada{number}@people.example"
        )
        main = Group.objects.get(slug="qeg")
        for where in (
            {"agency": world.agencies["school"]},
            {"group": main},
            {"agency": agency, "group": group},
        ):
            Seat.objects.create(person=person, board=world.board, role=Role.MEMBER, starts_on=TODAY, **where)
        Seat.objects.create(
            person=world.people["head"], board=world.board, role=Role.MEMBER, starts_on=TODAY, agency=agency
        )


@pytest.mark.parametrize(
    "url",
    [
        "/board/",
        "/board/contact/",
        "/board/agencies/",
        "/board/agencies/school/",
        "/board/people/",
        "/board/people/{head}/",
        "/board/groups/",
        "/board/groups/qeg/",
    ],
)
def test_a_page_costs_the_same_for_thirty_rows_as_for_three(
    world: World, browse: Browse, cost_of: Callable[[Client, str], int], url: str
) -> None:
    client, url = browse("business_manager"), url.format(head=world.people["head"].pk)
    grow(world, 3)
    few = cost_of(client, url)
    grow(world, 27, start=3)
    assert cost_of(client, url) == few
    assert few <= 12


def test_adding_somebody_who_looks_known_asks_once_and_then_adds_them(world: World, browse: Browse) -> None:
    client = browse("business_manager")
    sent = {
        "full_name": "Joanna Ashdown",
        "email": "joanna@school.example",
        "role": "contributor",
        "agency": str(world.agencies["school"].pk),
        "starts_on-day": "14",
        "starts_on-month": "3",
        "starts_on-year": "2016",
    }
    page = client.post("/board/people/add/", sent).content.decode()
    assert "There is Jo Ashdown (head@people.example) already. Is this somebody else?" in page
    assert "Yes, this is not Jo Ashdown" in page
    answer = client.post("/board/people/add/", {**sent, "anyway": "on"}, follow=True)
    assert "Joanna Ashdown is added." in answer.content.decode()
    sent = {**sent, "full_name": "Somebody", "email": "sister_manager@people.example"}
    page = client.post("/board/people/add/", sent).content.decode()
    assert "Somebody with this address is known already. Give that person the seat?" in page
    assert "Toni Marsh" not in page, "whose address it is, is another board's to tell"
    client.post("/board/people/add/", {**sent, "anyway": "on"})
    assert world.people["sister_manager"].seats.filter(board=world.board, role="contributor").exists()


def test_what_is_refused_stands_beside_its_question_and_nothing_typed_is_lost(
    world: World, browse: Browse
) -> None:
    client = browse("administrator")
    answer = client.post(
        f"/board/people/{world.people['head'].pk}/seats/add/",
        {
            "role": "agency_lead",
            "agency": "",
            "starts_on-day": "1",
            "starts_on-month": "4",
            "starts_on-year": "2015",
        },
    )
    page = answer.content.decode()
    assert answer.context["form"].errors["agency"] == ["Choose the agency this person answers for."]
    assert 'value="2015"' in page
    assert "<title>Error: " in page


def test_the_chair_sees_what_was_done_in_each_team_seat(world: World, browse: Browse, as_: As) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=manager,
            today=TODAY,
            details=SeatDetails(role=Role.ADMINISTRATOR, starts_on=TODAY),
        )
    answer = browse("chair").get("/board/team-seats/")
    assert [(row[0], row[1]) for row in answer.context["dual"]] == [
        ("Morgan Ellery", "Business manager"),
        ("Morgan Ellery", "Administrator"),
    ]
    assert answer.context["dual"][0][3] >= 1, "giving the seat was a change made as business manager"
    assert answer.context["dual"][1][3] == 0
    assert "One person holds both" in answer.content.decode()


def test_somebody_with_two_seats_chooses_and_the_powers_change_at_once(
    world: World, browse: Browse, as_: As
) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        other = seats.give_seat(
            actor=manager,
            board=world.board,
            person=manager,
            today=TODAY,
            details=SeatDetails(role=Role.ADMINISTRATOR, starts_on=TODAY),
        )
    client = browse("business_manager")
    assert client.post("/board/acting/", {"seat": str(other.pk)}).status_code == 302
    page = client.get("/board/").content.decode()
    assert "Acting as <strong>Administrator</strong>" in page
    assert client.post("/board/acting/", {"seat": str(world.seats["chair"].pk)}).status_code == 200, (
        "only one's own"
    )
    assert "Acting as <strong>Administrator</strong>" in client.get("/board/").content.decode()


def test_leave_cover_can_be_chosen_as_a_seat_to_act_in(world: World, browse: Browse, as_: As) -> None:
    with as_("business_manager"):
        standing_in.cover_leave(
            actor=world.people["business_manager"],
            seat=world.seats["quality_officer"],
            person=world.people[STRANGER],
            starts_on=TODAY,
            ends_on=TODAY,
            today=TODAY,
        )
    page = browse(STRANGER).get("/board/acting/").content.decode()
    assert "You cover for Robin Tansley." in page


@pytest.mark.parametrize("which", ["people", "agencies", "groups"])
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_list_is_taken_away_as_it_is_seen_and_marked(
    world: World, browse: Browse, which: str, fmt: str
) -> None:
    answer = browse("business_manager").get(f"/board/{which}/?download={fmt}&words=q")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    if fmt == "csv":
        assert "Example: invented" in answer.content.decode("utf-8-sig")

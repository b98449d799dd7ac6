"""Every page of the directory as every persona, from inside the board and from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.partners import sheets
from tests.partners.conftest import NOW, TODAY, As
from tests.personas import PEOPLE, STRANGER, World
from wholestory.access.directory import urls
from wholestory.access.directory.operations import (
    agencies,
    boards,
    groups,
    importing,
    joining,
    seats,
    standing_in,
)
from wholestory.access.directory.operations.groups import GroupDetails
from wholestory.access.directory.operations.people import PersonDetails, add_person
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.partners.models import Role

Browse = Callable[[str], Client]

KEEPERS = {"business_manager", "administrator"}
ON_THE_BOARD = KEEPERS | {
    "quality_officer",
    "ig_lead",
    "chair",
    "police_member",
    "health_member",
    "lay_member",
}
EVERYBODY = {*PEOPLE, STRANGER}
#: Of the sister board: keepers and readers there, outsiders here.
SISTER = {"sister_manager", "sister_head"}

ANYBODY = {"home", "contact", "acting"}
READERS = {"agencies", "agency", "people", "groups", "group"}
#: Pages of a list or form that belong to whichever board the reader keeps: the sister's manager has their own.
OWN_BOARDS = {
    "details",
    "area_add",
    "counterpart_add",
    "agencies",
    "agency_add",
    "people",
    "person_add",
    "groups",
    "group_add",
    "doubles",
    "imports",
}


@pytest.fixture
def places(world: World, as_: As) -> dict[str, list[object]]:
    """For each page that speaks of one row: the address of a row of the north board."""
    manager, board = world.people["business_manager"], world.board
    with as_("business_manager"):
        area = boards.add_area(actor=manager, board=board, name="Saltby")
        cover = standing_in.cover_leave(
            actor=manager,
            seat=world.seats["quality_officer"],
            person=world.people["police_lead"],
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=3),
            today=TODAY,
        )
        second = standing_in.name_counterpart(
            actor=manager, board=board, person=world.people["sister_manager"], starts_on=TODAY, ends_on=None
        )
        succession = agencies.record_succession(
            actor=manager,
            board=board,
            before=world.agencies["charity"],
            after=world.agencies["school"],
            on=TODAY,
            how="merged",
        )
        group = groups.add_group(
            actor=manager, board=board, details=GroupDetails(name="Case Review Group"), boards=[]
        )
        seat = seats.give_seat(
            actor=manager,
            board=board,
            person=world.people["health_member"],
            today=TODAY,
            details=SeatDetails(
                role=Role.MEMBER, starts_on=TODAY, group=group, agency=world.agencies["health"]
            ),
        )
        double, _ = add_person(
            actor=manager,
            board=board,
            details=PersonDetails(full_name="Joanna Ashdown"),
            today=TODAY,
            seat=SeatDetails(role=Role.AGENCY_LEAD, starts_on=TODAY, agency=world.agencies["charity"]),
        )
        twin, _ = add_person(
            actor=manager,
            board=board,
            details=PersonDetails(full_name="J Ashdown"),
            today=TODAY,
            seat=SeatDetails(role=Role.CONTRIBUTOR, starts_on=TODAY, agency=world.agencies["school"]),
        )
        made = joining.join(
            actor=manager, board=board, kept=world.people["head"], double=twin, today=TODAY, now=NOW
        )
        kept = importing.upload(
            actor=manager,
            board=board,
            file_name="members.csv",
            content=sheets.as_csv(sheets.MESSY),
            today=TODAY,
        )
        importing.map_columns(
            actor=manager,
            kept=kept,
            meanings=kept.meanings,
            today=TODAY,
            options={
                "fill_down": True,
                "role_when_empty": "member",
                "starts_on": TODAY.isoformat(),
                "replace": False,
            },
        )
    head = world.people["head"].pk
    by_name: dict[str, list[object]] = {
        "area_change": [area.pk],
        "area_remove": [area.pk],
        "counterpart_end": [second.pk],
        "cover_end": [cover.pk],
        "succession_remove": ["charity", succession.pk],
        "agency_join": ["school", "health"],
        "person_join": [head, double.pk],
        "joined": [made.pk],
        "group_member_add": [group.slug],
        "group_person_add": [group.slug],
    }
    for name in (
        "agency",
        "agency_change",
        "agency_end",
        "agency_link",
        "succession_add",
        "agency_join_choose",
    ):
        by_name[name] = ["school"]
    for name in ("person", "person_change", "person_leave", "seat_add", "person_join_choose"):
        by_name[name] = [head]
    for name in ("seat_change", "seat_end", "cover_add"):
        by_name[name] = [seat.pk]
    for name in ("group", "group_change", "group_end"):
        by_name[name] = [group.slug]
    for route in urls.urlpatterns:
        if route.name.startswith("import") and route.name != "imports":
            by_name[route.name] = [kept.pk]
    return by_name


ROUTES = sorted(route.name for route in urls.urlpatterns)


def allowed(route: str) -> set[str]:
    """Who gets the page (or is led on from it); everybody else gets the "not found" page."""
    if route in ANYBODY:
        return EVERYBODY
    if route == "team_seats":
        return {"chair"}
    inside = ON_THE_BOARD if route in READERS else KEEPERS
    return inside | {"sister_manager"} if route in OWN_BOARDS else inside


@pytest.mark.parametrize("route", ROUTES)
def test_each_page_opens_for_those_it_is_for_and_for_nobody_else(
    world: World, browse: Browse, places: dict[str, list[object]], route: str
) -> None:
    url = reverse(f"partners:{route}", args=places.get(route, []))
    opened = {name for name in EVERYBODY if browse(name).get(url).status_code in {200, 302}}
    assert opened == allowed(route)


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_signed_out_gets_past_the_sign_in_page(
    world: World, browse: Browse, places: dict[str, list[object]], route: str
) -> None:
    answer = browse("public").get(reverse(f"partners:{route}", args=places.get(route, [])))
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route not in ANYBODY | READERS | {"team_seats"}]
)
@pytest.mark.parametrize("name", ["quality_officer", "chair", "head", "stranger"])
def test_nobody_else_changes_the_directory_by_sending_a_form(
    world: World, browse: Browse, places: dict[str, list[object]], route: str, name: str
) -> None:
    answer = browse(name).post(
        reverse(f"partners:{route}", args=places.get(route, [])), {"name": "x", "ends_on-day": "1"}
    )
    assert answer.status_code == 404


def test_people_of_an_agency_are_led_to_the_contact_page_which_names_the_team(
    world: World, browse: Browse
) -> None:
    answer = browse("head").get("/board/", follow=True)
    assert answer.redirect_chain == [("/board/contact/", 302)]
    text = answer.content.decode()
    assert "team@north.example" in text
    assert "Morgan Ellery" in text
    assert "Noor Castell" not in text


def test_members_read_who_sits_on_the_board_and_not_who_works_for_an_agency(
    world: World, browse: Browse
) -> None:
    text = browse("lay_member").get("/board/people/").content.decode()
    assert "Chris Varley" in text
    assert "Robin Tansley" in text
    assert "Jo Ashdown" not in text
    assert "Ray Soper" not in text
    assert "Jo Ashdown" in browse("administrator").get("/board/people/").content.decode()
    assert "Jo Ashdown" not in browse("lay_member").get(
        "/board/people/?words=Ashdown&state=all"
    ).content.decode().replace("value=", "")
    agency = browse("lay_member").get("/board/agencies/police/").content.decode()
    assert "Chris Varley" in agency
    assert "Ira Holt" not in agency


@pytest.mark.parametrize("name", sorted(ON_THE_BOARD - KEEPERS))
@pytest.mark.parametrize("which", ["people", "agencies", "groups"])
def test_only_those_who_keep_the_directory_take_it_away(
    world: World, browse: Browse, name: str, which: str
) -> None:
    assert browse(name).get(f"/board/{which}/?download=csv").status_code == 404

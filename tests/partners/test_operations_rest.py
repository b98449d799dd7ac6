"""Agencies, groups, areas and the board's own details: what is kept, what ends with what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.partners.conftest import TODAY, As
from tests.personas import World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations import agencies, boards, groups, seats
from wholestory.access.directory.operations.agencies import AgencyDetails
from wholestory.access.directory.operations.boards import BoardDetails
from wholestory.access.directory.operations.groups import GroupDetails
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.partners.models import Agency, AgencyBoard, Board, Group, Person, Role, Seat, Succession
from wholestory.records.models import Office

Browse = Callable[[str], Client]
FIRE = AgencyDetails(name="Northmarsh Fire and Rescue", sector="fire", duty_basis="other")


def founder() -> Person:
    return Person.objects.get(pk=acting.SYSTEM_ACTORS["founder"][0])


def test_an_agency_is_added_changed_ended_and_taken_up_again(world: World, as_: As) -> None:
    manager, board = world.people["business_manager"], world.board
    with as_("business_manager"):
        made = agencies.add_agency(actor=manager, board=board, details=FIRE, starts_on=TODAY)
        assert (made.slug, made.is_invented) == ("northmarsh-fire-and-rescue", True)
        with pytest.raises(Refusal, match="in the directory already"):
            agencies.add_agency(actor=manager, board=board, details=FIRE, starts_on=TODAY)
        agencies.change_agency(
            actor=manager, board=board, agency=made, details=replace(FIRE, short_name="Fire")
        )
        with pytest.raises(Refusal, match="part of itself"):
            agencies.change_agency(
                actor=manager, board=board, agency=made, details=replace(FIRE, parent=made)
            )
        agencies.end_agency(actor=manager, board=board, agency=made, ends_on=TODAY, because="Moved away")
        assert (made.ends_on, made.ended_because) == (TODAY, "Moved away")
        with pytest.raises(Refusal, match="ended already"):
            agencies.end_agency(actor=manager, board=board, agency=made, ends_on=TODAY, because="Again")
        agencies.link_agency(actor=manager, board=board, agency=made, starts_on=TODAY + timedelta(days=1))
    made.refresh_from_db()
    assert (made.short_name, made.board_links.count()) == ("Fire", 2)
    assert made.ends_on is None


def test_an_agency_that_answers_to_two_boards_ends_only_for_the_one_that_says_so(
    world: World, as_: As
) -> None:
    police = world.agencies["police"]
    with as_("business_manager"):
        ended = agencies.end_agency(
            actor=world.people["business_manager"],
            board=world.board,
            agency=police,
            ends_on=TODAY,
            because="Left",
        )
    police.refresh_from_db()
    assert {seat.person.full_name for seat in ended} == {"Chris Varley", "Ira Holt", "Noor Castell"}
    assert police.ends_on is None
    assert AgencyBoard.objects.get(agency=police, board=world.boards["south"]).ends_on is None


def test_a_succession_is_recorded_once_and_never_in_a_ring(world: World, as_: As) -> None:
    manager, school, charity = (
        world.people["business_manager"],
        world.agencies["school"],
        world.agencies["charity"],
    )
    with as_("business_manager"):
        made = agencies.record_succession(
            actor=manager, board=world.board, before=school, after=charity, on=TODAY, how="merged"
        )
        for before, after in ((school, charity), (charity, school), (school, school)):
            with pytest.raises(Refusal):
                agencies.record_succession(
                    actor=manager, board=world.board, before=before, after=after, on=TODAY, how="merged"
                )
        agencies.remove_succession(actor=manager, board=world.board, succession=made)
    assert not Succession.objects.exists()


def test_a_group_ends_with_its_seats_and_not_before_those_that_report_to_it(world: World, as_: As) -> None:
    manager, board, qeg = world.people["business_manager"], world.board, Group.objects.get(slug="qeg")
    with as_("business_manager"):
        below = groups.add_group(
            actor=manager,
            board=board,
            details=GroupDetails(name="Audit Panel", parent=qeg),
            boards=[world.boards["south"]],
        )
        assert set(below.boards.all()) == {board, world.boards["south"]}
        with pytest.raises(Refusal, match="already"):
            groups.add_group(actor=manager, board=board, details=GroupDetails(name="audit panel"), boards=[])
        with pytest.raises(Refusal, match="report to itself"):
            groups.change_group(
                actor=manager,
                board=board,
                group=qeg,
                details=GroupDetails(name=qeg.name, parent=below),
                boards=[],
            )
        seats.give_seat(
            actor=manager, board=board, person=world.people["head"], today=TODAY,
            details=SeatDetails(role=Role.MEMBER, starts_on=TODAY, group=qeg),
        )  # fmt: skip
        with pytest.raises(Refusal, match="reports to this group"):
            groups.end_group(actor=manager, board=board, group=qeg, ends_on=TODAY)
        groups.leave_group(actor=manager, board=board, group=below, ends_on=TODAY)
        below.refresh_from_db()
        assert below.parent is None, "it reported to a group of the board that left"
        assert [
            seat.person for seat in groups.end_group(actor=manager, board=board, group=qeg, ends_on=TODAY)
        ] == [world.people["head"]]
    assert Seat.objects.get(group=qeg).ends_on == TODAY


def test_a_joint_group_is_left_by_each_board_for_itself(world: World, as_: As) -> None:
    manager, board, south = world.people["business_manager"], world.board, world.boards["south"]
    sister = world.people["sister_manager"]
    with as_("business_manager"):
        joint = groups.add_group(
            actor=manager, board=board, details=GroupDetails(name="Joint Panel"), boards=[south]
        )
        ours = Seat.objects.create(
            person=world.people["head"], board=board, group=joint, role=Role.MEMBER, starts_on=TODAY
        )
        theirs = Seat.objects.create(
            person=sister, board=south, group=joint, role=Role.MEMBER, starts_on=TODAY
        )
        with pytest.raises(Refusal, match="leaves a group of its own accord"):
            groups.change_group(
                actor=manager, board=board, group=joint, details=GroupDetails(name="Joint Panel"), boards=[]
            )
        with pytest.raises(Refusal, match="needs its agreement"):
            groups.end_group(actor=manager, board=board, group=joint, ends_on=TODAY)
        with pytest.raises(Refusal, match="today or a day that has passed"):
            groups.leave_group(actor=manager, board=board, group=joint, ends_on=date(2016, 4, 1))
        assert groups.leave_group(actor=manager, board=board, group=joint, ends_on=TODAY) == [ours]
    theirs.refresh_from_db()
    assert theirs.ends_on is None
    assert list(joint.boards.all()) == [south]
    with as_("sister_manager"):
        with pytest.raises(Refusal, match="no other board"):
            groups.leave_group(actor=sister, board=south, group=joint, ends_on=TODAY)
        assert groups.end_group(actor=sister, board=south, group=joint, ends_on=TODAY) == [theirs]


def test_a_shared_agencys_details_are_the_boards_that_added_it(world: World, as_: As, browse: Browse) -> None:
    police, sister, south = world.agencies["police"], world.people["sister_manager"], world.boards["south"]
    details = AgencyDetails(name="Our police", sector="police", duty_basis="s11")
    with as_("sister_manager"):
        with pytest.raises(Refusal, match=r"Northmarsh Safeguarding Children Board keeps its details"):
            agencies.change_agency(actor=sister, board=south, agency=police, details=details)
        school = world.agencies["elsewhere"]
        with pytest.raises(Refusal, match="keeps its details"):
            agencies.record_succession(
                actor=sister, board=south, before=police, after=school, on=TODAY, how="renamed"
            )
    client = browse("sister_manager")
    page = client.get("/board/agencies/police/").content.decode()
    assert "Ask that team (team@north.example)" in page
    assert "Change the details" not in page
    assert "It no longer answers to your board" in page
    told = client.get("/board/agencies/police/change/", follow=True)
    assert told.redirect_chain[-1][0] == "/board/agencies/police/"
    asked = client.get("/board/agencies/police/end/").content.decode()
    assert "it goes on answering to Northmarsh Safeguarding Children Board" in asked
    ours = browse("business_manager").get("/board/agencies/police/").content.decode()
    assert "Change the details" in ours
    # When the board that added it lets it go, the next one keeps it.
    with as_("business_manager"):
        agencies.end_agency(
            actor=world.people["business_manager"], board=world.board, agency=police, ends_on=date(2016, 3, 1),
            because="",
        )  # fmt: skip
    with as_("sister_manager"):
        assert (
            agencies.change_agency(actor=sister, board=south, agency=police, details=details).name
            == "Our police"
        )


def test_a_joint_groups_page_offers_leaving_not_ending(world: World, as_: As, browse: Browse) -> None:
    Group.objects.get(slug="qeg").boards.add(world.boards["south"])
    client = browse("sister_manager")
    page = client.get("/board/groups/qeg/").content.decode()
    assert "Leave this group" in page
    assert "End this group" not in page
    asked = client.get("/board/groups/qeg/end/").content.decode()
    assert "the group goes on for Northmarsh Safeguarding Children Board" in asked
    assert "on every board that owns it" not in asked
    sent = {"ends_on-day": "14", "ends_on-month": "3", "ends_on-year": "2016"}
    assert "has left" in client.post("/board/groups/qeg/end/", sent, follow=True).content.decode()
    assert Group.objects.get(slug="qeg").ends_on is None


DETAILS = BoardDetails(
    name="Northmarsh Safeguarding Children Board", short_name="Northmarsh", kind="children", edition="WT2015",
    valid_from=date(2014, 4, 1),
)  # fmt: skip


def test_the_boards_details_change_and_only_the_manager_changes_its_edition(world: World, as_: As) -> None:
    board = world.board
    with as_("administrator"):
        admin = world.people["administrator"]
        boards.change_board(actor=admin, board=board, details=replace(DETAILS, telephone="01733 555 000"))
        with pytest.raises(Refusal, match="edition"):
            boards.change_board(actor=admin, board=board, details=replace(DETAILS, edition="WT2018"))
    with as_("business_manager"):
        manager = world.people["business_manager"]
        for wrong in (
            replace(DETAILS, valid_to=date(2013, 1, 1)),
            replace(DETAILS, successor=board),
            replace(DETAILS, edition="WT1999"),
        ):
            with pytest.raises(Refusal):
                boards.change_board(actor=manager, board=board, details=wrong)
        boards.change_board(
            actor=manager,
            board=board,
            details=replace(DETAILS, edition="WT2018", successor=world.boards["south"]),
        )
    board.refresh_from_db()
    assert (board.edition, board.successor) == ("WT2018", world.boards["south"])


def test_areas_are_shared_between_boards_not_doubled(world: World, as_: As) -> None:
    manager, board = world.people["business_manager"], world.board
    with as_("business_manager"):
        area = boards.add_area(actor=manager, board=board, name="Saltby", code="E06000099")
        with pytest.raises(Refusal, match="already"):
            boards.add_area(actor=manager, board=board, name="saltby")
        boards.change_area(actor=manager, board=board, area=area, name="Saltby Bay", code="")
        boards.remove_area(actor=manager, board=board, area=area)
    with as_("sister_manager"):
        again = boards.add_area(
            actor=world.people["sister_manager"], board=world.boards["south"], name="Saltby Bay"
        )
    assert again == area


def test_only_the_systems_own_set_up_founds_a_board(world: World, as_: As) -> None:
    new = replace(DETAILS, name="Eastmere Safeguarding Children Board", short_name="Eastmere")
    with as_("business_manager"), pytest.raises(Refusal):
        boards.found_board(actor=world.people["business_manager"], details=new)
    with acting.acting_as(founder()):
        made = boards.found_board(actor=founder(), details=new)
        with pytest.raises(Refusal, match="already"):
            boards.found_board(actor=founder(), details=new)
    assert made.slug == "eastmere"
    assert Office.objects.filter(board=made, key="directory").exists()
    assert Board.objects.count() == 3


def test_one_boards_manager_changes_nothing_of_another_board(world: World, as_: As) -> None:
    sister = world.people["sister_manager"]
    with as_("sister_manager"):
        with pytest.raises(NotForYou):
            agencies.add_agency(actor=sister, board=world.board, details=FIRE, starts_on=TODAY)
        with pytest.raises(Refusal, match="does not answer to this board"):
            agencies.change_agency(
                actor=sister, board=world.boards["south"], agency=world.agencies["school"], details=FIRE
            )
        with pytest.raises(NotForYou):
            seats.end_seat(actor=sister, seat=world.seats["head"], ends_on=TODAY, today=TODAY)
    assert Agency.objects.get(slug="school").name == "Willow Lane Academy"


def test_steps_of_setting_up_are_remembered(world: World, as_: As) -> None:
    manager, now = world.people["business_manager"], datetime(2016, 3, 14, 9, tzinfo=UTC)
    with as_("business_manager"):
        boards.note_step(actor=manager, board=world.board, key="areas", state="skipped", now=now)
        boards.note_step(actor=manager, board=world.board, key="areas", state="done", now=now, answer="x")
        boards.finish_set_up(actor=manager, board=world.board, now=now)
    assert [(s.key, s.state, s.answer) for s in world.board.set_up_steps.all()] == [("areas", "done", "x")]
    assert world.board.set_up_at == now

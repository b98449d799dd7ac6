"""Seats: who may give them, what they open at once, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.partners.conftest import NOW, TODAY, As, contributor, sees
from tests.personas import PEOPLE, STRANGER, World
from wholestory import ledger
from wholestory.access import derive
from wholestory.access.asking import NotForYou
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations import people, seats, standing_in
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.access.models import Account
from wholestory.partners.models import Person, Role, Seat
from wholestory.records.models import Circle, Office, Record

KEEPERS = {"business_manager", "administrator"}


@pytest.mark.parametrize("name", [name for name in [*PEOPLE, STRANGER] if name not in KEEPERS])
def test_only_those_who_keep_the_directory_give_seats(world: World, as_: As, name: str) -> None:
    with as_(name), pytest.raises(NotForYou):
        seats.give_seat(
            actor=world.people[name],
            board=world.board,
            person=world.people[STRANGER],
            details=contributor(world.agencies["police"]),
            today=TODAY,
        )


@pytest.mark.parametrize("name", sorted(KEEPERS))
def test_a_seat_opens_its_agencys_work_at_once_and_ending_it_closes_it(
    world: World, as_: As, police_return: Record, name: str
) -> None:
    newcomer, actor = world.people[STRANGER], world.people[name]
    assert not sees(newcomer, police_return)
    with as_(name):
        seat = seats.give_seat(
            actor=actor,
            board=world.board,
            person=newcomer,
            details=contributor(world.agencies["police"]),
            today=TODAY,
        )
    assert sees(newcomer, police_return)
    with as_(name):
        seats.end_seat(actor=actor, seat=seat, ends_on=TODAY, today=TODAY)
    assert sees(newcomer, police_return)
    with as_(name):
        details = contributor(world.agencies["police"], ends_on=TODAY)
        seats.change_seat(actor=actor, seat=seat, details=details, today=TODAY)
        Seat.objects.filter(pk=seat.pk).update(starts_on=TODAY - timedelta(days=3))
        seat.refresh_from_db()
        seats.end_seat(actor=actor, seat=seat, ends_on=TODAY - timedelta(days=1), today=TODAY)
    assert not sees(newcomer, police_return)


def test_a_seat_changed_to_another_agency_opens_that_ones_work_and_closes_the_first(
    world: World, as_: As, police_return: Record
) -> None:
    person, seat = world.people["head_contributor"], world.seats["head_contributor"]
    assert not sees(person, police_return)
    with as_("business_manager"):
        seats.change_seat(
            actor=world.people["business_manager"],
            seat=seat,
            details=contributor(world.agencies["police"]),
            today=TODAY,
        )
    assert sees(person, police_return)


def test_an_administrator_gives_themselves_nothing_and_no_team_seat_to_others(world: World, as_: As) -> None:
    admin = world.people["administrator"]
    manager_seat = SeatDetails(role=Role.BUSINESS_MANAGER, starts_on=TODAY)
    with as_("administrator"):
        with pytest.raises(Refusal, match="your own seats"):
            seats.give_seat(actor=admin, board=world.board, person=admin, details=manager_seat, today=TODAY)
        with pytest.raises(Refusal, match="Only the business manager"):
            seats.give_seat(
                actor=admin,
                board=world.board,
                person=world.people[STRANGER],
                details=manager_seat,
                today=TODAY,
            )
        with pytest.raises(Refusal, match="your own seats"):
            standing_in.cover_leave(
                actor=admin,
                seat=world.seats["business_manager"],
                person=admin,
                starts_on=TODAY,
                ends_on=TODAY,
                today=TODAY,
            )
        with pytest.raises(Refusal, match="Only the business manager"):
            people.change_person(
                actor=admin,
                board=world.board,
                person=world.people["business_manager"],
                details=PersonDetails(full_name="Morgan Ellery", email="administrator2@people.example"),
            )


def test_when_there_is_no_business_manager_an_administrator_may_give_the_seat_to_somebody_else(
    world: World, as_: As
) -> None:
    Seat.objects.filter(pk=world.seats["business_manager"].pk).update(ends_on=TODAY - timedelta(days=1))
    with as_("administrator"):
        seat = seats.give_seat(
            actor=world.people["administrator"],
            board=world.board,
            person=world.people["quality_officer"],
            details=SeatDetails(role=Role.BUSINESS_MANAGER, starts_on=TODAY),
            today=TODAY,
        )
    assert seat.role == Role.BUSINESS_MANAGER


def test_somebody_always_keeps_the_directory(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        seats.end_seat(actor=manager, seat=world.seats["administrator"], ends_on=TODAY, today=TODAY)
        with pytest.raises(Refusal, match="Nobody would be left"):
            seats.end_seat(actor=manager, seat=world.seats["business_manager"], ends_on=TODAY, today=TODAY)
        with pytest.raises(Refusal, match="Nobody would be left"):
            people.leave(
                actor=manager, board=world.board, person=manager, left_on=TODAY, today=TODAY, now=NOW
            )


@pytest.mark.parametrize(
    ("role", "agency", "group", "ends", "field"),
    [
        (Role.AGENCY_LEAD, None, None, None, "agency"),
        (Role.MEMBER, "police", None, TODAY - timedelta(days=1), "ends_on"),
        (Role.QUALITY_OFFICER, "police", None, None, "agency"),
        (Role.CONTRIBUTOR, "police", "qeg", None, "role"),
        (Role.MEMBER, "elsewhere", None, None, "agency"),
        (Role.INDEPENDENT_CHAIR, None, None, None, "starts_on"),
    ],
)
def test_a_seat_that_cannot_be_is_refused_beside_its_field(
    world: World, as_: As, role: str, agency: str | None, group: str | None, ends: date | None, field: str
) -> None:
    details = SeatDetails(
        role=role,
        starts_on=TODAY,
        ends_on=ends,
        agency=world.agencies[agency] if agency else None,
        group=world.board.groups.get(slug=group) if group else None,
    )
    with as_("business_manager"), pytest.raises(Refusal) as refused:
        seats.give_seat(
            actor=world.people["business_manager"],
            board=world.board,
            person=world.people[STRANGER],
            details=details,
            today=TODAY,
        )
    assert refused.value.field == field


def test_the_same_seat_twice_in_one_time_is_refused(world: World, as_: As) -> None:
    with as_("business_manager"), pytest.raises(Refusal, match="holds this seat already"):
        seats.give_seat(
            actor=world.people["business_manager"],
            board=world.board,
            person=world.people["head"],
            details=SeatDetails(role=Role.AGENCY_LEAD, starts_on=TODAY, agency=world.agencies["school"]),
            today=TODAY,
        )


def test_somebody_new_gets_a_seat_and_an_account_and_their_address_follows(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        person, _ = people.add_person(
            actor=manager,
            board=world.board,
            today=TODAY,
            details=PersonDetails(full_name="Ola Fenwick", email="Ola.Fenwick@police.example"),
            seat=contributor(world.agencies["police"]),
        )
        account = Account.objects.get(person=person)
        assert (account.email, person.is_invented) == ("ola.fenwick@police.example", True)
        people.change_person(
            actor=manager,
            board=world.board,
            person=person,
            details=PersonDetails(full_name="Ola Fenwick", email="ola@police.example"),
        )
        account.refresh_from_db()
        assert account.email == "ola@police.example"
        with pytest.raises(Refusal, match="with this address is known already"):
            people.add_person(
                actor=manager,
                board=world.board,
                today=TODAY,
                seat=contributor(world.agencies["police"]),
                details=PersonDetails(full_name="Another", email="OLA@police.example"),
            )


def test_a_member_of_a_group_for_an_agency_is_let_into_what_the_group_works_on(world: World, as_: As) -> None:
    manager, group = world.people["business_manager"], world.board.groups.get(slug="qeg")
    with as_("quality_officer"):
        circle = Circle.objects.create(board=world.board, kind="group", group=group)
        derive.open_circle(circle)
        ledger.line("meetings.paper_added", board_id=world.board.id)
        paper = Record.objects.create(
            kind="meetings.paper",
            reference="MP-TESTQEGP",
            board=world.board,
            circle=circle,
            office=Office.objects.get(board=world.board, key="assurance"),
            edition="WT2015",
            opened_on=TODAY,
            retention="governance",
        )
    with as_("business_manager"):
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=world.people["police_lead"],
            today=TODAY,
            details=SeatDetails(
                role=Role.MEMBER, starts_on=TODAY, group=group, agency=world.agencies["police"]
            ),
        )
    assert sees(world.people["police_lead"], paper)
    assert not sees(world.people["police_signatory"], paper)


def test_working_out_access_costs_the_same_for_many_seats_as_for_few(world: World, as_: As) -> None:
    def cost(*people: Person) -> int:
        with as_("business_manager"), CaptureQueriesContext(connection) as captured:
            derive.rewrite(*people)
        return len(captured)

    few = cost(world.people["chair"])
    assert cost(*[world.people[name] for name in PEOPLE]) == few


def test_the_business_manager_gives_themselves_no_seat_of_an_agency(world: World, as_: As) -> None:
    manager, board = world.people["business_manager"], world.board
    of_school = SeatDetails(role=Role.SIGNATORY, starts_on=TODAY, agency=world.agencies["school"])
    member = SeatDetails(role=Role.MEMBER, starts_on=TODAY, agency=world.agencies["police"])
    with as_("business_manager"):
        for details in (of_school, member):
            with pytest.raises(
                Refusal, match="Another of the team who keeps the directory can, or a count"
            ) as refused:
                seats.give_seat(actor=manager, board=board, person=manager, details=details, today=TODAY)
            assert refused.value.field == "agency"
        adviser = SeatDetails(role=Role.ADVISER, starts_on=TODAY)
        own = seats.give_seat(actor=manager, board=board, person=manager, details=adviser, today=TODAY)
        with pytest.raises(Refusal, match="Another of the team"):
            seats.change_seat(actor=manager, seat=own, details=of_school, today=TODAY)
    with as_("administrator"):
        given = seats.give_seat(
            actor=world.people["administrator"], board=board, person=manager, details=of_school, today=TODAY
        )
    assert given.agency == world.agencies["school"]

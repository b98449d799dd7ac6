"""The database shows a person what they may see, and ``ask`` gives the same answer with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.personas import PEOPLE, STRANGER, World
from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.models import Membership, Refusal
from wholestory.access.verbs import Verb
from wholestory.partners.models import LeaveCover, Seat
from wholestory.records.models import Record

INSIDE_A_SCHOOL_RETURN = {
    "business_manager", "quality_officer", "chair", "head", "head_contributor", "head_signatory"
}  # fmt: skip


@pytest.mark.parametrize("name", [*PEOPLE, STRANGER])
def test_the_row_and_the_answer_agree_for_everybody(world: World, school_return: Record, name: str) -> None:
    person, seat = world.people[name], world.seats.get(name)
    with acting.acting_as(person, seat):
        rows = Record.objects.filter(pk=school_return.pk).count()
        answer = asking.ask(person, Verb.READ, school_return)
    assert rows == (name in INSIDE_A_SCHOOL_RETURN)
    assert answer.yes == bool(rows)


def test_nobody_acting_sees_nothing(world: World, school_return: Record) -> None:
    assert Record.objects.count() == 0


def test_a_refusal_beats_a_seat(world: World, school_return: Record) -> None:
    person, seat = world.people["quality_officer"], world.seats["quality_officer"]
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        ledger.line("access.refused", school_return)
        Refusal.objects.create(
            circle=school_return.circle, office=school_return.office, person=person, reason="conflict",
            starts_on=date(2016, 3, 1), given_by=world.people["business_manager"],
        )  # fmt: skip
        derive.rewrite(person)
    with acting.acting_as(person, seat):
        assert not Record.objects.filter(pk=school_return.pk).exists()
        assert asking.ask(person, Verb.READ, school_return).code == "refusal.conflict"


def test_access_ends_the_day_after_the_seat_does_with_no_job_to_run(
    world: World, school_return: Record
) -> None:
    person, seat = world.people["head"], world.seats["head"]
    Seat.objects.filter(pk=seat.pk).update(ends_on=date(2016, 3, 14))
    derive.rewrite(person)
    with acting.acting_as(person, seat):
        assert Record.objects.filter(pk=school_return.pk).exists()
    world.board.example_today = date(2016, 3, 15)
    world.board.save()
    with acting.acting_as(person, seat):
        assert not Record.objects.filter(pk=school_return.pk).exists()


def test_leave_cover_opens_the_seat_for_its_days_only(world: World, school_return: Record) -> None:
    cover = LeaveCover.objects.create(
        seat=world.seats["quality_officer"], person=world.people["stranger"],
        starts_on=date(2016, 3, 14), ends_on=date(2016, 3, 18),
    )  # fmt: skip
    derive.rewrite(cover.person)
    with acting.acting_as(cover.person, cover.seat):
        assert Record.objects.filter(pk=school_return.pk).exists()
    world.board.example_today = date(2016, 3, 19)
    world.board.save()
    with acting.acting_as(cover.person, cover.seat):
        assert not Record.objects.filter(pk=school_return.pk).exists()


def test_a_person_with_two_team_seats_acts_in_one_at_a_time(world: World, school_return: Record) -> None:
    person, manager = world.people["business_manager"], world.seats["business_manager"]
    second = Seat.objects.create(
        person=person, board=world.board, role="administrator", starts_on=date(2015, 1, 1)
    )
    derive.rewrite(person)
    with acting.acting_as(person, manager):
        assert Record.objects.filter(pk=school_return.pk).exists()
    with acting.acting_as(person, second):
        assert not Record.objects.filter(pk=school_return.pk).exists()


def test_a_change_without_a_line_is_refused_by_the_database(world: World, school_return: Record) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.ledgered', '', true)")
        with pytest.raises(DatabaseError, match="needs a line in the access record"), transaction.atomic():
            Record.objects.filter(pk=school_return.pk).update(edition="WT2018")


def test_who_is_in_a_circle_is_itself_need_to_know(world: World, school_return: Record) -> None:
    of_the_return = Membership.objects.filter(circle_id=school_return.circle_id)
    with acting.acting_as(world.people["police_lead"], world.seats["police_lead"]):
        assert of_the_return.count() == 0
    with acting.acting_as(world.people["head"], world.seats["head"]):
        assert {m.because for m in of_the_return} == {
            "seat.agency_lead",
            "seat.contributor",
            "seat.signatory",
        }


def test_the_web_role_cannot_write_who_is_in(world: World, school_return: Record) -> None:
    head = world.people["police_lead"]
    with pytest.raises(DatabaseError, match="row-level security"), acting.acting_as(head):
        Membership.objects.create(
            person=head,
            board=world.board,
            circle_id=school_return.circle_id,
            because="x",
            starts_on=date(2016, 1, 1),
        )


def test_only_a_system_actor_may_act_for_a_whole_board(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="only a system actor"),
        acting.stated(acting.Acting(world.people["head"].id, None, world.board.id)),
    ):
        pass

"""Leaving, and who stands in: cover, counterparts, and accounts that close and open again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.partners.conftest import NOW, TODAY, As, contributor, sees
from tests.personas import STRANGER, World
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.forms.people import CoverForm
from wholestory.access.directory.operations import accounts, people, seats, standing_in
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.models import Account
from wholestory.records.models import Record


def test_leaving_ends_every_seat_and_what_it_opened_the_day_after(
    world: World, as_: As, police_return: Record
) -> None:
    lead = world.people["police_lead"]
    with as_("business_manager"):
        ended = people.leave(
            actor=world.people["business_manager"],
            board=world.board,
            person=lead,
            left_on=TODAY,
            today=TODAY,
            now=NOW,
        )
    assert [seat.ends_on for seat in ended] == [TODAY]
    lead.refresh_from_db()
    assert lead.left_on == TODAY
    assert Account.objects.get(person=lead).is_active
    world.board.example_today = TODAY + timedelta(days=1)
    world.board.save()
    assert not sees(lead, police_return)


def test_an_account_closed_by_hand_stays_closed_until_a_seat_is_given(world: World, as_: As) -> None:
    manager, head = world.people["business_manager"], world.people["head"]
    with as_("business_manager"):
        accounts.close(head, NOW)
        details = PersonDetails(full_name="Jo Ashdown", email=head.email or "", telephone="01733 555 010")
        people.change_person(actor=manager, board=world.board, person=head, details=details)
        assert not Account.objects.get(person=head).is_active
        seats.give_seat(
            actor=manager,
            board=world.board,
            person=head,
            details=contributor(world.agencies["school"]),
            today=TODAY,
        )
    assert Account.objects.get(person=head).is_active


def test_leave_cover_needs_days_the_seat_is_held_and_can_be_taken_back(world: World, as_: As) -> None:
    manager, seat = world.people["business_manager"], world.seats["quality_officer"]
    with as_("business_manager"):
        with pytest.raises(Refusal, match="not held on all"):
            standing_in.cover_leave(
                actor=manager,
                seat=seat,
                person=world.people[STRANGER],
                starts_on=date(2010, 1, 1),
                ends_on=TODAY,
                today=TODAY,
            )
        cover = standing_in.cover_leave(
            actor=manager,
            seat=seat,
            person=world.people["head"],
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=4),
            today=TODAY,
        )
        with pytest.raises(Refusal, match="covers this seat"):
            standing_in.cover_leave(
                actor=manager,
                seat=seat,
                person=world.people[STRANGER],
                starts_on=TODAY,
                ends_on=TODAY,
                today=TODAY,
            )
        standing_in.end_cover(actor=manager, cover=cover, ends_on=TODAY - timedelta(days=1))
    assert not seat.covers.exists()


def test_a_counterpart_sits_on_another_board(world: World, as_: As) -> None:
    manager = world.people["business_manager"]
    with as_("business_manager"):
        with pytest.raises(Refusal, match="sits on another"):
            standing_in.name_counterpart(
                actor=manager, board=world.board, person=world.people["head"], starts_on=TODAY, ends_on=None
            )
        made = standing_in.name_counterpart(
            actor=manager,
            board=world.board,
            person=world.people["sister_manager"],
            starts_on=TODAY,
            ends_on=None,
        )
        standing_in.end_counterpart(actor=manager, counterpart=made, ends_on=TODAY)
    assert made.ends_on == TODAY


def test_a_counterpart_can_be_asked_to_cover_a_seat_of_the_team(world: World, as_: As) -> None:
    with as_("business_manager"):
        standing_in.name_counterpart(
            actor=world.people["business_manager"], board=world.board, person=world.people["sister_manager"],
            starts_on=TODAY, ends_on=None,
        )  # fmt: skip
        form = CoverForm(board=world.board, seat=world.seats["administrator"], today=TODAY)
    assert "Toni Marsh" in str(form["person"])

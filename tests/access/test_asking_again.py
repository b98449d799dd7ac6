"""The same question in one transaction is looked up once, and asked afresh whenever the answer may have changed."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.partners.models import LeaveCover
from wholestory.records.models import Circle, Office, Record


@pytest.fixture
def notes(world: World) -> Record:
    """A record nobody but the office is let in to by rule."""
    circle = Circle.objects.create(board=world.board, kind="moderation", agency=world.agencies["school"])
    office = Office.objects.get(board=world.board, key="assurance")
    return Record(kind="assurance.return", board=world.board, circle=circle, office=office)


def let_in(world: World, notes: Record, name: str) -> None:
    ledger.line("assurance.moderator_assigned", board_id=world.board.id)
    grant = Grant(
        circle=notes.circle, office=notes.office, person=world.people[name], role="moderator", purpose="moderation",
        starts_on=world.board.today(), given_by=world.people["business_manager"],
    )  # fmt: skip
    derive.add_grants([grant])


def may(world: World, notes: Record, name: str) -> bool:
    return asking.ask(world.people[name], Verb.MODERATE, notes).yes


def test_asking_again_costs_nothing(world: World, notes: Record) -> None:
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        assert may(world, notes, "quality_officer")
        with CaptureQueriesContext(connection) as captured:
            assert may(world, notes, "quality_officer")
            assert asking.ask(world.people["quality_officer"], Verb.MANAGE, notes)
            assert not asking.ask(world.people["quality_officer"], Verb.DECIDE, notes)
        assert len(captured) == 0


def test_letting_somebody_in_counts_at_once(world: World, notes: Record) -> None:
    with acting.acting_as(world.people["police_member"], world.seats["police_member"]):
        assert not may(world, notes, "police_member")
        let_in(world, notes, "police_member")
        assert may(world, notes, "police_member")


def test_letting_somebody_in_by_the_system_counts_for_the_person_too(world: World, notes: Record) -> None:
    with acting.acting_as(world.people["police_member"], world.seats["police_member"]):
        assert not may(world, notes, "police_member")
        with acting.as_system(world.board):
            let_in(world, notes, "police_member")
        assert may(world, notes, "police_member")


class _GivenUp(Exception):
    pass


@transaction.atomic
def _let_in_and_give_up(world: World, notes: Record) -> None:
    let_in(world, notes, "police_member")
    assert may(world, notes, "police_member")
    raise _GivenUp


def test_what_was_rolled_back_is_not_remembered(world: World, notes: Record) -> None:
    with acting.acting_as(world.people["police_member"], world.seats["police_member"]):
        with pytest.raises(_GivenUp):
            _let_in_and_give_up(world, notes)
        assert not may(world, notes, "police_member")


def test_one_persons_answer_is_not_anothers(world: World, notes: Record) -> None:
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        assert may(world, notes, "quality_officer")
        assert not may(world, notes, "police_member")
    with acting.acting_as(world.people["police_member"], world.seats["police_member"]):
        assert not may(world, notes, "police_member")


def test_nothing_is_remembered_where_nobody_acts(world: World, notes: Record) -> None:
    assert acting.remembered("anything") is None
    acting.remember("anything", "kept")
    assert acting.remembered("anything") is None


def test_seats_take_one_query_unless_somebody_covers(world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert [s.role for s in asking.seats_today(world.people["head"])] == ["agency_lead"]
    assert len(captured) == 1
    LeaveCover.objects.create(
        seat=world.seats["quality_officer"], person=world.people["head"], starts_on=world.board.today()
    )
    assert {s.role for s in asking.seats_today(world.people["head"])} == {"agency_lead", "quality_officer"}
    LeaveCover.objects.create(
        seat=world.seats["quality_officer"], person=world.people["stranger"], starts_on=world.board.today()
    )
    assert [s.role for s in asking.seats_today(world.people["stranger"])] == ["quality_officer"]

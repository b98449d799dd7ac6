"""Interests: declared before papers open, withheld at once, lifted with a reason, and the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from tests.meetings.conftest import NOW, Table, later
from tests.meetings.test_operations import sees
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.access.models import Refusal
from wholestory.meetings.models import Arrangement, Declaration, Effect, Item, Meeting, Part
from wholestory.meetings.operations import interests
from wholestory.meetings.refusing import MeetingRefused, NotYetDeclared

INSIDE = {"business_manager", "group_chair", "police_member", "health_member", "lay_member"}
#: Everybody else: other members of the board, the team, other agencies, another board, nobody at all.
OUTSIDE = {
    "chair", "quality_officer", "administrator", "ig_lead", "head", "police_lead", "former_member", "sister_manager",
    "sister_head", "stranger",
}  # fmt: skip


def answer(table: Table, name: str, meeting: Meeting, item: Item, effect: str = "", words: str = "") -> int:
    with table.acting(name) as actor:
        said = interests.Said(Item.objects.select_related("meeting").get(pk=item.pk), effect, words)
        return interests.declare(actor=actor, meeting=meeting, answers=[said], now=NOW)


def test_papers_stay_shut_until_a_member_has_answered(table: Table) -> None:
    meeting = table.meeting()
    item = table.listed(meeting, table.case("police_member", "group_chair"))
    with table.acting("police_member") as actor:
        assert [one.pk for one in interests.undeclared(actor, meeting)] == [item.pk]
        with pytest.raises(NotYetDeclared):
            interests.must_have_declared(actor, Item.objects.get(pk=item.pk))
    answer(table, "police_member", meeting, item)
    with table.acting("police_member") as actor:
        assert interests.undeclared(actor, meeting) == []
        interests.must_have_declared(actor, Item.objects.get(pk=item.pk))
    with table.acting("business_manager") as actor:  # prepares the papers, sits in no seat
        interests.must_have_declared(actor, Item.objects.get(pk=item.pk))


def test_an_item_listed_later_is_asked_about_again(table: Table) -> None:
    meeting = table.meeting()
    answer(table, "lay_member", meeting, table.item(meeting, "Pay", Part.B))
    second = table.item(meeting, "Budget", Part.B)
    with table.acting("lay_member") as actor:
        assert [one.title for one in interests.undeclared(actor, meeting)] == [second.title]


@pytest.mark.parametrize("of_a_duty", [True, False])
def test_papers_withheld_shuts_the_item_at_once_whatever_lets_them_in(table: Table, of_a_duty: bool) -> None:
    meeting = table.meeting()
    other = table.item(meeting, "Other", Part.B)
    item = (
        table.listed(meeting, table.case("police_member", "group_chair"))
        if of_a_duty
        else table.item(meeting, "Pay", Part.B)
    )
    assert answer(table, "police_member", meeting, item, Effect.WITHHELD, "I led the enquiry") == 1
    assert not sees(table, "police_member", Item, item.pk)
    assert sees(table, "police_member", Item, other.pk)
    assert sees(table, "police_member", Meeting, meeting.pk)
    assert sees(table, "group_chair", Item, item.pk)
    with table.acting("police_member"):
        assert not Declaration.objects.filter(item=item).exists()


def test_the_chair_lifts_it_with_a_reason_and_the_history_stays(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    police = table.world.people["police_member"]
    answer(table, "police_member", meeting, item, Effect.WITHHELD, "My sister works there")
    with table.acting("group_chair") as actor:
        found = Item.objects.get(pk=item.pk)
        with pytest.raises(MeetingRefused, match="Say why"):
            interests.set_effect(
                actor=actor,
                item=found,
                person=police,
                effect=Effect.NOTED,
                reason="",
                today=TODAY,
                now=later(1),
            )
        interests.set_effect(
            actor=actor, item=found, person=police, effect=Effect.NO_VOTE, reason="She left in 2012", today=TODAY,
            now=later(1),
        )  # fmt: skip
        history = list(Declaration.objects.filter(item=item).order_by("at"))
        assert [(one.effect, one.reason) for one in history] == [
            ("withheld", ""),
            ("no_vote", "She left in 2012"),
        ]
        assert history[1].words == "My sister works there"
        assert Refusal.objects.get().lifted_at == later(1)
    assert sees(table, "police_member", Item, item.pk)


def test_the_chair_withholds_papers_from_somebody_who_said_nothing_of_it(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    health = table.world.people["health_member"]
    with table.acting("group_chair") as actor:
        interests.set_effect(
            actor=actor, item=Item.objects.get(pk=item.pk), person=health, effect=Effect.WITHHELD,
            reason="Her team is the subject", today=TODAY, now=NOW,
        )  # fmt: skip
    assert not sees(table, "health_member", Item, item.pk)


@pytest.mark.parametrize("name", ["police_member", "lay_member"])
def test_members_say_nothing_about_others_and_nobody_about_themselves(table: Table, name: str) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    health = table.world.people["health_member"]
    with table.acting(name) as actor, pytest.raises(NotForYou):
        interests.set_effect(
            actor=actor, item=Item.objects.get(pk=item.pk), person=health, effect=Effect.NOTED, reason="x",
            today=TODAY, now=NOW,
        )  # fmt: skip
    with table.acting("group_chair") as actor, pytest.raises(MeetingRefused, match="Somebody else"):
        interests.set_effect(
            actor=actor, item=Item.objects.get(pk=item.pk), person=actor, effect=Effect.NOTED, reason="x",
            today=TODAY, now=NOW,
        )  # fmt: skip


def test_papers_of_part_a_cannot_be_withheld(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    with pytest.raises(MeetingRefused, match="open to the whole group"):
        answer(table, "lay_member", meeting, item, Effect.WITHHELD, "I wrote it")
    assert answer(table, "lay_member", meeting, item, Effect.LEAVE, "I wrote it") == 0


def test_what_was_declared_is_never_edited(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    answer(table, "lay_member", meeting, item, Effect.NOTED, "I know them")
    with table.acting("lay_member"):
        ledger.line("meetings.interests_declared", meeting.record)
        with pytest.raises((ProgrammingError, InternalError), match="history"), transaction.atomic():
            Declaration.objects.update(words="Nothing")


def test_the_register_is_told_to_a_group_and_seen_there(table: Table) -> None:
    table.meeting()
    with table.acting("police_member") as actor:
        mine = list(Arrangement.objects.select_related("record", "group"))
        (entered,) = interests.register(
            actor=actor, arrangements=mine, kind="school", words="Governor, Harbour School", starts_on=date(2015, 9, 1),
            today=TODAY,
        )  # fmt: skip
    with table.acting("business_manager") as actor:
        assert actor.interests.model.objects.get().words == "Governor, Harbour School"
        with pytest.raises(MeetingRefused, match="themselves"):
            interests.end_interest(actor=actor, interest=entered, on=TODAY)
    with table.acting("chair") as actor:
        assert not actor.interests.model.objects.exists()
    with table.acting("police_member") as actor:
        interests.end_interest(actor=actor, interest=entered, on=TODAY)
        assert actor.interests.get().ends_on == TODAY
    assert connection.vendor == "postgresql"

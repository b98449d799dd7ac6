"""Who came, the quorum, and decisions at a meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from tests.meetings.conftest import NOW, Table
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import (
    Arrangement,
    Decision,
    Effect,
    Item,
    Meeting,
    Part,
    Voice,
    VoiceKind,
)
from wholestory.meetings.operations import agenda, attending, deciding, interests, planning
from wholestory.meetings.queries.counting import quorum_of
from wholestory.meetings.refusing import MeetingRefused

REFUSED_BY_THE_DATABASE = (ProgrammingError, InternalError)


def set_quorum(table: Table, number: int, *needs: dict[str, str], online: bool = True) -> None:
    with table.acting("business_manager") as actor:
        planning.set_quorum(
            actor=actor, arrangement=Arrangement.objects.select_related("record").get(), number=number, share="",
            needs=needs, virtual_counts=online, deputies_count=True, target=75, today=TODAY,
        )  # fmt: skip


def decide(table: Table, item: Item, who: str = "group_chair", **said: Any) -> Decision:
    with table.acting(who) as actor:
        found = Item.objects.select_related("meeting__record__board", "about").get(pk=item.pk)
        return deciding.decide(actor=actor, item=found, words="Agreed.", today=TODAY, now=NOW, **said)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("record__board").get(pk=meeting.pk)


def test_an_inquorate_meeting_discusses_and_cannot_decide(table: Table) -> None:
    meeting = table.meeting()  # three are needed, as the group's terms say
    item = table.item(meeting)
    table.came(meeting, group_chair="present", police_member="present", lay_member="apologies")
    with pytest.raises(MeetingRefused, match="2 members present, 3 needed"):
        decide(table, item)
    table.everybody_came(meeting)
    assert decide(table, item).state == "made"


def test_a_required_sector_must_be_there(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    set_quorum(table, 2, {"kind": "sector", "key": "health", "label": "Health"})
    table.came(meeting, group_chair="present", police_member="present", health_member="absent")
    with pytest.raises(MeetingRefused, match="Nobody present for Health"):
        decide(table, item)
    table.came(meeting, group_chair="present", health_member="deputy:Kim Rowe")
    decide(table, item)


def test_somebody_who_left_for_the_item_does_not_count_for_it(table: Table) -> None:
    meeting = table.meeting()
    with_conflict, without = table.item(meeting, "Pay", Part.B), table.item(meeting, "Plan", Part.B)
    table.came(meeting, group_chair="present", police_member="present", health_member="present")
    with table.acting("police_member") as actor:
        item = Item.objects.select_related("meeting").get(pk=with_conflict.pk)
        interests.declare(
            actor=actor, meeting=fresh(meeting), answers=[interests.Said(item, Effect.LEAVE, "Mine")], now=NOW
        )
    with table.acting("group_chair"):
        assert not quorum_of(meeting, with_conflict).quorate
        assert quorum_of(meeting, without).quorate
    with pytest.raises(MeetingRefused, match="1 who left for this item"):
        decide(table, with_conflict)


def test_whoever_had_gone_before_the_item_was_begun_does_not_count(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    with table.acting("business_manager") as actor:
        marks = [
            attending.SeatMark(table.seats["group_chair"], "present"),
            attending.SeatMark(table.seats["police_member"], "present"),
            attending.SeatMark(
                table.seats["health_member"], "left_early", left_time=NOW.time().replace(hour=15)
            ),
        ]
        attending.record(actor=actor, meeting=meeting, marks=marks, visitors=(), today=TODAY, now=NOW)
        attending.begin_item(actor=actor, item=item, at=NOW.time().replace(hour=14, minute=30))
        assert quorum_of(meeting, item).quorate
        attending.begin_item(actor=actor, item=item, at=NOW.time().replace(hour=15, minute=30))
        assert not quorum_of(meeting, item).quorate


def test_a_deputy_who_is_a_member_too_is_one_body(table: Table) -> None:
    meeting = table.meeting()
    lay = table.world.people["lay_member"].full_name
    table.came(meeting, group_chair="present", lay_member="present", police_member=f"deputy:{lay}")
    with table.acting("business_manager"):
        verdict = quorum_of(meeting)
        assert (verdict.here, verdict.quorate) == (2, False)


def test_a_deputy_is_named_and_guests_are_listed_apart(table: Table) -> None:
    meeting = table.meeting()
    with pytest.raises(MeetingRefused, match="Enter who came instead of Dana Birch"):
        table.came(meeting, health_member="deputy")
    with table.acting("business_manager") as actor:
        attending.record(
            actor=actor,
            meeting=meeting,
            marks=(),
            visitors=[attending.Visitor("Dr Lee", "guest")],
            today=TODAY,
            now=NOW,
        )
        assert quorum_of(meeting).here == 0


@pytest.mark.parametrize("who", ["business_manager", "police_member", "lay_member", "health_member"])
def test_only_the_chair_decides(table: Table, who: str) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    table.everybody_came(meeting)
    with pytest.raises(NotForYou):
        decide(table, item, who)


def test_the_chair_with_an_interest_lets_somebody_else_chair_the_item(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    table.everybody_came(meeting)
    with table.acting("group_chair") as actor:
        found = Item.objects.select_related("meeting").get(pk=item.pk)
        interests.declare(
            actor=actor,
            meeting=fresh(meeting),
            answers=[interests.Said(found, Effect.NO_VOTE, "Mine")],
            now=NOW,
        )
    with pytest.raises(MeetingRefused, match="somebody else to chair"):
        decide(table, item)
    with table.acting("business_manager") as actor:
        agenda.change_item(
            actor=actor,
            item=item,
            title="Pay",
            purpose="decision",
            chaired_by=table.world.people["health_member"],
        )
    with pytest.raises(NotForYou):
        decide(table, item)
    assert decide(table, item, "health_member").decided_by == table.world.people["health_member"]


def test_a_decision_keeps_who_was_there_the_votes_and_the_minority(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    table.came(
        meeting, group_chair="present", police_member="present", health_member="apologies_deputy:Kim Rowe",
        lay_member="apologies",
    )  # fmt: skip
    people, agencies = table.world.people, table.world.agencies
    made = decide(
        table, item,
        voices=[
            deciding.Said(VoiceKind.FOR, people["group_chair"]),
            deciding.Said(VoiceKind.AGAINST, agency=agencies["police"]),
            deciding.Said(VoiceKind.MINORITY, agency=agencies["police"], words="It comes too early."),
        ],
    )  # fmt: skip
    with table.acting("lay_member"):
        there = Voice.objects.filter(decision=made, kind="present").values_list("name", flat=True)
        assert sorted(there) == ["Chris Varley", "Ellis Farrow", "Kim Rowe (for Dana Birch)"]
        assert Voice.objects.get(kind="minority").name == "Northmarsh Constabulary"
        assert "Quorate: 3 members present" in Decision.objects.get().quorum_words


def test_whoever_declared_an_interest_has_no_vote_and_nobody_votes_twice(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    table.everybody_came(meeting)
    police = table.world.people["police_member"]
    with table.acting("police_member") as actor:
        found = Item.objects.select_related("meeting").get(pk=item.pk)
        interests.declare(
            actor=actor,
            meeting=fresh(meeting),
            answers=[interests.Said(found, Effect.NO_VOTE, "Mine")],
            now=NOW,
        )
    with pytest.raises(MeetingRefused, match="Chris Varley declared an interest"):
        decide(table, item, voices=[deciding.Said(VoiceKind.FOR, police)])
    lay = table.world.people["lay_member"]
    with pytest.raises(MeetingRefused, match="votes once"):
        decide(table, item, voices=[deciding.Said(VoiceKind.FOR, lay), deciding.Said(VoiceKind.AGAINST, lay)])
    with pytest.raises(MeetingRefused, match="Enter how Pat Lindley saw it"):
        decide(table, item, voices=[deciding.Said(VoiceKind.MINORITY, lay)])


def test_nothing_is_decided_before_the_day_or_before_who_came_is_recorded(table: Table) -> None:
    ahead = table.meeting(TODAY + timedelta(days=7))
    with pytest.raises(MeetingRefused, match="not been held yet"):
        decide(table, table.item(ahead))
    with pytest.raises(MeetingRefused, match="Record first who is here"):
        decide(table, table.item(table.meeting()))


def test_a_decision_about_a_closed_record_stays_in_its_circle(table: Table) -> None:
    meeting = table.meeting()
    item = table.listed(meeting, table.case("group_chair", "police_member"))
    table.everybody_came(meeting)
    decide(table, item)
    for name, sees in (("police_member", True), ("lay_member", False), ("business_manager", True)):
        with table.acting(name):
            assert Decision.objects.exists() is sees
            assert Voice.objects.exists() is sees


def test_a_decision_is_never_edited(table: Table) -> None:
    meeting = table.meeting()
    item = table.item(meeting)
    table.everybody_came(meeting)
    made = decide(table, item)
    with table.acting("group_chair"):
        ledger.line("meetings.decided", made.record)
        with pytest.raises(REFUSED_BY_THE_DATABASE, match="history"), transaction.atomic():
            Decision.objects.update(words="Refused.")

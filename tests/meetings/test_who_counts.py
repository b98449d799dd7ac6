"""Who is counted at a meeting: each person once, and whoever takes its minutes not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client

from tests.meetings.conftest import NOW, Table
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import derive
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import Decision, Item, Meeting, VoiceKind
from wholestory.meetings.operations import attending, deciding
from wholestory.meetings.queries.answers import attendance_of
from wholestory.meetings.queries.counting import members_on, quorum_of
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Role


def sits_too(table: Table, name: str, role: str, agency: str | None = None) -> None:
    """Another seat in the group for somebody."""
    with transaction.atomic():
        table.seats[f"{name} again"] = table.seat(name, role, agency)
        derive.rewrite(table.world.people[name])


def came(table: Table, meeting: Meeting, *names: str) -> None:
    table.came(meeting, **dict.fromkeys(names, "present"))


def with_secretary(table: Table, name: str) -> Meeting:
    """A meeting whose minutes somebody takes."""
    return table.meeting(secretary=table.world.people[name])


def decide(table: Table, item: Item, who: str = "group_chair", **said: Any) -> Decision:
    with table.acting(who) as actor:
        found = Item.objects.select_related("meeting__record__board", "about").get(pk=item.pk)
        return deciding.decide(actor=actor, item=found, words="Agreed.", today=TODAY, now=NOW, **said)


def test_somebody_in_two_seats_stands_there_once_as_the_quorum_counts_them(table: Table, browse: Any) -> None:
    sits_too(table, "police_member", Role.MEMBER, "health")
    meeting = table.meeting()
    item = table.item(meeting)
    came(table, meeting, "group_chair", "police_member", "police_member again", "lay_member")
    with table.acting("business_manager"):
        verdict, rows = quorum_of(meeting), attendance_of(meeting)
    assert verdict.here == 3
    assert len(rows) == 3
    named = table.world.people["police_member"].full_name
    assert sum(row.name == named for row in rows) == 1
    made = decide(table, item)
    with table.acting("business_manager"):
        present = [voice.name for voice in made.voices.filter(kind=VoiceKind.PRESENT)]
    assert len(present) == 3
    client: Client = browse("business_manager")
    page = client.get(f"/meetings/{meeting.record.reference}/").content.decode()
    assert "3 members present" in page
    assert page.count(named) == 1


def test_a_deputy_for_one_of_two_seats_stands_beside_whoever_sent_them(table: Table) -> None:
    sits_too(table, "police_member", Role.MEMBER, "health")
    meeting = table.meeting()
    marks = [
        attending.SeatMark(table.seats["police_member"], "present"),
        attending.SeatMark(table.seats["police_member again"], "deputy", "Kim Rowe", True),
    ]
    with table.acting("business_manager") as actor:
        attending.record(actor=actor, meeting=meeting, marks=marks, visitors=(), today=TODAY, now=NOW)
        assert len(attendance_of(meeting)) == 2
        assert quorum_of(meeting).here == 2


def test_whoever_takes_the_minutes_counts_for_nothing_though_they_hold_a_seat(table: Table) -> None:
    # Four hold a seat: the chair, police, health and lay members. Health takes the minutes, so three are members.
    meeting = with_secretary(table, "health_member")
    with table.acting("business_manager"):
        secretary = table.world.people["health_member"].pk
        assert members_on(table.group, TODAY) == 4
        assert members_on(table.group, TODAY, without=secretary) == 3
    item = table.item(meeting)
    came(table, meeting, "group_chair", "police_member", "health_member")
    with pytest.raises(MeetingRefused, match="2 members present, 3 needed"):
        decide(table, item)
    with table.acting("business_manager"):
        row = next(one for one in attendance_of(meeting) if "minutes" in one.role)
    assert "takes the minutes and is not counted" in row.role


def test_whoever_takes_the_minutes_has_no_vote(table: Table) -> None:
    meeting = with_secretary(table, "health_member")
    item = table.item(meeting)
    table.everybody_came(meeting)
    vote = deciding.Said(VoiceKind.FOR, table.world.people["health_member"])
    with pytest.raises(MeetingRefused, match="takes the minutes of this meeting and has no vote"):
        decide(table, item, voices=[vote])
    assert decide(table, item, voices=[deciding.Said(VoiceKind.FOR, table.world.people["police_member"])])


def test_a_deputy_who_comes_for_the_secretary_counts(table: Table) -> None:
    meeting = with_secretary(table, "health_member")
    table.came(meeting, group_chair="present", police_member="present", health_member="deputy:Kim Rowe")
    with table.acting("business_manager"):
        assert quorum_of(meeting).here == 3


def test_whoever_keeps_the_meeting_writes_a_decision_down_on_the_chairs_word(table: Table) -> None:
    chair = table.world.people["group_chair"]
    meeting = table.meeting(chair=chair)
    item = table.item(meeting)
    table.everybody_came(meeting)
    made = decide(table, item, "business_manager", on_word_of=chair)
    manager = table.world.people["business_manager"]
    assert (made.decided_by, made.written_by) == (chair, manager)
    with table.acting("business_manager"):
        ledger.line("meetings.decided", made.record)
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(written_by=None)


def test_nobody_else_writes_for_the_chair_and_nobody_for_somebody_else(table: Table) -> None:
    chair = table.world.people["group_chair"]
    meeting = table.meeting(chair=chair)
    item = table.item(meeting)
    table.everybody_came(meeting)
    for name in ("police_member", "lay_member", "chair", "quality_officer", "head"):
        with pytest.raises((NotForYou, Item.DoesNotExist)):
            decide(table, item, name, on_word_of=chair)
    with pytest.raises(MeetingRefused, match="on the chair’s word"):
        decide(table, item, "business_manager", on_word_of=table.world.people["police_member"])


def test_the_page_of_a_decision_says_who_wrote_it_down(table: Table, browse: Any) -> None:
    chair = table.world.people["group_chair"]
    meeting = table.meeting(on=date(2016, 3, 14), chair=chair)
    item = table.item(meeting)
    table.everybody_came(meeting)
    made = decide(table, item, "business_manager", on_word_of=chair)
    page = browse("business_manager").get(f"/meetings/decisions/{made.record.reference}/").content.decode()
    assert "Ellis Farrow in the chair; written down on the chair’s word by" in page
    assert made.record.reference in browse("group_chair").get("/meetings/decisions/").content.decode()

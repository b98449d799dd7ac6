"""Minutes: drafted, checked, approved, then locked by the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from tests.meetings.conftest import NOW, Table
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import (
    Item,
    ItemMinute,
    Meeting,
    Minutes,
    Part,
)
from wholestory.meetings.operations import attending, minutes
from wholestory.meetings.refusing import MeetingRefused

REFUSED_BY_THE_DATABASE = (ProgrammingError, InternalError)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("record__board").get(pk=meeting.pk)


def drafted(table: Table, meeting: Meeting, **of_items: str) -> Minutes:
    with table.acting("business_manager") as actor:
        begun = minutes.draft(actor=actor, meeting=fresh(meeting), today=TODAY)
        items = {item.title: item.pk for item in Item.objects.filter(meeting=meeting)}
        said = {items[title]: words for title, words in of_items.items()}
        minutes.write(actor=actor, minutes=begun, words="All were welcomed.", of_items=said)
        return begun


def approved(table: Table) -> Minutes:
    meeting = table.meeting(TODAY - timedelta(days=60))
    table.item(meeting, "Plan")
    table.item(meeting, "Pay", Part.B)
    begun = drafted(table, meeting, Plan="The plan was agreed.", Pay="Nobody objected.")
    with table.acting("business_manager") as actor:
        minutes.send_to_chair(actor=actor, minutes=begun)
    with table.acting("lay_member") as actor, pytest.raises(NotForYou):
        minutes.check(
            actor=actor, minutes=Minutes.objects.select_related("meeting__record").get(), today=TODAY
        )
    following = table.meeting(title="The next one")
    with table.acting("group_chair") as actor:
        found = Minutes.objects.select_related("meeting__record").get()
        minutes.check(actor=actor, minutes=found, today=TODAY)
        with pytest.raises(MeetingRefused, match="Record first who is here"):
            minutes.approve(actor=actor, minutes=found, at_meeting=fresh(following), today=TODAY)
    table.everybody_came(following)
    with table.acting("group_chair") as actor:
        found = Minutes.objects.select_related("meeting__record").get()
        with pytest.raises(MeetingRefused, match="later meeting"):
            minutes.approve(actor=actor, minutes=found, at_meeting=fresh(meeting), today=TODAY)
        minutes.approve(actor=actor, minutes=found, at_meeting=fresh(following), today=TODAY)
    return found


def test_approved_minutes_are_locked_by_the_database(table: Table) -> None:
    done = approved(table)
    for attempt in (
        lambda: Minutes.objects.update(words="Changed"),
        lambda: Minutes.objects.update(state="draft"),
        lambda: Minutes.objects.all()._raw_delete("default"),
        lambda: ItemMinute.objects.update(words="Changed"),
        lambda: ItemMinute.objects.all().delete(),
        lambda: ItemMinute.objects.create(
            minutes=done,
            item=Item.objects.all()[0],
            circle_id=done.circle_id,
            office_id=done.office_id,
            words="More",
        ),
    ):
        with table.acting("business_manager"):
            ledger.line("meetings.minutes_written", done.meeting.record)
            with pytest.raises(REFUSED_BY_THE_DATABASE, match="never changed"), transaction.atomic():
                attempt()


def test_a_correction_is_a_new_version_that_says_what_it_puts_right(table: Table) -> None:
    done = approved(table)
    with table.acting("business_manager") as actor:
        found = Minutes.objects.select_related("meeting__record").get(pk=done.pk)
        with pytest.raises(MeetingRefused, match="never changed"):
            minutes.write(actor=actor, minutes=found, words="X", of_items={})
        with pytest.raises(MeetingRefused, match="Say what"):
            minutes.correct(actor=actor, minutes=found, what="", today=TODAY)
        second = minutes.correct(actor=actor, minutes=found, what="Dr Lee was there", today=TODAY)
        assert (second.version, second.state, second.words) == (2, "draft", "All were welcomed.")
        with pytest.raises(MeetingRefused, match="begun already"):
            minutes.correct(actor=actor, minutes=found, what="Again", today=TODAY)


def test_what_is_minuted_of_a_closed_item_stays_in_its_circle(table: Table) -> None:
    meeting = table.meeting()
    table.listed(meeting, table.case("group_chair"), "Case")
    drafted(table, meeting, Case="The panel was divided.")
    with table.acting("lay_member"):
        assert Minutes.objects.get().words == "All were welcomed."
        assert not ItemMinute.objects.exists()


def test_who_came_is_locked_with_the_minutes(table: Table) -> None:
    done = approved(table)
    with (
        table.acting("business_manager") as actor,
        pytest.raises(MeetingRefused, match="minutes are approved"),
    ):
        attending.record(
            actor=actor, meeting=fresh(done.meeting), marks=(), visitors=(), today=date(2016, 3, 14), now=NOW
        )

"""Who came, the quorum, decisions at and between meetings, and minutes that are locked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from tests.meetings.conftest import NOW, Table, later
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import (
    Arrangement,
    Decision,
    Effect,
    Item,
    ItemMinute,
    Meeting,
    Minutes,
    Part,
    Voice,
    VoiceKind,
)
from wholestory.meetings.operations import agenda, attending, between, deciding, interests, minutes, planning
from wholestory.meetings.queries.counting import quorum_of
from wholestory.meetings.refusing import MeetingRefused

REFUSED_BY_THE_DATABASE = (ProgrammingError, InternalError)


def set_quorum(table: Table, number: int, *needs: dict[str, str], online: bool = True) -> None:
    with table.acting("business_manager") as actor:
        planning.set_quorum(
            actor=actor, arrangement=Arrangement.objects.select_related("record").get(), number=number, share="",
            needs=needs, virtual_counts=online, deputies_count=True, target=75, today=TODAY,
        )  # fmt: skip


def decide(table: Table, item: Item, who: str = "group_chair", **said: object) -> Decision:
    with table.acting(who) as actor:
        found = Item.objects.select_related("meeting__record__board", "about").get(pk=item.pk)
        return deciding.decide(actor=actor, item=found, words="Agreed.", today=TODAY, now=NOW, **said)  # type: ignore[arg-type]  # passes on what a test says


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


def asked(table: Table) -> Decision:
    table.meeting()
    with table.acting("business_manager") as actor:
        return between.ask(
            actor=actor, arrangement=Arrangement.objects.select_related("record__board").get(),
            words="Write to the council?", why="The consultation ends on Friday.", reply_by=TODAY + timedelta(days=3),
            today=TODAY,
        )  # fmt: skip


def answer(table: Table, decision: Decision, who: str, kind: str, words: str = "", minutes: int = 0) -> None:
    with table.acting(who) as actor:
        between.answer(
            actor=actor, decision=Decision.objects.select_related("record").get(pk=decision.pk), kind=kind, words=words,
            today=TODAY, now=later(minutes),
        )  # fmt: skip


def test_a_decision_between_meetings_is_asked_answered_concluded_and_ratified(table: Table) -> None:
    question = asked(table)
    answer(table, question, "police_member", VoiceKind.FOR)
    answer(table, question, "lay_member", VoiceKind.FOR)
    with table.acting("group_chair") as actor:
        found = Decision.objects.select_related("record").get()
        with pytest.raises(MeetingRefused, match="2 members answered, 3 needed"):
            between.conclude(actor=actor, decision=found, agreed=True, today=TODAY)
    answer(table, question, "health_member", VoiceKind.AGAINST, "Not our duty")
    with table.acting("lay_member") as actor, pytest.raises(NotForYou):
        between.conclude(actor=actor, decision=Decision.objects.get(), agreed=True, today=TODAY)
    with table.acting("group_chair") as actor:
        found = Decision.objects.select_related("record").get()
        between.conclude(actor=actor, decision=found, agreed=True, today=TODAY)
    later_meeting = table.meeting(title="The next one")
    with (
        table.acting("group_chair") as actor,
        pytest.raises(MeetingRefused, match="Record first who is here"),
    ):
        between.ratify(
            actor=actor, decision=Decision.objects.get(), meeting=fresh(later_meeting), today=TODAY
        )
    table.everybody_came(later_meeting)
    with table.acting("group_chair") as actor:
        found = Decision.objects.select_related("record").get()
        between.ratify(actor=actor, decision=found, meeting=fresh(later_meeting), today=TODAY)
        assert Decision.objects.get().state == "ratified"


def test_the_latest_answer_counts_and_a_majority_is_needed(table: Table) -> None:
    question = asked(table)
    answer(table, question, "police_member", VoiceKind.FOR)
    answer(table, question, "police_member", VoiceKind.AGAINST, "On reflection", minutes=5)
    answer(table, question, "lay_member", VoiceKind.FOR)
    answer(table, question, "health_member", VoiceKind.ABSTAINED)
    with table.acting("group_chair") as actor:
        found = Decision.objects.select_related("record").get()
        with pytest.raises(MeetingRefused, match="not more answers for it"):
            between.conclude(actor=actor, decision=found, agreed=True, today=TODAY)
        between.conclude(actor=actor, decision=found, agreed=False, today=TODAY)
        assert Decision.objects.get().state == "fallen"


def test_an_answer_by_email_is_written_down_for_a_member(table: Table) -> None:
    question = asked(table)
    with table.acting("business_manager") as actor:
        found = Decision.objects.select_related("record").get(pk=question.pk)
        between.answer(
            actor=actor, decision=found, kind=VoiceKind.FOR, words="By e-mail", today=TODAY, now=NOW,
            seat=table.seats["health_member"],
        )  # fmt: skip
        assert Voice.objects.get().person == table.world.people["health_member"]
        with pytest.raises(MeetingRefused, match="has a vote"):
            between.answer(
                actor=actor, decision=found, kind=VoiceKind.FOR, words="", today=TODAY, now=NOW,
                seat=table.seats["former_member"],
            )  # fmt: skip


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

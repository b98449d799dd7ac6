"""Decisions between meetings: asked, answered, concluded, ratified."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError

from tests.meetings.conftest import NOW, Table, later
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import (
    Arrangement,
    Decision,
    Meeting,
    Voice,
    VoiceKind,
)
from wholestory.meetings.operations import between
from wholestory.meetings.refusing import MeetingRefused

REFUSED_BY_THE_DATABASE = (ProgrammingError, InternalError)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("record__board").get(pk=meeting.pk)


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

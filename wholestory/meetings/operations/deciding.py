"""Decisions at a meeting: by the chair, when the meeting may decide, with who was there and who saw it differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import (
    Arrangement,
    Attendance,
    Decision,
    DecisionState,
    Effect,
    Item,
    Meeting,
    MeetingState,
    Voice,
    VoiceKind,
)
from wholestory.meetings.queries.counting import AWAY, effects_on, keeps_minutes, quorum_of
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.rules.attendance import CAME_THEMSELVES, SENT_A_DEPUTY
from wholestory.partners.models import Agency, Person
from wholestory.records import opening
from wholestory.records.models import Link, Record

DECISION = opening.Opening(Decision.record_kind, "DN", "governance")
VOTES = (VoiceKind.FOR, VoiceKind.AGAINST, VoiceKind.ABSTAINED)
#: Effects under which somebody has no vote.
NO_VOTE = AWAY | {Effect.NO_VOTE}


@dataclass(frozen=True)
class Said:
    """A vote or a minority view, of a person or of an agency."""

    kind: str
    person: Person | None = None
    agency: Agency | None = None
    words: str = ""

    @property
    def name(self) -> str:
        """Whose it is, as it is called today."""
        return self.person.full_name if self.person else self.agency.name if self.agency else ""


@transaction.atomic
def decide(
    *,
    actor: Person,
    item: Item,
    words: str,
    today: date,
    now: datetime,
    why: str = "",
    voices: Sequence[Said] = (),
    replaces: Decision | None = None,
    on_word_of: Person | None = None,
) -> Decision:
    """Write down what was decided on an item, with who was there. Its words are never edited afterwards.

    By the chair, or by whoever keeps the meeting, on the word of the chair it names. Raises MeetingRefused, in words,
    when the meeting is not quorate for this item, was not held yet, or a vote is somebody's who may not vote; NotForYou
    when ``actor`` neither chairs nor writes it down for the chair.
    """
    meeting = item.meeting
    chair = _who_decides(actor, item, on_word_of)
    if not words.strip():
        raise MeetingRefused("Enter what was decided.")
    if item.withdrawn_on is not None:
        raise MeetingRefused("This item was taken off the agenda.")
    effects = effects_on([item])[item.pk]
    if effects.get(chair.id) in NO_VOTE:
        whose = "You" if chair == actor else "The chair"
        raise MeetingRefused(
            f"{whose} declared an interest in this item. Name somebody else to chair it; they decide."
        )
    found = must_be_able_to_decide(meeting, item, today)
    _voices_hold(voices, effects, keeps_minutes(meeting))
    if replaces is not None and replaces.group_id != meeting.group_id:
        raise MeetingRefused("A decision takes the place of one of the same group.")
    record = opening.sheet(
        DECISION, meeting.record.board, item.circle, item.office, today, verb="meetings.decided"
    )
    ledger.line("meetings.decided_on", item.about)
    decision = Decision.objects.create(
        record=record, circle_id=item.circle_id, office_id=item.office_id, group_id=meeting.group_id, meeting=meeting,
        item=item, words=words.strip(), why=why.strip(), state=DecisionState.MADE, quorum_words=found, decided_on=today,
        decided_by=chair, written_by=None if chair == actor else actor, replaces=replaces,
    )  # fmt: skip
    present = _present(_in_the_room(meeting, item, effects))
    keep_voices(decision, [*present, *voices], actor, now)
    return decision


def _who_decides(actor: Person, item: Item, on_word_of: Person | None) -> Person:
    """Whose decision it is. Raises NotForYou."""
    if on_word_of is None or on_word_of == actor:
        authority.must_chair(actor, item.meeting, item)
        return actor
    authority.must_manage(actor, item.meeting.record)
    asking.require(actor, Verb.READ, item)
    if on_word_of != (item.chaired_by or item.meeting.chair):
        raise MeetingRefused("Only the chair decides. Say that you write it down on the chair’s word.")
    return on_word_of


def must_be_able_to_decide(meeting: Meeting, item: Item | None, today: date) -> str:
    """What was found about the quorum; raises MeetingRefused when this meeting may not decide now."""
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused("This meeting was cancelled. Nothing can be decided at it.")
    if meeting.meets_on > today:
        raise MeetingRefused(
            "This meeting has not been held yet. Decide on its day, or ask between meetings."
        )
    if not Attendance.objects.filter(meeting=meeting).exists():
        raise MeetingRefused("Record first who is here: only a quorate meeting decides.")
    verdict = quorum_of(meeting, item)
    if not verdict.quorate:
        raise MeetingRefused(
            f"{verdict.sentence} The meeting can discuss this and not decide it. Put it to the next meeting, or ask"
            " the members between meetings."
        )
    return verdict.sentence


def _voices_hold(voices: Sequence[Said], effects: Mapping[UUID, str], secretary: UUID | None) -> None:
    seen: set[tuple[str, str]] = set()
    for said in voices:
        if said.kind not in {*VOTES, VoiceKind.MINORITY} or not said.name:
            raise MeetingRefused("Say whose vote or view it is.")
        if said.kind == VoiceKind.MINORITY and not said.words.strip():
            raise MeetingRefused(f"Enter how {said.name} saw it.")
        if said.kind in VOTES:
            if said.person and said.person.id == secretary:
                raise MeetingRefused(f"{said.name} takes the minutes of this meeting and has no vote.")
            if said.person and effects.get(said.person.id) in NO_VOTE:
                raise MeetingRefused(f"{said.name} declared an interest and has no vote on this item.")
            whose = (str(said.person.id) if said.person else "", str(said.agency.id) if said.agency else "")
            if whose in seen:
                raise MeetingRefused(f"{said.name} votes once.")
            seen.add(whose)


def keep_voices(decision: Decision, voices: Sequence[Said], by: Person, now: datetime) -> None:
    """Write the voices down beside the decision, under its own circle."""
    Voice.objects.bulk_create(
        [
            Voice(
                decision=decision, circle_id=decision.circle_id, office_id=decision.office_id, kind=said.kind,
                person=said.person, agency=said.agency, name=said.name[:160], words=said.words.strip()[:1000], by=by,
                at=now,
            )
            for said in voices
        ]
    )  # fmt: skip


@transaction.atomic
def link(*, actor: Person, decision: Decision, record: Record, how: str = "led_to") -> None:
    """Link a decision to what came of it, such as an action; seen where the decision is, by those who may see both."""
    asking.require(actor, Verb.READ, record)
    door = Arrangement.objects.select_related("record").get(group=decision.group_id)
    if not authority.manages(actor, door):
        asking.require(actor, Verb.DECIDE, door, kind=Arrangement.record_kind)
    ledger.line("meetings.linked", decision.record, ids=[record.id])
    Link.objects.get_or_create(
        circle_id=decision.circle_id,
        office_id=decision.office_id,
        source=decision.record,
        target=record,
        how=how,
    )


@dataclass(frozen=True)
class _Named(Said):
    """Somebody who was there, known by a name and perhaps by nothing else."""

    called: str = ""

    @property
    def name(self) -> str:
        return self.called


def _in_the_room(meeting: Meeting, item: Item, effects: Mapping[UUID, str]) -> list[Attendance]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("person", "deputy", "agency")
    found = []
    for row in rows.order_by("created_at", "id"):
        who = row.deputy_id if row.status in SENT_A_DEPUTY else row.person_id
        gone = row.left_time and item.begun_time and row.left_time <= item.begun_time
        if row.status in {"apologies", "absent"} or gone or (who and effects.get(who) in AWAY):
            continue
        found.append(row)
    return found


def _present(rows: Sequence[Attendance]) -> list[Said]:
    """Who was there: each once, however many seats they sit in."""
    found: dict[object, list[Attendance]] = {}
    for row in rows:
        who = row.deputy_id or row.deputy_name if row.status in SENT_A_DEPUTY else row.person_id
        found.setdefault(who or row.pk, []).append(row)
    return [_there(some) for some in found.values()]


def _there(rows: Sequence[Attendance]) -> Said:
    row = rows[0]
    agencies = list({one.agency_id: one.agency for one in rows if one.agency}.values())
    agency = agencies[0] if len(agencies) == 1 else None
    called = row.person.full_name if row.person else row.name
    who = row.person
    if row.status in SENT_A_DEPUTY:
        instead = dict.fromkeys(one.person.full_name for one in rows if one.person)
        called, who = f"{row.deputy_name} (for {' and '.join(instead)})", row.deputy
    elif row.status not in CAME_THEMSELVES:
        called = f"{called} ({row.get_status_display().lower()})"
    if len(agencies) > 1:
        called += f", {' and '.join(one.name for one in agencies)}"
    return _Named(VoiceKind.PRESENT, who, agency, called=called)

"""Decisions between meetings: asked, answered by the members, concluded by the chair, ratified at the next meeting."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import Arrangement, Decision, DecisionState, Meeting, VoiceKind
from wholestory.meetings.operations.deciding import DECISION, VOTES, Said, keep_voices, must_be_able_to_decide
from wholestory.meetings.queries.counting import members_on, rule_of
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.rules import quorum
from wholestory.partners.models import Person, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Office


@transaction.atomic
def ask(
    *,
    actor: Person,
    arrangement: Arrangement,
    words: str,
    why: str,
    reply_by: date,
    today: date,
    circle: Circle | None = None,
    office: Office | None = None,
) -> Decision:
    """Put a question to the members between meetings; they answer on its page. In the group's circle unless said.

    Raises MeetingRefused and NotForYou.
    """
    authority.must_manage(actor, arrangement)
    if not words.strip() or not why.strip():
        raise MeetingRefused("Enter what is to be decided, and why it cannot wait for the next meeting.")
    if reply_by < today:
        raise MeetingRefused("The day to answer by must be today or later.")
    where, under = circle or arrangement.circle, office or arrangement.office
    record = opening.sheet(
        DECISION, arrangement.record.board, where, under, today, verb="meetings.asked_between"
    )
    return Decision.objects.create(
        record=record, circle=where, office=under, group_id=arrangement.group_id, words=words.strip(), why=why.strip(),
        state=DecisionState.ASKED, asked_on=today, reply_by=reply_by,
    )  # fmt: skip


@transaction.atomic
def answer(
    *,
    actor: Person,
    decision: Decision,
    kind: str,
    words: str,
    today: date,
    now: datetime,
    seat: Seat | None = None,
) -> None:
    """A member's answer, their own or (``seat``) one that came by e-mail and is written down by who keeps the meetings.

    Answering again is allowed until it is concluded; the latest counts. Raises MeetingRefused and NotForYou.
    """
    if decision.state != DecisionState.ASKED:
        raise MeetingRefused("This was concluded. No more answers are taken.")
    if kind not in VOTES:
        raise MeetingRefused("Choose for, against, or not voting.")
    if kind == VoiceKind.AGAINST and not words.strip():
        raise MeetingRefused("Say why you are against it.")
    if seat is None:
        asking.require(actor, Verb.READ, decision)
        seats = [
            one
            for one in authority.seats_on(decision.group_id, today).filter(person=actor)
            if one.role in authority.VOTES
        ]
        if not seats:
            raise MeetingRefused("You hold no seat with a vote in this group today.")
        seat = seats[0]
    else:
        authority.must_manage(actor, _arrangement(decision))
        if seat.group_id != decision.group_id or not seat.holds_on(today) or seat.role not in authority.VOTES:
            raise MeetingRefused("Choose a member who has a vote in this group today.")
    ledger.line("meetings.answered_between", decision.record)
    keep_voices(decision, [Said(kind, seat.person, seat.agency, words)], actor, now)


def _arrangement(decision: Decision) -> Arrangement:
    return Arrangement.objects.select_related("record").get(group=decision.group_id)


def counted(decision: Decision) -> dict[str, list[Said]]:
    """The latest answer of each member, by what it is. One query."""
    latest: dict[object, Said] = {}
    voices = decision.voices.filter(kind__in=VOTES).select_related("person", "agency")
    for voice in voices.order_by("at", "created_at"):
        latest[voice.person_id] = Said(voice.kind, voice.person, voice.agency, voice.words)
    found: dict[str, list[Said]] = {kind: [] for kind in VOTES}
    for said in latest.values():
        found[said.kind].append(said)
    return found


def quorum_of_answers(decision: Decision, today: date) -> quorum.Verdict:
    """Whether enough members answered, by the group's own rule: whoever answered is there."""
    answers = counted(decision)
    answered = {said.person.id for some in answers.values() for said in some if said.person}
    seats = [seat for seat in authority.seats_on(decision.group_id, today) if seat.person_id in answered]
    roles: dict[object, set[str]] = {}
    for held in Seat.objects.filter(person__in=answered):
        if held.holds_on(today):
            roles.setdefault(held.person_id, set()).add(held.role)
    there = [
        quorum.There(
            body=str(seat.person_id),
            agency=seat.agency.slug if seat.agency else "",
            sector=seat.agency.sector if seat.agency else "",
            roles=frozenset(roles.get(seat.person_id, set())),
        )
        for seat in seats
        if seat.role in authority.VOTES
    ]
    return quorum.judge(
        rule_of(_arrangement(decision)), members_on(decision.group_id, today), there, how="answered"
    )


@transaction.atomic
def conclude(*, actor: Person, decision: Decision, agreed: bool, today: date) -> None:
    """The chair says what came of it. Agreed needs a quorum of answers and more for than against."""
    asking.require(actor, Verb.READ, decision)
    asking.require(actor, Verb.DECIDE, _arrangement(decision), kind=Arrangement.record_kind)
    if decision.state != DecisionState.ASKED:
        raise MeetingRefused("This was concluded already.")
    verdict = quorum_of_answers(decision, today)
    answers = counted(decision)
    if agreed and not verdict.quorate:
        raise MeetingRefused(
            f"{verdict.sentence} Too few answered to decide between meetings; put it to a meeting."
        )
    if agreed and len(answers[VoiceKind.FOR]) <= len(answers[VoiceKind.AGAINST]):
        raise MeetingRefused("There are not more answers for it than against it. Put it to a meeting.")
    ledger.line("meetings.concluded_between", decision.record)
    decision.state = DecisionState.MADE if agreed else DecisionState.FALLEN
    decision.quorum_words, decision.decided_on, decision.decided_by = verdict.sentence, today, actor
    decision.save(update_fields=["state", "quorum_words", "decided_on", "decided_by"])


@transaction.atomic
def ratify(*, actor: Person, decision: Decision, meeting: Meeting, today: date) -> None:
    """A later meeting takes the decision as its own. Raises MeetingRefused unless that meeting may decide."""
    authority.must_chair(actor, meeting)
    asking.require(actor, Verb.READ, decision)
    if decision.state != DecisionState.MADE or decision.asked_on is None or decision.decided_on is None:
        raise MeetingRefused("Only what was decided between meetings is ratified, and once.")
    if meeting.group_id != decision.group_id or meeting.meets_on < decision.decided_on:
        raise MeetingRefused("Choose a meeting of the same group, on the day of the decision or later.")
    must_be_able_to_decide(meeting, None, today)
    ledger.line("meetings.ratified", decision.record)
    decision.state, decision.ratified_at_meeting, decision.ratified_on = (
        DecisionState.RATIFIED,
        meeting,
        today,
    )
    decision.save(update_fields=["state", "ratified_at_meeting", "ratified_on"])

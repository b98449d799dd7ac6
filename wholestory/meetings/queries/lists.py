"""Meetings and decisions as lists show them, and which groups somebody keeps meetings of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting
from wholestory.access.models import Membership
from wholestory.access.policy import MAY, OFFICES_BY_ROLE
from wholestory.access.verbs import Verb
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Link, Tag
from wholestory.meetings import authority, registry
from wholestory.meetings.models import (
    Arrangement,
    Decision,
    DecisionState,
    Declaration,
    Meeting,
    MeetingState,
    Part,
)
from wholestory.meetings.operations.planning import kept_elsewhere
from wholestory.partners.models import Board, Group, Person, Role, Seat

STATES = {
    MeetingState.PLANNED: "not_started", MeetingState.HELD: "done", MeetingState.CANCELLED: "not_needed",
}  # fmt: skip
DECISION_STATES = {
    DecisionState.ASKED: "waiting", DecisionState.MADE: "done", DecisionState.FALLEN: "not_needed",
    DecisionState.RATIFIED: "done",
}  # fmt: skip


def clock_words(at: time | None) -> str:
    """A time of day as people write it: 2pm, 2:30pm."""
    if at is None:
        return ""
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def meetings() -> QuerySet[Meeting]:
    """Every meeting the acting person may see."""
    return Meeting.objects.select_related("record__board", "group", "chair", "secretary")


def groups_seen() -> list[Group]:
    """Groups whose meetings the acting person may see, by name."""
    return list(Group.objects.filter(arrangement__isnull=False).order_by("name"))


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a list."""

    record_id: UUID
    title: Any
    group: str
    when: str
    where: str
    kind: str
    state: Any


def lines(found: Sequence[Meeting]) -> list[MeetingLine]:
    """Meetings as rows."""
    return [
        MeetingLine(
            one.record_id, Link(one.title, reverse("meetings:meeting", args=[one.record.reference])), one.group.name,
            f"{in_words(one.meets_on)}{f', {clock_words(one.start_time)}' if one.start_time else ''}",
            one.place or ("Online" if one.joining else ""), one.get_kind_display(),
            Tag(one.get_state_display(), STATES[MeetingState(one.state)]),
        )
        for one in found
    ]  # fmt: skip


def decisions() -> QuerySet[Decision]:
    """Every decision the acting person may see."""
    return Decision.objects.select_related(
        "record__board", "group", "meeting__record", "decided_by", "item__about"
    )


def decisions_open_to(person: Person, day: date) -> QuerySet[Decision]:
    """The same without those on confidential items that ``person``, who sits in the group, has still to answer for.

    As ``operations.must_have_declared`` asks of one item, and in the same query.
    """
    answered = Declaration.objects.filter(item=OuterRef("item"), person=person)
    return decisions().filter(
        Q(item__isnull=True)
        | Q(item__part=Part.A)
        | ~Q(group__in=authority.groups_of(person, day))
        | Exists(answered)
    )


def _day(day: date | None) -> str:
    return in_words(day) if day else ""


@dataclass(frozen=True)
class DecisionLine:
    """One decision in the register."""

    record_id: UUID
    reference: Any
    words: str
    group: str
    on: str
    state: Any


def decision_lines(found: Sequence[Decision]) -> list[DecisionLine]:
    """Decisions as rows."""
    return [
        DecisionLine(
            one.record_id,
            Link(one.record.reference, reverse("meetings:decision", args=[one.record.reference])),
            one.words,
            one.group.name,
            _day(one.decided_on or one.asked_on),
            Tag(one.get_state_display(), DECISION_STATES[DecisionState(one.state)]),
        )
        for one in found
    ]


def groups_kept(person: Person, seats: Sequence[Seat], board: Board) -> list[Group]:
    """Groups of the board that ``person`` may plan meetings of, by name.

    A handful of queries, and for each group that never met what the duties ask to say whose it is.
    """
    kept = arrangements_kept(person)
    planned = {one.group_id: one for one in Arrangement.objects.all()}
    # A group of several boards may be kept by an office of another one.
    elsewhere = kept_elsewhere(Board.objects.filter(groups__boards=board).distinct())
    offices = {key for seat in seats if seat.group_id is None for key in _offices(seat)}
    today = board.today()
    every = (
        Group.objects.filter(boards=board).filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by("name")
    )
    return [
        group
        for group in every
        if group.pk in kept
        or (group.pk not in planned and group.pk not in elsewhere and registry.office_of(group) in offices)
    ]


def _offices(seat: Seat) -> frozenset[str]:
    if f"seat.{seat.role}" not in MAY[Meeting.record_kind][Verb.MANAGE]:
        return frozenset()
    return OFFICES_BY_ROLE.get(Role(seat.role), frozenset())


def arrangements_kept(person: Person) -> set[UUID]:
    """The groups whose meetings ``person`` keeps, by what lets them in now: two queries."""
    who = acting.current()
    seat = who.seat if who is not None and who.person == person.id else None
    enough = MAY[Meeting.record_kind][Verb.MANAGE]
    circles: set[int] = set()
    offices: set[int] = set()
    refused: set[int] = set()
    now = timezone.now()
    for one in Membership.objects.filter(person=person).select_related("board"):
        today = one.board.today()
        over = (one.ends_on and today > one.ends_on) or (one.expires_at and now >= one.expires_at)
        if one.starts_on > today or over or (one.one_at_a_time and one.seat_id != seat):
            continue
        if one.circle_id and (one.refused or one.because in enough):
            (refused if one.refused else circles).add(one.circle_id)
        elif one.office_id and one.because in enough:
            offices.add(one.office_id)
    rows = Arrangement.objects.filter(Q(circle__in=circles) | Q(office__in=offices)).exclude(
        circle__in=refused
    )
    return set(rows.values_list("group_id", flat=True))

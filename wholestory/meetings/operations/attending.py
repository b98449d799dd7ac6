"""Recording who came, seat by seat; saying that a meeting was held; noting when an item was begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from wholestory import ledger
from wholestory.meetings import authority
from wholestory.meetings.models import Attendance, Item, Meeting, MeetingState, Minutes, MinutesState, Status
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Person, Seat

WITH_A_DEPUTY = frozenset({Status.DEPUTY, Status.APOLOGIES_DEPUTY})
IN_A_SEAT = frozenset(Status) - {Status.OBSERVER, Status.GUEST}


@dataclass(frozen=True)
class SeatMark:
    """What became of one seat at the meeting. An empty ``status`` says nothing about it yet."""

    seat: Seat
    status: str
    deputy_name: str = ""
    deputy_may_decide: bool = False
    online: bool = False
    left_time: time | None = None


@dataclass(frozen=True)
class Visitor:
    """An observer or guest by name, with where they come from."""

    name: str
    status: str = Status.GUEST
    online: bool = False


@transaction.atomic
def record(
    *,
    actor: Person,
    meeting: Meeting,
    marks: Sequence[SeatMark],
    visitors: Sequence[Visitor],
    today: date,
    now: datetime,
) -> None:
    """Write down who came, in place of what was written before; from its day on the meeting counts as held.

    Raises MeetingRefused for a deputy without a name, and once the minutes are approved.
    """
    authority.must_manage(actor, meeting.record)
    _may_be_recorded(meeting)
    held = {seat.pk for seat in authority.seats_on(meeting.group_id, meeting.meets_on)}
    rows = [_seat_row(actor, meeting, mark, now) for mark in marks if mark.status and mark.seat.pk in held]
    rows += [_visitor_row(actor, meeting, visitor, now) for visitor in visitors if visitor.name.strip()]
    _name_deputies(rows)
    ledger.line("meetings.attendance_recorded", meeting.record)
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(rows)
    if meeting.state == MeetingState.PLANNED and meeting.meets_on <= today and rows:
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])


def _may_be_recorded(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused("This meeting was cancelled.")
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise MeetingRefused("The minutes are approved, and with them who came. Correct the minutes instead.")


def _seat_row(actor: Person, meeting: Meeting, mark: SeatMark, now: datetime) -> Attendance:
    status = Status(mark.status)
    if status not in IN_A_SEAT:
        raise MeetingRefused("Add observers and guests by name, below the members.")
    deputy = mark.deputy_name.strip()[:120] if status in WITH_A_DEPUTY else ""
    if status in WITH_A_DEPUTY and not deputy:
        raise MeetingRefused(f"Enter who came instead of {mark.seat.person.full_name}.")
    return Attendance(
        meeting=meeting, circle_id=meeting.circle_id, office_id=meeting.office_id, seat=mark.seat,
        person=mark.seat.person, agency_id=mark.seat.agency_id, role=mark.seat.role, status=status, deputy_name=deputy,
        deputy_may_decide=bool(deputy) and mark.deputy_may_decide, online=mark.online or status == Status.VIRTUAL,
        left_time=mark.left_time if status == Status.LEFT_EARLY else None, recorded_by=actor, recorded_at=now,
    )  # fmt: skip


def _visitor_row(actor: Person, meeting: Meeting, visitor: Visitor, now: datetime) -> Attendance:
    if visitor.status not in {Status.OBSERVER, Status.GUEST}:
        raise MeetingRefused("Somebody without a seat is an observer or a guest.")
    return Attendance(
        meeting=meeting, circle_id=meeting.circle_id, office_id=meeting.office_id, name=visitor.name.strip()[:120],
        status=visitor.status, online=visitor.online, recorded_by=actor, recorded_at=now,
    )  # fmt: skip


def _name_deputies(rows: list[Attendance]) -> None:
    """A deputy known to the directory by exactly this name is that person: one body, should they hold a seat too."""
    typed = {row.deputy_name for row in rows if row.deputy_name}
    if not typed:
        return
    known: dict[str, list[Person]] = {}
    for person in Person.objects.of_flesh().filter(full_name__in=typed, joined_to=None):
        known.setdefault(person.full_name, []).append(person)
    for row in rows:
        found = known.get(row.deputy_name, [])
        row.deputy = found[0] if len(found) == 1 else None


@transaction.atomic
def begin_item(*, actor: Person, item: Item, at: time | None) -> None:
    """Note when an item was begun: whoever had left by then does not count for it."""
    authority.must_keep_or_chair(actor, item.meeting, item)
    ledger.line("meetings.item_begun", item.about)
    item.begun_time = at
    item.save(update_fields=["begun_time"])

"""Minutes: drafted, checked by the chair, approved at a later meeting of the group, then locked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.meetings import authority
from wholestory.meetings.models import Item, ItemMinute, Meeting, MeetingState, Minutes, MinutesState
from wholestory.meetings.operations.deciding import must_be_able_to_decide
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Person

LOCKED = "Approved minutes are never changed. Write a correction: it is a new version, and says what it puts right."


@transaction.atomic
def draft(*, actor: Person, meeting: Meeting, today: date) -> Minutes:
    """Begin the minutes of a meeting, or find those that were begun. Raises MeetingRefused and NotForYou."""
    authority.must_manage(actor, meeting.record)
    begun = newest(meeting)
    if begun is not None:
        return begun
    if meeting.state == MeetingState.CANCELLED or meeting.meets_on > today:
        raise MeetingRefused("There are no minutes of a meeting that was not held.")
    ledger.line("meetings.minutes_begun", meeting.record)
    return Minutes.objects.create(
        meeting=meeting,
        circle_id=meeting.circle_id,
        office_id=meeting.office_id,
        drafted_by=actor,
        drafted_on=today,
    )


@transaction.atomic
def write(*, actor: Person, minutes: Minutes, words: str, of_items: Mapping[UUID, str]) -> None:
    """Write the draft: what belongs to no item, and of each item what goes into the item's own circle."""
    authority.must_manage(actor, minutes.meeting.record)
    _must_be(minutes, MinutesState.DRAFT)
    ledger.line("meetings.minutes_written", minutes.meeting.record)
    minutes.words = words.strip()
    minutes.save(update_fields=["words"])
    written = {one.item_id: one for one in minutes.of_items.all()}
    for item in Item.objects.filter(meeting=minutes.meeting_id, pk__in=list(of_items)):
        said, before = of_items[item.pk].strip(), written.get(item.pk)
        if before is not None and said:
            before.words = said
            before.save(update_fields=["words"])
        elif before is not None:
            before.delete()
        elif said:
            ItemMinute.objects.create(
                minutes=minutes, item=item, circle_id=item.circle_id, office_id=item.office_id, words=said
            )


@transaction.atomic
def send_to_chair(*, actor: Person, minutes: Minutes) -> None:
    """Hand the draft to the chair to check."""
    authority.must_manage(actor, minutes.meeting.record)
    _must_be(minutes, MinutesState.DRAFT)
    if not minutes.words and not minutes.of_items.exists():
        raise MeetingRefused("There is nothing in these minutes yet.")
    _move(minutes, MinutesState.WITH_CHAIR, "meetings.minutes_sent")


@transaction.atomic
def take_back(*, actor: Person, minutes: Minutes) -> None:
    """Back to a draft, to change something, by who drafts them or by the chair."""
    authority.must_keep_or_chair(actor, minutes.meeting)
    if minutes.state == MinutesState.APPROVED:
        raise MeetingRefused(LOCKED)
    minutes.checked_by = minutes.checked_on = None
    _move(minutes, MinutesState.DRAFT, "meetings.minutes_returned", "checked_by", "checked_on")


@transaction.atomic
def check(*, actor: Person, minutes: Minutes, today: date) -> None:
    """The chair agrees that the draft may go to the members."""
    authority.must_chair(actor, minutes.meeting)
    _must_be(minutes, MinutesState.WITH_CHAIR)
    minutes.checked_by, minutes.checked_on = actor, today
    _move(minutes, MinutesState.CHECKED, "meetings.minutes_checked", "checked_by", "checked_on")


@transaction.atomic
def approve(*, actor: Person, minutes: Minutes, at_meeting: Meeting, today: date) -> None:
    """A later, quorate meeting of the group agrees them. From then on the database refuses any change of them."""
    authority.must_chair(actor, at_meeting)
    _must_be(minutes, MinutesState.CHECKED)
    if at_meeting.group_id != minutes.meeting.group_id or at_meeting.pk == minutes.meeting_id:
        raise MeetingRefused("Minutes are approved at a later meeting of the same group.")
    if at_meeting.meets_on < minutes.meeting.meets_on:
        raise MeetingRefused("Minutes are approved at a later meeting of the same group.")
    must_be_able_to_decide(at_meeting, None, today)
    minutes.approved_by, minutes.approved_on, minutes.approved_at_meeting = actor, today, at_meeting
    _move(
        minutes, MinutesState.APPROVED, "meetings.minutes_approved", "approved_by", "approved_on",
        "approved_at_meeting",
    )  # fmt: skip


@transaction.atomic
def correct(*, actor: Person, minutes: Minutes, what: str, today: date) -> Minutes:
    """Begin a correction of approved minutes: the next version, which says what it puts right and goes the same way.

    What is not written anew stands as the version before has it.
    """
    authority.must_manage(actor, minutes.meeting.record)
    _must_be(minutes, MinutesState.APPROVED)
    last = newest(minutes.meeting)
    if last is not None and last.pk != minutes.pk:
        raise MeetingRefused("A correction of these minutes was begun already.")
    if not what.strip():
        raise MeetingRefused("Say what the correction puts right.")
    ledger.line("meetings.minutes_corrected", minutes.meeting.record)
    return Minutes.objects.create(
        meeting=minutes.meeting, circle_id=minutes.circle_id, office_id=minutes.office_id, version=minutes.version + 1,
        words=minutes.words, correction=what.strip()[:500], drafted_by=actor, drafted_on=today,
    )  # fmt: skip


def newest(meeting: Meeting) -> Minutes | None:
    """The latest version of a meeting's minutes."""
    return (
        Minutes.objects.filter(meeting=meeting).select_related("meeting__record").order_by("-version").first()
    )


def _must_be(minutes: Minutes, state: MinutesState) -> None:
    if minutes.state == state:
        return
    if minutes.state == MinutesState.APPROVED:
        raise MeetingRefused(LOCKED)
    now = MinutesState(minutes.state).label.lower()
    raise MeetingRefused(f"These minutes are {now}. They have to be: {state.label.lower()}.")


def _move(minutes: Minutes, state: MinutesState, verb: str, *fields: str) -> None:
    ledger.line(verb, minutes.meeting.record)
    minutes.state = state
    minutes.save(update_fields=["state", *fields])

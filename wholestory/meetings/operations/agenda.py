"""The agenda: what is listed, in which order, with which papers. A duty above lists its records by reference."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import Item, Meeting, MeetingState, Paper, Part, Purpose
from wholestory.meetings.operations.planning import let_in_secretaries, new_circle
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Person
from wholestory.records import opening
from wholestory.records.models import Circle, Office, Record

ITEM = opening.Opening("meetings.item", "MI", "governance")


@transaction.atomic
def list_item(
    *,
    actor: Person,
    meeting: Meeting,
    record: Record,
    neutral_title: str,
    today: date,
    circle: Circle | None = None,
    office: Office | None = None,
    part: str = Part.B,
    purpose: str = Purpose.DECISION,
    lead: str = "",
) -> Item:
    """Put a duty's record on the agenda. The item is in ``circle`` and under ``office``, the record's own unless said.

    ``neutral_title`` is all a member is shown before they have declared their interests: a reference and an age band,
    never a name. Raises MeetingRefused when it is listed already, and NotForYou.
    """
    authority.must_manage(actor, meeting.record)
    asking.require(actor, Verb.READ, record)
    _open_for_items(meeting)
    if not neutral_title.strip():
        raise MeetingRefused("The item needs a title that names nobody.")
    if Item.objects.filter(meeting=meeting, about=record, withdrawn_on=None).exists():
        raise MeetingRefused(f"{record.reference} is on this agenda already.")
    ledger.line("meetings.listed", record)
    item = Item(
        meeting=meeting, about=record, circle=circle or record.circle, office=office or record.office, part=part,
        title=neutral_title.strip()[:200], lead=lead.strip()[:120], purpose=purpose, listed_by=actor, listed_on=today,
    )  # fmt: skip
    return _placed(item)


@transaction.atomic
def add_item(
    *,
    actor: Person,
    meeting: Meeting,
    part: str,
    title: str,
    purpose: str,
    today: date,
    lead: str = "",
    minutes_allowed: int | None = None,
) -> Item:
    """Put something on the agenda that is about no record of a duty.

    A confidential item gets a circle of its own that the group's seats open, so that one member can be kept out of it.
    """
    authority.must_manage(actor, meeting.record)
    _open_for_items(meeting)
    if not title.strip():
        raise MeetingRefused("Enter what the item is about.")
    board = meeting.record.board
    circle = meeting.circle
    if part == Part.B:
        circle = new_circle(meeting.group, board)
        let_in_secretaries(actor, meeting, circle, today)
    about = opening.sheet(ITEM, board, circle, meeting.office, today, verb="meetings.item_added")
    item = Item(
        meeting=meeting, about=about, circle=circle, office=meeting.office, part=part, title=title.strip()[:200],
        lead=lead.strip()[:120], purpose=purpose, minutes_allowed=minutes_allowed, listed_by=actor, listed_on=today,
    )  # fmt: skip
    return _placed(item)


def _placed(item: Item) -> Item:
    """At the end: places are moments, so that no clash and no gap tells of items somebody does not see."""
    item.place = int(item.created_at.timestamp() * 1_000_000)
    item.save(force_insert=True)
    return item


def _open_for_items(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused("This meeting was cancelled.")


@transaction.atomic
def change_item(
    *,
    actor: Person,
    item: Item,
    title: str,
    purpose: str,
    lead: str = "",
    minutes_allowed: int | None = None,
    chaired_by: Person | None = None,
) -> None:
    """Change what the agenda says of an item. Its part stays: it decides who may be kept out of it."""
    authority.must_manage(actor, item.meeting.record)
    _listed(item)
    if not title.strip():
        raise MeetingRefused("Enter what the item is about.")
    ledger.line("meetings.item_changed", item.about)
    item.title, item.purpose, item.lead = title.strip()[:200], purpose, lead.strip()[:120]
    item.minutes_allowed, item.chaired_by = minutes_allowed, chaired_by
    item.save(update_fields=["title", "purpose", "lead", "minutes_allowed", "chaired_by"])


@transaction.atomic
def move_item(*, actor: Person, item: Item, earlier: bool) -> bool:
    """Change places with the neighbour in the same part, as far as ``actor`` sees one. False at either end."""
    authority.must_manage(actor, item.meeting.record)
    _listed(item)
    beside = Item.objects.filter(meeting=item.meeting_id, part=item.part, withdrawn_on=None)
    beside = (
        beside.filter(place__lt=item.place).order_by("-place")
        if earlier
        else beside.filter(place__gt=item.place).order_by("place")
    )
    other = beside.first()
    if other is None:
        return False
    ledger.line("meetings.item_moved", item.about)
    item.place, other.place = other.place, item.place
    Item.objects.bulk_update([item, other], ["place"])
    return True


@transaction.atomic
def withdraw_item(*, actor: Person, item: Item, because: str, today: date) -> None:
    """Take an item off the agenda. What was declared about it stays."""
    authority.must_manage(actor, item.meeting.record)
    _listed(item)
    if not because.strip():
        raise MeetingRefused("Say why the item is taken off.")
    if item.decisions.exists():
        raise MeetingRefused("Something was decided on this item, so it stays on the agenda.")
    ledger.line("meetings.item_withdrawn", item.about)
    item.withdrawn_on, item.withdrawn_because = today, because.strip()[:300]
    item.save(update_fields=["withdrawn_on", "withdrawn_because"])


@transaction.atomic
def add_paper(
    *, actor: Person, item: Item, record: Record, title: str, today: date, purpose: str = Purpose.INFORMATION
) -> Paper:
    """Attach a paper by its cover sheet: a stored file's, or some record of a duty. Raises MeetingRefused, NotForYou.

    Members are shown its title once they have declared; whether they may open it is asked where it is kept.
    """
    authority.must_manage(actor, item.meeting.record)
    asking.require(actor, Verb.READ, record)
    _listed(item)
    if Paper.objects.filter(item=item, paper=record).exists():
        raise MeetingRefused("This paper is attached already.")
    if not title.strip():
        raise MeetingRefused("Enter what the paper is called.")
    ledger.line("meetings.paper_added", item.about, ids=[record.id])
    return Paper.objects.create(
        item=item, paper=record, circle_id=item.circle_id, office_id=item.office_id, title=title.strip()[:200],
        purpose=purpose, added_by=actor, added_on=today,
    )  # fmt: skip


@transaction.atomic
def remove_paper(*, actor: Person, paper: Paper) -> None:
    """Take a paper off an item. The file itself stays where it is kept."""
    authority.must_manage(actor, paper.item.meeting.record)
    ledger.line("meetings.paper_removed", paper.item.about, ids=[paper.paper_id])
    paper.delete()


def _listed(item: Item) -> None:
    if item.withdrawn_on is not None:
        raise MeetingRefused("This item was taken off the agenda.")
    _open_for_items(item.meeting)

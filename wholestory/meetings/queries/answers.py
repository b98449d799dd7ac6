"""What a duty above asks: the quorum, declarations, who came, and what became of its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from wholestory.meetings.models import Attendance, Decision, Declaration, Effect, Item, Meeting
from wholestory.meetings.queries.counting import keeps_minutes, quorum_of
from wholestory.records.models import Record

__all__ = [
    "Came", "Declared", "Listed", "attendance_of", "decisions_about", "declarations_of", "meetings_about", "quorum_of",
]  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """What counts for one person and item, and how it came to that. ``history`` is earlier words, oldest first."""

    person_id: UUID
    name: str
    effect: str
    effect_words: str
    words: str
    reason: str
    by: str
    at: datetime
    history: tuple[str, ...] = ()

    @property
    def has_interest(self) -> bool:
        return bool(self.effect)


def declarations_of(item: Item) -> list[Declared]:
    """Who declared what about an item, by name: one query."""
    return declarations_on([item]).get(item.pk, [])


def declarations_on(items: list[Item]) -> dict[UUID, list[Declared]]:
    """The same for many items, still one query."""
    rows: dict[UUID, dict[UUID, list[Declaration]]] = {}
    said = (
        Declaration.objects.filter(item__in=items).select_related("person", "by").order_by("at", "created_at")
    )
    for one in said:
        rows.setdefault(one.item_id, {}).setdefault(one.person_id, []).append(one)
    return {
        item: sorted((_declared(some) for some in people.values()), key=lambda one: one.name.casefold())
        for item, people in rows.items()
    }


def _declared(said: list[Declaration]) -> Declared:
    last = said[-1]
    return Declared(
        last.person_id, last.person.full_name, last.effect, effect_in_words(last.effect), last.words, last.reason,
        last.by.full_name, last.at, tuple(effect_in_words(one.effect) for one in said[:-1]),
    )  # fmt: skip


#: What follows, said of somebody else.
_OF_OTHERS = {
    Effect.NOTED: "Noted; takes part",
    Effect.NO_VOTE: "Stays and does not vote",
    Effect.LEAVE: "Leaves the room for this item",
    Effect.WITHHELD: "Papers withheld",
}


def effect_in_words(effect: str) -> str:
    """What follows from an interest, said of somebody else."""
    return _OF_OTHERS[Effect(effect)] if effect else "No interest"


@dataclass(frozen=True)
class Came:
    """Somebody who sits in the group, with all their seats; or an observer or guest at a meeting."""

    name: str
    agency: str
    role: str
    status: str
    status_words: str
    deputy: str
    online: bool
    left_time: time | None


def attendance_of(meeting: Meeting) -> list[Came]:
    """Who came to a meeting: those with seats first, by agency and name. Somebody in two seats stands there once, as
    the quorum counts them, unless they came in one and sent a deputy for the other. One query."""
    found: dict[tuple[object, ...], list[Attendance]] = {}
    rows = Attendance.objects.filter(meeting=meeting).select_related("person", "agency", "seat")
    for row in rows:
        who = row.person_id or f"name:{row.name}"
        found.setdefault((who, row.status, row.deputy_name, row.online, row.left_time), []).append(row)
    secretary = keeps_minutes(meeting)
    came = [_came(some, secretary) for some in found.values()]
    return sorted(came, key=lambda one: (not one.role, one.agency.casefold(), one.name.casefold()))


def _came(rows: list[Attendance], secretary: UUID | None) -> Came:
    row = rows[0]
    agencies = dict.fromkeys(one.agency.name for one in rows if one.agency)
    roles = list(dict.fromkeys(one.seat.get_role_display() for one in rows if one.seat))
    if row.person_id is not None and row.person_id == secretary:
        roles.append("takes the minutes and is not counted")
    return Came(
        row.person.full_name if row.person else row.name, "; ".join(sorted(agencies)), ", ".join(roles), row.status,
        row.get_status_display(), row.deputy_name, row.online, row.left_time,
    )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A meeting at which a record is or was on the agenda."""

    meeting: str
    title: str
    meets_on: date
    item: UUID
    withdrawn: bool


def meetings_about(record: Record) -> list[Listed]:
    """Where a duty's record was listed, the latest meeting first."""
    items = (
        Item.objects.filter(about=record)
        .select_related("meeting__record")
        .order_by("-meeting__meets_on", "pk")
    )
    return [
        Listed(one.meeting.record.reference, one.meeting.title, one.meeting.meets_on, one.pk,
               one.withdrawn_on is not None)
        for one in items
    ]  # fmt: skip


def decisions_about(record: Record) -> list[Decision]:
    """What was decided about a duty's record, the earliest first."""
    found = Decision.objects.filter(item__about=record).select_related(
        "record", "meeting__record", "decided_by"
    )
    return list(found.order_by("decided_on", "created_at"))

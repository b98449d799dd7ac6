"""Who counts for a quorum: what is stored, shaped for the pure rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wholestory.meetings import authority
from wholestory.meetings.models import Arrangement, Attendance, Declaration, Effect, Item, Meeting, Status
from wholestory.meetings.rules import quorum
from wholestory.meetings.rules.attendance import CAME_THEMSELVES, SENT_A_DEPUTY
from wholestory.partners.models import Group, Role, Seat

#: What takes somebody away from an item.
AWAY = frozenset({Effect.LEAVE, Effect.WITHHELD})


def rule_of(arrangement: Arrangement | None) -> quorum.Rule:
    """The group's rule; without one, somebody must be there."""
    if arrangement is None:
        return quorum.Rule()
    return quorum.Rule(
        number=arrangement.quorum_number,
        share=quorum.SHARES.get(arrangement.quorum_share),
        needs=quorum.read_needs(arrangement.needs),
        virtual_counts=arrangement.virtual_counts,
        deputies_count=arrangement.deputies_count,
    )


def keeps_minutes(meeting: Meeting) -> UUID | None:
    """Who takes the minutes of the meeting and is no member at it, whatever seat they hold; a chair who also writes
    stays the chair."""
    return meeting.secretary_id if meeting.secretary_id != meeting.chair_id else None


def members_on(group: Group | UUID, day: date, without: UUID | None = None) -> int:
    """How many people hold a seat that counts: somebody in two seats is one; ``without`` leaves one person out."""
    seats = authority.seats_on(group, day).filter(role__in=authority.VOTES).exclude(role=Role.DEPUTY)
    if without is not None:
        seats = seats.exclude(person=without)
    return seats.order_by().values("person").distinct().count()


def quorum_of(meeting: Meeting, item: Item | None = None) -> quorum.Verdict:
    """Whether the meeting, or the meeting on this item, may decide, by what is recorded of who came.

    Four queries, five with an item.
    """
    arrangement = Arrangement.objects.filter(group=meeting.group_id).first()
    return quorum.judge(
        rule_of(arrangement),
        members_on(meeting.group_id, meeting.meets_on, without=keeps_minutes(meeting)),
        there(meeting, item),
    )


def there(meeting: Meeting, item: Item | None = None) -> list[quorum.There]:
    """Everybody whose presence counts, with whether they left for the item or had gone before it was begun."""
    rows = [
        row
        for row in Attendance.objects.filter(meeting=meeting).select_related("agency")
        if row.status in CAME_THEMSELVES | SENT_A_DEPUTY and row.role in authority.VOTES
    ]
    secretary = keeps_minutes(meeting)
    rows = [row for row in rows if secretary is None or _who(row) != secretary]
    roles = _roles_of({person for row in rows if (person := _who(row))}, meeting.meets_on)
    left = away_from(item) if item is not None else set()
    return [_there(row, roles, left, item) for row in rows]


def _who(row: Attendance) -> UUID | None:
    return row.deputy_id if row.status in SENT_A_DEPUTY else row.person_id


def _there(row: Attendance, roles: dict[UUID, set[str]], left: set[UUID], item: Item | None) -> quorum.There:
    who, deputy = _who(row), row.status in SENT_A_DEPUTY
    gone = (
        row.status == Status.LEFT_EARLY
        and item is not None
        and item.begun_time is not None
        and row.left_time is not None
        and row.left_time <= item.begun_time
    )
    return quorum.There(
        body=str(who) if who else f"name:{row.deputy_name.casefold()}",
        agency=row.agency.slug if row.agency else "",
        sector=row.agency.sector if row.agency else "",
        # A deputy sits in the seat, and brings the roles they hold themselves.
        roles=frozenset({row.role} | (roles.get(who, set()) if who else set())),
        virtual=row.online or row.status == Status.VIRTUAL,
        deputy=deputy,
        away=gone or (who is not None and who in left),
    )


def away_from(item: Item) -> set[UUID]:
    """Who left the room for this item, or is kept out of it, by what counts of the declarations."""
    return {person for person, effect in effects_on([item])[item.pk].items() if effect in AWAY}


def effects_on(items: Iterable[Item]) -> dict[UUID, dict[UUID, str]]:
    """For each item, what follows for each person who declared: the latest word, in one query."""
    found: dict[UUID, dict[UUID, str]] = {item.pk: {} for item in items}
    said = Declaration.objects.filter(item__in=list(found)).order_by("at", "created_at")
    for item, person, effect in said.values_list("item_id", "person_id", "effect"):
        found[item][person] = effect
    return found


def _roles_of(people: set[UUID], day: date) -> dict[UUID, set[str]]:
    """Every role each of them holds on that day, in whatever group: the designated doctor sits as a member."""
    roles: dict[UUID, set[str]] = {}
    for seat in Seat.objects.filter(person__in=people, starts_on__lte=day):
        if seat.holds_on(day):
            roles.setdefault(seat.person_id, set()).add(seat.role)
    return roles

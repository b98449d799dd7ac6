"""Who is around a record: read whole, from the one function that shows both doors to whoever is in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from wholestory.access.asking import Answer, judged
from wholestory.access.policy import MAY
from wholestory.access.policy_in_words import BECAUSE
from wholestory.access.verbs import Verb
from wholestory.partners.models import Board, Person, Seat
from wholestory.records.models import Record


@dataclass(frozen=True)
class Membership:
    """One reason for one person, now or not."""

    person: UUID
    by_office: bool
    because: str
    refused: bool
    seat: UUID | None
    starts_on: date
    ends_on: date | None
    expires_at: datetime | None

    def why_not_now(self, today: date, now: datetime) -> str:
        """Why this reason does not count at the moment; empty when it does."""
        if self.starts_on > today:
            return "not yet begun"
        if self.ends_on and today > self.ends_on:
            return "ended"
        if self.expires_at and now >= self.expires_at:
            return "run out"
        return ""


def memberships(record: Record) -> list[Membership]:
    """Everybody around ``record``; empty for whoever is not in one of its doors themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, office_id is not null, because, refused, seat_id, starts_on, ends_on, expires_at"
            " from access_around(%s, %s) order by id",
            [record.circle_id, record.office_id],
        )
        return [Membership(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Somebody:
    """One person who can see the record, and why."""

    name: str
    seats: str
    why: str
    until: date | datetime | None


def people_who_can_see(record: Record, board: Board) -> list[Somebody]:
    """Those who can see ``record`` today, by name; people kept out are left out without a word."""
    today, now = board.today(), timezone.now()
    found = [one for one in memberships(record) if not one.why_not_now(today, now)]
    kept_out = {one.person for one in found if one.refused}
    by_person: dict[UUID, list[Membership]] = {}
    for one in found:
        if one.person not in kept_out:
            by_person.setdefault(one.person, []).append(one)
    people = dict(Person.objects.filter(pk__in=by_person, is_system=False).values_list("pk", "full_name"))
    held = Seat.objects.filter(pk__in=[m.seat for ms in by_person.values() for m in ms if m.seat])
    seats = {seat.pk: str(seat) for seat in held.select_related("agency", "group")}
    shown = []
    for person, name in people.items():
        reasons = by_person[person]
        lasting = any(m.ends_on is None and m.expires_at is None for m in reasons)
        ends = [m.expires_at or m.ends_on for m in reasons if m.expires_at or m.ends_on]
        shown.append(
            Somebody(
                name,
                "; ".join(dict.fromkeys(seats[m.seat] for m in reasons if m.seat in seats)),
                " ".join(dict.fromkeys(BECAUSE.get(m.because, m.because) for m in reasons)),
                None if lasting or not ends else ends[-1],
            )
        )
    return sorted(shown, key=lambda one: one.name.casefold())


@dataclass(frozen=True)
class Matched:
    """One rule that speaks of the person and the record."""

    rule: str
    lets_in: bool
    counts: str
    starts_on: date
    until: date | datetime | None


@dataclass(frozen=True)
class Explained:
    """What one person may do with one record, and every rule that spoke."""

    answers: list[tuple[Verb, Answer]]
    matched: list[Matched]
    seats: list[str]


def explained(person: Person, record: Record, board: Board) -> Explained:
    """What ``person`` may do with ``record`` today, taking each team seat as the one they act in."""
    today, now = board.today(), timezone.now()
    about = [one for one in memberships(record) if one.person == person.id]
    counting = [one for one in about if not one.why_not_now(today, now)]
    lets_in = sorted({one.because for one in counting if not one.refused})
    keeps_out = sorted({one.because for one in counting if one.refused})
    verbs = [
        Verb.READ,
        *(verb for verb in Verb if verb in MAY.get(record.kind, {}) and verb is not Verb.LIST),
    ]
    matched = [
        Matched(
            BECAUSE.get(one.because, one.because),
            not one.refused,
            one.why_not_now(today, now),
            one.starts_on,
            one.expires_at or one.ends_on,
        )
        for one in about
    ]
    held = Seat.objects.filter(person=person, board=board).select_related("agency", "group")
    seats = [str(seat) for seat in held if seat.holds_on(today)]
    return Explained(
        [(verb, judged(lets_in, keeps_out, verb, record.kind)) for verb in verbs], matched, seats
    )

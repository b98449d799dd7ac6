"""Reading the access record, for those who keep information governance; the database checks that they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection

#: No line is older than this or younger than that.
LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """One line about a record: ``listed`` means it was one of several shown in a list."""

    at: datetime
    person: UUID | None
    seat: UUID | None
    verb: str
    reason: str
    writes: bool
    listed: bool


@dataclass(frozen=True)
class Done:
    """One line about a person: what they did, to which record."""

    at: datetime
    seat: UUID | None
    verb: str
    kind: str
    record: UUID | None
    ids: tuple[UUID, ...]
    reason: str
    writes: bool


@dataclass(frozen=True)
class Cover:
    """What the keepers may know of a record: that it is one, of which kind, under which reference."""

    id: UUID
    reference: str
    kind: str
    board_id: UUID


def find(reference: str) -> Cover | None:
    """The record with this reference; None for anyone without the office, and for a keeper who is refused it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ledger.covers('{}', %s)", [reference])
        row = cursor.fetchone()
    return Cover(*row) if row else None


def covers(records: Iterable[UUID]) -> dict[UUID, Cover]:
    """The references and kinds of these records, for the same readers."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ledger.covers(%s)", [list(records)])
        return {row[0]: Cover(*row) for row in cursor.fetchall()}


def seen(
    record: UUID, since: datetime = LONG_AGO, until: datetime = FAR_OFF, at_most: int = 500
) -> list[Seen]:
    """Who opened, listed, changed or tried ``record``, newest first; empty for anyone without the office."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ledger.seen(%s, %s, %s, %s)", [record, since, until, at_most])
        return [Seen(*row) for row in cursor.fetchall()]


def done_by(
    person: UUID, since: datetime = LONG_AGO, until: datetime = FAR_OFF, at_most: int = 500
) -> list[Done]:
    """What ``person`` did, newest first; empty for anyone without the office."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ledger.done_by(%s, %s, %s, %s)", [person, since, until, at_most])
        return [Done(r[0], r[1], r[2], r[3], r[4], tuple(r[5]), r[6], r[7]) for r in cursor.fetchall()]


def done_in_seats(seats: list[UUID], since: datetime) -> list[tuple[UUID, date, int, int]]:
    """Per seat and day, how many changes and readings were made acting in it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ledger.done_in_seats(%s, %s)", [seats, since])
        return list(cursor.fetchall())

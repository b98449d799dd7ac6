"""Reads for the pages about access, shaped for showing; each a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from wholestory.access.screens import wording
from wholestory.ledger import reading
from wholestory.partners.models import LONDON, Board, Person, Seat

#: More lines than anyone reads; the page says when there are more.
MOST_LINES = 2000


@dataclass(frozen=True)
class LineAboutARecord:
    """Somebody did, saw or tried something."""

    at: datetime
    who: str
    seat: str
    what: str
    why: str
    changed: str


@dataclass(frozen=True)
class LineAboutAPerson:
    """Something a person did, saw or tried."""

    at: datetime
    what: str
    record: str
    kind: str
    seat: str
    why: str
    changed: str


def _from(day: date | None) -> datetime:
    return datetime.combine(day, time(0), LONDON) if day else reading.LONG_AGO


def _to(day: date | None) -> datetime:
    if day is None or day >= date.max - timedelta(days=1):
        return reading.FAR_OFF
    return datetime.combine(day + timedelta(days=1), time(0), LONDON)


def _names(people: Iterable[UUID | None]) -> dict[UUID, str]:
    return dict(Person.objects.filter(pk__in={p for p in people if p}).values_list("pk", "full_name"))


def _seats(seats: Iterable[UUID | None]) -> dict[UUID, str]:
    found = Seat.objects.filter(pk__in={s for s in seats if s}).select_related("agency", "group")
    return {seat.id: str(seat) for seat in found}


def about_record(cover: reading.Cover, since: date | None, until: date | None) -> list[LineAboutARecord]:
    """Everybody who saw, changed or tried a record, newest first. Days are London days."""
    lines = reading.seen(cover.id, _from(since), _to(until), MOST_LINES)
    names, seats = _names(one.person for one in lines), _seats(one.seat for one in lines)
    return [
        LineAboutARecord(
            at=one.at,
            who=names.get(one.person, "Somebody no longer known") if one.person else "Nobody signed in",
            seat=seats.get(one.seat, "") if one.seat else "",
            what=wording.what(one.verb, listed=one.listed),
            why=wording.why(one.reason),
            changed="Changed" if one.writes else "",
        )
        for one in lines
    ]


def about_person(person: Person, since: date | None, until: date | None) -> list[LineAboutAPerson]:
    """Everything a person did, newest first; a list they were shown is one line."""
    lines = reading.done_by(person.id, _from(since), _to(until), MOST_LINES)
    covers = reading.covers(
        {one.record for one in lines if one.record} | {i for one in lines for i in one.ids[:1]}
    )
    seats = _seats(one.seat for one in lines)
    found = []
    for one in lines:
        cover = covers.get(one.record) if one.record else None
        record = cover.reference if cover else ""
        if not record and one.ids:
            record = f"{len(one.ids)} in a list"
        found.append(
            LineAboutAPerson(
                at=one.at,
                what=wording.what(one.verb),
                record=record,
                kind=wording.kind(one.kind) if one.kind else "",
                seat=seats.get(one.seat, "") if one.seat else "",
                why=wording.why(one.reason),
                changed="Changed" if one.writes else "",
            )
        )
    return found


def people_called(words: str, board: Board, at_most: int = 20) -> list[Person]:
    """People with a seat on ``board``, now or before, whose name or address has these words."""
    found = Person.objects.filter(Q(full_name__icontains=words) | Q(email__iexact=words), seats__board=board)
    return list(found.distinct().order_by("full_name", "pk")[:at_most])

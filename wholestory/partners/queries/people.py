"""People: the list of those a board knows, and one person's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower

from wholestory.partners.models import (
    BOARD_ROLES,
    TEAM_ROLES,
    Board,
    Counterpart,
    LeaveCover,
    Person,
    Role,
    Seat,
)
from wholestory.partners.queries.board import by_role, current
from wholestory.partners.queries.gathered import day, gathered


@dataclass(frozen=True)
class SeatLine:
    """A seat as a person's line or page shows it."""

    id: str
    role: str
    words: str
    where: str
    agency_slug: str
    group_slug: str
    starts_on: date
    ends_on: date | None
    held: bool
    group: str = ""
    board: str = ""
    here: bool = True

    @property
    def whole(self) -> str:
        """The seat in one line: what, and where."""
        return f"{self.words}, {self.where}" if self.where else self.words


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    id: str
    full_name: str
    job_title: str
    email: str
    telephone: str
    seats: tuple[SeatLine, ...]
    agencies: str
    left_on: date | None

    @property
    def seats_shown(self) -> str:
        """What somebody is, without repeating for whom: the list says that beside it."""
        words = dict.fromkeys(
            f"{seat.words} of {seat.group}" if seat.group else seat.words for seat in self.seats
        )
        held = any(seat.held for seat in self.seats)
        return "; ".join(words) if held or not words else f"Was: {'; '.join(words)}"

    @property
    def seat_words(self) -> str:
        """Every seat held now, for a file."""
        return "; ".join(seat.whole for seat in self.seats if seat.held)


def of_board(board: Board, today: date, *, members_only: bool) -> QuerySet[Person]:
    """The people a board knows by their seats. ``members_only`` leaves board, groups and team of that day."""
    seats = Seat.objects.filter(board=board, person=OuterRef("pk"))
    held = current(seats, today)
    known = seats if not members_only else held.filter(role__in=[*BOARD_ROLES, *TEAM_ROLES])
    return (
        Person.objects.of_flesh()
        .filter(Exists(known), joined_to=None)
        .annotate(by_name=Lower("full_name"), by_surname=Lower(_surname("full_name")), holds=Exists(held))
    )


def _surname(field: str) -> Func:
    """The last word of a name: how people look for each other in a list."""
    return Func(F(field), Value(r"^.*\s"), Value(""), function="regexp_replace", output_field=CharField())


def line_of(seat: Seat, board: Board, today: date) -> SeatLine:
    """A seat, which comes with its agency and group, as a page shows it."""
    agency = seat.agency.name if seat.agency else ""
    group = seat.group.name if seat.group else ""
    return SeatLine(
        id=str(seat.id), role=seat.role, words=seat.get_role_display(),
        where=", ".join(one for one in (group, agency) if one),
        agency_slug=seat.agency.slug if seat.agency else "", group_slug=seat.group.slug if seat.group else "",
        starts_on=seat.starts_on, ends_on=seat.ends_on, held=seat.holds_on(today),
        group=group, here=seat.board_id == board.pk,
    )  # fmt: skip


def as_rows(people: Sequence[Person], board: Board, today: date, *, members_only: bool) -> list[PersonRow]:
    """People from ``of_board`` with their seats, in one more query."""
    seats: dict[object, list[Seat]] = {}
    wanted = Seat.objects.filter(board=board, person__in=[person.pk for person in people])
    if members_only:
        wanted = wanted.filter(role__in=[*BOARD_ROLES, *TEAM_ROLES])
    for seat in sorted(wanted.select_related("agency", "group", "person"), key=by_role):
        seats.setdefault(seat.person_id, []).append(seat)
    return [_row(person, seats.get(person.pk, ()), board, today) for person in people]


def _row(person: Person, seats: Iterable[Seat], board: Board, today: date) -> PersonRow:
    lines = tuple(line_of(seat, board, today) for seat in seats)
    shown = tuple(line for line in lines if line.held) or lines[-1:]
    agencies = dict.fromkeys(seat.agency.name for seat in seats if seat.agency and seat.holds_on(today))
    return PersonRow(
        str(person.id), person.full_name, person.job_title, person.email or "", person.telephone, shown,
        ", ".join(agencies), person.left_on,
    )  # fmt: skip


@dataclass(frozen=True)
class CoverLine:
    """Leave cover as a person's page shows it: for whom, or by whom."""

    id: str
    who: str
    who_id: str
    seat: str
    starts_on: date | None
    ends_on: date | None
    lasts: bool


@dataclass(frozen=True)
class PersonPage:
    """One person's page."""

    person: Person
    seats: tuple[SeatLine, ...]
    ended: tuple[SeatLine, ...]
    elsewhere: tuple[SeatLine, ...]
    covered_by: tuple[CoverLine, ...]
    covers: tuple[CoverLine, ...]
    counterpart: bool
    joined_from: tuple[str, ...]
    left: bool


def person_page(board: Board, id: UUID, today: date, related: Sequence[str] = ()) -> PersonPage | None:
    """Somebody the board knows, in two queries; None for others. ``related`` rows of other rooms come along."""
    seats = Seat.objects.filter(person=OuterRef("pk"))
    covering = LeaveCover.objects.filter(person=OuterRef("pk"), seat__board=board).order_by(
        "-starts_on", "id"
    )
    covered = LeaveCover.objects.filter(seat__person=OuterRef("pk"), seat__board=board).order_by(
        "-starts_on", "id"
    )
    seconds = Counterpart.objects.filter(person=OuterRef("pk"), board=board)
    known = Exists(seats.filter(board=board)) | Exists(covering) | Exists(seconds)
    fields = {"id": "id", "role": "seat__role", "starts_on": "starts_on", "ends_on": "ends_on"}
    person: Any = (
        Person.objects.filter(known, pk=id, is_system=False)
        .select_related("joined_to", *related)
        .annotate(
            covering_list=gathered(covering, who="seat__person__full_name", who_id="seat__person", **fields),
            covered_list=gathered(covered, who="person__full_name", who_id="person", **fields),
            is_counterpart=Exists(seconds.filter(Q(ends_on=None) | Q(ends_on__gte=today))),
            doubles=gathered(
                Person.objects.filter(joined_to=OuterRef("pk")).order_by("full_name"), name="full_name"
            ),
        )
        .first()
    )
    if person is None:
        return None
    held = sorted(
        Seat.objects.filter(person=person).select_related("agency", "group", "person", "board"), key=by_role
    )
    lines = [line_of(seat, board, today) for seat in held]
    here = [line for line in lines if line.here]
    return PersonPage(
        person=person,
        seats=tuple(line for line in here if line.ends_on is None or line.ends_on >= today),
        ended=tuple(line for line in here if line.ends_on and line.ends_on < today),
        elsewhere=tuple(
            _with_board(line, seat)
            for line, seat in zip(lines, held, strict=True)
            if not line.here and line.held
        ),
        covered_by=tuple(_cover(one, today) for one in person.covered_list),
        covers=tuple(_cover(one, today) for one in person.covering_list),
        counterpart=person.is_counterpart,
        joined_from=tuple(one["name"] for one in person.doubles),
        left=person.left_on is not None and person.left_on < today,
    )


def _with_board(line: SeatLine, seat: Seat) -> SeatLine:
    return SeatLine(**{**line.__dict__, "board": seat.board.name})


def _cover(one: dict[str, Any], today: date) -> CoverLine:
    ends_on = day(one["ends_on"])
    return CoverLine(
        str(one["id"]), one["who"], str(one["who_id"]), Role(one["role"]).label, day(one["starts_on"]), ends_on,
        ends_on is None or ends_on >= today,
    )  # fmt: skip

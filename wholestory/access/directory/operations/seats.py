"""Giving, changing and ending seats. Each works out at once who may see what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import OPENING_ROLES, Refusal
from wholestory.access.directory.operations import accounts
from wholestory.partners.models import (
    AGENCY_ROLES,
    TEAM_ROLES,
    Agency,
    AgencyBoard,
    Board,
    Group,
    LeaveCover,
    Person,
    Role,
    Seat,
)

KEEPERS = (Role.BUSINESS_MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class SeatDetails:
    """What a seat is, as a form gives it."""

    role: str
    starts_on: date
    ends_on: date | None = None
    group: Group | None = None
    agency: Agency | None = None
    is_account_owner: bool = False


@transaction.atomic
def give_seat(*, actor: Person, board: Board, person: Person, details: SeatDetails, today: date) -> Seat:
    """Somebody holds a seat from a day on; an account opens for them when they have an address and none yet."""
    doors.require(actor, board)
    doors.not_to_oneself(actor, board, person)
    doors.no_agency_to_oneself(actor, person, details.agency)
    doors.no_guarded_group_to_oneself(actor, person, details.group.pk if details.group else None)
    only_by_manager(actor, board, details.role)
    _fits(board, person, details)
    seat = Seat(person=person, board=board, **details.__dict__)
    doors.line("seat_given", board, "seat", [seat.id, person.id])
    seat.save(force_insert=True)
    if person.left_on is not None and (details.ends_on is None or details.ends_on > person.left_on):
        person.left_on = None
        person.save(update_fields=["left_on"])
    accounts.open_for([person], today)
    derive.rewrite(person)
    return seat


@transaction.atomic
def change_seat(*, actor: Person, seat: Seat, details: SeatDetails, today: date) -> Seat:
    """Put a seat right. What was seen under it before stays in the access record."""
    board, person = seat.board, seat.person
    doors.require(actor, board)
    doors.not_to_oneself(actor, board, person)
    doors.no_agency_to_oneself(actor, person, details.agency)
    doors.no_guarded_group_to_oneself(actor, person, details.group.pk if details.group else None)
    only_by_manager(actor, board, seat.role, details.role)
    _fits(board, person, details, but=seat)
    if seat.role in KEEPERS and (
        details.role not in KEEPERS or (details.ends_on and details.ends_on < today)
    ):
        somebody_keeps(board, without=[seat], on=today)
    doors.line("seat_changed", board, "seat", [seat.id, person.id])
    for name, value in details.__dict__.items():
        setattr(seat, name, value)
    seat.save(force_update=True)
    accounts.open_for([person], today)
    derive.rewrite(person, *covering([seat]))
    return seat


@transaction.atomic
def end_seat(*, actor: Person, seat: Seat, ends_on: date, today: date) -> Seat:
    """The seat is held for the last time on ``ends_on``; the day after, it opens nothing."""
    board = seat.board
    doors.require(actor, board)
    only_by_manager(actor, board, seat.role)
    if ends_on < seat.starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    if seat.role in KEEPERS and seat.group_id is None:
        somebody_keeps(board, without=[seat], on=max(ends_on, today))
    doors.line("seat_ended", board, "seat", [seat.id, seat.person_id])
    seat.ends_on = ends_on
    seat.save(update_fields=["ends_on"])
    derive.rewrite(seat.person, *covering([seat]))
    return seat


def _fits(board: Board, person: Person, details: SeatDetails, but: Seat | None = None) -> None:
    """Whether such a seat can be. Raises Refusal naming the field that is wrong."""
    if details.ends_on and details.ends_on < details.starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    if details.role in AGENCY_ROLES and details.agency is None:
        raise Refusal("Choose the agency this person answers for.", "agency")
    if details.role in TEAM_ROLES and (details.agency or details.group):
        field = "agency" if details.agency else "group"
        raise Refusal("A seat of the board's own team belongs to no agency and no group.", field)
    if details.group and not details.group.boards.filter(pk=board.pk).exists():
        raise Refusal(f"{details.group.name} is not a group of this board.", "group")
    if details.agency and not AgencyBoard.objects.filter(board=board, agency=details.agency).exists():
        raise Refusal(f"{details.agency.name} does not answer to this board.", "agency")
    if details.group and details.role in AGENCY_ROLES:
        raise Refusal("Choose member, deputy or adviser for a seat in a group.", "role")
    if person.joined_to_id is not None:
        raise Refusal("This entry was joined to another. Give the seat to that one.")
    others = _overlapping(board, details, but)
    mine = others.filter(person=person, role=details.role, agency=details.agency, group=details.group)
    if mine.exists():
        raise Refusal(f"{person.full_name} holds this seat already in that time.", "starts_on")
    if details.role == Role.INDEPENDENT_CHAIR and details.group is None:
        chair = others.filter(role=Role.INDEPENDENT_CHAIR, group=None).select_related("person").first()
        if chair is not None:
            raise Refusal(
                f"{chair.person.full_name} is the chair in that time. End that seat first.", "starts_on"
            )


def _overlapping(board: Board, details: SeatDetails, but: Seat | None) -> QuerySet[Seat]:
    found = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=details.starts_on), board=board)
    if details.ends_on:
        found = found.filter(starts_on__lte=details.ends_on)
    return found.exclude(pk=but.pk) if but else found


def only_by_manager(actor: Person, board: Board, *roles: str) -> None:
    """Seats that open what agencies tell the board are given, changed and ended by the business manager.

    While there is none, an administrator may, to somebody else: otherwise a board could never have one again.
    """
    guarded = set(roles) & (OPENING_ROLES - {Role.ADMINISTRATOR})
    if guarded and not doors.is_manager(actor, board) and _has_manager(board):
        raise Refusal(
            "Only the business manager gives and changes seats of the team and of the chair.", "role"
        )


def _has_manager(board: Board) -> bool:
    today = board.today()
    return Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), board=board, role=Role.BUSINESS_MANAGER, starts_on__lte=today
    ).exists()


def somebody_keeps(board: Board, without: list[Seat], on: date) -> None:
    """Raise Refusal when nobody could keep the directory the day after ``on``."""
    left = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), board=board, role__in=KEEPERS, group=None)
    if not left.exclude(pk__in=[seat.pk for seat in without]).exists():
        raise Refusal(
            "Nobody would be left to keep the directory. Give the seat to somebody else first.", "ends_on"
        )


def covering(seats: list[Seat]) -> list[Person]:
    """Whoever covers these seats, now or later: their access follows the seat's days."""
    return [cover.person for cover in LeaveCover.objects.filter(seat__in=seats).select_related("person")]

"""Adding and changing people, and their leaving and coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import OPENING_ROLES, Refusal
from wholestory.access.directory.operations import accounts
from wholestory.access.directory.operations.seats import (
    KEEPERS,
    SeatDetails,
    covering,
    give_seat,
    only_by_manager,
    somebody_keeps,
)
from wholestory.partners.models import Board, Counterpart, LeaveCover, Person, Seat


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What is known about somebody, as a form or a spreadsheet gives it."""

    full_name: str
    email: str = ""
    telephone: str = ""
    job_title: str = ""


@transaction.atomic
def add_person(
    *, actor: Person, board: Board, details: PersonDetails, seat: SeatDetails, today: date
) -> tuple[Person, Seat]:
    """Somebody new, with their first seat: people are known to a board by their seats. Raises Refusal."""
    doors.require(actor, board)
    email = details.email.strip().lower()
    if email and Person.objects.filter(email=email).exists():
        # No name: it may be somebody only another board knows.
        raise Refusal(
            "Somebody with this address is known already. Give that person the seat instead.", "email"
        )
    person = Person(
        full_name=details.full_name, email=email or None, telephone=details.telephone, job_title=details.job_title,
        is_invented=board.is_example,
    )  # fmt: skip
    doors.line("person_added", board, "person", [person.id])
    person.save(force_insert=True)
    return person, give_seat(actor=actor, board=board, person=person, details=seat, today=today)


@transaction.atomic
def change_person(*, actor: Person, board: Board, person: Person, details: PersonDetails) -> Person:
    """Put somebody's details right. They sign in with the address, so the team's and the chair's is guarded."""
    doors.require(actor, board)
    of_this_board(board, person)
    email = details.email.strip().lower() or None
    if email != person.email:
        if person.id != actor.id and belongs_elsewhere(board, person):
            raise Refusal(
                "They hold a seat on another board too, so their address is changed by themselves or by that board's"
                " agreement. Ask the other board's team.",
                "email",
            )
        guarded = not doors.is_manager(actor, board) and person.id != actor.id
        if guarded and Seat.objects.filter(board=board, person=person, role__in=OPENING_ROLES).exists():
            raise Refusal("Only the business manager changes the address of the team and the chair.", "email")
        if email and Person.objects.filter(email=email).exclude(pk=person.pk).exists():
            raise Refusal(
                "Somebody else in the directory has this address. Join the two entries instead.", "email"
            )
    doors.line("person_changed", board, "person", [person.id])
    person.full_name, person.email = details.full_name, email
    person.telephone, person.job_title = details.telephone, details.job_title
    person.save(force_update=True)
    accounts.follow_address(person)
    # Not again: an account closed by hand stays closed when a telephone number is put right.
    accounts.open_for([person], board.today(), again=False)
    return person


def belongs_elsewhere(board: Board, person: Person) -> bool:
    """Whether somebody has a seat on a board other than this one: its team alone does not decide how they sign in."""
    today = board.today()
    elsewhere = Seat.objects.filter(person=person).exclude(board=board).select_related("board")
    return any(seat.ends_on is None or seat.ends_on >= min(today, seat.board.today()) for seat in elsewhere)


def of_this_board(board: Board, person: Person) -> None:
    """Raise Refusal unless somebody has, or had, something to do with the board."""
    if not (
        Seat.objects.filter(board=board, person=person).exists()
        or LeaveCover.objects.filter(seat__board=board, person=person).exists()
        or Counterpart.objects.filter(board=board, person=person).exists()
    ):
        raise Refusal("This person is not known to this board.")


@transaction.atomic
def leave(
    *, actor: Person, board: Board, person: Person, left_on: date, today: date, now: datetime
) -> list[Seat]:
    """Somebody leaves: their seats and covers on this board end, and their account closes. Gives back the ended seats.

    When they hold seats on another board too, only this board's end and the account stays open.
    """
    doors.require(actor, board)
    of_this_board(board, person)
    held = Q(ends_on=None) | Q(ends_on__gt=left_on)
    seats = list(Seat.objects.filter(held, board=board, person=person))
    covers = list(LeaveCover.objects.filter(held, seat__board=board, person=person))
    only_by_manager(actor, board, *(seat.role for seat in seats))
    late = next((seat for seat in seats if seat.starts_on > left_on), None)
    if late is not None:
        raise Refusal("They have a seat that begins after that day. End it first.", "left_on")
    keeping = [seat for seat in seats if seat.role in KEEPERS and seat.group_id is None]
    if keeping:
        somebody_keeps(board, without=keeping, on=max(left_on, today))
    doors.line("person_left", board, "person", [person.id, *(seat.id for seat in seats)])
    for seat in seats:
        seat.ends_on = left_on
    Seat.objects.bulk_update(seats, ["ends_on"])
    for cover in covers:
        cover.ends_on = max(left_on, cover.starts_on)
    LeaveCover.objects.bulk_update(covers, ["ends_on"])
    elsewhere = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=left_on), person=person).exclude(
        board=board
    )
    if not elsewhere.exists():
        person.left_on = left_on
        person.save(update_fields=["left_on"])
        if left_on < today:
            accounts.close(person, now)
    derive.rewrite(person, *covering(seats))
    return seats

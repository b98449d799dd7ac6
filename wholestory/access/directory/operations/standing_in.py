"""Leave cover, and counterparts of the sister board: who stands in for whom, from day to day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations import accounts
from wholestory.access.directory.operations.seats import only_by_manager
from wholestory.partners.models import TEAM_ROLES, Board, Counterpart, LeaveCover, Person, Role, Seat


@transaction.atomic
def cover_leave(
    *, actor: Person, seat: Seat, person: Person, starts_on: date, ends_on: date, today: date
) -> LeaveCover:
    """``person`` acts in the seat from a day to a day. Raises Refusal when the days do not fit the seat."""
    doors.require(actor, seat.board)
    doors.not_to_oneself(actor, seat.board, person)
    only_by_manager(actor, seat.board, seat.role)
    if person.joined_to_id is not None or person.left_on is not None:
        raise Refusal(f"{person.full_name} has left.", "person")
    if person.pk == seat.person_id:
        raise Refusal("Nobody covers their own seat.", "person")
    if person.pk == actor.pk:
        raise Refusal(
            "Nobody gives cover to themselves. Ask somebody else who keeps the directory.", "person"
        )
    if seat.role == Role.INDEPENDENT_CHAIR and _is_team(seat.board, person):
        raise Refusal(
            "The chair checks on the team, so nobody of the team stands in for the chair.", "person"
        )
    if ends_on < starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    if starts_on < seat.starts_on or (seat.ends_on and ends_on > seat.ends_on):
        raise Refusal("The seat is not held on all of these days.", "starts_on")
    clash = LeaveCover.objects.filter(seat=seat, starts_on__lte=ends_on).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on)
    )
    if (other := clash.select_related("person").first()) is not None:
        raise Refusal(f"{other.person.full_name} covers this seat in that time.", "starts_on")
    cover = LeaveCover(seat=seat, person=person, starts_on=starts_on, ends_on=ends_on)
    doors.line("leave_covered", seat.board, "seat", [seat.id, person.id])
    cover.save(force_insert=True)
    accounts.open_for([person], today)
    derive.rewrite(person)
    return cover


def _is_team(board: Board, person: Person) -> bool:
    """Whether somebody holds a seat of the board's own team now."""
    today = board.today()
    held = Seat.objects.filter(board=board, person=person, role__in=TEAM_ROLES)
    return any(seat.holds_on(today) for seat in held)


@transaction.atomic
def end_cover(*, actor: Person, cover: LeaveCover, ends_on: date) -> None:
    """The cover ends on a day; when that is before its first, it is taken back altogether."""
    doors.require(actor, cover.seat.board)
    only_by_manager(actor, cover.seat.board, cover.seat.role)
    doors.line("cover_ended", cover.seat.board, "seat", [cover.seat_id, cover.person_id])
    if ends_on < cover.starts_on:
        cover.delete()
    else:
        cover.ends_on = ends_on
        cover.save(update_fields=["ends_on"])
    derive.rewrite(cover.person)


@transaction.atomic
def name_counterpart(
    *, actor: Person, board: Board, person: Person, starts_on: date, ends_on: date | None
) -> Counterpart:
    """A person of a sister board may be second where two are required and one of ours is away."""
    doors.require(actor, board)
    if not doors.is_manager(actor, board):
        raise Refusal("Only the business manager names a counterpart.", "person")
    if Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), board=board, person=person).exists():
        raise Refusal(
            f"{person.full_name} holds a seat on this board. A counterpart sits on another.", "person"
        )
    if Counterpart.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), board=board, person=person
    ).exists():
        raise Refusal(f"{person.full_name} is a counterpart already.", "person")
    counterpart = Counterpart(board=board, person=person, starts_on=starts_on, ends_on=ends_on)
    doors.line("counterpart_named", board, "person", [person.id])
    counterpart.save(force_insert=True)
    return counterpart


@transaction.atomic
def end_counterpart(*, actor: Person, counterpart: Counterpart, ends_on: date) -> None:
    """The counterpart is no longer called upon after ``ends_on``."""
    doors.require(actor, counterpart.board)
    if ends_on < counterpart.starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    doors.line("counterpart_ended", counterpart.board, "person", [counterpart.person_id])
    counterpart.ends_on = ends_on
    counterpart.save(update_fields=["ends_on"])

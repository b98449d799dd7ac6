"""Adding, changing and ending groups, which may belong to several boards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations.seats import covering
from wholestory.partners.models import Board, Group, Person, Seat
from wholestory.partners.rules.names import fold
from wholestory.partners.slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class GroupDetails:
    """What a group is, as a form gives it."""

    name: str
    short_name: str = ""
    purpose: str = ""
    terms_of_reference: str = ""
    quorum: int | None = None
    parent: Group | None = None
    starts_on: date | None = None


@transaction.atomic
def add_group(*, actor: Person, board: Board, details: GroupDetails, boards: Sequence[Board]) -> Group:
    """A new group of this board, and of any others named with it."""
    doors.require(actor, board)
    _name_is_free(board, details.name)
    group = Group(slug=free_slug(Group, details.name), **details.__dict__)
    doors.line("group_added", board, "group", [group.id])
    group.save(force_insert=True)
    group.boards.set({board, *boards})
    return group


@transaction.atomic
def change_group(
    *, actor: Person, board: Board, group: Group, details: GroupDetails, boards: Sequence[Board]
) -> Group:
    """Put a group's details right: those of a joint group are its boards' together. No board takes another off it."""
    doors.require(actor, board)
    _of_this_board(board, group)
    if fold(details.name) != fold(group.name):
        _name_is_free(board, details.name)
    if details.parent is not None:
        _no_ring(group, details.parent)
    dropped = group.boards.exclude(pk__in=[board.pk, *(one.pk for one in boards)]).first()
    if dropped is not None:
        raise Refusal(f"{dropped.name} leaves a group of its own accord. Ask its team to do that.", "boards")
    doors.line("group_changed", board, "group", [group.id])
    for name, value in details.__dict__.items():
        setattr(group, name, value)
    group.save(force_update=True)
    group.boards.set({board, *boards})
    return group


@transaction.atomic
def end_group(*, actor: Person, board: Board, group: Group, ends_on: date) -> list[Seat]:
    """The group meets for the last time on ``ends_on``: its seats end with it. Gives them back. A joint group is left
    by its boards one by one; the last of them ends it."""
    doors.require(actor, board)
    _of_this_board(board, group)
    other = group.boards.exclude(pk=board.pk).order_by("name").first()
    if other is not None:
        raise Refusal(
            f"{other.name} owns this group too, and ending it for every board needs its agreement. Leave the group"
            " instead: the last board in it ends it.",
            "ends_on",
        )
    if group.starts_on and ends_on < group.starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    below = (
        Group.objects.filter(parent=group, boards=board)
        .filter(Q(ends_on=None) | Q(ends_on__gt=ends_on))
        .first()
    )
    if below is not None:
        raise Refusal(f"{below.name} reports to this group. Change or end it first.", "ends_on")
    seats = list(
        Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), group=group).select_related("person")
    )
    if any(seat.starts_on > ends_on for seat in seats):
        raise Refusal("A member's seat begins after that day. End it first.", "ends_on")
    doors.line("group_ended", board, "group", [group.id, *(seat.id for seat in seats)])
    for seat in seats:
        seat.ends_on = ends_on
    Seat.objects.bulk_update(seats, ["ends_on"])
    group.ends_on = ends_on
    group.save(update_fields=["ends_on"])
    derive.rewrite(*{seat.person for seat in seats}, *covering(seats))
    return seats


@transaction.atomic
def leave_group(*, actor: Person, board: Board, group: Group, ends_on: date) -> list[Seat]:
    """The board sits in a joint group for the last time on ``ends_on``; the other boards go on. Gives back its ended
    seats."""
    doors.require(actor, board)
    _of_this_board(board, group)
    if not group.boards.exclude(pk=board.pk).exists():
        raise Refusal(f"{group.name} belongs to no other board: end it instead.", "ends_on")
    if ends_on > board.today():
        raise Refusal("Enter today or a day that has passed: the board leaves when you say so.", "ends_on")
    if group.starts_on and ends_on < group.starts_on:
        raise Refusal("The last day must be the first day or later.", "ends_on")
    below = Group.objects.filter(parent=group, boards=board).filter(Q(ends_on=None) | Q(ends_on__gt=ends_on))
    if (one := below.first()) is not None:
        raise Refusal(f"{one.name} reports to this group. Change, leave or end it first.", "ends_on")
    own = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), group=group, board=board)
    seats = list(own.select_related("person"))
    if any(seat.starts_on > ends_on for seat in seats):
        raise Refusal("A member's seat begins after that day. End it first.", "ends_on")
    doors.line("group_left", board, "group", [group.id, *(seat.id for seat in seats)])
    for seat in seats:
        seat.ends_on = ends_on
    Seat.objects.bulk_update(seats, ["ends_on"])
    group.boards.remove(board)
    if group.parent is not None and not group.parent.boards.filter(groups=group).exists():
        # It reported to a group of the board that left.
        group.parent = None
        group.save(update_fields=["parent"])
    derive.rewrite(*{seat.person for seat in seats}, *covering(seats))
    return seats


def _of_this_board(board: Board, group: Group) -> None:
    if not group.boards.filter(pk=board.pk).exists():
        raise Refusal(f"{group.name} is not a group of this board.")


def _name_is_free(board: Board, name: str) -> None:
    for other in Group.objects.filter(boards=board, ends_on=None):
        if fold(other.name) == fold(name):
            raise Refusal(f"There is a group called {other.name} already.", "name")


def _no_ring(group: Group, parent: Group) -> None:
    seen = {group.pk}
    above: Group | None = parent
    while above is not None:
        if above.pk in seen:
            raise Refusal("A group cannot report to itself.", "parent")
        seen.add(above.pk)
        above = above.parent

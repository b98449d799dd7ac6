"""Groups: the list of a board's, and one group's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from wholestory.partners.models import Board, Group, Seat
from wholestory.partners.queries.board import Holder, by_role, current, holder
from wholestory.partners.queries.gathered import gathered


@dataclass(frozen=True)
class GroupRow:
    """One group in the list."""

    slug: str
    name: str
    parent: str
    boards: str
    quorum: int | None
    members: int
    ends_on: date | None


def of_board(board: Board, today: date) -> QuerySet[Any]:
    """The groups of a board, with what the list shows."""
    members = current(Seat.objects.filter(group=OuterRef("pk"), person__joined_to=None), today)
    count = members.order_by().values("group").annotate(many=Count("person", distinct=True)).values("many")
    return board.groups.annotate(
        by_name=Lower("name"),
        parent_name=F("parent__name"),
        board_list=gathered(Board.objects.filter(groups=OuterRef("pk")).order_by("name"), name="short_name"),
        members=Coalesce(Subquery(count), 0),
    )


def as_rows(groups: Sequence[Any]) -> list[GroupRow]:
    """Groups from ``of_board`` as the list shows them."""
    return [
        GroupRow(
            one.slug,
            one.name,
            one.parent_name or "",
            ", ".join(b["name"] for b in one.board_list),
            one.quorum,
            one.members,
            one.ends_on,
        )
        for one in groups
    ]


@dataclass(frozen=True)
class GroupPage:
    """One group's page."""

    group: Group
    ended: bool
    boards: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...]
    members: tuple[tuple[Holder, str, bool], ...]
    """Each with the short name of the board they sit for, and whether that is the reader's own."""
    former: tuple[tuple[Holder, str, bool], ...]

    @property
    def quorate(self) -> bool | None:
        """Whether there are enough members for a quorum at all; None when no quorum is set."""
        return (
            None
            if self.group.quorum is None
            else len({one.person_id for one, _, _ in self.members}) >= self.group.quorum
        )


def group_page(board: Board, slug: str, today: date) -> GroupPage | None:
    """One group of the board with the members of every owning board, in two queries; None when there is none."""
    below = Group.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), parent=OuterRef("pk")).order_by(
        "name"
    )
    owners = Board.objects.filter(groups=OuterRef("pk")).order_by("name")
    group: Any = (
        board.groups.filter(slug=slug)
        .select_related("parent")
        .annotate(
            board_list=gathered(owners, id="id", name="name"),
            below_list=gathered(below, slug="slug", name="name"),
        )
        .first()
    )
    if group is None:
        return None
    seats = Seat.objects.filter(group=group, person__joined_to=None).select_related(
        "person", "agency", "board"
    )
    ordered = sorted(seats, key=by_role)
    return GroupPage(
        group=group,
        ended=group.ends_on is not None and group.ends_on < today,
        boards=tuple((str(one["id"]), one["name"]) for one in group.board_list),
        below=tuple((one["slug"], one["name"]) for one in group.below_list),
        members=tuple(
            (holder(one), one.board.short_name, one.board_id == board.pk)
            for one in ordered
            if one.ends_on is None or one.ends_on >= today
        ),
        former=tuple(
            (holder(one), one.board.short_name, one.board_id == board.pk)
            for one in ordered
            if one.ends_on and one.ends_on < today
        ),
    )

"""The board itself: what stands on its own page, and who is on its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wholestory.partners.editions import name as edition_name
from wholestory.partners.models import (
    BOARD_ROLES,
    TEAM_ROLES,
    AgencyBoard,
    Area,
    Board,
    Counterpart,
    Group,
    Role,
    Seat,
)
from wholestory.partners.queries.gathered import gathered

_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True)
class Holder:
    """Somebody in a seat, as a page names them."""

    person_id: str
    name: str
    role: str
    role_words: str
    agency: str
    email: str
    starts_on: date
    ends_on: date | None
    seat_id: str = ""
    group: str = ""
    is_owner: bool = False

    @property
    def is_on_board(self) -> bool:
        """Whether the seat is one of the board's own or its groups', not one for an agency's work."""
        return self.role in BOARD_ROLES


@dataclass(frozen=True)
class Named:
    """Something with a name and an address of its own."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class BoardPage:
    """Everything the board's own page shows."""

    board: Board
    edition: str
    successor: str
    predecessors: tuple[str, ...]
    areas: tuple[Named, ...]
    groups: tuple[Named, ...]
    counterparts: tuple[Named, ...]
    chair: Holder | None
    team: tuple[TeamMember, ...]
    members: int
    agencies: int


def current(seats: QuerySet[Seat], today: date) -> QuerySet[Seat]:
    """The seats held on a day."""
    return seats.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


def holder(seat: Seat) -> Holder:
    """A seat as a page shows it; the seat comes with its person and agency."""
    return Holder(
        str(seat.person_id), seat.person.full_name, seat.role, seat.get_role_display(),
        seat.agency.name if seat.agency else "", seat.person.email or "", seat.starts_on, seat.ends_on,
        str(seat.id), seat.group.name if _fetched(seat) and seat.group else "", seat.is_account_owner,
    )  # fmt: skip


def _fetched(seat: Seat) -> bool:
    return "group" in seat._state.fields_cache


def by_role(seat: Seat) -> tuple[int, str]:
    """Seats in the order of their roles, then by name."""
    return _ORDER[Role(seat.role)], seat.person.full_name.casefold()


@dataclass(frozen=True)
class TeamMember:
    """Somebody on the board's team, with all their seats on it in one line."""

    name: str
    email: str
    roles: str


def team_and_chair(board: Board, today: date) -> tuple[Holder | None, tuple[TeamMember, ...]]:
    """The chair and the team on a day, in one query. Who holds several seats is named once."""
    wanted = [*TEAM_ROLES, Role.INDEPENDENT_CHAIR]
    seats = current(Seat.objects.filter(board=board, group=None, role__in=wanted), today)
    ordered = sorted(seats.select_related("person", "agency"), key=by_role)
    chair = next((holder(one) for one in ordered if one.role == Role.INDEPENDENT_CHAIR), None)
    by_person: dict[UUID, list[Seat]] = {}
    for seat in ordered:
        if seat.role in TEAM_ROLES:
            by_person.setdefault(seat.person_id, []).append(seat)
    return chair, tuple(_team_member(theirs) for theirs in by_person.values())


def _team_member(seats: list[Seat]) -> TeamMember:
    words = [
        seat.get_role_display() if at == 0 else seat.get_role_display().lower()
        for at, seat in enumerate(seats)
    ]
    said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return TeamMember(seats[0].person.full_name, seats[0].person.email or "", said)


def board_page(board: Board, today: date) -> BoardPage:
    """The board's own page, in two queries."""
    here = OuterRef("pk")
    lasts = Q(ends_on=None) | Q(ends_on__gte=today)
    members = current(Seat.objects.filter(board=here, group=None, role__in=BOARD_ROLES), today)
    links = AgencyBoard.objects.filter(lasts, board=here, starts_on__lte=today)
    groups = Group.objects.filter(lasts, boards=here).order_by("name", "id")
    seconds = Counterpart.objects.filter(lasts, board=here).order_by("person__full_name", "id")
    rows = Board.objects.filter(Q(pk=board.pk) | Q(successor=board) | Q(pk=board.successor_id)).annotate(
        area_list=gathered(
            Area.objects.filter(boards=here).order_by("name"), key="id", name="name", note="code"
        ),
        group_list=gathered(groups, key="slug", name="name", note="short_name"),
        counterpart_list=gathered(seconds, key="id", name="person__full_name", note="ends_on"),
        member_count=_counted(members, "person"),
        agency_count=_counted(links, "agency"),
    )
    related = list(rows.order_by("valid_from", "id"))
    own = next(one for one in related if one.pk == board.pk)
    chair, team = team_and_chair(board, today)
    return BoardPage(
        board=own,
        edition=edition_name(own.edition),
        successor=next((one.name for one in related if one.pk == own.successor_id), ""),
        predecessors=tuple(one.name for one in related if one.successor_id == own.pk),
        areas=tuple(Named(**one) for one in own.area_list),
        groups=tuple(Named(**one) for one in own.group_list),
        counterparts=tuple(Named(one["key"], one["name"], one["note"] or "") for one in own.counterpart_list),
        chair=chair,
        team=team,
        members=own.member_count,
        agencies=own.agency_count,
    )


def _counted(rows: QuerySet[Any, Any], of: str) -> Coalesce:
    """How many different ``of`` there are among rows that refer to the outer query."""
    grouped = rows.order_by().values("board").annotate(many=Count(of, distinct=True))
    return Coalesce(Subquery(grouped.values("many")), 0)

"""Agencies: the list of a board's, and one agency's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from wholestory.partners.models import Agency, AgencyBoard, Board, Seat, Succession
from wholestory.partners.queries.board import Holder, by_role, current, holder
from wholestory.partners.queries.gathered import day, gathered


@dataclass(frozen=True)
class AgencyRow:
    """One agency in the list."""

    slug: str
    name: str
    short_name: str
    sector: str
    duty_basis: str
    since: date | None
    until: date | None
    people: int
    ended: bool


def of_board(board: Board, today: date) -> QuerySet[Agency]:
    """The agencies that answer or answered to a board, with what the list shows. Doubles are left out."""
    links = AgencyBoard.objects.filter(board=board, agency=OuterRef("pk"))
    holding = current(
        Seat.objects.filter(board=board, agency=OuterRef("pk"), person__is_service=False), today
    )
    people = holding.order_by().values("agency").annotate(many=Count("person", distinct=True)).values("many")
    return (
        Agency.objects.filter(Exists(links))
        .exclude(Exists(Succession.objects.filter(before=OuterRef("pk"), how="duplicate")))
        .annotate(
            by_name=Lower("name"),
            since=Subquery(links.order_by("starts_on").values("starts_on")[:1]),
            answers=Exists(links.filter(Q(ends_on=None) | Q(ends_on__gte=today))),
            until=Subquery(links.order_by("-starts_on").values("ends_on")[:1]),
            people=Coalesce(Subquery(people), 0),
        )
    )


def as_rows(agencies: Sequence[Any]) -> list[AgencyRow]:
    """Agencies from ``of_board`` as the list shows them."""
    return [
        AgencyRow(
            one.slug,
            one.name,
            one.short_name,
            one.get_sector_display(),
            one.get_duty_basis_display(),
            one.since,
            one.until,
            one.people,
            not one.answers,
        )
        for one in agencies
    ]


@dataclass(frozen=True)
class Answering:
    """A board an agency answers to, from and to."""

    board_id: str
    board: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Related:
    """Another agency this one came from, became or is part of."""

    slug: str
    name: str
    how: str
    on: date | None = None
    id: str = ""


@dataclass(frozen=True)
class AgencyPage:
    """One agency's page."""

    agency: Agency
    ended: bool
    answers_to: tuple[Answering, ...]
    before: tuple[Related, ...]
    after: tuple[Related, ...]
    parts: tuple[Related, ...]
    doubles: tuple[Related, ...]
    joined_to: Related | None
    held: tuple[Holder, ...]
    ended_seats: tuple[Holder, ...]

    @property
    def owners(self) -> list[str]:
        """Who confirms each year who still works for the agency."""
        return [one.name for one in self.held if one.is_owner]


_HOW = {
    "renamed": "renamed",
    "merged": "merged",
    "split": "split",
    "converted": "converted",
    "duplicate": "joined",
}


def agency_page(board: Board, slug: str, today: date) -> AgencyPage | None:
    """One agency that answers or answered to the board, in two queries; None when there is none."""
    links = AgencyBoard.objects.filter(agency=OuterRef("pk")).order_by("board__name", "starts_on", "id")
    came_from = Succession.objects.filter(after=OuterRef("pk")).order_by("on", "id")
    became = Succession.objects.filter(before=OuterRef("pk")).order_by("on", "id")
    agency = (
        Agency.objects.filter(Exists(links.filter(board=board)), slug=slug)
        .select_related("parent")
        .annotate(
            link_list=gathered(
                links, board_id="board", board="board__name", starts_on="starts_on", ends_on="ends_on"
            ),
            before_list=gathered(
                came_from, id="id", slug="before__slug", name="before__name", how="how", on="on"
            ),
            after_list=gathered(became, id="id", slug="after__slug", name="after__name", how="how", on="on"),
            part_list=gathered(
                Agency.objects.filter(parent=OuterRef("pk")).order_by("name"), slug="slug", name="name"
            ),
        )
        .first()
    )
    if agency is None:
        return None
    seats = Seat.objects.filter(board=board, agency=agency, person__joined_to=None, person__is_service=False)
    ordered = sorted(seats.select_related("person", "agency", "group"), key=by_role)
    answers = tuple(_answering(one) for one in agency.link_list)
    after = [_related(one) for one in agency.after_list]
    before = [_related(one) for one in agency.before_list]
    return AgencyPage(
        agency=agency,
        ended=not any(
            a.board_id == str(board.pk) and (a.ends_on is None or a.ends_on >= today) for a in answers
        ),
        answers_to=answers,
        before=tuple(one for one in before if one.how != "joined"),
        after=tuple(one for one in after if one.how != "joined"),
        parts=tuple(Related(one["slug"], one["name"], "part") for one in agency.part_list),
        doubles=tuple(one for one in before if one.how == "joined"),
        joined_to=next((one for one in after if one.how == "joined"), None),
        held=tuple(holder(one) for one in ordered if one.ends_on is None or one.ends_on >= today),
        ended_seats=tuple(holder(one) for one in ordered if one.ends_on and one.ends_on < today),
    )


def kept_elsewhere(board: Board, agency: Agency) -> Board | None:
    """The board that keeps the details of an agency, when that is not ``board``; None when ``board`` may change them.

    It is the board that added the agency, while that board and its link last; then the next. A board that follows
    on from the keeper keeps what it kept.
    """
    links = AgencyBoard.objects.filter(agency=agency).select_related("board").order_by("created_at", "id")
    lasting = [
        link.board
        for link in links
        if (link.ends_on is None or link.ends_on >= link.board.today())
        and (link.board.valid_to is None or link.board.valid_to >= link.board.today())
    ]
    keeper = lasting[0] if lasting else None
    return None if keeper is None or board.pk in {keeper.pk, keeper.successor_id} else keeper


def _answering(one: dict[str, Any]) -> Answering:
    return Answering(str(one["board_id"]), one["board"], day(one["starts_on"]), day(one["ends_on"]))


def _related(one: dict[str, Any]) -> Related:
    return Related(one["slug"], one["name"], _HOW[one["how"]], day(one["on"]), str(one["id"]))

"""Rounds and returns as lists show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wholestory.govuk.parts import Link, Tag
from wholestory.indicators.models import AgencyReturn, Collection, ReturnStage
from wholestory.indicators.rules.lateness import Days
from wholestory.partners.models import Board, Seat

OPEN = (ReturnStage.ASKED, ReturnStage.STARTED, ReturnStage.WAITING)
_MEANINGS = {
    ReturnStage.ASKED: "not_started", ReturnStage.STARTED: "in_progress", ReturnStage.WAITING: "waiting",
    ReturnStage.SENT: "with_board", ReturnStage.QUERIED: "returned", ReturnStage.ACCEPTED: "done",
    ReturnStage.WITHDRAWN: "not_needed",
}  # fmt: skip


def days_of(ret: AgencyReturn) -> Days:
    return Days(ret.due_on, ret.extended_to, ret.first_sent_on)


def status_of(ret: AgencyReturn, today: date) -> Tag:
    """Where it stands for a reader, lateness included."""
    stage = ReturnStage(ret.stage)
    if stage in OPEN and ret.first_sent_on is not None:
        return Tag("Being corrected", "in_progress")
    if stage in OPEN and days_of(ret).late(today):
        return Tag(f"Late: {stage.label.lower()}", "overdue")
    return Tag(str(stage.label), _MEANINGS[stage])


@dataclass(frozen=True)
class RoundLine:
    """A round with how many returns are where."""

    record_id: UUID
    reference: str
    label: str
    due_on: date
    closed: bool
    asked: int
    sent: int
    accepted: int


def rounds(board: Board) -> list[RoundLine]:
    """The board's rounds, newest first, each with its counts: one query."""
    asked = ~Q(returns__stage=ReturnStage.WITHDRAWN)
    rows = Collection.objects.filter(board=board).select_related("record").annotate(
        asked=Count("returns", filter=asked),
        sent=Count("returns", filter=asked & Q(returns__first_sent_on__isnull=False)),
        accepted=Count("returns", filter=Q(returns__stage=ReturnStage.ACCEPTED)),
    )  # fmt: skip
    return [
        RoundLine(
            row.record_id, row.record.reference, row.label, row.due_on, row.closed_on is not None,
            row.asked, row.sent, row.accepted,
        )
        for row in rows.order_by("-period_end", "-id")
    ]  # fmt: skip


def returns_of(collection: Collection) -> QuerySet[AgencyReturn]:
    """The returns of one round."""
    return AgencyReturn.objects.filter(collection=collection).select_related("agency", "record")


@dataclass(frozen=True)
class ReturnLine:
    """A return in the team's table."""

    record_id: UUID
    agency: Any
    status: Any
    due: date
    sent: date | None
    measures: int
    in_time: str


def return_lines(
    returns: Sequence[AgencyReturn], today: date, url: Callable[[AgencyReturn], str]
) -> list[ReturnLine]:
    """Lines of rows of ``returns_of``."""
    return [
        ReturnLine(
            ret.record_id, Link(ret.agency.name, url(ret)), status_of(ret, today), days_of(ret).last,
            ret.first_sent_on, len(ret.asks), _in_time(ret, today),
        )
        for ret in returns
    ]  # fmt: skip


def _in_time(ret: AgencyReturn, today: date) -> str:
    days = days_of(ret)
    if ret.stage == ReturnStage.WITHDRAWN or not days.due(today):
        return ""
    return "Yes" if days.in_time else "No"


@dataclass(frozen=True)
class MyReturn:
    """A return on the page of somebody who works for the agency."""

    record_id: UUID
    reference: str
    label: str
    agency: str
    last_on: date
    status: Tag
    is_open: bool
    late: bool


def of_agency(seats: Sequence[Seat], today: date) -> list[MyReturn]:
    """The returns of the agencies somebody works for, open ones first, then the newest: one query."""
    agencies = {seat.agency_id for seat in seats if seat.agency_id}
    if not agencies:
        return []
    rows = AgencyReturn.objects.filter(agency__in=agencies, board__in={seat.board_id for seat in seats})
    rows = rows.exclude(stage=ReturnStage.WITHDRAWN, first_sent_on=None).select_related("agency", "record")
    lines = [
        MyReturn(
            ret.record_id, ret.record.reference, ret.label, ret.agency.name, days_of(ret).last,
            status_of(ret, today), ret.stage in (*OPEN, ReturnStage.QUERIED) and ret.record.closed_on is None,
            ret.stage in OPEN and days_of(ret).late(today),
        )
        for ret in rows.order_by("-period_end", "agency__name", "id")
    ]  # fmt: skip
    return sorted(lines, key=lambda line: not line.is_open)

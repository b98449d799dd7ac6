"""Cycles and returns as lists show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wholestory.access.models import Grant
from wholestory.assurance.models import Cycle, CycleKind, CycleState, Return, Stage, StageChange, Tally
from wholestory.assurance.operations.moving import LEFT_OUT
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.status import Status, can_be_answered, stage_label, status_of
from wholestory.govuk.parts import Link, Tag
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Board, Person, Seat


@dataclass(frozen=True)
class CycleLine:
    """A cycle with how many returns stand where."""

    record_id: Any
    reference: str
    title: str
    due_on: date
    state: str
    counts: tuple[tuple[str, int], ...]
    asked: int
    out_of_scope: int = 0


def cycles(board: Board, *, sees_returns: bool = False, prepares: bool = False) -> list[CycleLine]:
    """The board's cycles, newest first, with their counts (see ``counts_of``). Those nobody was asked in yet are shown
    to whoever prepares them."""
    rows = Cycle.objects.filter(board=board).select_related("record").order_by("-opens_on", "-id")
    taken_back = ~Exists(Return.objects.filter(cycle=OuterRef("pk"), stage=Stage.BROUGHT_IN))
    rows = rows.exclude(taken_back, kind=CycleKind.PAST)
    found = list(rows if prepares else rows.exclude(state=CycleState.DRAFT))
    counted = _counted([cycle.id for cycle in found], sees_returns=sees_returns)
    return [_line(cycle, counted[cycle.id]) for cycle in found]


def counts_of(cycle: Cycle, *, sees_returns: bool = False) -> CycleLine:
    """One cycle with its counts.

    Who ``sees_returns`` is given counts of those they see: a return they are kept out of must not show as the
    difference. The rest of the board, which sees none, is given what the system counted.
    """
    return _line(cycle, _counted([cycle.id], sees_returns=sees_returns)[cycle.id])


def counts_from(cycle: Cycle, returns: Iterable[Return | Asked]) -> CycleLine:
    """The same from returns that were read already: all of the cycle that the reader sees."""
    return _line(cycle, Counter(ret.stage for ret in returns))


def _counted(cycle_ids: Sequence[UUID], *, sees_returns: bool) -> dict[UUID, dict[str, int]]:
    """How many returns of each cycle stand at each stage: one query for any number of cycles."""
    counted: dict[UUID, dict[str, int]] = {cycle_id: {} for cycle_id in cycle_ids}
    own = Return.objects.filter(cycle__in=cycle_ids).order_by().values_list("cycle_id", "stage")
    kept = Tally.objects.filter(cycle__in=cycle_ids).values_list("cycle_id", "stage", "number")
    for cycle_id, stage, number in own.annotate(n=Count("id")) if sees_returns else kept:
        counted[cycle_id][stage] = number
    return counted


def _line(cycle: Cycle, by_stage: Mapping[str, int]) -> CycleLine:
    counts = tuple((stage_label(stage), by_stage[stage]) for stage in Stage.values if by_stage.get(stage))
    asked = sum(by_stage.get(stage, 0) for stage in Stage.values if stage != Stage.WITHDRAWN)
    return CycleLine(
        cycle.record_id,
        cycle.record.reference,
        cycle.title,
        cycle.due_on,
        cycle.get_kind_display() if cycle.kind == CycleKind.PAST else cycle.get_state_display(),
        counts,
        asked,
        by_stage.get(LEFT_OUT, 0),
    )


def _written() -> Coalesce:
    """How much of a return's form holds an answer or a kind of nothing; what waits to be confirmed does not count."""
    said = Q(value__isnull=False) | ~Q(nothing="")
    answers = Answer.objects.filter(said, answer_set=OuterRef("answers"), to_confirm=False).order_by()
    return Coalesce(Subquery(answers.values("answer_set").annotate(n=Count("id")).values("n")), 0)


def returns_of(cycle: Cycle) -> QuerySet[Return]:
    """The returns of a cycle for its officers, each with how much has been written and who moderates it."""
    moderates = Grant.objects.filter(circle=OuterRef("circle"), role="moderator", withdrawn_at=None)
    return (
        Return.objects.filter(cycle=cycle)
        .select_related("agency", "record")
        .annotate(
            written=_written(),
            moderated_by=ArraySubquery(moderates.order_by("person__full_name").values("person__full_name")),
        )
    )


@dataclass(frozen=True)
class ReturnLine:
    """A return as the officers' table shows it."""

    record_id: Any
    agency: Any
    status: Any
    due: str
    answered: str
    moderator: str
    agency_name: str


def return_lines(returns: Sequence[Return], today: date, url: Any) -> list[ReturnLine]:
    """Lines of rows of ``returns_of``, which bring all they need."""
    lines = []
    for ret in returns:
        status: Status = status_of(ret, today)
        last = ret.extended_to or ret.due_on
        due = f"{last.day} {last:%b %Y}" + (" (extended)" if ret.extended_to else "")
        lines.append(
            ReturnLine(
                ret.record_id,
                Link(ret.agency.name, url(ret)),
                Tag(status.label, status.colour),
                due,
                f"{ret.written:,}",  # type: ignore[attr-defined]  # counted by the query
                ", ".join(ret.moderated_by),  # type: ignore[attr-defined]  # gathered by the query
                ret.agency.name,
            )
        )
    return lines


@dataclass(frozen=True)
class MyReturn:
    """A return on the page of somebody who works for the agency, or who moderates it."""

    record_id: Any
    reference: str
    title: str
    agency: str
    due_on: date
    status: Status
    is_open: bool
    late: bool


def _mine(ret: Return, today: date) -> MyReturn:
    last = ret.extended_to or ret.due_on
    waits = can_be_answered(ret)
    return MyReturn(
        ret.record_id,
        ret.record.reference,
        ret.title,
        ret.agency.name,
        last,
        status_of(ret, today),
        waits or (ret.stage == Stage.RETURNED_WITH_QUERY and ret.record.closed_on is None),
        waits and today > last,
    )


def agency_returns(person: Person, seats: Sequence[Seat], today: date) -> list[MyReturn]:
    """The returns of the agencies a person works for, open ones first, then the newest."""
    agencies = {seat.agency_id for seat in seats if seat.agency_id}
    boards = {seat.board_id for seat in seats}
    # A request that was taken back before anything was written is nobody's to keep.
    begun = Exists(StageChange.objects.filter(return_of=OuterRef("pk"), move="begun"))
    found = (
        Return.objects.filter(agency__in=agencies, board__in=boards)
        .exclude(~begun, stage=Stage.WITHDRAWN)
        .select_related("agency", "record")
    )
    lines = [_mine(ret, today) for ret in found.order_by("-issued_on", "-id")]
    return sorted(lines, key=lambda line: not line.is_open)


def to_moderate(person: Person, today: date) -> list[MyReturn]:
    """The returns a person was asked to moderate."""
    circles = Grant.objects.filter(person=person, role="moderator", withdrawn_at=None).values_list(
        "circle_id", flat=True
    )
    found = Return.objects.filter(circle__in=list(circles)).select_related("agency", "record")
    return [_mine(ret, today) for ret in found.order_by("-issued_on", "-id")]

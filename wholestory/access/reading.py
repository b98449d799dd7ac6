"""Opening and listing protected records: the one place where a reading is noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.records.models import Protected, Record
from wholestory.records.references import tidy

M = TypeVar("M", bound=Model)


def one(request: Request, queryset: QuerySet[M], *, reference: str, verb: str = "access.opened") -> M:
    """The object whose cover sheet has this reference, noted as opened.

    For anyone outside, and for a reference that does not exist, the attempt is noted and the same "not found" page
    follows. ``queryset`` is of the model that carries ``record`` (or of Record itself).
    """
    wanted = tidy(reference)
    lookup = {"reference": wanted} if queryset.model is Record else {"record__reference": wanted}
    found = queryset.filter(**lookup).first()
    if found is None:
        missing(request, wanted)
    ledger.line(verb, _sheet(cast(Any, found)), reason=_because(request), writes=False)
    return found


def missing(request: Request, reference: str) -> NoReturn:
    """Note an attempt and raise the one "not found" page."""
    ledger.attempted(reference, request.board.id if request.board else None)
    raise Http404


def listed(
    request: Request, kind: str, ids: Iterable[UUID], *, verb: str = "access.listed", reason: str = ""
) -> None:
    """Note that a list of records of ``kind`` was shown, with the ids on the page.

    Somebody without a seat today has no board of their own, and may still have been let in to single records: then
    each of the boards whose records were shown finds its own line, and an empty list leaves one line of no board.
    """
    for board_id, some in _by_board(request, list(ids)).items():
        ledger.line(
            verb, kind=kind, ids=some, reason=reason or _because(request), writes=False, board_id=board_id
        )


def must_leave(request: Request, door: Protected) -> None:
    """Stop, with a sentence that says why, where what is read may not be printed, downloaded or taken out.

    The try is noted, so that whoever reviews the emergency access finds it.
    """
    answer = asking.may_leave(request.person, door)
    if not answer:
        ledger.line("access.kept_here", _sheet(door), reason=answer.code, writes=False)
        raise PermissionDenied(answer.because)


def _sheet(door: Protected) -> Record:
    return door if isinstance(door, Record) else cast(Any, door).record


def _by_board(request: Request, ids: list[UUID]) -> dict[UUID | None, list[UUID]]:
    if request.board:
        return {request.board.id: ids}
    of = dict(Record.objects.filter(pk__in=ids).values_list("pk", "board_id")) if ids else {}
    found: dict[UUID | None, list[UUID]] = {} if ids else {None: []}
    for each in ids:
        found.setdefault(of.get(each), []).append(each)
    return found


def shown(request: Request, kind: str, rows: Sequence[Any]) -> Sequence[Any]:
    """Rows that carry ``record_id`` (or are cover sheets), noted as listed and handed back."""
    listed(request, kind, [getattr(row, "record_id", None) or row.id for row in rows])
    return rows


def _because(request: Request) -> str:
    return f"seat.{request.seat.role}" if request.seat else "no_seat"

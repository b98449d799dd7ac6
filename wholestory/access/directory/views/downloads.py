"""Taking a list of the directory away as a file: for those who keep it, and always noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from wholestory import ledger
from wholestory.access.asking import may
from wholestory.access.directory.doors import KIND
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column


def download(
    request: Request,
    page: ListPage,
    name: str,
    what: str,
    rows: Callable[[Any], Sequence[Any]],
    more: Sequence[Column] = (),
) -> HttpResponse:
    """Everything that matches, as the file asked for, with ``more`` columns than the page has room for.

    ``rows`` turns what was found into the rows of the file.
    """
    if not may(request.seats, Verb.EXPORT, KIND, request.board):
        raise Http404
    found = list(page.matching)
    ledger.line(
        f"partners.{what}", kind=KIND, ids=[one.pk for one in found], writes=False, board_id=request.board.id,
        reason=f"seat.{request.seat.role}" if request.seat else "no_seat",
    )  # fmt: skip
    title = f"{name} of {request.board.short_name or request.board.name}"
    return downloads.export(request, rows(found), [*page.columns, *more], title, page.wants_export or "csv")

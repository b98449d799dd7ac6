"""The minutes the board asked of each agency this year: its own page, and the sums for the board's team."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.queries import minutes as queries
from wholestory.assurance.rules.minutes import HOW_IT_IS_MADE, in_words, total
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.partners.models import AGENCY_ROLES

COLUMNS = (
    Column("agency", "Agency", sortable=True),
    Column("sector", "Sector", sortable=True),
    Column("requests", "Requests", numeric=True, sortable=True),
    Column("minutes", "Minutes", numeric=True, sortable=True),
    Column("time", "In words"),
    Column("told", "Told us how long", numeric=True),
)


OWN_COLUMNS = (
    Column("board", "Board"),
    Column("what", "Asked"),
    Column("on", "When"),
    Column("agency", "Of"),
    Column("expected", "Expected"),
    Column("told", "You told us"),
)


@asks(Verb.LIST, "assurance.return")
def own(request: Request) -> HttpResponse:
    """The minutes the board asked of the agencies this person works for, request by request."""
    seats = [seat for seat in request.seats if seat.role in AGENCY_ROLES and seat.agency_id]
    found: list[dict[str, Any]] = []
    for board_id in dict.fromkeys(seat.board_id for seat in seats):
        agencies = {seat.agency_id for seat in seats if seat.board_id == board_id and seat.agency_id}
        board = next(seat.board for seat in seats if seat.board_id == board_id)
        lines = queries.asked_of(board, board.today(), agencies)
        found.append(
            {"board": board, "lines": lines, "total": in_words(total(line.request for line in lines))}
        )
    shown = dict.fromkeys(line.record_id for one in found for line in one["lines"])
    page = ListPage(request.GET, rows=_in_a_file(found), columns=OWN_COLUMNS, caption="What was asked of you")
    if page.wants_export:
        reading.listed(request, "assurance.return", shown, verb="access.downloaded")
        return page.export(request, "The minutes we asked of you")
    reading.listed(request, "assurance.return", shown)
    context = {"boards": found, "how": HOW_IT_IS_MADE, "page": page if shown else None}
    return render(request, "assurance/minutes.html", context)


def _in_a_file(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The requests of every board, one below the other."""
    return [
        {
            "board": str(one["board"]),
            "what": line.request.what,
            "on": line.on,
            "agency": line.agency,
            "expected": line.expected,
            "told": line.told or "Not told",
        }
        for one in found
        for line in one["lines"]
    ]


@asks(Verb.EXPORT, "assurance.cycle")
def burden(request: Request) -> HttpResponse:
    """The sum per agency and per sector, to read and download."""
    lines = queries.asked_of(request.board, request.today)
    page = ListPage(
        request.GET, rows=queries.by_agency(lines), columns=COLUMNS, sort="-minutes", caption="Minutes by agency",
        empty="Nothing was asked of anybody in the last twelve months.", tie_break="",
    )  # fmt: skip
    shown = list(dict.fromkeys(line.record_id for line in lines))
    if page.wants_export:
        reading.listed(request, "assurance.return", shown, verb="access.downloaded")
        return page.export(request, "Minutes asked of agencies")
    reading.listed(request, "assurance.return", shown)
    return render(
        request,
        "assurance/burden.html",
        {
            "page": page,
            "sectors": queries.by_sector(lines),
            "total": in_words(total(line.request for line in lines)),
            "how": HOW_IT_IS_MADE,
            "since": queries.a_year_before(request.today),
            "until": request.today,
            "wide": True,
        },
    )

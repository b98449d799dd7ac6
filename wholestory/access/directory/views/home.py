"""The board's own page, and the page that tells everybody how to reach its team."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asking import may
from wholestory.access.asks import signed_in
from wholestory.access.directory.doors import KIND
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.partners.models import Board, Role, Seat
from wholestory.partners.queries import board as queries


def keeps_directory(request: Request) -> bool:
    """Whether the reader is offered what changes the directory."""
    return may(request.seats, Verb.MANAGE, KIND, request.board)


def acts_as_manager(request: Request) -> bool:
    """Whether the reader acts as the business manager: which choices a form offers. The operation decides again."""
    return request.seat is not None and request.seat.role == Role.BUSINESS_MANAGER


@signed_in("The board's own page for its members; everybody else is sent to its contact page")
def home(request: Request) -> HttpResponse:
    """About the board: what it is, its team, groups and areas."""
    if request.board is None or not may(request.seats, Verb.LIST, KIND, request.board):
        return redirect("partners:contact")
    page = queries.board_page(request.board, request.today)
    return render(
        request,
        "partners/home.html",
        {"page": page, "keeps": keeps_directory(request), "person_key": str(request.person.id)},
    )


@signed_in("How to reach the board's team: no more than its public website says")
def contact(request: Request) -> HttpResponse:
    """Who to ask, for anybody who works with the board."""
    board = request.board or _board_of_a_group(request)
    chair, team = queries.team_and_chair(board, board.today()) if board else (None, ())
    return render(request, "partners/contact.html", {"of": board, "chair": chair, "team": team})


def _board_of_a_group(request: Request) -> Board | None:
    """Somebody who only sits in a group acts in no board's seat, but has a board to ask."""
    seat = (
        Seat.objects.filter(person=request.person)
        .select_related("board")
        .order_by("-starts_on", "id")
        .first()
    )
    return seat.board if seat else None

"""A request as views see it: who asks, in which seat, for which board, on which day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from wholestory.access.models import Account
from wholestory.partners.models import Board, Person, Seat


class Request(HttpRequest):
    """A request by somebody signed in. ``today`` is the board's own day."""

    user: Account
    person: Person
    seat: Seat | None
    seats: list[Seat]
    in_groups: list[Seat]
    board: Board
    today: date

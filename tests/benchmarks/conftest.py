"""A small made-up area, of the kind the benchmarks measure at size."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from django.test import Client

from wholestory.config.example import scale
from wholestory.config.example.scale_sizes import BoardSize, Size
from wholestory.partners.models import Board, Person, Role, Seat

FEW, MANY = 3, 30


def somebody(board: Board, role: str, **more: object) -> Person:
    """Whoever sits in such a seat first."""
    seats = Seat.objects.filter(board=board, role=role, group=None, **more).select_related("person__account")
    return seats.order_by("person__email")[0].person


@pytest.fixture
def small(db: None) -> Board:
    """One board of a dozen agencies and two years."""
    scale.make(Size((BoardSize(12, 60, members=5),), 2, "short_self_assessment", 100), 7, io.StringIO())
    return Board.objects.get(slug="made-up-1")


@dataclass
class MadeUp:
    """Two boards made alike, one small, one ten times as large."""

    few: Board
    many: Board

    def browse(self, person: Person, role: str = "") -> Client:
        """A client signed in as this person, in their seat."""
        client = Client()
        client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
        seat = Seat.objects.filter(person=person, **({"role": role} if role else {})).order_by("role")[0]
        session = client.session
        session["seat"] = str(seat.id)
        session.save()
        return client

    def manager(self, board: Board) -> Client:
        """The business manager at work."""
        return self.browse(somebody(board, Role.BUSINESS_MANAGER))


@pytest.fixture
def made_up(db: None) -> MadeUp:
    """Three agencies on one board, thirty on the other, each with two years of cycles."""
    size = Size(
        (BoardSize(FEW, 40, members=5), BoardSize(MANY, 160, members=5)), 2, "short_self_assessment", 600
    )
    scale.make(size, 5, io.StringIO())
    boards = {board.slug: board for board in Board.objects.filter(slug__startswith="made-up-")}
    return MadeUp(boards["made-up-1"], boards["made-up-2"])

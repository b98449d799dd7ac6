"""One row of the directory by its address, or the one "not found" page. What another board keeps is not found here."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wholestory.access.requests import Request
from wholestory.partners.models import Agency, Group, LeaveCover, Person, Seat

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def agency(request: Request, slug: str) -> Agency:
    """An agency that answers or answered to the reader's board."""
    return _one(Agency.objects.filter(board_links__board=request.board, slug=slug).distinct())


def person(request: Request, id: UUID) -> Person:
    """Somebody the reader's board knows by a seat, cover or as a counterpart."""
    known = (
        Q(seats__board=request.board)
        | Q(covering__seat__board=request.board)
        | Q(counterpart_for__board=request.board)
    )
    return _one(Person.objects.filter(known, pk=id, is_system=False).distinct())


def seat(request: Request, id: UUID) -> Seat:
    """A seat on the reader's board, with everything it names."""
    found = Seat.objects.filter(board=request.board, pk=id)
    return _one(found.select_related("person", "board", "agency", "group"))


def cover(request: Request, id: UUID) -> LeaveCover:
    """Leave cover for a seat on the reader's board."""
    found = LeaveCover.objects.filter(seat__board=request.board, pk=id)
    return _one(found.select_related("person", "seat__person", "seat__board", "seat__group", "seat__agency"))


def group(request: Request, slug: str) -> Group:
    """A group of the reader's board."""
    return _one(Group.objects.filter(boards=request.board, slug=slug))


def _one(rows: QuerySet[M]) -> M:
    return get_object_or_404(rows)


def or_404(found: T | None) -> T:
    """What was found, or the "not found" page."""
    if found is None:
        raise Http404
    return found

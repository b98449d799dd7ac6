"""Challenges that wait: for an agency's answer, or for those who decide. One query for each kind of person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from wholestory.challenge.challenges import queries
from wholestory.challenge.models import Challenge
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import Board, Role, Seat

_SPEAKS = frozenset({Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY})


def to_answer(seats: Sequence[Seat], today: date) -> list[Waiting]:
    """What agencies owe an answer to, for whoever speaks for them."""
    agencies = {seat.agency_id for seat in seats if seat.role in _SPEAKS and seat.agency_id}
    if not agencies:
        return []
    found = queries.waiting_for_agency(list(agencies))[:50]
    return [_line(one, "Answer a challenge", one.due_on < today) for one in found]


def to_decide(groups: Sequence[Seat], board: Board | None) -> list[Waiting]:
    """Answered and late challenges, for the chair of the group that put them."""
    led = {seat.group_id for seat in groups if seat.role == Role.PANEL_CHAIR}
    if not led or board is None:
        return []
    found = queries.waiting_for_decision(board).filter(group__in=led)[:50]
    return [_line(one, "A challenge waits for you", False) for one in found]


def for_analyst(seats: Sequence[Seat], board: Board | None) -> list[Waiting]:
    """One line with how many wait; what the board's officers read is counted with the rest of theirs in ``team``."""
    if board is None or not any(seat.role == Role.PERFORMANCE_ANALYST for seat in seats):
        return []
    return lines(queries.waiting_for_decision(board).order_by().count())


def lines(many: int) -> list[Waiting]:
    """How many challenges wait for the team."""
    if not many:
        return []
    title = "1 challenge to look at" if many == 1 else f"{many} challenges to look at"
    return [Waiting(title, "Answered, or the answer is late", reverse("challenges:list") + "?state=open")]


def _line(one: Challenge, title: str, late: bool) -> Waiting:
    url = reverse("challenges:challenge", args=[one.record.reference])
    return Waiting(
        f"{title}: {one.record.reference}", one.agency.name, url, one.due_on, late, (one.record_id,)
    )

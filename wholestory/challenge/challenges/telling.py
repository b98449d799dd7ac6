"""Telling people by e-mail that a challenge moved: its reference and a link, and nothing of what it says."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from wholestory.challenge.models import Challenge
from wholestory.correspondence import operations as correspondence
from wholestory.correspondence.operations.worded import absolute
from wholestory.partners.models import Person, Role, Seat

_SPEAK = (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY)


def agency(challenge: Challenge, what: str, now: datetime) -> int:
    """Tell whoever speaks for the agency; how many were told."""
    seats = Seat.objects.filter(
        board=challenge.board, agency=challenge.agency, group=None, role__in=_SPEAK
    ).select_related("person")
    return _tell(challenge, what, seats_today(seats, challenge), now)


def those_who_decide(challenge: Challenge, what: str, now: datetime) -> int:
    """Tell the chair of the group, and the board's analysts; how many were told."""
    of_group = Seat.objects.filter(board=challenge.board, group=challenge.group, role=Role.PANEL_CHAIR)
    of_team = Seat.objects.filter(board=challenge.board, group=None, role=Role.PERFORMANCE_ANALYST)
    return _tell(challenge, what, seats_today((of_group | of_team).select_related("person"), challenge), now)


def seats_today(seats: QuerySet[Seat], challenge: Challenge) -> list[Person]:
    """The people who hold these seats on the board's own day, each once."""
    today = challenge.board.today()
    found = {one.person_id: one.person for one in seats if one.holds_on(today)}
    return list(found.values())


def _tell(challenge: Challenge, what: str, people: list[Person], now: datetime) -> int:
    reference = challenge.record.reference
    link = absolute(reverse("challenges:challenge", args=[reference]))
    body = (
        f"{what}: {reference}.\n\nSign in to read it. What it says is not in this e-mail.\n\n{link}\n\n"
        "If you are not the right person, please tell the board’s team."
    )
    for person in people:
        correspondence.write_plain(
            board=challenge.board, to=person, subject=f"{what} ({reference})", body=body, about=challenge.record,
            now=now,
        )  # fmt: skip
    return len(people)

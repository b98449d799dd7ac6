"""Files about children: what was counted and waits to be accepted, and a lawful basis to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from wholestory.indicators.queries import children
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import Board, Role, Seat


def for_team(seats: Sequence[Seat], board: Board | None, today: date) -> list[Waiting]:
    """For whoever counts them what waits; for whoever records the basis that its review is over. One query for each."""
    if board is None:
        return []
    roles = {seat.role for seat in seats if seat.board_id == board.pk}
    found: list[Waiting] = []
    if Role.PERFORMANCE_ANALYST in roles:
        found += [
            Waiting(
                f"Accept what was counted, or put it aside: {one.record.reference}",
                f"{one.get_source_display()}, {one.agency}",
                reverse("indicators:children_load", args=[one.record.reference]),
                records=(one.record_id,),
            )
            for one in children.waiting(board)
        ]  # fmt: skip
    if Role.BUSINESS_MANAGER in roles:
        basis = children.basis_of(board)
        if basis is not None and children.review_is_over(basis, today):
            found.append(
                Waiting(
                    "Look again at why the board may hold files about children", "The review is late",
                    reverse("indicators:lawful_basis"), basis.review_on, True, (basis.record_id,),
                )
            )  # fmt: skip
    return found

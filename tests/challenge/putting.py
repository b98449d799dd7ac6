"""Challenges for tests, as the operations leave them."""

from __future__ import annotations

from datetime import date
from itertools import count

from tests.indicators.people import NOW, Figures
from wholestory.challenge.challenges import operations
from wholestory.challenge.models import Challenge
from wholestory.partners.models import Group

TODAY = date(2016, 3, 14)
DUE = date(2016, 4, 6)
_NUMBERS = count(1)


def put(
    figures: Figures,
    by: str = "group_chair",
    agency: str = "health",
    *,
    due: date = DUE,
    question: str = "",
    on: date = TODAY,
    measure: str = "D05",
) -> Challenge:
    """A challenge of the Quality and Effectiveness Group, each with a question of its own."""
    question = question or f"Why were a third of initial conferences late? ({next(_NUMBERS)})"
    with figures.acting(by) as actor:
        return operations.put(
            actor=actor, board=figures.world.board, agency=figures.world.agencies[agency],
            group=Group.objects.get(slug="qeg"), today=on, now=NOW,
            said=operations.Put(
                question, due, "Conferences within 15 working days, October to December 2015", about="measure",
                measure=measure, period_end=date(2015, 12, 31),
            ),
        )  # fmt: skip


WHEN = {"today": TODAY, "now": NOW}

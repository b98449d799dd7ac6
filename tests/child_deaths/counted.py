"""Rows of figures made by hand, for tests that count. Every one of them is invented."""

from __future__ import annotations

from typing import Any

from tests.child_deaths.people import Deaths
from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.operations import figures

#: What a row says unless a test says otherwise: a girl of two who died in May 2015, unreviewed.
USUAL: dict[str, Any] = {
    "year_of_death": 2015, "year_notified": 2015, "month": 5, "age_band": "1_4_years", "sex": "female",
    "ethnic_group": "white", "expected": "unexpected", "response": "yes", "took": "not_reviewed", "group": "open",
    "regime": "WT2015", "form_set": "2015", "deprivation": 1, "place_kind": "home", "has_sex": True,
    "has_nhs_number": True, "has_ethnicity": True, "has_postcode": True, "notified_in_time": True,
}  # fmt: skip
#: What is said besides of a death that was reviewed.
REVIEWED: dict[str, Any] = {
    "year_reviewed": 2015, "took": "under_6", "days_to_review": 100, "group": "final", "category": 8,
    "modifiable": "none_identified",
}  # fmt: skip


def rows(deaths: Deaths, *said: dict[str, Any], number: int = 1) -> None:
    """Write rows: of each ``said`` so many."""
    board = deaths.world.board
    with acting.as_system(board, "tally"):
        circle, office = figures.doors(board)
        ledger.line("child_deaths.figures_kept", board_id=board.pk)
        there = DeathRow.objects.count()
        DeathRow.objects.bulk_create(
            DeathRow(
                pseudonym=f"{there + at:064}", panel=deaths.panel, circle=circle, office=office, **{**USUAL, **one}
            )
            for at, one in enumerate(one for one in said for _ in range(number))
        )  # fmt: skip

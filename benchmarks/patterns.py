"""The dashboard of figures over ten years of a whole country's deaths: counted anew from 35,000 rows each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from benchmarks.deaths import HOW_MANY, coordinator
from benchmarks.measuring import timed
from benchmarks.people import Area
from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import DeathRow, Panel
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.queries import figures_kept, patterns
from wholestory.partners.models import Board

_AT_ONCE, _FIRST, _YEARS = 5_000, 2006, 10
_AGES = ("0_27_days", "28_364_days", "1_4_years", "5_9_years", "10_14_years", "15_17_years")
_ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("counted: all of it", {}),
    ("counted: three years", {"first": "2013", "last": "2015"}),
    ("counted: one category of the first month", {"category": "8", "age": "0_27_days"}),
)


def measure(area: Area, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Milliseconds of the counting alone, and of the page with its charts, for the coordinator."""
    board = area.board
    panel = Panel.objects.filter(board=board).first() or Panel.objects.create(
        name="Bench Child Death Overview Panel", short_name="Bench", slug="bench", board=board
    )
    _kept(board, panel, say)
    seat = coordinator(board)
    found = []
    for what, wanted in _ASKED:

        def count(wanted: dict[str, str] = wanted) -> patterns.Numbers:
            return patterns.numbers(patterns.rows(wanted), board.today())

        with acting.acting_as(seat.person, seat):
            number, timing = count().whole.number, timed(count, 9, before=1)
        found.append({"what": what, "rows": number, "p50": timing.p50, "p95": timing.p95})
    client = area.visitor(seat).client

    def counted_anew() -> None:
        figures_kept.forget()
        client.get("/child-deaths/patterns/")

    for what, visit in (
        ("the page after a row changed", counted_anew),
        ("the page again", lambda: client.get("/child-deaths/patterns/")),
    ):
        page = timed(visit, 9, before=1)
        found.append({"what": what, "rows": found[0]["rows"], "p50": page.p50, "p95": page.p95})
    return found


def _kept(board: Board, panel: Panel, say: Callable[[str], None]) -> None:
    """Made-up rows, up to 35,000: they belong to no case, so the nightly job would take them away."""
    with acting.as_system(board, "tally"):
        there = DeathRow.objects.count()
    while there < HOW_MANY:
        chosen = random.Random(there)
        number = min(_AT_ONCE, HOW_MANY - there)
        with acting.as_system(board, "tally"):
            circle, office = figures.doors(board)
            ledger.line("child_deaths.figures_kept", board_id=board.pk)
            DeathRow.objects.bulk_create(
                DeathRow(
                    panel=panel, circle=circle, office=office, pseudonym=f"{there + at:064}", **_row(chosen)
                )
                for at in range(number)
            )  # fmt: skip
        there += number
        say(f"    {there:,} of {HOW_MANY:,} made-up rows")


def _row(chosen: random.Random) -> dict[str, Any]:
    year, days = _FIRST + chosen.randrange(_YEARS), chosen.randrange(60, 600)
    reviewed = chosen.random() < 0.85
    after = {
        "year_reviewed": year + (days > 180), "days_to_review": days, "took": "under_6" if days < 183 else "12_over",
        "category": chosen.randint(1, 10), "group": "final",
        "modifiable": chosen.choice(("identified", "none_identified", "none_identified", "inadequate_information")),
        "factors": chosen.sample(("A:prematurity", "B:household_smoking", "C:housing", "D:communication"), 2),
    }  # fmt: skip
    before = {
        "took": "not_reviewed",
        "group": "open",
        "waits_for": chosen.choice(("agencies", "inquest", "panel")),
    }
    return {
        "year_of_death": year, "year_notified": year, "month": chosen.randint(1, 12), "age_band": chosen.choice(_AGES),
        "sex": chosen.choice(("male", "female")), "ethnic_group": chosen.choice(("white", "asian", "black", "mixed")),
        "deprivation": chosen.randint(1, 5), "place_kind": chosen.choice(("home", "neonatal_unit", "hospice")),
        "expected": chosen.choice(("expected", "unexpected")), "response": "yes", "regime": "WT2015",
        "form_set": "2015", "has_nhs_number": chosen.random() < 0.9, "has_ethnicity": True, "has_sex": True,
        "has_postcode": chosen.random() < 0.95, "hours_to_notified": chosen.randrange(96),
        "notified_in_time": chosen.random() < 0.8, **(after if reviewed else before),
    }  # fmt: skip

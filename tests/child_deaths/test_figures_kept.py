"""Counted figures are kept in memory: only for whoever sees the same rows, and until one of them changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries import figures_kept


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    figures_kept.forget()


def asked(deaths: Deaths, who: str = "analyst", **wanted: object) -> tuple[int, int]:
    """How many deaths, and how many questions to the database."""
    with deaths.acting(who), CaptureQueriesContext(connection) as captured:
        found = figures_kept.numbers(wanted, TODAY, exact=True)
        return found.whole.number, len(captured)


def test_figures_are_counted_once_for_the_same_rows(deaths: Deaths) -> None:
    rows(deaths, REVIEWED, number=3)
    first, again = asked(deaths), asked(deaths)
    assert first[0] == again[0] == 3
    assert first[1] > again[1] == 1


def test_a_row_that_is_written_changed_or_taken_away_is_counted_at_once(deaths: Deaths) -> None:
    rows(deaths, REVIEWED, {"sex": "male"})
    assert asked(deaths)[0] == 2
    rows(deaths, {"sex": "male"})
    assert asked(deaths)[0] == 3
    with acting.as_system(deaths.world.board, "tally"):
        ledger.line("child_deaths.figures_kept", board_id=deaths.world.board.pk)
        DeathRow.objects.filter(sex="male").update(group="elsewhere")
    assert asked(deaths)[0] == 1
    with acting.as_system(deaths.world.board, "tally"):
        ledger.line("child_deaths.figures_kept", board_id=deaths.world.board.pk)
        DeathRow.objects.filter(group="final").delete()
    assert asked(deaths)[0] == 0


@pytest.mark.parametrize("who", ["head", "lay_member", "sister_coordinator", "stranger"])
def test_whoever_sees_no_row_is_shown_nothing_that_is_kept(deaths: Deaths, who: str) -> None:
    rows(deaths, REVIEWED, number=3)
    assert asked(deaths, "coordinator")[0] == 3
    assert asked(deaths, who)[0] == 0


def test_filters_days_and_roundings_are_kept_apart(deaths: Deaths) -> None:
    rows(deaths, REVIEWED, {"sex": "male"})
    assert asked(deaths)[0] == 2
    assert asked(deaths, category="8")[0] == 1
    assert asked(deaths)[0] == 2


def test_no_more_than_so_many_are_kept(deaths: Deaths) -> None:
    rows(deaths, REVIEWED)
    with deaths.acting("analyst"):
        for year in range(figures_kept.MOST + 6):
            figures_kept.numbers({"first": str(1900 + year)}, TODAY, exact=True)
    assert len(figures_kept._kept) == figures_kept.MOST

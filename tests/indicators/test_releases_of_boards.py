"""What one board loads or takes back of published figures changes nothing for another."""

from __future__ import annotations

import pytest

from tests.indicators.people import Figures
from tests.indicators.test_releases import GOOD
from wholestory.indicators.models import Benchmark, Release
from wholestory.indicators.operations import releases
from wholestory.indicators.queries import releases as queries
from wholestory.indicators.queries.in_use import in_use

pytestmark = pytest.mark.django_db


def load(figures: Figures, by: str, board: str) -> Release:
    sent = releases.Sent(GOOD.encode(), "d3", f"Loaded by {by}", None, "", None, False)
    on = figures.world.boards[board]
    with figures.acting(by) as actor:
        return releases.load(actor=actor, board=on, sent=sent, today=on.today())


def test_another_boards_release_is_not_compared_with(figures: Figures) -> None:
    theirs = load(figures, "sister_analyst", "south")
    north, south = figures.world.boards["north"], figures.world.boards["south"]
    assert theirs not in queries.releases(north)
    assert not Benchmark.objects.filter(in_use(north)).exists()
    assert Benchmark.objects.filter(in_use(south)).exists()


def test_both_boards_may_load_the_same_file(figures: Figures) -> None:
    load(figures, "sister_analyst", "south")
    ours = load(figures, "analyst", "north")
    assert list(queries.releases(figures.world.boards["north"])) == [ours]


def test_nobody_takes_back_what_is_not_their_boards(figures: Figures) -> None:
    ours = load(figures, "analyst", "north")
    south = figures.world.boards["south"]
    with figures.acting("sister_analyst") as actor, pytest.raises(Release.DoesNotExist):
        releases.take_back(actor=actor, board=south, release=ours, today=south.today())
    shipped = Release.objects.create(
        table="d3", name="Shipped", source="x", sha256="1" * 64, shipped=True, loaded_on=south.today()
    )
    with figures.acting("sister_analyst") as actor, pytest.raises(releases.ReleaseRefused):
        releases.take_back(actor=actor, board=south, release=shipped, today=south.today())
    ours.refresh_from_db()
    shipped.refresh_from_db()
    assert ours.withdrawn_on is None
    assert shipped.withdrawn_on is None

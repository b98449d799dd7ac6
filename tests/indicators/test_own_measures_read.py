"""A board's own measures stand beside those that ship, and every version of them can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.indicators.people import Figures
from wholestory.indicators.catalogue import load, seal, to_json
from wholestory.indicators.models import OwnMeasure
from wholestory.indicators.queries.measure_versions import versions_of
from wholestory.indicators.queries.measures import catalogue_of

pytestmark = pytest.mark.django_db


def _publish(figures: Figures, code: str, version: int, title: str, board: str = "north") -> None:
    definition = replace(load().get("D17"), code=code, version=version, title=title, also_known_as=())
    OwnMeasure.objects.create(
        board=figures.world.boards[board], code=code, version=version, definition=to_json(definition),
        sha256=seal(definition), published_by=figures.world.people["analyst"], published_on=date(2016, 3, 1),
    )  # fmt: skip


def test_the_newest_version_of_a_boards_own_stands_beside_what_ships(figures: Figures) -> None:
    _publish(figures, "L-01", 1, "Plans shared with the school")
    _publish(figures, "L-01", 2, "Plans shared with the school in time")
    with figures.acting():
        found = catalogue_of(figures.world.boards["north"])
        assert (found["L-01"].version, found["L-01"].title) == (2, "Plans shared with the school in time")
        assert set(found) == {each.code for each in load().definitions} | {"L-01"}
        assert "L-01" not in catalogue_of(figures.world.boards["south"])


def test_a_boards_own_never_stands_in_for_one_that_ships(figures: Figures) -> None:
    _publish(figures, "C07", 9, "Something else")
    with figures.acting():
        assert catalogue_of(figures.world.boards["north"])["C07"] == load().get("C07")


def test_an_old_version_is_read_as_it_was(figures: Figures) -> None:
    _publish(figures, "L-01", 1, "Plans shared with the school")
    _publish(figures, "L-01", 2, "Plans shared with the school in time")
    with figures.acting():
        found = versions_of(figures.world.boards["north"].pk, [("L-01", 1), ("C07", 1), ("L-99", 1)])
    assert {key: each.title for key, each in found.items()} == {
        ("L-01", 1): "Plans shared with the school",
        ("C07", 1): "Referrals within 12 months of an earlier one",
    }

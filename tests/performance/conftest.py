"""Fixtures of this room: the people of the performance report, and a way to put figures in force."""

from __future__ import annotations

import pytest

from tests.indicators.people import Figures, bring_in_figures_people
from tests.personas import World


@pytest.fixture
def figures(world: World) -> Figures:
    """The personas with the analysts and the group that scrutinises figures."""
    bring_in_figures_people(world)
    return Figures(world)

"""Fixtures of this room: its panels and people, and a way to make messages and cases."""

from __future__ import annotations

import pytest

from tests.child_deaths.people import Deaths, bring_in_panels
from tests.personas import World


@pytest.fixture
def deaths(world: World) -> Deaths:
    """The personas with the overview panels and their people."""
    bring_in_panels(world)
    return Deaths(world)

"""What tests of the directory share: acting as one of the personas."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from tests.personas import World
from wholestory.access import acting

TODAY = date(2016, 3, 14)
NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)

As = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def as_(world: World) -> As:
    """``with as_("business_manager"): ...``"""
    return lambda name: acting.acting_as(world.people[name], world.seats.get(name))

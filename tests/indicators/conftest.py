"""Fixtures of this room: the people of the performance report, and a way to put figures in force."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.indicators.child_files import Holding
from tests.indicators.people import Figures, bring_in_figures_people
from tests.personas import World
from wholestory.documents import shelf


@pytest.fixture
def figures(world: World) -> Figures:
    """The personas with the analysts and the group that scrutinises figures."""
    bring_in_figures_people(world)
    return Figures(world)


@pytest.fixture
def held(
    figures: Figures, browse: Callable[..., Client], settings: Settings, tmp_path: Path
) -> Iterator[Holding]:
    """A board with a council whose files it can be sent, and a shelf of the test's own."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield Holding(figures, browse)
    shelf.storage.cache_clear()

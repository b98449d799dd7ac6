"""The published figures the example compares itself with. They are real; everything beside them is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from wholestory.access import acting
from wholestory.indicators.operations import releases

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

#: Before the first quarter whose report the example gives.
LOADED_ON = date(2015, 4, 1)


def published_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """The tables that ship are loaded once, for every board of the installation."""
    yield LOADED_ON, partial(_load, story)


def _load(story: Story) -> None:
    board = story.directory.boards["peterborough"]
    with acting.as_system(board, "founder"):
        releases.load_shipped(board=board, today=LOADED_ON)

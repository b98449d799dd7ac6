"""The example board's own audit tools: begun from a pasted list, made into questions, published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.operations import own_tools, own_tools_publishing
from wholestory.config.example.reading import toml

if TYPE_CHECKING:
    from wholestory.config.example.story import Story


def own_tool_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each tool is begun on one day and published on another."""
    for entry in toml("own-tools.toml")["tool"]:
        yield entry["started_on"], partial(_start, story, entry)
        yield entry["published_on"], partial(_publish, story, entry)


def _start(story: Story, entry: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    board = story.directory.boards[entry["board"]]
    with as_person(story.person(entry["by"]), board.id) as actor:
        draft = own_tools.start(
            actor=actor, board=board, title=entry["title"], today=entry["started_on"], came_from="A pasted list",
            source={"kind": "list", "text": entry["list"].strip()},
        )  # fmt: skip
        own_tools.make_questions(actor=actor, draft=draft)


def _publish(story: Story, entry: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    board = story.directory.boards[entry["board"]]
    with as_person(story.person(entry["by"]), board.id) as actor:
        draft = FrameworkDraft.objects.select_related("board").get(
            board=board, title=entry["title"], published_on=None
        )
        own_tools_publishing.publish(actor=actor, draft=draft, today=entry["published_on"])

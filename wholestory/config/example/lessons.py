"""The example's lessons: drafted, shared, published, whom they reached and what changed, and campaign material."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.config.example.deaths_steps import Deaths
from wholestory.config.example.reading import toml
from wholestory.learning import operations
from wholestory.learning.models import Lesson
from wholestory.partners.models import Board

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

Entry = dict[str, Any]


def lesson_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each step of each lesson on its day, by the coordinator."""
    told = _Lessons(story)
    data = toml("lessons.toml")
    for entry in data["lesson"]:
        yield entry["drafted_on"], partial(told.draft, entry)
        if "shared_on" in entry:
            yield entry["shared_on"], partial(told.share, entry)
        if "published_on" in entry:
            yield entry["published_on"], partial(told.publish, entry)
        for went in entry.get("went", []):
            yield went["on"], partial(told.went, entry, went)
        for changed in entry.get("changed", []):
            yield changed["on"], partial(told.changed, entry, changed)
    for entry in data["material"]:
        yield entry["on"], partial(told.material, entry)


class _Lessons:
    """What was drafted so far, by the keys of the example's file."""

    def __init__(self, story: Story) -> None:
        self.deaths = Deaths(story.directory)
        self.made: dict[str, Any] = {}

    def board(self) -> Board:
        return self.deaths.directory.boards["peterborough"]

    def find(self, entry: Entry) -> Lesson:
        """The lesson as it stands, for whoever acts now."""
        return Lesson.objects.select_related("record__board").get(pk=self.made[entry["key"]])

    def draft(self, entry: Entry) -> None:
        said = {key: entry[key].strip() for key in ("theme", "audience", "title", "learned", "do")}
        with self.deaths.coordinator() as actor:
            words = operations.Words(**said)
            made = operations.draft(actor=actor, board=self.board(), words=words, today=entry["drafted_on"])
            self.made[entry["key"]] = made.pk

    def share(self, entry: Entry) -> None:
        with self.deaths.coordinator() as actor:
            operations.share_with_board(actor=actor, lesson=self.find(entry))

    def publish(self, entry: Entry) -> None:
        with self.deaths.coordinator() as actor:
            operations.publish(actor=actor, lesson=self.find(entry), today=entry["published_on"])

    def went(self, entry: Entry, went: Entry) -> None:
        with self.deaths.coordinator() as actor:
            operations.note_sharing(
                actor=actor, lesson=self.find(entry), channel=went["channel"], to=went["to"], on=went["on"],
                reach=went["reach"], today=went["on"],
            )  # fmt: skip

    def changed(self, entry: Entry, changed: Entry) -> None:
        with self.deaths.coordinator() as actor:
            operations.note_change(
                actor=actor, lesson=self.find(entry), verdict=changed["verdict"], words=changed["words"],
                evidence=changed.get("evidence", ""), today=changed["on"],
            )  # fmt: skip

    def material(self, entry: Entry) -> None:
        said = {key: entry[key] for key in ("theme", "audience", "title", "link")}
        with self.deaths.coordinator() as actor:
            operations.add_material(actor=actor, board=self.board(), today=entry["on"], **said)

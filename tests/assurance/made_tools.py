"""An audit tool of a board's own, small enough to be read at a glance. Example: invented."""

from __future__ import annotations

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion
from wholestory.assurance.operations import own_tools, own_tools_publishing

LIST = """1 Neglect is seen
1.1 Staff know the signs of neglect
1.2 Neglect is named in records
2 Neglect is answered
2.1 Plans say what has to change
2.2 Somebody checks that it did
"""


def begun(
    world: World, text: str = LIST, title: str = "Neglect audit", who: str = "quality_officer"
) -> FrameworkDraft:
    """A draft whose questions were made from a pasted list."""
    seat = world.seats[who]
    with acting.acting_as(world.people[who], seat):
        draft = own_tools.start(
            actor=world.people[who], board=seat.board, title=title, today=TODAY, came_from="A pasted list",
            source={"kind": "list", "text": text},
        )  # fmt: skip
        own_tools.make_questions(actor=world.people[who], draft=draft)
        return FrameworkDraft.objects.select_related("board").get(pk=draft.pk)


def published(
    world: World, text: str = LIST, title: str = "Neglect audit", who: str = "quality_officer"
) -> FrameworkVersion:
    """The same, published."""
    draft = begun(world, text, title, who)
    with acting.acting_as(world.people[who], world.seats[who]):
        return own_tools_publishing.publish(actor=world.people[who], draft=draft, today=TODAY)


def next_draft(world: World, key: str, version: int, who: str = "quality_officer") -> FrameworkDraft:
    """A draft of the next version."""
    with acting.acting_as(world.people[who], world.seats[who]):
        row = FrameworkVersion.objects.get(key=key, version=version)
        return own_tools.next_version(actor=world.people[who], version=row, today=TODAY)

"""The example's practitioner survey: prepared beside its cycle, answered by invented people, closed and shared."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.access import open_doors
from wholestory.assurance.models import Cycle, Survey
from wholestory.assurance.operations import survey as operations
from wholestory.assurance.operations import survey_sharing
from wholestory.config.example.reading import rows, toml

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

#: How the file of replies writes each answer; a blank is a statement somebody passed by.
ANSWERS = {
    "SA": "strongly_agree",
    "A": "agree",
    "N": "neither",
    "D": "disagree",
    "SD": "strongly_disagree",
    "DK": "dont_know",
}
NOT_STATEMENTS = ("marking", "people", "agency", "staff_group", "remark")


def survey_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """From preparing to sharing, each on its day."""
    data = toml("survey.toml")
    links: list[str] = []
    yield data["prepared_on"], partial(_prepare, story, data)
    yield data["opened_on"], partial(_open, story, data, links)
    yield data["answered_on"], partial(_answer, story, links)
    yield data["closed_on"], partial(_close, story, data)
    yield data["shared_on"], partial(_share, story, data)


def _survey(story: Story, data: dict[str, Any]) -> Survey:
    found = Survey.objects.select_related("record", "board", "cycle__record", "cycle__board")
    return found.get(cycle=story.cycles[data["cycle"]].pk)


def _prepare(story: Story, data: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(data["prepared_by"]), story.cycles[data["cycle"]].board_id) as actor:
        cycle = Cycle.objects.select_related("record", "board").get(pk=story.cycles[data["cycle"]].pk)
        operations.prepare(
            actor=actor, cycle=cycle, last_day_on=data["last_day_on"], today=data["prepared_on"],
            minimum=data["minimum"],
        )  # fmt: skip


def _open(story: Story, data: dict[str, Any], links: list[str]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(data["prepared_by"]), story.cycles[data["cycle"]].board_id) as actor:
        link = operations.open_(actor=actor, survey=_survey(story, data), today=data["opened_on"])
        links.append(link.token)


def _answer(story: Story, links: list[str]) -> None:
    """Nobody acts: replies come in by the open page's own door, as they do from people without an account."""
    for row in rows("survey-replies.csv"):
        agency = story.directory.agencies[row["agency"]].pk if row["agency"] else None
        said = {
            key: ANSWERS[value] for key, value in row.items() if key not in NOT_STATEMENTS and value != ""
        }
        for number in range(int(row["people"])):
            words = row["remark"] if number == 0 else ""
            if not open_doors.ask(
                "assurance_survey_answer", links[-1], uuid.uuid4(), agency, row["staff_group"], said, words
            ):
                raise ValueError("The example's survey does not take its replies.")


def _close(story: Story, data: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(data["prepared_by"]), story.cycles[data["cycle"]].board_id) as actor:
        operations.close(actor=actor, survey=_survey(story, data), today=data["closed_on"])


def _share(story: Story, data: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(data["prepared_by"]), story.cycles[data["cycle"]].board_id) as actor:
        survey_sharing.share(actor=actor, survey=_survey(story, data), today=data["shared_on"])

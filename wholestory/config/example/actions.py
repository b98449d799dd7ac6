"""What became of the example's promises, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.actions import effects, operations
from wholestory.actions.models import Action, Verdict
from wholestory.assurance.answers import framework_of
from wholestory.config.example.reading import toml

if TYPE_CHECKING:
    from wholestory.config.example.story import Story


def action_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each step of each action on its day; those that arose at moderation are promised first."""
    for entry in toml("actions.toml")["action"]:
        if entry["arises"] == "moderation":
            yield entry["opened_on"], partial(_promise, story, entry)
        else:
            yield entry["opened_on"], partial(_own, story, entry)
        for step in entry.get("step", []):
            yield step["on"], partial(_step, story, entry, step)


def _find(story: Story, entry: dict[str, Any]) -> Action:
    """The action of this agency that answers the entry's first item in the entry's cycle."""
    ret = story.returns[entry["cycle"], entry["agency"]]
    return Action.objects.select_related("record", "agency", "owner").get(
        sources__record=ret.record_id, sources__item=entry["items"][0]
    )


def _promise(story: Story, entry: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    owner = story.person(entry["owner"])
    with as_person(owner, story.cycles[entry["cycle"]].board_id) as actor:
        ret = story.fresh(entry["cycle"], entry["agency"])
        framework = framework_of(ret)
        operations.promise(
            actor=actor, board=ret.board, agency=ret.agency, title=entry["title"], detail=entry.get("detail", ""),
            owner=owner, due_on=entry["first_due_on"], today=entry["opened_on"], shown_to_board=True,
            answers=[
                operations.Answers(
                    record=ret.record, item=item, standard=framework.standard_of[item].key,
                    item_title=f"{framework.numbers[item]} {framework.items[item].text}",
                )
                for item in entry["items"]
            ],
        )  # fmt: skip


def _own(story: Story, entry: dict[str, Any]) -> None:
    """The plan became an action when the return was signed; here the person who owns it is put right."""
    from wholestory import ledger
    from wholestory.config.example.story import as_person

    with as_person(story.manager(), story.cycles[entry["cycle"]].board_id):
        action = _find(story, entry)
        owner = story.person(entry["owner"])
        if action.owner_id != owner.id:
            ledger.line("actions.owner_named", action.record)
            action.owner = owner
            action.save(update_fields=["owner"])


def _step(story: Story, entry: dict[str, Any], step: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(step["by"]), story.cycles[entry["cycle"]].board_id) as actor:
        action = _find(story, entry)
        on, words = step["on"], step.get("words", "")
        common: dict[str, Any] = {"actor": actor, "action": action, "today": on}
        match step["kind"]:
            case "updated":
                operations.update(words=words, **common)
            case "evidence":
                operations.update(words=f"{words}\n\n{step['file']}", file_reference="(example)", **common)
            case "redated":
                operations.redate(due_on=step["to_due_on"], reason=words, **common)
            case "said_done":
                operations.say_done(words=words, **common)
            case "sent_back":
                operations.send_back(words=words, **common)
            case "closed":
                operations.close(words=words, **common)
            case "measure":
                effects.plan_check(measure=words, check_on=step["check_on"], **common)
            case "checked":
                effects.check(verdict=Verdict(step["verdict"]), words=words, **common)
            case "effect":
                operations.say_what_changed(effect=words, **common)
            case other:
                raise ValueError(f"The example has a step of kind {other}, which actions do not know.")

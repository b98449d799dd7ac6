"""The example's deaths: the panels, a list of earlier cases brought in, and live cases day by day. All invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.child_deaths.incoming import FORM_KEY, FORM_VERSION
from wholestory.child_deaths.models import Channel, Notification, Panel, PanelNumber
from wholestory.child_deaths.operations import intake
from wholestory.config.example import (
    deaths_children,
    deaths_past,
    deaths_report,
    deaths_reviewed,
    deaths_steps,
)
from wholestory.config.example.deaths_past import BROUGHT_IN_ON
from wholestory.config.example.deaths_steps import Deaths
from wholestory.config.example.reading import toml
from wholestory.kernel.moments import parse
from wholestory.partners.models import Area

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

VERBS: dict[str, Callable[[Deaths, dict[str, Any], dict[str, Any]], None]] = {
    **deaths_steps.VERBS,
    **deaths_reviewed.VERBS,
}


def death_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Each thing on its own day: messages, decisions, meetings; the past on the day it was brought in."""
    deaths = Deaths(story.directory)
    yield BROUGHT_IN_ON, partial(_panels, deaths)
    yield BROUGHT_IN_ON, deaths_children.keep
    yield BROUGHT_IN_ON, partial(deaths_past.bring_in, deaths)
    yield from deaths_report.report_events(deaths)
    data = toml("deaths/live.toml")
    for meeting in data["meeting"]:
        yield meeting["planned_on"], partial(deaths_reviewed.plan, deaths, meeting)
        if any(
            step["do"] == "decide" and step["meeting"] == meeting["key"]
            for death in data["death"]
            for step in death.get("step", [])
        ):
            yield meeting["meets_on"], partial(deaths_reviewed.came, deaths, meeting)
    for death in data["death"]:
        for message in death["message"]:
            yield parse(message["received"]).on, partial(_told, deaths, death, message)
        for step in death.get("step", []):
            yield step["on"], partial(VERBS[step["do"]], deaths, death, step)


def _panels(deaths: Deaths) -> None:
    """The joint panel with its numbers, and the neighbours it writes to."""
    for entry in toml("deaths/panels.toml")["panel"]:
        fields = {
            key: value for key, value in entry.items() if key not in ("board", "group", "areas", "numbers")
        }
        made = Panel.objects.create(
            **fields,
            board=deaths.directory.boards[entry["board"]] if "board" in entry else None,
            group=deaths.directory.groups[entry["group"]] if "group" in entry else None,
        )
        made.areas.set([Area.objects.get_or_create(name=name)[0] for name in entry["areas"]])
        PanelNumber.objects.bulk_create(
            [
                PanelNumber(panel=made, place=n, **number)
                for n, number in enumerate(entry.get("numbers", []), 1)
            ]
        )


def _told(deaths: Deaths, death: dict[str, Any], message: dict[str, Any]) -> None:
    received = parse(message["received"])
    with deaths.coordinator() as actor:
        kept: Notification = intake.take(
            panel=deaths.panel(), channel=Channel.TELEPHONE, received=received, actor=actor, form_key=FORM_KEY,
            form_version=FORM_VERSION,
            answers={key: intake.said(value) for key, value in message["said"].items()}, now=received.at,
        )  # fmt: skip
    deaths.messages.setdefault(death["key"], kept)

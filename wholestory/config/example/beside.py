"""What happens beside a return of the example: who is left out, more time, a refusal, comments, screening, a panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory.assurance.models import Cycle, Panel, Return
from wholestory.assurance.operations import more_time, panel, refusals, scope
from wholestory.assurance.operations.among_colleagues import comments_on
from wholestory.assurance.rules.screening import LOOKS
from wholestory.paperwork import talk
from wholestory.paperwork.given import Place
from wholestory.partners.models import Agency, AgencyBoard

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

Happenings = Iterator[tuple[date, Callable[[], None]]]


def left_out_events(story: Story, data: dict[str, Any]) -> Happenings:
    """The agencies this cycle does not ask, on the day it opens, one decision for each reason."""
    reasons: dict[str, list[str]] = {}
    for entry in data.get("not_asked", []):
        reasons.setdefault(entry["reason"], []).append(entry["agency"])
    for reason, keys in reasons.items():
        yield data["opens_on"], partial(_leave_out, story, data, reason, keys)
    if rest := data.get("others_not_asked"):
        yield data["opens_on"], partial(_leave_out_the_rest, story, data, rest)


def events_beside(story: Story, key: str, entry: dict[str, Any]) -> Happenings:
    """What happened beside one return, each on its day."""
    for asked in entry.get("more_time", []):
        yield asked["on"], partial(_ask_for_time, story, key, entry, asked)
    if "refused_on" in entry:
        yield entry["refused_on"], partial(_refuse, story, key, entry)
    for said in entry.get("comment", []):
        yield said["on"], partial(_comment, story, key, entry, said)
    if screened := entry.get("screening"):
        yield screened["on"], partial(_screen, story, key, entry, screened)
    if planned := entry.get("panel"):
        yield planned["planned_on"], partial(_plan_panel, story, key, entry, planned)
        yield planned["sent_on"], partial(_send_panel, story, key, entry, planned)


def _leave_out(story: Story, data: dict[str, Any], reason: str, keys: list[str]) -> None:
    _decide(story, data, reason, [story.directory.agencies[key] for key in keys])


def _leave_out_the_rest(story: Story, data: dict[str, Any], reason: str) -> None:
    """Everybody on the board that day who is not asked."""
    on, asked = data["opens_on"], {story.directory.agencies[entry["agency"]].pk for entry in data["return"]}
    links = AgencyBoard.objects.filter(board=story.directory.boards[data["board"]], starts_on__lte=on)
    there = links.exclude(ends_on__lt=on).exclude(agency__in=asked).select_related("agency")
    _decide(story, data, reason, [link.agency for link in there])


def _decide(story: Story, data: dict[str, Any], reason: str, agencies: list[Agency]) -> None:
    from wholestory.config.example.story import as_person

    cycle = Cycle.objects.select_related("record", "board")
    with as_person(story.manager(), story.cycles[data["key"]].board_id) as actor:
        scope.leave_out(
            actor=actor, cycle=cycle.get(pk=story.cycles[data["key"]].pk), agencies=agencies, reason=reason,
            today=data["opens_on"],
        )  # fmt: skip


def _ask_for_time(story: Story, key: str, entry: dict[str, Any], asked: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.person(asked["by"]), story.cycles[key].board_id) as actor:
        more_time.ask(
            actor=actor, ret=story.fresh(key, entry["agency"]), until=asked["until"], reason=asked["reason"],
            today=asked["on"],
        )  # fmt: skip


def _refuse(story: Story, key: str, entry: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    with as_person(story.manager(), story.cycles[key].board_id) as actor:
        ret = story.fresh(key, entry["agency"])
        refusals.record(actor=actor, ret=ret, words=entry["refused_words"], today=entry["refused_on"])


def _comment(story: Story, key: str, entry: dict[str, Any], said: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person, morning

    with as_person(story.person(said["by"]), story.cycles[key].board_id) as actor:
        ret = story.fresh(key, entry["agency"])
        talk.say(
            actor=actor, form_set=ret.answers, talk=comments_on(ret), place=Place(said["item"]), words=said["words"],
            now=morning(said["on"]),
        )  # fmt: skip


def _screen(story: Story, key: str, entry: dict[str, Any], screened: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    wrong = set(screened["not_in_order"])
    with as_person(story.person(screened["by"]), story.cycles[key].board_id) as actor:
        panel.screen(
            actor=actor, ret=story.fresh(key, entry["agency"]), words=screened["words"], today=screened["on"],
            checks={look.key: "no" if look.key in wrong else "yes" for look in LOOKS},
        )  # fmt: skip


def _plan_panel(story: Story, key: str, entry: dict[str, Any], planned: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person, morning

    on = planned["planned_on"]
    with as_person(story.person(planned["chaired_by"]), story.cycles[key].board_id) as actor:
        ret = story.fresh(key, entry["agency"])
        made = panel.plan(
            actor=actor, ret=ret, meets_on=planned["meets_on"], place=planned["place"],
            peer=story.directory.agencies[planned["peer"]], chaired_by=actor, today=on,
        )  # fmt: skip
        members = [story.person(one) for one in planned["members"]]
        panel.seat(actor=actor, panel=made, members=members, today=on, now=morning(on))
        for line in planned["line"]:
            panel.enquire(actor=actor, panel=made, question=line["question"], item=line["item"])


def _send_panel(story: Story, key: str, entry: dict[str, Any], planned: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person

    ret: Return = story.returns[key, entry["agency"]]
    with as_person(story.person(planned["chaired_by"]), story.cycles[key].board_id) as actor:
        made = Panel.objects.select_related("return_of__record").get(return_of=ret.pk)
        panel.send(actor=actor, panel=made, today=planned["sent_on"])

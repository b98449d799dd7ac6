"""The example's history as things that happened, each on its day and by somebody: cycles, returns, actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.models import Cycle, Query, Return
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.assurance.operations.minutes import told
from wholestory.assurance.rules.chosen import CycleRules
from wholestory.config.example.actions import action_events
from wholestory.config.example.beside import events_beside, left_out_events
from wholestory.config.example.challenges import challenge_events, report_events
from wholestory.config.example.deaths import death_events
from wholestory.config.example.directory import Directory
from wholestory.config.example.figures import figure_events
from wholestory.config.example.filling import fill
from wholestory.config.example.lessons import lesson_events
from wholestory.config.example.meetings import meeting_events
from wholestory.config.example.own_tools import own_tool_events
from wholestory.config.example.post import chase_events, deliver
from wholestory.config.example.published import published_events
from wholestory.config.example.reading import answers, cycle_files
from wholestory.config.example.survey import survey_events
from wholestory.partners.models import LONDON, Person, Seat


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    on: date
    do: Callable[[], None]


def morning(day: date) -> datetime:
    """Ten o'clock on that day, in London."""
    return datetime.combine(day, time(10), LONDON)


@contextmanager
def as_person(person: Person, board_id: UUID) -> Iterator[Person]:
    """As this person, in the team seat they use for the work when they hold several."""
    roles = ("business_manager", "quality_officer", "independent_chair")
    held = {s.role: s for s in Seat.objects.filter(person=person, board=board_id, group=None)}
    seat = next((held[role] for role in roles if role in held), None)
    with acting.acting_as(person, seat):
        yield person


class Story:
    """Holds what was made so far, by the keys of the example's files."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.cycles: dict[str, Cycle] = {}
        self.returns: dict[tuple[str, str], Return] = {}

    def person(self, key: str) -> Person:
        return self.directory.people[key]

    def manager(self) -> Person:
        return self.person("gwen_ashby_cole")

    def fresh(self, cycle: str, agency: str) -> Return:
        """The return as it stands, for whoever acts now."""
        found = Return.objects.select_related("record", "answers__form_version", "agency", "board")
        return found.get(pk=self.returns[cycle, agency].pk)

    # ---- the cycle ----

    def prepare(self, data: dict[str, Any]) -> None:
        board = self.directory.boards[data["board"]]
        with as_person(self.manager(), board.id) as actor:
            self.cycles[data["key"]] = cycles.prepare(
                actor=actor,
                board=board,
                title=f"{data['title']} cycle",
                framework=data["framework"],
                framework_version=data["framework_version"],
                opens_on=data["opens_on"],
                due_on=data["due_on"],
                moderation_due_on=data.get("moderation_due_on"),
                report_due_on=data.get("report_due_on"),
                rules=CycleRules(critical_cap=data["critical_cap"], has_panel=data.get("has_panel", False)),
                previous=self.cycles.get(data.get("previous", "")),
                today=data["opens_on"],
            )

    def issue(self, key: str, on: date, entries: list[dict[str, Any]]) -> None:
        cycle = self.cycles[key]
        with as_person(self.manager(), cycle.board_id) as actor:
            asked = [self.directory.agencies[entry["agency"]] for entry in entries]
            due = {entry["agency"]: entry["due_on"] for entry in entries}
            made = cycles.issue(actor=actor, cycle=cycle, agencies=asked, today=on)
            for ret, entry in zip(made, entries, strict=True):
                self.returns[key, entry["agency"]] = ret
                if due[entry["agency"]] != ret.due_on:
                    ret.due_on = due[entry["agency"]]
                    Return.objects.filter(pk=ret.pk).update(due_on=ret.due_on)
            letters.invite(actor=actor, cycle=cycle, returns=made, today=on)
        deliver(cycle.board, morning(on))

    def release_to_board(self, key: str, on: date) -> None:
        with as_person(self.manager(), self.cycles[key].board_id) as actor:
            cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(pk=self.cycles[key].pk), today=on)

    def close(self, key: str, on: date) -> None:
        with as_person(self.manager(), self.cycles[key].board_id) as actor:
            cycles.close(
                actor=actor,
                cycle=Cycle.objects.select_related("record").get(pk=self.cycles[key].pk),
                today=on,
            )

    # ---- one return ----

    def begin(self, key: str, entry: dict[str, Any]) -> None:
        on, board = entry["started_on"], self.cycles[key].board_id
        with as_person(self.person(entry["answered_by"]), board) as actor:
            ret = self.fresh(key, entry["agency"])
            returns.begin(actor=actor, ret=ret, today=on, now=morning(on))
            if sections := entry.get("sections"):
                owners = {standard: [self.person(who)] for standard, who in sections.items()}
                returns.share_out(actor=actor, ret=ret, owners=owners)
            fill(actor, ret, answers(key, entry["agency"]), morning(on))

    def sign(self, key: str, entry: dict[str, Any]) -> None:
        on, who = entry["signed_off_on"], self.person(entry["signed_off_by"])
        with as_person(who, self.cycles[key].board_id) as actor:
            ret = self.fresh(key, entry["agency"])
            post = entry.get("signed_off_post") or who.job_title or "Senior officer"
            if reason := entry.get("nil_reason"):
                returns.sign_nil(actor=actor, ret=ret, post=post, reason=reason, today=on, now=morning(on))
            else:
                signed = returns.sign_off(actor=actor, ret=ret, post=post, today=on, now=morning(on))
                told(actor=actor, ret=ret, signed=signed, minutes=entry.get("minutes"))

    def sign_before(self, key: str, entry: dict[str, Any], one: dict[str, Any]) -> None:
        """The first of two signatures."""
        on = one["on"]
        with as_person(self.person(one["by"]), self.cycles[key].board_id) as actor:
            ret = self.fresh(key, entry["agency"])
            returns.sign_off(actor=actor, ret=ret, post=one["post"], today=on, now=morning(on))

    def assign(self, key: str, entry: dict[str, Any]) -> None:
        with as_person(self.manager(), self.cycles[key].board_id) as actor:
            moderation.assign(
                actor=actor,
                ret=self.fresh(key, entry["agency"]),
                moderator=self.person(entry["moderator"]),
                today=entry["signed_off_on"],
            )

    def query(self, key: str, entry: dict[str, Any], asked: dict[str, Any]) -> None:
        with as_person(self.person(asked["asked_by"]), self.cycles[key].board_id) as actor:
            moderation.query(
                actor=actor,
                ret=self.fresh(key, entry["agency"]),
                today=asked["asked_on"],
                questions={asked.get("item", ""): asked["words"]},
            )

    def answer_query(self, key: str, entry: dict[str, Any], asked: dict[str, Any]) -> None:
        with as_person(self.person(asked["answered_by"]), self.cycles[key].board_id) as actor:
            ret = self.fresh(key, entry["agency"])
            waiting = Query.objects.filter(return_of=ret, answered_on=None)
            returns.answer_queries(
                actor=actor,
                ret=ret,
                today=asked["answered_on"],
                said={q.id: asked["answer"] for q in waiting},
            )

    def moderate(self, key: str, entry: dict[str, Any]) -> None:
        on = entry["moderated_on"]
        with as_person(self.person(entry["moderator"]), self.cycles[key].board_id) as actor:
            ret = self.fresh(key, entry["agency"])
            for row in answers(key, entry["agency"]):
                if row["moderated"]:
                    moderation.judge(
                        actor=actor,
                        ret=ret,
                        item=row["item"],
                        score=row["moderated"],
                        reason=row["moderation_reason"],
                        today=on,
                    )
            moderation.finish(actor=actor, ret=ret, note=entry.get("overall_note", ""), today=on)

    def extend(self, key: str, entry: dict[str, Any]) -> None:
        with as_person(self.manager(), self.cycles[key].board_id) as actor:
            cycles.extend(
                actor=actor,
                ret=self.fresh(key, entry["agency"]),
                to=entry["extended_to"],
                reason=entry["extension_reason"],
                today=entry["extended_on"],
            )

    def release(self, key: str, entry: dict[str, Any]) -> None:
        with as_person(self.manager(), self.cycles[key].board_id) as actor:
            moderation.release(actor=actor, ret=self.fresh(key, entry["agency"]), today=entry["released_on"])

    def reply(self, key: str, entry: dict[str, Any]) -> None:
        with as_person(self.person(entry["replied_by"]), self.cycles[key].board_id) as actor:
            returns.reply(
                actor=actor,
                ret=self.fresh(key, entry["agency"]),
                words=entry["reply"],
                today=entry["replied_on"],
            )


def events(directory: Directory) -> Iterator[Event]:
    """Everything that happened, in no particular order; of one day, in the order given here."""
    story = Story(directory)
    for data in cycle_files():
        key = data["key"]
        yield Event(data["opens_on"], partial(story.prepare, data))
        by_day: dict[date, list[dict[str, Any]]] = {}
        for entry in data["return"]:
            by_day.setdefault(entry["issued_on"], []).append(entry)
        for on, entries in by_day.items():
            yield Event(on, partial(story.issue, key, on, entries))
        for on, do in left_out_events(story, data):
            yield Event(on, do)
        for entry in data["return"]:
            yield from _of_return(story, key, entry)
        if data.get("released_on"):
            yield Event(data["released_on"], partial(story.release_to_board, key, data["released_on"]))
        if data.get("closed_on"):
            yield Event(data["closed_on"], partial(story.close, key, data["closed_on"]))
    beside = (
        action_events,
        survey_events,
        own_tool_events,
        meeting_events,
        death_events,
        lesson_events,
        figure_events,
        challenge_events,
        report_events,
        published_events,
    )
    for happened in beside:
        for on, do in happened(story):
            yield Event(on, do)


def _of_return(story: Story, key: str, entry: dict[str, Any]) -> Iterator[Event]:
    if "extended_on" in entry:
        yield Event(entry["extended_on"], partial(story.extend, key, entry))
    if "started_on" in entry:
        yield Event(entry["started_on"], partial(story.begin, key, entry))
    for one in entry.get("signed_before", []):
        yield Event(one["on"], partial(story.sign_before, key, entry, one))
    if "signed_off_on" in entry:
        yield Event(entry["signed_off_on"], partial(story.sign, key, entry))
    if "moderator" in entry and "signed_off_on" in entry:
        yield Event(entry["signed_off_on"], partial(story.assign, key, entry))
    for asked in entry.get("query", []):
        yield Event(asked["asked_on"], partial(story.query, key, entry, asked))
        if "answered_on" in asked:
            yield Event(asked["answered_on"], partial(story.answer_query, key, entry, asked))
    if "moderated_on" in entry:
        yield Event(entry["moderated_on"], partial(story.moderate, key, entry))
    if "released_on" in entry:
        yield Event(entry["released_on"], partial(story.release, key, entry))
    for on, do in (*chase_events(story, key, entry), *events_beside(story, key, entry)):
        yield Event(on, do)
    if "replied_on" in entry:
        yield Event(entry["replied_on"], partial(story.reply, key, entry))

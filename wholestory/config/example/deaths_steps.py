"""What is done about a death in the example, step by step, by the rooms' own operations and by their own people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import Address, Case, ChildrenTogether, Notification, Panel, Transfer
from wholestory.child_deaths.operations import (
    family,
    holds,
    opening,
    outside,
    particulars,
    requests,
    response,
    restricting,
    transfers,
    triage,
)
from wholestory.config.example.directory import Directory
from wholestory.kernel.moments import LONDON, Moment, at_instant
from wholestory.partners.models import Area, Person, Seat
from wholestory.pathways.operations.moves import move

OURS = "cambridgeshire-and-peterborough"
COORDINATOR, CHAIR = "rosalind_peake", "isolde_marchetti"
Step = dict[str, Any]


class Deaths:
    """What was made so far, by the keys of the example's file."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.messages: dict[str, Notification] = {}
        self.cases: dict[str, Any] = {}

    @contextmanager
    def acting(self, key: str, role: str) -> Iterator[Person]:
        """As somebody, in their seat of that role with the board that hosts the panel."""
        person = self.directory.people[key]
        seat = Seat.objects.filter(
            person=person, role=role, board=self.directory.boards["peterborough"]
        ).first()
        with acting.acting_as(person, seat):
            yield person

    def coordinator(self) -> Any:
        """As the coordinator."""
        return self.acting(COORDINATOR, "child_death_coordinator")

    def chair(self) -> Any:
        """As the panel's chair."""
        return self.acting(CHAIR, "panel_chair")

    def panel(self, slug: str = OURS) -> Panel:
        """A panel, our own unless another is named."""
        return Panel.objects.select_related("board", "group").get(slug=slug)

    def case(self, death: Step) -> Case:
        """The case as it stands, for whoever acts now."""
        rows = Case.objects.select_related("record__board", "record__standing", "panel", "child", "office")
        return rows.get(pk=self.cases[death["key"]])


def at(step: Step, hour: int = 14) -> Moment:
    """Early afternoon of the step's day."""
    return at_instant(datetime.combine(step["on"], time(hour), LONDON))


def _open(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        message = Notification.objects.select_related("record").get(pk=deaths.messages[death["key"]].pk)
        made = opening.open_case(actor=actor, notification=message, now=at(step), today=step["on"])
    deaths.cases[death["key"]] = made.pk


def _particulars(deaths: Deaths, death: Step, step: Step) -> None:
    """What the first message did not say of the child, the place and the home."""
    of_child: Step = {key: step[key] for key in ("gestation_weeks", "birthweight_grams") if key in step}
    of_case: Step = {key: step[key] for key in ("place_kind", "event_place") if key in step}
    with deaths.coordinator() as actor:
        case = deaths.case(death)
        changes = particulars.Changes(case=of_case, child=of_child)
        particulars.put_right(actor=actor, case=case, changes=changes, reason="", now=at(step))
        for home in Address.objects.filter(child=case.child_id) if "deprivation" in step else ():
            home.deprivation = step["deprivation"]
            home.save(update_fields=["deprivation"])


def _lead(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        triage.decide_lead(
            actor=actor, case=deaths.case(death), coordinates="us", leads=deaths.panel(step.get("leads", OURS)),
            home_area=Area.objects.get(name=step["area"]), rule=step["rule"], evidence=step["evidence"],
            today=step["on"],
        )  # fmt: skip


def _take_on(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        triage.take_on(actor=actor, case=deaths.case(death), today=step["on"], now=at(step))


def _leave_out(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        triage.leave_out(
            actor=actor,
            case=deaths.case(death),
            rule=step["rule"],
            reason=step["reason"],
            today=step["on"],
            now=at(step),
        )


def _send(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        transfers.send(
            actor=actor, case=deaths.case(death), words=step["words"], now=at(step), today=step["on"]
        )


def _reply(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        sent = Transfer.objects.select_related("record", "to_panel", "from_panel").get(
            case=deaths.cases[death["key"]]
        )
        transfers.record_reply(
            actor=actor, transfer=sent, accepted=step["accepted"], answered_by=step["answered_by"], words=step["words"],
            their_reference=step["reference"], answered_on=step["on"], today=step["on"], now=at(step),
        )  # fmt: skip


def _decide(deaths: Deaths, death: Step, step: Step) -> None:
    """Whether a first response is opened."""
    with deaths.coordinator() as actor:
        response.decide(
            actor=actor, case=deaths.case(death), opens=step["do"] == "response", criteria=step.get("criteria", []),
            reason=step["reason"], decided_by=step["decided_by"], decided=at(step, 9), now=at(step),
        )  # fmt: skip


def _step(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        response.add_step(
            actor=actor, case=deaths.case(death), kind=step["kind"], at=at(step, 9), facts=step["facts"],
            words=step["words"], now=at(step),
        )  # fmt: skip


def _moves(name: str) -> Callable[[Deaths, Step, Step], None]:
    def do(deaths: Deaths, death: Step, step: Step) -> None:
        with deaths.coordinator() as actor:
            move(actor=actor, record=deaths.case(death).record, name=name, today=step["on"], now=at(step))

    return do


def _ask(deaths: Deaths, death: Step, step: Step) -> None:
    to = []
    for key in step["to"]:
        person = deaths.directory.people[key]
        seat = Seat.objects.filter(person=person, agency__isnull=False).select_related("agency").first()
        if seat is None or seat.agency is None or person.email is None:
            raise ValueError(f"The example asks {key}, who works for no agency.")
        to.append(
            requests.ToAsk(seat.agency.name, person.full_name, person.email, person.job_title, seat.agency)
        )
    with deaths.coordinator() as actor:
        requests.ask(
            actor=actor, case=deaths.case(death), to=to, topics=(), why="", now=at(step), today=step["on"]
        )


def _hold(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        holds.begin(
            actor=actor, case=deaths.case(death), why=step["why"], since_on=step["on"], review_on=step["review_on"],
            now=at(step), contact=step.get("contact", ""), words=step["words"],
        )  # fmt: skip


def _process(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        outside.record(
            actor=actor, case=deaths.case(death), kind=step["kind"], state=step["state"], facts=step["facts"],
            words=step["words"], today=step["on"], now=at(step),
        )  # fmt: skip


def _restrict(deaths: Deaths, death: Step, step: Step) -> None:
    people = [deaths.directory.people[key] for key in step["people"]]
    with deaths.coordinator() as actor:
        restricting.restrict(
            actor=actor, case=deaths.case(death), people=people, reason=step["reason"], today=step["on"]
        )


def _twins(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator():
        case, other = deaths.case(death), deaths.case({"key": step["other"]})
        ledger.line("child_deaths.put_right", case.record)
        ChildrenTogether.objects.create(
            one=case.child, other=other.child, how=ChildrenTogether.How.TWIN, circle_id=case.circle_id,
            office_id=case.office_id,
        )  # fmt: skip


def _key_worker(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        begun = family.begin(actor=actor, case=deaths.case(death), today=step["on"])
        family.name_key_worker(
            actor=actor, family=begun, name=step["name"], organisation=step["organisation"], telephone="",
            email=step["email"], today=step["on"], now=at(step),
        )  # fmt: skip


VERBS: dict[str, Callable[[Deaths, Step, Step], None]] = {
    "open": _open,
    "particulars": _particulars,
    "lead": _lead,
    "take_on": _take_on,
    "leave_out": _leave_out,
    "send": _send,
    "reply": _reply,
    "response": _decide,
    "no_response": _decide,
    "step": _step,
    "gather": _moves("gathering_begun"),
    "meeting_held": _moves("meeting_was_held"),
    "ask": _ask,
    "hold": _hold,
    "process": _process,
    "restrict": _restrict,
    "twins": _twins,
    "key_worker": _key_worker,
}

"""Asking agencies for what they know, giving more time, taking back, opening again: what the coordinator does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    AgencyRequest,
    Case,
    RequestForm,
    RequestStep,
    Service,
)
from wholestory.child_deaths.operations import addressees, request_links
from wholestory.child_deaths.operations.circles import circle_for
from wholestory.child_deaths.queries import forms_asked
from wholestory.child_deaths.queries.told_of_child import about
from wholestory.child_deaths.rules import requests as rules
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.kernel.moments import Moment
from wholestory.paperwork import operations as forms
from wholestory.partners.models import Agency, Person
from wholestory.pathways.models import RunningClock, Standing
from wholestory.pathways.operations.clocks import meet_clock, start_clock
from wholestory.pathways.operations.moves import move
from wholestory.pathways.register import NotInEdition, UnknownRule
from wholestory.pathways.rules.stages import CannotMove
from wholestory.records import opening

REQUEST = opening.Opening("child_deaths.request", "DR", "child_deaths")
CLOCK = "agency_report_returned"
What = RequestStep.What


class CannotAsk(ValueError):
    """It makes no sense as it stands; the sentence is for the person, ``field`` says where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ToAsk:
    """One agency and the person there who is asked."""

    organisation: str
    name: str
    email: str
    role: str = ""
    agency: Agency | None = None
    service: Service | None = None


@dataclass(frozen=True)
class AskedNow:
    """What became of asking many: the new requests, and those that were there before."""

    new: tuple[AgencyRequest, ...]
    before: tuple[AgencyRequest, ...]

    @property
    def in_words(self) -> str:
        """For the page."""
        return rules.states_in_words(len(self.new), len(self.before), 0)


@transaction.atomic
def ask(
    *,
    actor: Person,
    case: Case,
    to: Sequence[ToAsk],
    topics: Sequence[Topic],
    why: str,
    now: Moment,
    today: date,
    due_on: date | None = None,
) -> AskedNow:
    """Ask each agency once: a request of its own, its forms begun, its addressee let in and sent a link.

    Asked again with the same agency and address, the request that is there stays as it is. Raises CannotAsk;
    asking.NotForYou for whoever does not run child death reviews.
    """
    asking.require(actor, Verb.MANAGE, case.record)
    if due_on is not None and due_on < today:
        raise CannotAsk("The day it is due must not have passed.", "due_on")
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    there = {each.sent_key: each for each in case.requests.filter(revoked_at=None).select_related("record")}
    told = about(case.child)
    new, before = [], []
    for one in to:
        key = rules.sent_key(one.organisation, one.email)
        if key in there:
            before.append(there[key])
            continue
        there[key] = made = _one(actor, case, one, key, topics, why, told, now, today, due_on)
        new.append(made)
    if new:
        _gathering_has_begun(actor, case, now, today)
    return AskedNow(tuple(new), tuple(dict.fromkeys(before)))


def _gathering_has_begun(actor: Person, case: Case, now: Moment, today: date) -> None:
    """Asking the first agency is what begins the gathering, where the case stands right before it."""
    if Standing.objects.filter(record=case.record, stage="immediate").exists():
        # Whoever may ask but not move the case leaves it where it stands.
        with suppress(CannotMove):
            move(actor=actor, record=case.record, name="gathering_begun", today=today, now=now)


def _one(
    actor: Person,
    case: Case,
    one: ToAsk,
    key: str,
    topics: Sequence[Topic],
    why: str,
    told: dict[str, Any],
    now: Moment,
    today: date,
    due_on: date | None,
) -> AgencyRequest:
    board = case.record.board
    ledger.line("child_deaths.asked", case.record)
    circle = circle_for(case, "death_request")
    record = opening.sheet(
        REQUEST, board, circle, case.office, today, verb="child_deaths.request_made", edition=case.record.edition
    )  # fmt: skip
    request = AgencyRequest.objects.create(
        record=record, circle=circle, office=case.office, case=case, panel=case.panel, service=one.service,
        agency=one.agency, organisation=one.organisation[:160], role=one.role[:80], form_set=case.form_set,
        about=told, why=why, sent_key=key, asked_by=actor, asked_on=today, due_on=due_on or rules.due(today),
    )  # fmt: skip
    clock = _clock(actor, request, now)
    if due_on is None and clock is not None and clock.due_on is not None:
        request.due_on = clock.due_on
        request.save(update_fields=["due_on"])
    _forms(actor, request, topics, today)
    step(request, What.ASKED, actor, now)
    addressee = addressees.let_in(
        actor=actor, request=request, name=one.name, email=one.email, parts=[], now=now, today=today
    )
    request_links.issue(request=request, addressee=addressee, why="first")
    if one.service is not None and not one.service.asked:
        Service.objects.filter(pk=one.service.pk).update(asked=True)
    return request


def _clock(actor: Person, request: AgencyRequest, now: Moment) -> RunningClock | None:
    """The local clock for returning a report; none where the record's edition has none."""
    try:
        return start_clock(actor=actor, record=request.record, key=CLOCK, starts={"asked": now}, now=now)
    except (NotInEdition, UnknownRule):
        return None


def _forms(actor: Person, request: AgencyRequest, topics: Sequence[Topic], today: date) -> None:
    chosen = [forms_asked.report(request.form_set, today)]
    chosen += [
        form
        for topic in topics
        if (form := forms_asked.supplement(topic, request.form_set, today)) is not None
    ]  # fmt: skip
    for place, form in enumerate(chosen):
        answers = forms.start(
            actor=actor, record=request.record, version=forms.publish(form), verb=Verb.MANAGE
        )
        RequestForm.objects.create(
            request=request, circle_id=request.circle_id, office_id=request.office_id, answers=answers,
            key=form.key, title=form.title, place=place,
        )  # fmt: skip


def step(
    request: AgencyRequest,
    what: What,
    by: Person,
    now: Moment,
    words: str = "",
    person: Person | None = None,
) -> RequestStep:
    """Note what was done. The caller has written its line."""
    return RequestStep.objects.create(
        request=request, circle_id=request.circle_id, office_id=request.office_id, what=what, words=words,
        person=person, by=by, at=now.at,
    )  # fmt: skip


def meet(actor: Person, request: AgencyRequest, met: Moment) -> None:
    """The report is back, or nothing is known: the clock closes with its result."""
    clock = RunningClock.objects.filter(record=request.record, key=CLOCK, closed_at=None).first()
    if clock is not None:
        meet_clock(actor=actor, clock=clock, met=met, now=met)

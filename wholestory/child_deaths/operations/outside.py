"""Recording what runs beside a review, what was told to whom, and who is under suspicion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Case,
    Disclosure,
    OtherProcess,
    ProcessEntry,
    Relative,
    Suspicion,
)
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.rules import facts as facts_rules
from wholestory.child_deaths.rules import outside as rules
from wholestory.child_deaths.rules.other_processes import Process, may_hold
from wholestory.kernel.moments import Moment, on_day
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock, Standing
from wholestory.pathways.operations.clocks import correct_start

FINAL = frozenset({"finalised", "submitted", "closed"})
#: Where a recorded day begins and ends a limit: process, clock, the fact it starts from, the fields of its two days.
_LIMITS = (
    (Process.CORONER, "coroner_tells_board", "coroner_decided", "decided_on", "told_us_on"),
    (Process.CERTIFICATE, "registrar_tells_board", "registered", "registered_on", "registrar_told_us_on"),
    (Process.CERTIFICATE, "registrar_tells_partners", "registered", "registered_on", "registrar_told_us_on"),
    (Process.SERIOUS_INCIDENT, "incident_notification", "aware", "aware_on", "notified_on"),
    (Process.SERIOUS_INCIDENT, "rapid_review", "notification_sent", "notified_on", "rapid_review_on"),
)  # fmt: skip
#: Standings in which nobody writes unless police agree.
SILENT = frozenset({"suspected", "charged", "convicted", "police_ask", "with_suspect"})


@transaction.atomic
def record(
    *,
    actor: Person,
    case: Case,
    kind: str,
    state: str,
    facts: Mapping[str, Any],
    today: date,
    now: Moment,
    words: str = "",
    about: Relative | None = None,
    holds_review: bool | None = None,
    process: OtherProcess | None = None,
) -> OtherProcess:
    """Record how a process stands; the earlier state is kept. ``process`` is the one that goes on.

    Raises NotRecorded for a process there was not on the day of the death, and for dates to come that are past things.
    """
    asking.require(actor, Verb.WRITE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    which = Process(kind)
    if which not in rules.offered(case.died_on):
        raise NotRecorded("There was no such process on the day of this death.")
    if about is not None and about.child_id != case.child_id:
        raise NotRecorded("This person is not of this child’s family.", "about")
    if process is not None and (process.case_id != case.pk or process.kind != kind):
        raise NotRecorded("That is another process.")
    kept = facts_rules.tidy(rules.shown_fields(which), facts)
    ledger.line("child_deaths.process_recorded", case.record, reason=kind)
    doors = {"circle_id": case.circle_id, "office_id": case.office_id}
    made = process or OtherProcess(case=case, kind=kind, **doors)
    made.about, made.state, made.facts, made.words = about, state, kept, words.strip()
    made.holds_review = holds_review if may_hold(which)[0] else None
    made.changed_on, made.changed_by = today, actor
    made.save()
    ProcessEntry.objects.create(
        **doors, process=made, state=state, facts=kept, words=words.strip(), on=today, by=actor,
        after_final=Standing.objects.filter(record=case.record, stage__in=FINAL).exists(),
    )  # fmt: skip
    if about is None:
        _limits(actor, case, which, kept, now)
    return made


@transaction.atomic
def disclose(
    *,
    actor: Person,
    case: Case,
    on: date,
    to: str,
    what: str,
    basis: str,
    basis_words: str = "",
    left_out: str = "",
    today: date,
) -> Disclosure:
    """Note what of the case was told or given to somebody outside. Raises NotRecorded for a day to come, and where
    another basis is not named."""
    asking.require(actor, Verb.WRITE, case.record)
    if on > today:
        raise NotRecorded("It cannot be later than today", "on")
    if basis == Disclosure.Basis.OTHER and not basis_words.strip():
        raise NotRecorded("Say on what basis", "basis_words")
    ledger.line("child_deaths.disclosed", case.record, reason=basis)
    return Disclosure.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, case=case, on=on, to=to.strip(), what=what.strip(),
        left_out=left_out.strip(), basis=basis, basis_words=basis_words.strip(), by=actor, entered_on=today,
    )  # fmt: skip


@transaction.atomic
def suspect(
    *,
    actor: Person,
    case: Case,
    relative: Relative,
    standing: str,
    police_agree: bool,
    today: date,
    contact: str = "",
    words: str = "",
) -> Suspicion:
    """Record how police see one relative. Nothing of the family's own record changes: its key
    worker must not notice that anything was said."""
    asking.require(actor, Verb.DECIDE, case.record)
    if relative.child_id != case.child_id:
        raise NotRecorded("This person is not of this child’s family.", "relative")
    if standing in SILENT and not police_agree and standing != "with_suspect" and not contact.strip():
        raise NotRecorded("Name whom at the police to ask", "contact")
    ledger.line("child_deaths.suspicion_recorded", case.record)
    return Suspicion.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, case=case, relative=relative, standing=standing,
        police_agree=police_agree, contact=contact.strip(), words=words.strip(), on=today, by=actor,
    )  # fmt: skip


def _limits(actor: Person, case: Case, which: Process, facts: Mapping[str, Any], now: Moment) -> None:
    for process, key, fact, starts_with, ends_with in _LIMITS:
        if process is not which:
            continue
        start, end = facts_rules.day_of(facts.get(starts_with)), facts_rules.day_of(facts.get(ends_with))
        if start is not None and start <= now.on:
            case_clocks.begin(actor=actor, case=case, keys=[key], fact=fact, start=on_day(start), now=now)
        if end is not None and end <= now.on:
            case_clocks.meet(actor=actor, case=case, keys=[key], met=on_day(end), now=now)
    result = facts_rules.day_of(facts.get("concluded_on")) if which is Process.INQUEST else None
    if result is not None and result <= now.on:
        _inquest_is_known(actor, case, on_day(result), now)


def _inquest_is_known(actor: Person, case: Case, result: Moment, now: Moment) -> None:
    """The panel's limit runs from the later of the review meeting's output and the inquest's result."""
    for clock in RunningClock.objects.filter(record=case.record, key="death_panel", closed_at__isnull=True):
        if "inquest_result" not in clock.starts:
            correct_start(
                actor=actor,
                clock=clock,
                starts={"inquest_result": result},
                reason="inquest_concluded",
                now=now,
            )

"""Sending a form, opening it again, closing it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from wholestory import ledger
from wholestory.access.verbs import Verb
from wholestory.paperwork import queries
from wholestory.paperwork.models import AnswerSet, Clash, Status
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import NotOpen, NotReady
from wholestory.paperwork.sealing import content_hash
from wholestory.partners.models import Person


def submit(*, actor: Person, set_id: UUID, today: date, now: datetime, verb: Verb = Verb.WRITE) -> AnswerSet:
    """Send the form: nothing in it can be changed until it is opened again. Keeps the hash of what it says.

    Raises what ``held`` raises, and NotReady with every problem and its page.
    """
    form_set = held(set_id, actor=actor, verb=verb)
    filled = queries.filled(form_set)
    problems = filled.sheet.problems(today)
    clashes = Clash.objects.filter(answer_set=form_set, settled_at__isnull=True).count()
    if problems or clashes:
        raise NotReady(problems, clashes)
    ledger.line("paperwork.submitted", form_set.record)
    form_set.status = Status.SUBMITTED
    form_set.content_hash = content_hash(filled.sheet, form_set.form_version.seal)
    form_set.submitted_by, form_set.submitted_at = actor, now
    form_set.save(update_fields=["status", "content_hash", "submitted_by", "submitted_at"])
    return form_set


def reopen(*, actor: Person, set_id: UUID, verb: Verb = Verb.WRITE, reason: str = "") -> AnswerSet:
    """Make a sent form a draft again: its hash no longer holds. ``reason`` is a code for the access record."""
    form_set = held(set_id, actor=actor, verb=verb, status=Status.SUBMITTED)
    ledger.line("paperwork.reopened", form_set.record, reason=reason)
    form_set.status, form_set.content_hash = Status.DRAFT, ""
    form_set.submitted_by = form_set.submitted_at = None
    form_set.save(update_fields=["status", "content_hash", "submitted_by", "submitted_at"])
    return form_set


def lock(*, actor: Person, set_id: UUID, verb: Verb = Verb.MANAGE) -> AnswerSet:
    """Close the form for good, sent or not. It can still be read and printed by everybody who could before."""
    form_set = held(set_id, actor=actor, verb=verb, status=None)
    if form_set.status == Status.LOCKED:
        raise NotOpen
    ledger.line("paperwork.locked", form_set.record)
    form_set.status = Status.LOCKED
    form_set.save(update_fields=["status"])
    return form_set

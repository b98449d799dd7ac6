"""Sending a form, opening it again, closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from wholestory import ledger
from wholestory.access.verbs import Verb
from wholestory.paperwork import queries
from wholestory.paperwork.models import AnswerSet, Clash, Status
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import NotAsRead, NotOpen, NotReady
from wholestory.paperwork.sealing import content_hash
from wholestory.partners.models import Person


def submit(
    *,
    actor: Person,
    set_id: UUID,
    today: date,
    now: datetime,
    verb: Verb = Verb.WRITE,
    read: str | None = None,
) -> AnswerSet:
    """Send the form: nothing in it can be changed until it is opened again. Keeps the hash of what it says.

    ``read`` is that hash for what the sender was shown. Raises what ``held`` raises, NotReady with every problem and
    its page, and NotAsRead when the form now says something else.
    """
    form_set = held(set_id, actor=actor, verb=verb)
    filled = queries.filled(form_set)
    problems = filled.sheet.problems(today)
    clashes = Clash.objects.filter(answer_set=form_set, settled_at__isnull=True).count()
    if problems or clashes:
        raise NotReady(problems, clashes)
    digest = says(filled)
    if read is not None and read != digest:
        raise NotAsRead
    ledger.line("paperwork.submitted", form_set.record)
    form_set.status = Status.SUBMITTED
    form_set.content_hash = digest
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
        raise NotOpen(closed=True)
    ledger.line("paperwork.locked", form_set.record)
    form_set.status = Status.LOCKED
    form_set.save(update_fields=["status"])
    return form_set


def says(filled: queries.Filled) -> str:
    """The hash ``submit`` would keep of the form as it was read: see its ``read``."""
    return content_hash(filled.sheet, filled.answer_set.form_version.seal)


def lock_many(*, records: Sequence[UUID], kind: str, board_id: UUID) -> None:
    """Close the forms of many records of one kind: one line, one update, after any save that is under way. The room
    that closes the records has asked whether it may."""
    if not records:
        return
    ledger.line("paperwork.locked", kind=kind, ids=records, board_id=board_id)
    AnswerSet.objects.filter(record__in=records).exclude(status=Status.LOCKED).update(status=Status.LOCKED)

"""Starting, pausing, meeting and correcting a clock. Every change leaves an event that is never edited.

The caller's own operation asks access for what it is about; here it is asked that the person may see the record,
and that the clock is in a state that allows the change. Moments come in as they are known; ``now`` is the moment
of writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways import register
from wholestory.pathways.models import ClockEvent, RunningClock
from wholestory.pathways.operations.results import fill, pauses, worked_out
from wholestory.pathways.queries.calendars import calendars
from wholestory.pathways.rules import snapshots
from wholestory.pathways.rules.judging import Outcome, judge
from wholestory.pathways.rules.pauses import Pause
from wholestory.pathways.rules.reckoning import work_out
from wholestory.records.models import Record

Kind = ClockEvent.Kind


class CannotChangeClock(ValueError):
    """The clock is not in a state that allows this. The message is fit for a person."""


@transaction.atomic
def start_clock(
    *,
    actor: Person,
    record: Record,
    key: str,
    starts: Mapping[str, Moment],
    now: Moment,
    reason: str = "",
    note: str = "",
) -> RunningClock:
    """Start the clock ``key`` of the record's edition from ``starts`` (start fact to moment).

    Raises UnknownRule or NotInEdition when the record's edition has no such clock, CannotWorkOut when it cannot be
    worked out, CannotChangeClock when it is running already.
    """
    _may(actor, record)
    rule = register.clock(key, record.edition)
    if RunningClock.objects.filter(record=record, key=rule.key, closed_at__isnull=True).exists():
        raise CannotChangeClock(f"“{rule.title}” is running already.")
    worked = work_out(rule, starts, calendars=calendars(record.board))
    clock = RunningClock(
        record=record,
        circle_id=record.circle_id,
        office_id=record.office_id,
        rule=register.rule_id(rule),
        key=rule.key,
        title=rule.title,
        edition=record.edition,
        fingerprint=rule.fingerprint,
        rule_as_started=snapshots.to_plain(rule),
        first_start_at=worked.start.at,
        first_due_on=worked.due.on if worked.due else None,
    )
    clock.starts = {name: snapshots.moment_to_plain(moment) for name, moment in starts.items()}
    fill(clock, worked)
    ledger.line("pathways.clock_started", record)
    clock.save(force_insert=True)
    _event(clock, Kind.STARTED, actor, moment=worked.start, reason=reason, note=note)
    return clock


@transaction.atomic
def meet_clock(
    *, actor: Person, clock: RunningClock, met: Moment, now: Moment, note: str = ""
) -> RunningClock:
    """The thing was done at ``met``. The clock closes and keeps its result for good.

    Raises CannotChangeClock when it is closed, or when ``met`` is before the start or after ``now``.
    """
    clock = _locked(actor, clock)
    worked = worked_out(clock)
    if met.at < worked.start.at and met.on < worked.start.on:
        raise CannotChangeClock("It cannot have been done before the clock started.")
    if met.on > now.on:
        raise CannotChangeClock("It cannot have been done in the future.")
    outcome = judge(worked, met=met, now=now)
    ledger.line("pathways.clock_met", clock.record)
    clock.met_at, clock.met_on, clock.met_precision = met.at, met.on, met.precision.value
    clock.outcome = outcome.value
    clock.breached = clock.breached or outcome in {Outcome.MET_LATE, Outcome.TOO_EARLY}
    clock.paused = False
    clock.closed_at = now.at
    clock.save(force_update=True)
    _event(clock, Kind.MET, actor, moment=met, note=note)
    return clock


@transaction.atomic
def pause_clock(
    *, actor: Person, clock: RunningClock, begins: Moment, reason: str, now: Moment, note: str = ""
) -> RunningClock:
    """The clock stands still from ``begins``, for a coded ``reason``.

    Raises CannotChangeClock when it is closed or paused, and PauseNotPossible when this limit cannot be paused.
    """
    clock = _locked(actor, clock)
    if clock.paused:
        raise CannotChangeClock("The clock is paused already.")
    if not reason:
        raise CannotChangeClock("A pause needs its reason.")
    _not_later(begins, now, "A pause cannot begin in the future.")
    last = pauses(clock)
    if last and last[-1].ends is not None and begins.at < last[-1].ends.at:
        raise CannotChangeClock("The clock was paused at that time already.")
    before = clock.due_on
    worked = worked_out(clock, (*last, Pause(begins, None, reason)))
    ledger.line("pathways.clock_paused", clock.record, reason=reason)
    fill(clock, worked)
    clock.paused = True
    clock.save(force_update=True)
    _event(clock, Kind.PAUSED, actor, moment=begins, reason=reason, note=note, before=before)
    return clock


@transaction.atomic
def resume_clock(
    *, actor: Person, clock: RunningClock, ends: Moment, now: Moment, note: str = ""
) -> RunningClock:
    """The clock goes on from ``ends``. Raises CannotChangeClock when it is not paused or ``ends`` is too early."""
    clock = _locked(actor, clock)
    found = pauses(clock)
    if not clock.paused or not found or found[-1].ends is not None:
        raise CannotChangeClock("The clock is not paused.")
    _not_later(ends, now, "A pause cannot end in the future.")
    if ends.at < found[-1].begins.at:
        raise CannotChangeClock("A pause cannot end before it begins.")
    before = clock.due_on
    worked = worked_out(clock, (*found[:-1], Pause(found[-1].begins, ends, found[-1].reason)))
    ledger.line("pathways.clock_resumed", clock.record)
    fill(clock, worked)
    clock.paused = False
    clock.save(force_update=True)
    _event(clock, Kind.RESUMED, actor, moment=ends, note=note, before=before)
    return clock


@transaction.atomic
def correct_start(
    *,
    actor: Person,
    clock: RunningClock,
    starts: Mapping[str, Moment],
    reason: str,
    now: Moment,
    note: str = "",
) -> RunningClock:
    """The start was recorded wrongly, or a later one of several facts has come. What was known first is kept.

    Raises CannotChangeClock when the clock is closed or no reason is given.
    """
    clock = _locked(actor, clock)
    if not reason:
        raise CannotChangeClock("A correction needs its reason.")
    before = clock.due_on
    given = {name: snapshots.moment_from_plain(plain) for name, plain in clock.starts.items()}
    given.update(starts)
    clock.starts = {name: snapshots.moment_to_plain(moment) for name, moment in given.items()}
    worked = worked_out(clock)
    ledger.line("pathways.clock_start_corrected", clock.record, reason=reason)
    fill(clock, worked)
    clock.save(force_update=True)
    _event(clock, Kind.START_CORRECTED, actor, moment=worked.start, reason=reason, note=note, before=before)
    return clock


@transaction.atomic
def cancel_clock(
    *, actor: Person, clock: RunningClock, reason: str, now: Moment, note: str = ""
) -> RunningClock:
    """The duty fell away (a notification withdrawn, say). Raises CannotChangeClock when closed or without a reason."""
    clock = _locked(actor, clock)
    if not reason:
        raise CannotChangeClock("Ending a clock that was not met needs a reason.")
    ledger.line("pathways.clock_cancelled", clock.record, reason=reason)
    clock.cancelled, clock.paused, clock.closed_at = True, False, now.at
    clock.save(force_update=True)
    _event(clock, Kind.CANCELLED, actor, reason=reason, note=note)
    return clock


@transaction.atomic
def reopen_clock(
    *, actor: Person, clock: RunningClock, reason: str, now: Moment, note: str = ""
) -> RunningClock:
    """It was closed by mistake. Its day stays what it was. Raises CannotChangeClock when it is not closed."""
    _may(actor, clock.record)
    clock = _lock(clock)
    if clock.closed_at is None:
        raise CannotChangeClock("The clock is still running.")
    if not reason:
        raise CannotChangeClock("Opening a clock again needs a reason.")
    if RunningClock.objects.filter(record=clock.record, key=clock.key, closed_at__isnull=True).exists():
        raise CannotChangeClock(f"“{clock.title}” is running again already.")
    ledger.line("pathways.clock_reopened", clock.record, reason=reason)
    clock.met_at = clock.met_on = clock.closed_at = None
    clock.met_precision = clock.outcome = ""
    clock.cancelled = False
    clock.save(force_update=True)
    found = pauses(clock)
    if found and found[-1].ends is None:
        # It was closed while paused; the trigger lets nothing else change in the same step.
        clock.paused = True
        clock.save(force_update=True)
    _event(clock, Kind.REOPENED, actor, reason=reason, note=note)
    return clock


def _may(actor: Person, record: Record) -> None:
    # System actors are let in by the board they act for; people by their circle or office.
    if not actor.is_system:
        asking.require(actor, Verb.READ, record)


def _lock(clock: RunningClock) -> RunningClock:
    return (
        RunningClock.objects.select_for_update(of=("self",)).select_related("record__board").get(pk=clock.pk)
    )


def _locked(actor: Person, clock: RunningClock) -> RunningClock:
    _may(actor, clock.record)
    found = _lock(clock)
    if found.closed_at is not None:
        raise CannotChangeClock("The clock is closed and keeps the result it had.")
    return found


def _not_later(moment: Moment, now: Moment, message: str) -> None:
    if moment.on > now.on:
        raise CannotChangeClock(message)


def _event(
    clock: RunningClock,
    kind: str,
    actor: Person,
    *,
    moment: Moment | None = None,
    reason: str = "",
    note: str = "",
    before: Any = None,
) -> None:
    ClockEvent.objects.create(
        clock=clock,
        circle_id=clock.circle_id,
        office_id=clock.office_id,
        kind=kind,
        by=actor,
        moment=snapshots.moment_to_plain(moment) if moment else None,
        reason=reason,
        note=note,
        due_before_on=before,
        due_after_on=clock.due_on,
    )

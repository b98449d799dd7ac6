"""Working open clocks out again when the calendar changes, and noting the limits that have passed.

The system does this as the timekeeper, for one board at a time: a proclaimed day touches records that the person
who entered it may not see, and they learn only how many clocks moved.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import acting
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Board, Person
from wholestory.pathways.models import ClockEvent, RunningClock
from wholestory.pathways.operations.results import fill, worked_out
from wholestory.pathways.rules.judging import Outcome, judge


def _timekeeper() -> Person:
    return Person.objects.get(pk=acting.SYSTEM_ACTORS["timekeeper"][0])


@transaction.atomic
def rederive(*, board: Board, days: list[date] | None = None) -> int:
    """Work out again the board's open clocks that count across any of ``days``; without days, those whose result
    is provisional (a year further ahead has been checked).

    Each clock whose day moves gets an event with the day before and after, and a line in the access record. Closed
    clocks keep what they had. Returns how many moved.
    """
    moved = 0
    with acting.as_system(board, "timekeeper"):
        keeper = _timekeeper()
        found = RunningClock.objects.filter(record__board=board, closed_at__isnull=True)
        found = found.filter(provisional=True) if days is None else found.filter(_across(days))
        for clock in found.select_related("record__board").select_for_update(of=("self",)).order_by("id"):
            before = (clock.due_on, clock.gross_due_on, clock.net_due_on, clock.provisional, clock.opens_on)
            fill(clock, worked_out(clock))
            if before == (
                clock.due_on,
                clock.gross_due_on,
                clock.net_due_on,
                clock.provisional,
                clock.opens_on,
            ):
                continue
            ledger.line("pathways.clock_rederived", clock.record, reason="calendar_changed")
            clock.save(force_update=True)
            ClockEvent.objects.create(
                clock=clock,
                circle_id=clock.circle_id,
                office_id=clock.office_id,
                kind=ClockEvent.Kind.REDERIVED,
                by=keeper,
                reason="calendar_changed",
                due_before_on=before[0],
                due_after_on=clock.due_on,
            )
            moved += 1
    return moved


def _across(days: list[date]) -> Q:
    """Clocks whose count passes over one of the days: forward from the start, or back from it."""
    either = Q()
    for day in days:
        # Net days may lie beyond the day that counts; a paused clock has no end yet.
        forward = Q(start_on__lte=day) & (
            Q(gross_due_on__gte=day) | Q(net_due_on__gte=day) | Q(gross_due_on__isnull=True) | Q(paused=True)
        )
        back = Q(start_on__gte=day, gross_due_on__lte=day)
        either |= forward | back
    return either


@transaction.atomic
def note_breaches(*, board: Board, now: Moment) -> int:
    """Note the open clocks whose limit has passed by ``now``, once each. Returns how many were new."""
    noted = 0
    with acting.as_system(board, "timekeeper"):
        keeper = _timekeeper()
        late = RunningClock.objects.filter(
            record__board=board, closed_at__isnull=True, breached=False, due_on__lte=now.on
        )
        for clock in late.select_related("record__board").select_for_update(of=("self",)).order_by("id"):
            if judge(worked_out(clock), met=None, now=now) is not Outcome.OVERDUE:
                continue
            ledger.line("pathways.clock_breached", clock.record)
            clock.breached = True
            clock.save(force_update=True)
            ClockEvent.objects.create(
                clock=clock,
                circle_id=clock.circle_id,
                office_id=clock.office_id,
                kind=ClockEvent.Kind.BREACHED,
                by=keeper,
                due_before_on=clock.due_on,
                due_after_on=clock.due_on,
            )
            noted += 1
    return noted

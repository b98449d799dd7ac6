"""A case's limits as its record fills: begun once, met when the thing was done, ended when the duty falls away."""

from __future__ import annotations

from collections.abc import Collection

from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.rules.response_steps import NOT_RECORDED
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways import register
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import cancel_clock, meet_clock, reopen_clock, start_clock
from wholestory.pathways.register import NotInEdition


def begin(
    *, actor: Person, case: Case, keys: Collection[str], fact: str, start: Moment, now: Moment
) -> list[RunningClock]:
    """Start those of ``keys`` that the case's edition knows and that never ran, or were ended without being met.

    None for a case that was brought in: its limits are shown, and never counted as ours.
    """
    if case.brought_in:
        return []
    there = set(
        RunningClock.objects.filter(record=case.record, key__in=keys, cancelled=False).values_list(
            "key", flat=True
        )
    )
    return [
        start_clock(actor=actor, record=case.record, key=key, starts={fact: start}, now=now)
        for key in keys
        if key not in there and known(key, case.record.edition)
    ]


def meet(*, actor: Person, case: Case, keys: Collection[str], met: Moment, now: Moment) -> None:
    """End those of ``keys`` that run. What was done before a limit began (a coroner told while a child was dying)
    counts as done when it began. One that ended only because nobody had recorded the thing before the panel's review
    is taken up again first."""
    late = RunningClock.objects.filter(
        record=case.record, key__in=keys, cancelled=True, events__reason=NOT_RECORDED
    ).distinct()
    for clock in late:
        reopen_clock(actor=actor, clock=clock, reason="corrected", now=now)
    for clock in RunningClock.objects.filter(record=case.record, key__in=keys, closed_at__isnull=True):
        before = met.on < clock.start_on
        when = moment(clock.start_at, clock.start_precision) if before else met
        meet_clock(actor=actor, clock=clock, met=when, now=now)


def end(*, actor: Person, case: Case, keys: Collection[str], reason: str, now: Moment) -> None:
    """Those of ``keys`` that run fall away, for a coded reason."""
    for clock in RunningClock.objects.filter(record=case.record, key__in=keys, closed_at__isnull=True):
        cancel_clock(actor=actor, clock=clock, reason=reason, now=now)


def meet_again(
    *, actor: Person, case: Case, keys: Collection[str], was: Moment, met: Moment, now: Moment
) -> None:
    """The moment had been recorded wrongly: those of ``keys`` that ended with ``was`` end with ``met`` instead."""
    ended = RunningClock.objects.filter(record=case.record, key__in=keys, met_at=was.at)
    for clock in ended:
        reopen_clock(actor=actor, clock=clock, reason="corrected", now=now)
    meet(actor=actor, case=case, keys=keys, met=met, now=now)


def known(key: str, edition: str) -> bool:
    """Whether the edition has such a limit."""
    try:
        register.clock(key, edition)
    except NotInEdition:
        return False
    return True

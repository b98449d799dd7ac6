"""Joining two cases that are of one death, and parting them again with nothing lost.

Nothing of the joined case is moved or changed: its child, messages, requests and papers stay with it, and it points at
the case it was joined to. What did change stands in a ``Merge``, so that parting them restores it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Merge, NotTheSame
from wholestory.child_deaths.operations import first_told
from wholestory.child_deaths.operations.matching import CASE, MatchRefused, locked, messages_of
from wholestory.kernel.moments import at_instant
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock, Standing
from wholestory.pathways.operations import cancel_clock, move, put_back, reopen_clock
from wholestory.pathways.rules.stages import CannotMove


@transaction.atomic
def merge(*, actor: Person, case: Case, into: Case, today: date, now: datetime, reason: str) -> Merge:
    """Join ``case`` to ``into``, which stays. The time of first notification is the earlier of the two from now on.

    Raises MatchRefused, and asking.NotForYou.
    """
    for one in (case, into):
        asking.require(actor, Verb.MANAGE, one, kind=CASE)
    if not reason.strip():
        raise MatchRefused("Say how you know that it is one death: the reason stays with both cases.")
    case, into = _both(case, into)
    if case.pk == into.pk:
        raise MatchRefused("That is the same case.")
    if case.panel_id != into.panel_id:
        raise MatchRefused("The two cases are with different panels. Hand one of them over first.")
    if case.merged_into_id or into.merged_into_id:
        raise MatchRefused("One of the two is joined to another case already.")
    if NotTheSame.objects.filter(
        Q(one_case=case, other_case=into) | Q(one_case=into, other_case=case), taken_back_at=None
    ).exists():
        raise MatchRefused("Somebody said that these are two deaths. Take that back first.")
    stage = Standing.objects.get(record=case.record).stage
    ledger.line("child_deaths.joined_here", into.record)
    try:
        move(
            actor=actor,
            record=case.record,
            name="same_death",
            today=today,
            now=at_instant(now),
            reason=reason.strip(),
        )
    except CannotMove as problem:
        raise MatchRefused(f"{problem} If this case is further on, join the other one to it.") from problem
    made = Merge.objects.create(
        from_case=case, into_case=into, stage=stage, first_received_at=into.first_received_at, reason=reason.strip(),
        clocks=_end_clocks(actor, case, now), by=actor, at=now, circle=case.circle, office=case.office,
    )  # fmt: skip
    case.merged_into = into
    case.save(update_fields=["merged_into"], force_update=True)
    first_told.earlier(actor=actor, case=into, received_at=case.first_received_at, now=now)
    return made


@transaction.atomic
def unmerge(*, actor: Person, case: Case, today: date, now: datetime, reason: str) -> Merge:
    """Part ``case`` from the case it was joined to: both stand as they would had they never been joined.

    Messages that came to either since then stay where they are. Raises MatchRefused, and asking.NotForYou.
    """
    asking.require(actor, Verb.MANAGE, case, kind=CASE)
    if not reason.strip():
        raise MatchRefused("Say why: the reason stays with both cases.")
    made = Merge.objects.select_related("into_case__record").filter(from_case=case, undone_at=None).first()
    if made is None:
        raise MatchRefused("This case is not joined to another.")
    asking.require(actor, Verb.MANAGE, made.into_case, kind=CASE)
    case, into = _both(case, made.into_case)
    ledger.line("child_deaths.parted_here", into.record)
    move(
        actor=actor,
        record=case.record,
        name="not_the_same",
        today=today,
        now=at_instant(now),
        reason=reason.strip(),
    )
    put_back(actor=actor, record=case.record, stage=made.stage, today=today, reason=reason.strip())
    case.merged_into = None
    case.save(update_fields=["merged_into"], force_update=True)
    made.undone_by, made.undone_at, made.undone_reason = actor, now, reason.strip()
    made.save(update_fields=["undone_by", "undone_at", "undone_reason"], force_update=True)
    for clock in RunningClock.objects.filter(record=case.record, pk__in=made.clocks, cancelled=True):
        reopen_clock(actor=actor, clock=clock, reason="parted", now=at_instant(now))
    first_told.set_to(actor=actor, case=into, received_at=_first_received(into, made), now=now)
    return made


def _end_clocks(actor: Person, case: Case, now: datetime) -> list[str]:
    """End the clocks of a case that is joined to another: one death is reviewed once. Which they were."""
    running = list(RunningClock.objects.filter(record=case.record, closed_at=None).order_by("created_at"))
    for clock in running:
        cancel_clock(actor=actor, clock=clock, reason="joined", now=at_instant(now))
    return [str(clock.pk) for clock in running]


def _first_received(into: Case, undone: Merge) -> datetime:
    """When ``into`` was first told of, by its own messages and the cases still joined to it, without the parted one."""
    others = Merge.objects.filter(into_case=into, undone_at=None).select_related("from_case")
    # What stood there before the earliest of the joinings was the case's own.
    before = [undone, *Merge.objects.filter(into_case=into).order_by("at")]
    own = min(before, key=lambda one: one.at).first_received_at
    return min(
        [
            own,
            *(one.from_case.first_received_at for one in others),
            *(one.received_at for one in messages_of(into)),
        ]
    )


def _both(one: Case, other: Case) -> tuple[Case, Case]:
    """Both as they are now, held until the end, always in the same order so that two people do not wait for ever."""
    if one.pk == other.pk:
        held = locked(one)
        return held, held
    found = {case.pk: locked(case) for case in sorted((one, other), key=lambda case: case.pk)}
    return found[one.pk], found[other.pk]

"""When a case was first told of: the earliest of its messages, and the clock that this answers. What a later message
adds to what was told first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wholestory.child_deaths.models import Case, Child, Notification
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.rules import told_particulars
from wholestory.kernel.moments import Moment, at_instant
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations import meet_clock, reopen_clock

CLOCK = "death_notified"


def earlier(*, actor: Person, case: Case, received_at: datetime, now: datetime) -> None:
    """A message came to light that was received before all others of the case; of a later one nothing changes."""
    if received_at < case.first_received_at:
        set_to(actor=actor, case=case, received_at=received_at, now=now)


def add_missing(*, case: Case, notification: Notification, before: Iterable[Notification]) -> None:
    """Carry over what another message says of the child and the place where nothing is held. What a message or a person
    said before stays, and what a person emptied stays empty. Whoever calls it has written the line of the join."""
    child = Child.objects.select_for_update().get(pk=case.child_id)
    earlier = [one.answers for one in before if one.pk != notification.pk]
    for row, columns in ((child, told_particulars.OF_CHILD), (case, told_particulars.OF_CASE)):
        held = {column: getattr(row, column) for column in columns}
        added = told_particulars.missing(held, notification.answers, earlier)
        for column, value in added.items():
            setattr(row, column, value)
        if added:
            row.save(update_fields=list(added), force_update=True)


def set_to(*, actor: Person, case: Case, received_at: datetime, now: datetime) -> None:
    """The case was first told of then. The clock for telling the panel is met anew; its history shows both results."""
    if received_at == case.first_received_at:
        return
    case.first_received_at = received_at
    case.save(update_fields=["first_received_at"], force_update=True)
    clock = (
        RunningClock.objects.filter(record=case.record, key=CLOCK, cancelled=False)
        .order_by("-created_at")
        .first()
    )
    if clock is None or clock.met_at is None or case.confirmed_at is None:
        return
    confirmed = moment(case.confirmed_at, case.confirmed_precision)
    met = at_instant(received_at)
    if met.at < confirmed.at and met.on <= confirmed.on:
        # Only the day of death is known, which counts to its end: the message came on that day.
        met = Moment(confirmed.at, confirmed.on, met.precision)
    if met.at == clock.met_at:
        return
    clock = reopen_clock(actor=actor, clock=clock, reason="first_told", now=at_instant(now))
    if met.at >= confirmed.at:
        meet_clock(actor=actor, clock=clock, met=met, now=at_instant(now))

"""What people decide about messages and cases that may be of one death. Nothing is joined by itself, nothing is lost.

A message joined to a case goes behind that case's doors, and back to the messages not yet sorted when it is taken away.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Notification, NotificationStep, NotTheSame, Settled
from wholestory.child_deaths.models.matching import MatchKey
from wholestory.child_deaths.operations import first_told, intake
from wholestory.child_deaths.operations.match_keys import keep_notification
from wholestory.partners.models import Person
from wholestory.records.models import Circle, Office, Record

MESSAGE, CASE = "child_deaths.notification", "child_deaths.case"


class MatchRefused(ValueError):
    """It cannot be decided like that now; the sentence says what to do instead."""


@transaction.atomic
def join(
    *, actor: Person, notification: Notification, case: Case, now: datetime, reason: str = ""
) -> NotificationStep:
    """Join a message to a case. The case was first told of when the earliest of its messages came.

    Joined to it already, nothing happens twice. Raises MatchRefused, and asking.NotForYou.
    """
    asking.require(actor, Verb.WRITE, notification, kind=MESSAGE)
    asking.require(actor, Verb.WRITE, case, kind=CASE)
    case = locked(case)
    if case.merged_into_id:
        raise MatchRefused("That case was joined to another one. Join the message to the other case.")
    _free(notification, case)
    if _refusals(notification, case).exists():
        raise MatchRefused("Somebody said that these are two deaths. Take that back first.")
    ledger.line("child_deaths.message_joined", notification.record)
    ledger.line("child_deaths.message_joined", case.record)
    return attach(actor, notification, case, Settled.JOINED, now, reason)


def attach(
    actor: Person, notification: Notification, case: Case, how: Settled, now: datetime, reason: str = ""
) -> NotificationStep:
    """The step by which a message comes to a case, once the lines are written: doors, keys and the earliest time."""
    _behind(notification, case.circle, case.office)
    keep_notification(notification)
    first_told.earlier(actor=actor, case=case, received_at=notification.received_at, now=now)
    first_told.add_missing(case=case, notification=notification, before=messages_of(case))
    return NotificationStep.objects.create(
        notification=notification, settled=how, case=case, by=actor, at=now, reason=reason.strip(),
        circle=case.circle, office=case.office,
    )  # fmt: skip


@transaction.atomic
def part(*, actor: Person, notification: Notification, now: datetime, reason: str) -> NotificationStep:
    """Take a message away from its case again: it waits to be sorted, and the case's earliest time is worked out anew.

    Raises MatchRefused for one that belongs to no case, and for the last one of a case.
    """
    asking.require(actor, Verb.WRITE, notification, kind=MESSAGE)
    step = newest_step(notification)
    if step is None or step.case is None or step.settled not in (Settled.OPENED, Settled.JOINED):
        raise MatchRefused("This message belongs to no case.")
    if not reason.strip():
        raise MatchRefused("Say why: the reason stays with the message.")
    case = locked(step.case)
    asking.require(actor, Verb.WRITE, case, kind=CASE)
    rest = [one for one in messages_of(case) if one.pk != notification.pk]
    if not rest:
        raise MatchRefused(
            "It is the only message of this case. If the case is of the same death as another, join the two cases."
        )
    circle, office = intake.doors(notification.panel)
    # Somebody let in to a restricted case alone does not see the messages that wait to be sorted.
    asking.require(actor, Verb.WRITE, Record(kind=MESSAGE, circle=circle, office=office), kind=MESSAGE)
    ledger.line("child_deaths.message_parted", notification.record)
    ledger.line("child_deaths.message_parted", case.record)
    parted = NotificationStep.objects.create(
        notification=notification, settled=Settled.PARTED, case=case, by=actor, at=now, reason=reason.strip(),
        circle=notification.circle, office=notification.office,
    )  # fmt: skip
    _behind(notification, circle, office)
    if case.first_received_at == notification.received_at and not case.brought_in:
        first_told.set_to(actor=actor, case=case, received_at=min(one.received_at for one in rest), now=now)
    return parted


@transaction.atomic
def tell_apart(
    *, actor: Person, one: Notification | Case, other: Notification | Case, now: datetime, reason: str = ""
) -> NotTheSame:
    """Say that two accounts are not of one death. They are not offered to each other until that is taken back."""
    for side in (one, other):
        asking.require(actor, Verb.WRITE, side, kind=CASE if isinstance(side, Case) else MESSAGE)
    if (held := _refusals(one, other).first()) is not None:
        return held
    # Whoever may not see the case may not see either that somebody compared it.
    door = next((side for side in (one, other) if isinstance(side, Case)), one)
    ledger.line("child_deaths.told_apart", one.record)
    ledger.line("child_deaths.told_apart", other.record)
    return NotTheSame.objects.create(
        **_side("one", one), **_side("other", other), reason=reason.strip(), by=actor, at=now,
        circle_id=door.circle_id, office_id=door.office_id,
    )  # fmt: skip


@transaction.atomic
def take_back(*, actor: Person, decision: NotTheSame, now: datetime) -> None:
    """Take back that two accounts are not of one death; that it was once said stays."""
    sides = (decision.one_case, decision.one_notification, decision.other_case, decision.other_notification)
    for side in sides:
        if side is not None:
            asking.require(actor, Verb.WRITE, side, kind=CASE if isinstance(side, Case) else MESSAGE)
            ledger.line("child_deaths.told_apart_undone", side.record)
    decision.taken_back_by, decision.taken_back_at = actor, now
    decision.save(update_fields=["taken_back_by", "taken_back_at"], force_update=True)


def locked(case: Case) -> Case:
    """The case as it is now, held until the end: of two people who decide at once, one sees what the other did."""
    return Case.objects.select_for_update(of=("self",)).select_related("record").get(pk=case.pk)


def newest_step(notification: Notification) -> NotificationStep | None:
    """What became of a message last, if anything."""
    return (
        NotificationStep.objects.filter(notification=notification)
        .select_related("case")
        .order_by("-at", "-created_at")
        .first()
    )


def messages_of(case: Case) -> list[Notification]:
    """The messages that belong to this very case now, earliest first; not those of cases joined to it."""
    newest: dict[object, NotificationStep] = {}
    of_any = NotificationStep.objects.filter(notification__steps__case=case).select_related(
        "notification__record"
    )
    for step in of_any.order_by("at", "created_at"):
        newest[step.notification_id] = step
    found = [
        step.notification
        for step in newest.values()
        if step.case_id == case.pk and step.settled in (Settled.OPENED, Settled.JOINED)
    ]
    return sorted(found, key=lambda one: one.received_at)


def _free(notification: Notification, case: Case) -> None:
    """Raise MatchRefused where the message belongs to a case already."""
    # Of two people who sort one message at the same moment, the second is told.
    Notification.objects.select_for_update(of=("self",)).get(pk=notification.pk)
    step = newest_step(notification)
    if step is None or step.settled not in (Settled.OPENED, Settled.JOINED):
        return
    if step.case_id == case.pk:
        raise MatchRefused("It belongs to this case already.")
    raise MatchRefused("It belongs to another case. Take it away from that one first, or join the two cases.")


def _behind(notification: Notification, circle: Circle, office: Office) -> None:
    """Put a message and all that hangs on it behind these doors. What it says is never touched."""
    doors = {"circle": circle, "office": office}
    NotificationStep.objects.filter(notification=notification).update(**doors)
    NotTheSame.objects.filter(
        Q(one_notification=notification) | Q(other_notification=notification), one_case=None, other_case=None
    ).update(**doors)
    MatchKey.objects.filter(notification=notification).update(**doors)
    Notification.objects.filter(pk=notification.pk).update(**doors)
    Record.objects.filter(pk=notification.record_id).update(**doors)
    notification.circle, notification.office = circle, office


def _side(name: str, of: Notification | Case) -> dict[str, Notification | Case]:
    return {f"{name}_case" if isinstance(of, Case) else f"{name}_notification": of}


def _refusals(one: Notification | Case, other: Notification | Case) -> QuerySet[NotTheSame]:
    there = Q(**_side("one", one), **_side("other", other)) | Q(**_side("one", other), **_side("other", one))
    return NotTheSame.objects.filter(there, taken_back_at=None)

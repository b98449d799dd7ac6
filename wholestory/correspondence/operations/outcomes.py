"""What became of a message: sent by hand, came back, dealt with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wholestory import ledger
from wholestory.access import Verb
from wholestory.access.asking import require
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import TROUBLE, Bounce, ByHand, Message, MessageAttempt, Status
from wholestory.correspondence.operations.writing import CannotSend, compose
from wholestory.partners.models import Person

BOUNCE_NOTICE = "bounce_notice"
MAY_GO_BY_HAND = frozenset({Status.DRAFT, Status.QUEUED, Status.FAILED, Status.BOUNCED})


def attempt(
    message: Message, at: datetime, transport: str, result: str, reference: str = "", detail: str = ""
) -> None:
    """Note one thing that happened to a message; the note is never changed."""
    MessageAttempt.objects.create(
        message=message, circle_id=message.circle_id, office_id=message.office_id, number=message.tries, at=at,
        transport=transport, result=result, provider_reference=reference[:200], detail=detail[:60],
    )  # fmt: skip


@transaction.atomic
def mark_sent_by_hand(*, actor: Person, message: Message, how: ByHand, now: datetime | None = None) -> None:
    """Somebody copied the text and sent it, posted it or said it. It is not sent by the program any more."""
    require(actor, Verb.WRITE, message)
    message = (
        Message.objects.select_for_update(of=("self",)).select_related("record", "board").get(pk=message.pk)
    )
    if message.status == Status.BY_HAND:
        return
    if message.status not in MAY_GO_BY_HAND or (message.status == Status.QUEUED and message.handed_on_at):
        raise CannotSend("This message is on its way or has gone already")
    at = moment_of(message.board, now or timezone.now())
    ledger.line("correspondence.sent_by_hand", message.record, reason=how.value)
    if message.status in TROUBLE:
        settle_row(message, actor, at)
    message.status, message.sent_at = Status.BY_HAND, at
    message.sent_by_hand_at, message.sent_by_hand_by, message.sent_by_hand_how = at, actor, how.value
    message.save(
        force_update=True,
        update_fields=["status", "sent_at", "sent_by_hand_at", "sent_by_hand_by", "sent_by_hand_how"],
    )
    attempt(message, at, "hand", "accepted", detail=how.value)


@transaction.atomic
def record_bounce(*, actor: Person, message: Message, bounce: Bounce, now: datetime | None = None) -> None:
    """A message came back to the team's mailbox. With a digest, all that travelled in it did not arrive."""
    require(actor, Verb.WRITE, message)
    message = (
        Message.objects.select_for_update(of=("self",)).select_related("record", "board").get(pk=message.pk)
    )
    if message.status == Status.BOUNCED:
        return
    if message.status not in {Status.SENT, Status.DELIVERED}:
        raise CannotSend("Only a message that was sent can come back")
    at = moment_of(message.board, now or timezone.now())
    ledger.line("correspondence.bounced", message.record, reason=bounce.value)
    came_back(message, bounce, at)
    attempt(message, at, "hand", "bounced", detail=bounce.value)


def came_back(message: Message, bounce: Bounce, at: datetime) -> None:
    """Put down that a message, and what travelled in it, did not arrive. The caller wrote the line."""
    Message.objects.filter(pk=message.pk).update(status=Status.BOUNCED, bounced_at=at, bounce=bounce.value)
    Message.objects.filter(digest=message).update(status=Status.BOUNCED, bounced_at=at, bounce=bounce.value)
    message.refresh_from_db(fields=["status", "bounced_at", "bounce"])


@transaction.atomic
def settle(*, actor: Person, message: Message, now: datetime | None = None) -> None:
    """Somebody dealt with a message that did not arrive; it leaves the list of those that wait."""
    require(actor, Verb.WRITE, message)
    if message.status not in TROUBLE:
        raise CannotSend("Nothing went wrong with this message")
    ledger.line("correspondence.settled", message.record)
    settle_row(message, actor, moment_of(message.board, now or timezone.now()))


def settle_row(message: Message, actor: Person, at: datetime) -> None:
    """The same, as part of something else. The caller wrote the line."""
    message.settled_at, message.settled_by = at, actor
    message.save(force_update=True, update_fields=["settled_at", "settled_by"])


def tell_of_bounce(message: Message, now: datetime) -> None:
    """Let whoever wrote a message know that it did not arrive; the team's mailbox when the program wrote it.

    Several such notices wait for each other, like all messages. About a notice that did not arrive nobody is told:
    it would not arrive either. The caller acts as the system.
    """
    if message.kind == BOUNCE_NOTICE:
        return
    writer, board = message.written_by, message.board
    told: Person | str = board.mailbox if writer.is_system or not writer.email else writer
    if not told or message.to_address in {told, getattr(told, "email", "")}:
        return
    compose(
        actor=None, board=board, kind=BOUNCE_NOTICE, to=told, about=message.record, step=BOUNCE_NOTICE, now=now,
        circle=message.circle, office=message.office,
        link=reverse("correspondence:message", args=[message.record.reference]),
    )  # fmt: skip

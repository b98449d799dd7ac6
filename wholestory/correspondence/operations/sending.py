"""Sending one message, at least once.

A try is noted before the other side is spoken to, in a transaction of its own, and again after. Killed between the
two, the note without an end tells the next try that the message may have gone: Notify is asked; with a mail server
it goes once more under the same Message-ID, which mail programs fold into one. The message's row is held while it
is being sent, so that two workers never send it side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError
from django.urls import reverse

from wholestory import ledger
from wholestory.access import acting
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Bounce, Message, MessageAttempt, Status
from wholestory.correspondence.operations.outcomes import attempt, came_back, tell_of_bounce
from wholestory.correspondence.rules import calendar, plain
from wholestory.correspondence.transports import NotNow, Outgoing, Receipt, Refused, Transport
from wholestory.partners.models import Board

WAITS = (60, 5 * 60, 15 * 60, 60 * 60, 3 * 60 * 60, 6 * 60 * 60)
"""Seconds before each further try; after the last one the message counts as not sent, and the team is shown it."""

Clock = Callable[[], datetime]


class TryLater(Exception):
    """The message could not be sent now; ``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"to be tried again in {seconds} seconds")
        self.seconds = seconds


def send_message(board: Board, message_id: str, transport: Transport, clock: Clock) -> None:
    """Send one queued message; nothing happens when it is not waiting any more. Raises TryLater.

    Called by a job, outside any transaction: the note of a try must be there even when the rest is lost.
    """
    earlier = _begin(board, message_id, transport, clock)
    if earlier is None:
        return
    with acting.as_system(board, "postroom"):
        message = _held(message_id)
        if message is None:
            return
        outcome = _handed_over(message, transport, unfinished=earlier)
        wait = _note(message, transport, outcome, moment_of(board, clock()))
    if wait:
        # Raised outside the transaction, or the note of this try would be undone with it.
        raise TryLater(wait)


def _begin(board: Board, message_id: str, transport: Transport, clock: Clock) -> bool | None:
    """Note that a try begins. Whether an earlier one has no end; None when there is nothing to send."""
    with acting.as_system(board, "postroom"):
        message = _held(message_id)
        if message is None:
            return None
        last = MessageAttempt.objects.filter(message=message).order_by("-at", "-created_at").first()
        ledger.line("correspondence.sending", message.record)
        message.tries += 1
        message.save(force_update=True, update_fields=["tries"])
        attempt(message, moment_of(board, clock()), transport.name, "started")
        return last is not None and last.result == "started"


def _held(message_id: str) -> Message | None:
    """The message while it still waits, held; None when it does not, or another worker has it in hand."""
    try:
        return (
            Message.objects.select_for_update(of=("self",), nowait=True)
            .select_related("record", "board", "about", "written_by", "circle", "office")
            .filter(pk=message_id, status=Status.QUEUED)
            .first()
        )
    except OperationalError as busy:
        raise TryLater(WAITS[0]) from busy


def _handed_over(message: Message, transport: Transport, *, unfinished: bool) -> Receipt | NotNow | Refused:
    try:
        taken = transport.already_taken(message.id) if unfinished else None
        return taken or transport.send(outgoing(message))
    except (NotNow, Refused) as answer:
        return answer


def _note(message: Message, transport: Transport, outcome: Receipt | NotNow | Refused, at: datetime) -> int:
    """Put down how a try ended. How many seconds to wait before another one; 0 when there is none."""
    if isinstance(outcome, Receipt):
        ledger.line("correspondence.sent", message.record, reason=transport.name)
        _gone(message, at)
        attempt(message, at, transport.name, "accepted", outcome.reference)
        return 0
    if isinstance(outcome, Refused):
        ledger.line("correspondence.bounced", message.record, reason=outcome.bounce)
        came_back(message, Bounce(outcome.bounce), at)
        attempt(message, at, transport.name, "refused", detail=outcome.code)
        tell_of_bounce(message, at)
        return 0
    if message.tries <= len(WAITS):
        ledger.line("correspondence.not_now", message.record)
        attempt(message, at, transport.name, "later", detail=outcome.code)
        return WAITS[message.tries - 1]
    ledger.line("correspondence.failed", message.record, reason=outcome.code)
    failed = {"status": Status.FAILED, "bounced_at": at, "bounce": Bounce.GIVEN_UP}
    Message.objects.filter(pk=message.pk).update(**failed)
    Message.objects.filter(digest=message).update(**failed)
    attempt(message, at, transport.name, "refused", detail=outcome.code)
    tell_of_bounce(message, at)
    return 0


def _gone(message: Message, at: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(status=Status.SENT, sent_at=at)
    Message.objects.filter(digest=message, status=Status.JOINED).update(status=Status.SENT, sent_at=at)


def outgoing(message: Message) -> Outgoing:
    """The message as it leaves."""
    board = message.board
    dated = calendar_file(message)
    address = reverse("correspondence:calendar", args=[message.record.reference])
    return Outgoing(
        id=message.id,
        to_address=message.to_address,
        to_name=message.to_name,
        subject=message.subject,
        text=plain.as_text(message.body),
        html=plain.as_html(message.body),
        from_name=board.name,
        reply_to=board.mailbox or settings.ENVIRONMENT.mail_reply_to,
        calendar=dated,
        calendar_link=f"{settings.SITE_ADDRESS}{address}" if dated else "",
    )


def calendar_file(message: Message) -> bytes:
    """The due date as a calendar file; nothing for a message without one."""
    if message.due_on is None:
        return b""
    about = message.about.reference if message.about else message.record.reference
    return calendar.file_for(
        reference=about,
        host=urlsplit(settings.SITE_ADDRESS).hostname or "localhost",
        summary=f"{message.board.short_name}: {about} is due",
        due_on=message.due_on,
        made_at=message.created_at,
        link=message.link,
        notes=f"{message.subject}\n{message.link}",
        example=message.board.is_example,
    )


def note_fate(message: Message, fate: str, at: datetime) -> None:
    """What the provider says became of a message it took. The caller acts as the system."""
    if fate == "delivered":
        ledger.line("correspondence.delivered", message.record)
        delivered = {"status": Status.DELIVERED, "delivered_at": at}
        Message.objects.filter(pk=message.pk, status=Status.SENT).update(**delivered)
        Message.objects.filter(digest=message, status=Status.SENT).update(**delivered)
        attempt(message, at, "notify", "delivered")
    elif fate:
        ledger.line("correspondence.bounced", message.record, reason=fate)
        came_back(message, Bounce(fate), at)
        attempt(message, at, "notify", "bounced", detail=fate)
        tell_of_bounce(message, at)

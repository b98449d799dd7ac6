"""A message before it goes: changed, sent off, sent again to another address, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from wholestory import ledger
from wholestory.access import Verb, acting
from wholestory.access.asking import require
from wholestory.correspondence import queueing
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import TROUBLE, Message, Status
from wholestory.correspondence.operations.outcomes import settle_row
from wholestory.correspondence.operations.writing import CannotSend
from wholestory.correspondence.rules import identifying
from wholestory.partners.models import Board, Person
from wholestory.records import references
from wholestory.records.models import Record

GONE_ALREADY = "This message has gone already"


def locked(message: Message) -> Message:
    """The message as it is now, held until the transaction ends."""
    return (
        Message.objects.select_for_update(of=("self",)).select_related("record", "board").get(pk=message.pk)
    )


def _address(typed: str) -> str:
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise CannotSend("Enter an e-mail address, like name@example.org") from wrong
    return address


@transaction.atomic
def change(*, actor: Person, message: Message, to_address: str, subject: str, body: str) -> Message:
    """Change a draft. Raises Identifying when it would say who it is about, CannotSend when it is no draft."""
    require(actor, Verb.WRITE, message)
    message = locked(message)
    if message.status != Status.DRAFT:
        raise CannotSend("Only a draft can be changed")
    subject = " ".join(subject.split())
    identifying.check(subject, body.replace(message.to_name, ""))
    ledger.line("correspondence.changed", message.record)
    message.to_address = _address(to_address) if to_address.strip() else ""
    message.subject, message.body, message.line = subject, body.replace("\r\n", "\n"), ""
    message.save(force_update=True, update_fields=["to_address", "subject", "body", "line"])
    return message


@transaction.atomic
def send(*, actor: Person, message: Message, now: datetime | None = None) -> Message:
    """Queue a draft. Done twice, the second time changes nothing."""
    require(actor, Verb.WRITE, message)
    message = locked(message)
    if message.status in {Status.QUEUED, Status.JOINED}:
        return message
    if message.status != Status.DRAFT:
        raise CannotSend(GONE_ALREADY)
    if not message.to_address:
        raise CannotSend("There is no address. Add one, or mark the message as sent by hand")
    at = moment_of(message.board, now or timezone.now())
    ledger.line("correspondence.queued", message.record)
    message.status, message.send_after, message.post_by = Status.QUEUED, at, at
    message.save(force_update=True, update_fields=["status", "send_after", "post_by"])
    queueing.look_at_the_post(message.board)
    return message


@transaction.atomic
def send_again(*, actor: Person, message: Message, to_address: str, now: datetime | None = None) -> Message:
    """Send what did not arrive once more, as a message of its own; the first stays as it was, and is dealt with."""
    require(actor, Verb.WRITE, message)
    message = locked(message)
    if message.status not in TROUBLE:
        raise CannotSend("Only a message that did not arrive is sent again")
    board, at = message.board, moment_of(message.board, now or timezone.now())
    address = _address(to_address)
    sheet = Record(
        kind=Message.record_kind, reference=references.new("MS"), board=board, circle_id=message.circle_id,
        office_id=message.office_id, edition=message.record.edition, opened_on=board.today(),
        retention="correspondence",
    )  # fmt: skip
    again = Message(
        record=sheet, board=board, circle_id=message.circle_id, office_id=message.office_id, about_id=message.about_id,
        agency_id=message.agency_id, kind=message.kind, to_person_id=message.to_person_id, to_name=message.to_name,
        to_address=address, subject=message.subject, body=message.body, line=message.line, due_on=message.due_on,
        link=message.link, status=Status.QUEUED, send_after=at, post_by=at, written_by=actor, written_on=board.today(),
    )  # fmt: skip
    ledger.line("correspondence.queued", sheet, ids=[message.record_id])
    sheet.save(force_insert=True)
    again.save(force_insert=True)
    settle_row(message, actor, at)
    queueing.look_at_the_post(board)
    return again


@transaction.atomic
def cancel(*, actor: Person, message: Message, now: datetime | None = None) -> None:
    """Keep a draft or a waiting message from going."""
    require(actor, Verb.WRITE, message)
    message = locked(message)
    if message.status == Status.CANCELLED:
        return
    if message.status not in {Status.DRAFT, Status.QUEUED} or message.handed_on_at is not None:
        raise CannotSend("It is too late to cancel this message")
    ledger.line("correspondence.cancelled", message.record)
    message.status = Status.CANCELLED
    message.cancelled_at, message.cancelled_by = moment_of(message.board, now or timezone.now()), actor
    message.save(force_update=True, update_fields=["status", "cancelled_at", "cancelled_by"])


def stop_about(
    *, board: Board, about: Record, kinds: Sequence[str], but: str = "", now: datetime | None = None
) -> int:
    """Cancel the drafts and waiting messages of these kinds about one record, because what they say is no longer so;
    those of the step ``but`` stay. How many. The program does it because of what somebody did, whatever that person
    may see."""
    with acting.as_system(board, "postroom"):
        waiting = Message.objects.filter(
            about=about, kind__in=kinds, status__in=(Status.DRAFT, Status.QUEUED), handed_on_at=None
        )
        if but:
            waiting = waiting.exclude(step=but)
        found = list(waiting.select_for_update(of=("self",)).order_by("id"))
        if not found:
            return 0
        ids = [one.record_id for one in found]
        ledger.line("correspondence.cancelled", kind=Message.record_kind, board_id=board.id, ids=ids)
        Message.objects.filter(pk__in=[one.pk for one in found]).update(
            status=Status.CANCELLED, cancelled_at=moment_of(board, now or timezone.now()),
            cancelled_by=acting.SYSTEM_ACTORS["postroom"][0],
        )  # fmt: skip
    return len(found)

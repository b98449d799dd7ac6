"""Everything about one message: its text as it was sent, and the proof of what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wholestory.correspondence import definitions
from wholestory.correspondence.models import Bounce, Message
from wholestory.correspondence.queries import MessageLine, line, messages


@dataclass(frozen=True)
class AttemptLine:
    """One thing that happened to a message on its way."""

    at: datetime
    what: str
    by: str
    reference: str
    detail: str


@dataclass(frozen=True)
class MessagePage:
    """Everything about one message: its text as it was sent, and the proof."""

    line: MessageLine
    body: str
    due_on: date | None
    about: str
    link: str
    post_by: datetime
    attempts: tuple[AttemptLine, ...]
    members: tuple[MessageLine, ...]
    digest: MessageLine | None
    written_by: str
    by_hand: str
    settled: str
    delivered_at: datetime | None


def page(message: Message) -> MessagePage:
    """One message. A digest shows what travelled in it, a message that travelled in one shows the digest."""
    tries = message.attempts.order_by("at", "created_at")
    members = (
        messages().filter(digest=message).order_by("created_at", "id")
        if message.kind == definitions.DIGEST
        else ()
    )
    digest = messages().filter(pk=message.digest_id).first() if message.digest_id else None
    return MessagePage(
        line=line(message),
        body=message.body,
        due_on=message.due_on,
        about=message.about.reference if message.about else "",
        link=message.link,
        post_by=message.post_by,
        attempts=tuple(
            AttemptLine(
                one.at,
                one.get_result_display(),
                one.get_transport_display(),
                one.provider_reference,
                _detail(one.detail),
            )
            for one in tries
        ),
        members=tuple(line(one) for one in members),
        digest=line(digest) if digest else None,
        written_by=message.written_by.full_name,
        by_hand=_by_hand(message),
        settled=message.settled_by.full_name if message.settled_by else "",
        delivered_at=message.delivered_at,
    )


def _by_hand(message: Message) -> str:
    if message.sent_by_hand_by is None:
        return ""
    return f"{message.sent_by_hand_by.full_name}: {message.get_sent_by_hand_how_display().lower()}"


def _detail(code: str) -> str:
    """A code as people can read it: what we know by name in words, the rest as it is."""
    known = {bounce.value: bounce.label for bounce in Bounce}
    return known.get(code, code.replace("_", " "))

"""How mail leaves this room, which knows nothing of letters: a room above registers how it is delivered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.mail import EmailMessage


@dataclass(frozen=True)
class Mail:
    """One message to one person. ``confidential`` bodies (a sign-in code) are never kept or shown to others.

    ``kind`` is a stable code: sign_in_code, invitation, people_check, emergency_access, second_step_removed.
    """

    kind: str
    to: str
    subject: str
    body: str
    person: UUID
    board: UUID | None = None
    confidential: bool = False


def by_smtp(mail: Mail) -> None:
    """Straight to the mail server: what happens until a room registers something better."""
    EmailMessage(mail.subject, mail.body, to=[mail.to]).send()


_deliver: list[Callable[[Mail], None]] = [by_smtp]


def register(function: Callable[[Mail], None]) -> None:
    """From now on ``function`` delivers. Called once, when the room that delivers starts."""
    _deliver[0] = function


def deliver(mail: Mail) -> None:
    """Hand one message on."""
    _deliver[0](mail)

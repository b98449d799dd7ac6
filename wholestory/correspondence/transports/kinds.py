"""What every way of sending takes and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Outgoing:
    """One e-mail as it leaves. ``id`` is the same on every try, so that the other side can tell a repetition."""

    id: UUID
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str = ""
    from_name: str = ""
    reply_to: str = ""
    calendar: bytes = b""
    calendar_link: str = ""


@dataclass(frozen=True)
class Receipt:
    """That the other side took it; ``reference`` is what it calls it."""

    reference: str = ""


class NotNow(Exception):
    """It could not be sent now and may be later. ``code`` says why: a code, never the other side's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(Exception):
    """The other side refused it for good: no use in trying again."""

    def __init__(self, code: str, bounce: str = "refused") -> None:
        super().__init__(code)
        self.code = code
        self.bounce = bounce


class Transport(Protocol):
    """One way of sending."""

    name: str

    def send(self, mail: Outgoing) -> Receipt:
        """Hand ``mail`` over. Raises NotNow or Refused."""

    def already_taken(self, mail_id: UUID) -> Receipt | None:
        """What became of an earlier try whose end nobody saw; None when that cannot be told, or it was not taken."""

    def fate(self, reference: str) -> str:
        """``delivered``, a code of ``models.Bounce``, or nothing while it is not known. Raises NotNow."""

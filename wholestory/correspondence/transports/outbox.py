"""The demo: every message is kept to be read, and nothing leaves."""

from __future__ import annotations

from uuid import UUID

from wholestory.correspondence.transports.kinds import Outgoing, Receipt


class Outbox:
    """Takes everything at once."""

    name = "outbox"

    def send(self, mail: Outgoing) -> Receipt:
        """The message itself is the copy that is kept."""
        return Receipt("kept-in-the-outbox")

    def already_taken(self, mail_id: UUID) -> Receipt | None:
        """A second try does no harm here."""
        return None

    def fate(self, reference: str) -> str:
        """Nothing is ever delivered."""
        return ""

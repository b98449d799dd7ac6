"""The ways a message can leave: an SMTP server, GOV.UK Notify, or the demo's outbox, where it stays."""

from wholestory.correspondence.transports.choosing import chosen
from wholestory.correspondence.transports.kinds import NotNow, Outgoing, Receipt, Refused, Transport

__all__ = ["NotNow", "Outgoing", "Receipt", "Refused", "Transport", "chosen"]

"""The receipt: an address nobody can guess, that opens for half an hour and repeats nothing about the child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

SALT = "wholestory.child_deaths.receipt"
OPENS_FOR_SECONDS = 30 * 60


@dataclass(frozen=True)
class Receipt:
    """What a receipt says."""

    reference: str
    received_at: datetime


def signed(slug: str, receipt: Receipt) -> str:
    """The end of the receipt's address."""
    return signing.dumps([slug, receipt.reference, receipt.received_at.isoformat()], salt=SALT)


def read(slug: str, text: str) -> Receipt | None:
    """The receipt behind an address; None when it is not one of ours, another panel's, or its time is over."""
    try:
        of, reference, received = signing.loads(text, salt=SALT, max_age=OPENS_FOR_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Receipt(reference, datetime.fromisoformat(received)) if of == slug else None

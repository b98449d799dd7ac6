"""The link and the password of a handover: made by chance, kept as a digest, and said over the telephone."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

#: How long a link waits for its answer.
LINK_LASTS = timedelta(days=28)
#: Letters and figures that are not taken for one another when read aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def token() -> str:
    """A fresh token for a link: 160 random bits, in small letters and figures."""
    return secrets.token_hex(20)


def digest(link: str) -> str:
    """What is kept of a token: its SHA-256, so that the database holds no key."""
    return sha256(f"wholestory.handover:{link}".encode()).hexdigest()


def is_password(text: str) -> bool:
    """Whether it is one that ``password`` can have made."""
    groups = text.split("-")
    return len(groups) == 4 and all(len(group) == 4 and set(group) <= set(_ALPHABET) for group in groups)


def password() -> str:
    """A fresh password in four groups of four: 79 random bits, easy to read aloud."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)

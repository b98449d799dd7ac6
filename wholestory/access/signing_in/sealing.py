"""Encrypts single values with a key the database does not hold (``WHOLESTORY_FIELD_KEYS``).

The first key encrypts and every key decrypts, so a key is changed by putting a new one in front.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(ValueError):
    """A sealed value was made with a key this process was not given, or was changed."""


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENVIRONMENT.field_keys])


def seal(text: str) -> str:
    """``text`` encrypted and authenticated, as text for a column."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again. Raises CannotOpen."""
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError):
        raise CannotOpen("a sealed value could not be opened with the keys of this process") from None

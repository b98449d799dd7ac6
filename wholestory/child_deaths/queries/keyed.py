"""The keys of accounts as they are kept: keyed hashes, so that the index holds no names.

A hash is an HMAC with a key derived from the installation's secret: whoever has only the table cannot try lists of
names on it. When the secret is changed, searches still find what was written under the former ones, and a job writes it
again under the new one (``mark`` tells which is which), so that the former can be taken away.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from wholestory.child_deaths.rules import matching

_SALT = "wholestory.child_deaths.match"
_LENGTH = 32


def hashed(keys: Iterable[str], secret: str | None = None) -> frozenset[str]:
    """The keys as they are kept: 128 bits of each key's HMAC."""
    return frozenset(
        salted_hmac(_SALT, key, secret=secret, algorithm="sha256").hexdigest()[:_LENGTH] for key in keys
    )


def mark() -> str:
    """A short mark of the secret in use, which tells nothing about it."""
    return salted_hmac(_SALT, "mark", algorithm="sha256").hexdigest()[:8]


def sought(identity: matching.Identity) -> frozenset[str]:
    """Every form in which the keys of an account may have been kept, under this secret and the former ones."""
    keys = matching.keys(identity)
    return frozenset().union(
        hashed(keys), *(hashed(keys, former) for former in settings.SECRET_KEY_FALLBACKS)
    )

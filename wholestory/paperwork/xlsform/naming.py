"""From names as XLSForm allows them to the keys this form needs, and back: what was changed is remembered."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 60
NAME = re.compile(r"[^\W\d][\w.\-]*")
"""What XLSForm takes for a name: letters, digits, underscores, hyphens and points, not beginning with a digit."""
_OTHER = re.compile("[^a-z0-9_]+")


def key_for(name: str, taken: set[str]) -> str:
    """A key of lower-case letters, digits and underscores for a name, used by nobody else so far; it is taken then."""
    key = _plain(name)
    if not key or not key[0].isalpha():
        key = f"q_{key}".rstrip("_")
    return _unused(key, taken)


def value_for(name: str, taken: set[str]) -> str:
    """The same for a choice, which may begin with a digit."""
    return _unused(_plain(name).lstrip("_") or "choice", taken)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _OTHER.sub("_", letters.lower())[:LONGEST_KEY]


def _unused(key: str, taken: set[str]) -> str:
    found, number = key, 2
    while found in taken:
        tail = f"_{number}"
        found, number = key[: LONGEST_KEY - len(tail)] + tail, number + 1
    taken.add(found)
    return found

"""The names of files people send: made safe to show, to store and to download under."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 120
"""Characters, ending included. Longer names break downloads on some office networks."""

_NOT_IN_FILE_NAMES = frozenset('<>:"|?*')


def tidy(name: str) -> str:
    """The name without folders, control characters, direction tricks or characters Windows refuses.

    ``report‮fdp.exe`` shows as a PDF when a right-to-left mark is left in it. Never empty: what is left of nothing
    is called ``file``.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        "-" if character in _NOT_IN_FILE_NAMES else character
        for character in last
        if not unicodedata.category(character).startswith("C")
    )
    return " ".join(seen.split()).strip(" .") or "file"


def ending(name: str) -> str:
    """The ending in lower case without its dot, or nothing."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem else ""

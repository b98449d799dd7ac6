"""Text without the characters nobody sees: they reverse what stands beside them, or make two names look like one."""

from __future__ import annotations

import re

# Direction marks, embeddings, overrides and isolates; soft hyphen, no-width spaces, word joiner and their like; tags.
# The two joiners (U+200C, U+200D) stay: names in some scripts are spelt with them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
# NUL stays, to be refused in words: nobody types or pastes it, and no database column takes it.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def without_unseen(text: str) -> str:
    """``text`` without characters that show as nothing and change how the rest of the line reads."""
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """``text`` as one line: line ends and tabs become a space each, and what nobody sees goes. NUL is left in."""
    return _CONTROLS.sub("", _LINE_ENDS.sub(" ", without_unseen(text)))

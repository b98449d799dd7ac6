"""Questions answered in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from wholestory.kernel.plain_text import one_line
from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.base import NotThat, Question

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\ufeff]")


def tidy(text: str) -> str:
    """Plain text as it is kept: one kind of line end (word processors send five), no invisible characters, no
    trailing spaces. Paragraphs, quotation marks and dashes stay as they were pasted."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n ").strip()


@dataclass(frozen=True)
class Text(Question, word="text"):
    """One line. ``max_length`` in characters; ``width`` is how wide the box looks, in characters."""

    max_length: int = field(default=200, kw_only=True)
    width: int | None = field(default=None, kw_only=True)

    def understand(self, typed: Json) -> Json:
        """One line: line ends become spaces, and nothing turns the direction of what stands beside it."""
        if typed is None:
            return None
        if not isinstance(typed, str):
            raise NotThat("Write this as text")
        return one_line(tidy(typed)).strip() or None

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """Too long: kept, but not sent."""
        return _too_long(str(value), self.max_length)

    def definition_faults(self) -> tuple[str, ...]:
        return () if self.max_length > 0 else ("its greatest length must be more than 0",)


@dataclass(frozen=True)
class LongText(Question, word="long_text"):
    """Several paragraphs of plain text. ``max_length`` in characters (None: no limit); ``rows`` is the box's height."""

    max_length: int | None = field(default=None, kw_only=True)
    rows: int = field(default=5, kw_only=True)

    def understand(self, typed: Json) -> Json:
        """Paragraphs kept; nothing is ever read as HTML."""
        if typed is None:
            return None
        if not isinstance(typed, str):
            raise NotThat("Write this as text")
        return tidy(typed) or None

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """Too long: kept, but not sent."""
        return () if self.max_length is None else _too_long(str(value), self.max_length)

    def definition_faults(self) -> tuple[str, ...]:
        if self.max_length is not None and self.max_length <= 0:
            return ("its greatest length must be more than 0",)
        return () if self.rows > 0 else ("it must have at least one row",)


def _too_long(text: str, limit: int) -> tuple[str, ...]:
    over = len(text) - limit
    if over <= 0:
        return ()
    return (f"This must be {limit:,} characters or fewer; it is {over:,} too long",)

"""What somebody gave in answer to a question: a value, one of the kinds of nothing, or (so far) a blank.

The kinds of nothing are answers. "Not known" was said by someone; a blank was not said at all. They stay apart from
the form to the chart, so no code here ever turns one into another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from wholestory.paperwork.words import Word

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


class Nothing(StrEnum):
    """The answers that hold no value. Stored by these slugs; choices may not use them for anything else."""

    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"


NOTHING_LABELS: dict[Nothing, str] = {
    Nothing.NOT_KNOWN: "Not known",
    Nothing.NOT_APPLICABLE: "Not applicable",
    Nothing.NOT_ASKED: "Not asked",
    Nothing.DECLINED: "Declined to say",
}

Reason = Literal["none", "optional", "required"]


@dataclass(frozen=True)
class Allow(Word, word="allow"):
    """One kind of nothing that a question accepts, in its own words if need be, with or without a reason."""

    kind: Nothing
    label: str = ""
    reason: Reason = "none"

    @property
    def words(self) -> str:
        """What the reader sees beside the box."""
        return self.label or NOTHING_LABELS[self.kind]


NOT_KNOWN = Allow(Nothing.NOT_KNOWN)
NOT_APPLICABLE = Allow(Nothing.NOT_APPLICABLE, reason="required")
NOT_ASKED = Allow(Nothing.NOT_ASKED)
DECLINED = Allow(Nothing.DECLINED)


@dataclass(frozen=True, order=True)
class Place:
    """Where an answer stands: its question's key and, inside a repeating group, the number of the item (from 1)."""

    key: str
    item: int = 0

    def __str__(self) -> str:
        return f"{self.key}.{self.item}" if self.item else self.key

    @classmethod
    def of(cls, text: str) -> Place:
        """Read ``key`` or ``key.3``. Raises ValueError for anything else."""
        key, dot, number = text.partition(".")
        if not key or (dot and not number.isascii()) or (dot and not number.isdigit()):
            raise ValueError(f"{text!r} is not a place in a form.")
        return cls(key, int(number) if dot else 0)


@dataclass(frozen=True)
class Given:
    """One answer as it stands. ``typed`` keeps what could not be read ("31 February"), so that a draft loses nothing.

    A draft may hold both a value and a kind of nothing; that is a problem to put right before the form is sent, not a
    reason to throw one of the two away.
    """

    value: Json = None
    nothing: Nothing | None = None
    reason: str = ""
    typed: Json = None
    to_confirm: bool = field(default=False, compare=False)

    @property
    def is_blank(self) -> bool:
        """Nobody has said anything yet that can be read."""
        return self.value is None and self.nothing is None

    @property
    def is_untouched(self) -> bool:
        """Not even something unreadable, or a reason without its tick, has been typed."""
        return self.is_blank and self.typed is None and not self.reason


BLANK = Given()

"""The words in which a loaded copy is compared: what was found at each cell, and what it is compared with. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wholestory.paperwork.copies import cells
from wholestory.paperwork.copies.cells import Names
from wholestory.paperwork.copies.reading import Cell
from wholestory.paperwork.copies.rows import MayWrite
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.sheet import Sheet


class What(StrEnum):
    """What will happen at one place."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    CLASH = "clash"
    EMPTIED = "emptied"
    REFUSED = "refused"


class Pick(StrEnum):
    """What somebody decided about a clash, or about an emptied cell."""

    KEEP = "keep"
    TAKE = "take"
    TOGETHER = "together"


def words_of(answer: str, reason: str) -> str:
    """An answer cell and its reason as one text."""
    answer, reason = answer.strip(), reason.strip()
    return f"{answer}: {reason}" if answer and reason else answer or reason


@dataclass(frozen=True)
class Found:
    """One cell of the file and what becomes of it. ``waits`` is on for an answer from last time that nobody has
    confirmed yet, and that the file leaves as it is."""

    cell: Cell
    what: What
    place: Place | None = None
    line: str = ""
    label: str = ""
    said: Given = BLANK
    said_words: str = ""
    live: Given = BLANK
    live_words: str = ""
    live_revision: int = 0
    fault: str = ""
    note: str = ""
    new_item: Place | None = None
    can_join: bool = False
    waits: bool = False

    @property
    def name(self) -> str:
        """The name of this place in a page's fields."""
        return str(self.place).replace(".", "-") if self.place else ""

    @property
    def joined(self) -> str:
        """Both texts, for whoever puts them together."""
        return "\n\n".join(filter(None, (self.live_words, self.said_words)))


@dataclass(frozen=True)
class Compared:
    """Every cell of a copy, and what is to be known about the copy as a whole. ``says_still`` is what the copy says of
    the answers that came from last time."""

    found: tuple[Found, ...]
    told: tuple[str, ...] = ()
    other_record: str = ""
    says_still: str = ""

    @property
    def waiting(self) -> tuple[Found, ...]:
        """The answers from last time that the file leaves as they are, and nobody has confirmed yet."""
        return tuple(one for one in self.found if one.waits)

    def of(self, *kinds: What) -> tuple[Found, ...]:
        """The cells of these kinds, in the order of the form."""
        return tuple(one for one in self.found if one.what in kinds)

    def counts(self) -> dict[str, int]:
        """How many cells of each kind."""
        return {what.value: len(self.of(what)) for what in What}

    @property
    def seen(self) -> str:
        """Stands for what was compared with what: another text when an answer was changed since."""
        said = " ".join(f"{one.place}:{one.live_revision}:{one.what}{one.waits:d}" for one in self.found)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Stands:
    """What a copy is compared with. ``revisions`` count each place's saves; ``began`` is what stood at the revisions
    the copy carries; ``numbers`` are all items ever used of each repeating group."""

    sheet: Sheet
    revisions: Mapping[Place, int]
    seal: str
    reference: str
    began: Mapping[tuple[Place, int], Given] = field(default_factory=dict)
    may_write: MayWrite = lambda page: True
    names: Names = cells.nobody

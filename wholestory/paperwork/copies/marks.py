"""What a copy carries so that it can be read back: which form and record it is of, and where each answer goes.

Nothing in it is trusted when a copy comes back: it only says where to look. Rights, and what an answer may be, are
asked again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from wholestory.paperwork.copies.rows import Copy

MARK = "wholestory-copy"
SHEET = "Answers"
MARKS_SHEET = "For loading back"
NAMESPACE = "urn:wholestory:copy:1"
PLACEHOLDER = "Write your answer here"
PICK = "Choose an answer"
NUMBER, ANSWER, REASON, PLACE, REVISION = 0, 4, 5, 6, 7
"""Columns of the Excel copy, counted from 0: what they hold is in ``excel.HEADINGS``."""
WORD_NUMBER, WORD_ANSWER, WORD_REASON = 0, 2, 3


@dataclass(frozen=True)
class Marks:
    """The form, its version and seal, the record, and (for Word) where the answer of each numbered line goes."""

    key: str
    version: int
    seal: str
    reference: str
    is_blank: bool
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, copy: Copy) -> Marks:
        """The marks of a copy."""
        places = {row.number: (row.place, row.revision) for row in copy.rows() if row.place}
        return cls(copy.form.key, copy.form.version, copy.seal, copy.reference, copy.is_blank, places)

    def as_pairs(self) -> list[tuple[str, str]]:
        """Everything but the places, as (name, text)."""
        return [
            ("made by", MARK), ("form", self.key), ("version", str(self.version)), ("seal", self.seal),
            ("record", self.reference), ("blank", "yes" if self.is_blank else "no"),
        ]  # fmt: skip

    def as_text(self) -> str:
        """All of it as JSON."""
        return json.dumps({**dict(self.as_pairs()), "places": self.places}, ensure_ascii=True)

    @classmethod
    def read(cls, said: dict[str, object]) -> Marks | None:
        """The marks in what a file says of itself; None when they are not ours."""
        if said.get("made by") != MARK:
            return None
        version = str(said.get("version", ""))
        if not (version.isascii() and version.isdigit() and len(version) < 7):
            return None
        found: dict[str, tuple[str, int]] = {}
        places = said.get("places")
        for number, pair in places.items() if isinstance(places, dict) else ():
            if isinstance(pair, list) and len(pair) == 2:
                found[str(number)] = (str(pair[0]), whole(pair[1]))
        words = {name: str(said.get(name, ""))[:100] for name in ("form", "seal", "record")}
        return cls(
            words["form"], int(version), words["seal"], words["record"], said.get("blank") == "yes", found
        )


def whole(text: object) -> int:
    """A revision as a file holds it (spreadsheets turn whole numbers into ``3.0``); 0 for anything that is none."""
    digits = str(text).removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0

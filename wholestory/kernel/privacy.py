"""What each field of each model holds, so that exports, logs, search and demo copies can obey it.

Every model says, field by field, whether the field is personal (about a named adult), about a case
(a child, a family, an agency's own words) or ordinary, and how long its rows are kept. A field nobody
has decided about fails ``tests/architecture/test_privacy.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a field may contain."""

    PERSONAL = "personal"
    ABOUT_THE_CASE = "about_the_case"
    ORDINARY = "ordinary"


#: Keys every model gets from its base class; they hold no words about anybody.
STRUCTURAL = frozenset({"id", "created_at", "circle", "office", "record", "board"})


@dataclass(frozen=True)
class Privacy:
    """A model's declaration; each argument is a space-separated list of field names.

    ``retention`` names a class of the retention schedule (see ``RETENTION``).
    """

    retention: str
    personal: str = ""
    case: str = ""
    ordinary: str = ""

    def holds(self, field: str) -> Holds | None:
        """What ``field`` holds, or None when nobody has decided."""
        if field in self.personal.split():
            return Holds.PERSONAL
        if field in self.case.split():
            return Holds.ABOUT_THE_CASE
        if field in self.ordinary.split() or field in STRUCTURAL:
            return Holds.ORDINARY
        return None

    def decided(self) -> frozenset[str]:
        """Every field named in the declaration."""
        return frozenset(f"{self.personal} {self.case} {self.ordinary}".split())


#: Retention classes in plain words. The periods are local decisions a board confirms before go-live.
RETENTION: dict[str, str] = {
    "directory": "While the person or body is known to the board, and two years after the last seat ends.",
    "governance": "As long as the board or its successor exists.",
    "assurance": "Six years after the cycle closes.",
    "child_deaths": "As the panel decides with legal advice; until then nothing is removed.",
    "access_record": "Ten years; never edited.",
    "correspondence": "Six years after it was sent.",
    "account": "Until the account is closed, and ninety days after.",
    "working": "While the work is open; removed when it closes.",
    "configuration": "As long as the system is in use.",
}

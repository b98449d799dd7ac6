"""What an edition of guidance is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.pathways.rules.terms import Evidence


class Axis(StrEnum):
    """What an edition governs. The two changed on different days in the same area."""

    WORKING_TOGETHER = "working_together"
    CHILD_DEATH_REVIEW = "child_death_review"


class Reading(StrEnum):
    """How far an edition has been read by those who keep this register."""

    HISTORY = "history"
    PARTLY = "partly"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """The state of reading in words."""
        return {
            "history": "For old records only; not read in full",
            "partly": "Partly read; see each rule",
            "unread": "Not read: nothing is claimed under it",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition: when it applied, who decides and who is told, and its words.

    ``from_on`` is None where the day is not known or differs from area to area; such an edition is never
    chosen by date alone. ``section_11`` lists the bodies its section 11 list names.
    """

    key: str
    title: str
    axis: Axis
    from_on: date | None
    from_evidence: Evidence
    reading: Reading
    about: str
    review_decided_by: str
    incident_told_to: tuple[str, ...]
    section_11: tuple[str, ...]
    words: Mapping[str, str]

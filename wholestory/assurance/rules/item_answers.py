"""What stands in one item of one return: a score, a plain answer, or one of the several kinds of nothing.

Source: domain notes on quality assurance, 1.4: none of the kinds of nothing is a score, and each is shown as itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ItemState(StrEnum):
    """What stands in one item of one return."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    PLAIN = "plain"
    NOT_READ = "not_read"

    @property
    def label(self) -> str:
        """What stands where a score would."""
        return {
            "scored": "Scored",
            "not_applicable": "Not applicable",
            "unanswered": "Left blank",
            "not_asked": "Not asked",
            "plain": "Answered in words, not scored",
            "not_read": "Not read: something stood in the file that is no score",
        }[self.value]


class ReasonMissing(ValueError):
    """ "Not applicable" was chosen without saying why."""


class ScoreMissing(ValueError):
    """An item that is not scored carries a score, or a moderated score has no self-assessed one."""


class ScoredBy(StrEnum):
    """Whose scores a figure rests on. Always shown."""

    AGENCY = "agency"
    MODERATOR = "moderator"
    BOTH = "both"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """The words beside the figure."""
        return {
            "agency": "The agency's own scores",
            "moderator": "Moderated scores",
            "both": "Moderated where moderated, otherwise the agency's own",
            "nobody": "No scores",
        }[self.value]


@dataclass(frozen=True)
class ItemAnswer:
    """One item of one return. Both scores are kept; the moderated one counts where there is one.

    ``plain`` is the answer where nothing is scored (state PLAIN). ``weight`` is how many points the item carries
    within its standard.
    """

    item: str
    standard: str
    state: ItemState
    self_score: str = ""
    moderated_score: str = ""
    reason: str = ""
    critical: bool = False
    weight: int = 1
    plain: str = ""

    def __post_init__(self) -> None:
        if self.state is ItemState.SCORED and not self.self_score:
            raise ScoreMissing(f"{self.item} is scored but has no score.")
        if self.state is not ItemState.SCORED and (self.self_score or self.moderated_score):
            raise ScoreMissing(f"{self.item} is {self.state} and cannot carry a score.")
        if self.state is ItemState.NOT_APPLICABLE and not self.reason.strip():
            raise ReasonMissing(f"{self.item} is not applicable: the reason is missing.")

    @property
    def score(self) -> str:
        """The score in force: moderated where it exists, otherwise the agency's own."""
        return self.moderated_score or self.self_score

    @property
    def scored_by(self) -> ScoredBy:
        """Whose score is in force."""
        if self.state is not ItemState.SCORED:
            return ScoredBy.NOBODY
        return ScoredBy.MODERATOR if self.moderated_score else ScoredBy.AGENCY


def whose(parts: Iterable[ScoredBy]) -> ScoredBy:
    """Whose scores a figure made of ``parts`` rests on."""
    seen = {part for part in parts if part is not ScoredBy.NOBODY}
    if not seen:
        return ScoredBy.NOBODY
    return seen.pop() if len(seen) == 1 else ScoredBy.BOTH

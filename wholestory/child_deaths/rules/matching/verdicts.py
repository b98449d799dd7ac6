"""What a comparison gives: a score, the band it falls in, and the sentences that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a comparison came out. None of them joins anybody: a person decides, and can undo it."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NO = "no"


class Relation(StrEnum):
    """What two different children who look alike may be to each other."""

    NONE = ""
    TWIN = "twin"
    SIBLING = "sibling"


#: The lowest score of each band, best first. Measured on made-up records, see ``tests/child_deaths/linkage``.
CUT_OFFS: tuple[tuple[Verdict, float], ...] = (
    (Verdict.SAME, 0.985),
    (Verdict.LIKELY, 0.80),
    (Verdict.POSSIBLE, 0.25),
    (Verdict.NO, 0.0),
)

WORDS: dict[Verdict, str] = {
    Verdict.SAME: "Almost certainly the same child",
    Verdict.LIKELY: "Likely to be the same child",
    Verdict.POSSIBLE: "May be the same child",
    Verdict.NO: "Not the same child, as far as this tells",
}

RELATION_WORDS: dict[Relation, str] = {
    Relation.TWIN: "May be a twin: ask the birth order before you join them",
    Relation.SIBLING: "May be a brother or sister: link the two rather than join them",
}


def verdict_of(score: float) -> Verdict:
    """The band a score falls in."""
    return next(verdict for verdict, lowest in CUT_OFFS if score >= lowest)


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, and how much it moved the score in points (bits): above 0 for, below 0 against, 0 to ask about."""

    text: str
    points: float

    @property
    def speaks_for(self) -> bool:
        """Whether this makes one child likelier."""
        return self.points > 0

    @property
    def speaks_against(self) -> bool:
        """Whether this makes one child less likely."""
        return self.points < 0


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two accounts are, 0 to 1, and why. ``relation`` says what else they may be to each other."""

    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]
    relation: Relation = Relation.NONE

    @property
    def words(self) -> str:
        """The verdict as a sentence for a reader."""
        if self.verdict is Verdict.POSSIBLE and self.relation:
            return RELATION_WORDS[self.relation]
        return WORDS[self.verdict]

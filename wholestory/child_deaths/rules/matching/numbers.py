"""What two NHS numbers say about two accounts, allowing for slips of the pen and for the mother's own number."""

from __future__ import annotations

from enum import Enum

from rapidfuzz.distance import OSA

from wholestory.child_deaths.rules.matching.ready import Ready


class Numbers(Enum):
    """What two NHS numbers say."""

    MISSING = "missing"
    EQUAL = "equal"
    ONE_SLIP = "one slip"
    MOTHERS = "mother's"
    BOTH_MOTHERS = "both mother's"
    WRONG = "fails its check"
    DIFFERENT = "different"


def compare(a: Ready, b: Ready) -> Numbers:
    """What the numbers say. A number that is a mother's tells of the family, never of the child."""
    if not a.number and not b.number:
        return Numbers.MISSING
    mothers = {a.mother_number, b.mother_number} - {""}
    if a.number in mothers or b.number in mothers:
        # Only the family is known by it; where just one account carries it, the other's number stays unanswered.
        if a.number == b.number:
            return Numbers.BOTH_MOTHERS
        return Numbers.MOTHERS
    if not a.number or not b.number:
        return Numbers.MISSING
    if a.number == b.number:
        return Numbers.EQUAL
    if OSA.distance(a.number, b.number) <= 1:
        return Numbers.ONE_SLIP
    return Numbers.DIFFERENT if a.number_checks and b.number_checks else Numbers.WRONG

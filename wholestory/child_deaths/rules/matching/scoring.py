"""The comparison of two accounts: the points added up, then what may never be joined held back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from wholestory.child_deaths.rules.matching import names, numbers, weighing
from wholestory.child_deaths.rules.matching.family import Doubt, doubts
from wholestory.child_deaths.rules.matching.identity import Identity
from wholestory.child_deaths.rules.matching.ready import Ready, ready
from wholestory.child_deaths.rules.matching.verdicts import Match, Reason, Relation, Verdict, verdict_of

#: Before anything is compared, two accounts that share a key are this unlikely (in bits) to be of one child.
_AT_FIRST = -12.0

T = TypeVar("T")


def score(a: Identity, b: Identity) -> Match:
    """Compare two accounts. The order of the two makes no difference."""
    return _score(ready(a), ready(b))


def best(
    identity: Identity, candidates: Iterable[tuple[T, Identity]], at_most: int = 5
) -> list[tuple[T, Match]]:
    """The candidates worth a person's look, best first; those that are not the same child are left out.

    Candidates come as (whatever names them, account).
    """
    sought = ready(identity)
    found = [(name, _score(sought, ready(other))) for name, other in candidates]
    found = [(name, match) for name, match in found if match.verdict is not Verdict.NO]
    found.sort(key=lambda one: -one[1].score)
    return found[:at_most]


def _score(a: Ready, b: Ready) -> Match:
    called = names.compare(a, b)
    number = numbers.compare(a, b)
    reasons = [
        *weighing.number(number),
        *weighing.names(called),
        *weighing.mothers_surname(a, b, called),
        *weighing.born(a, b),
        *weighing.death(a, b),
        *weighing.home(a, b),
        *weighing.mother(a, b),
        *weighing.sex(a, b),
    ]
    bits = _AT_FIRST + sum(reason.points for reason in reasons)
    odds = 1 / (1 + 2.0 ** -max(-40.0, min(40.0, bits)))
    return _held_back(odds, reasons, doubts(a, b, called, number))


def _held_back(odds: float, reasons: Sequence[Reason], held: Sequence[Doubt]) -> Match:
    """Apply the doubts: each lets the score rise no higher, and some make sure that a person looks."""
    relation = Relation.NONE
    for doubt in held:
        odds = min(odds, doubt.at_most)
        relation = relation or doubt.relation
    for doubt in held:
        odds = max(odds, doubt.at_least)
    ordered = sorted(reasons, key=lambda reason: -abs(reason.points))
    asked = [Reason(doubt.text, 0) for doubt in held]
    value = round(odds, 4)
    return Match(value, verdict_of(value), (*asked, *ordered), relation)

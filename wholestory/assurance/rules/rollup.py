"""Roll-ups: from answers to a standard, from standards to an agency, from agencies to the area.

Source: domain notes on quality assurance, 1.6. Each figure carries what the page must say beside it: how
many were applicable, how many answered, how many not applicable, whose score it is, and whether a cap was
used. An unanswered item is never compliant and never zero; it is unanswered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from wholestory.assurance.rules.item_answers import (
    ItemAnswer,
    ItemState,
    ReasonMissing,
    ScoredBy,
    ScoreMissing,
    whose,
)
from wholestory.assurance.rules.scales import CompliantTest, Point, Scale, percent

__all__ = [
    "AgencyScore", "Compliance", "CriticalCap", "ItemAnswer", "ItemState", "ReasonMissing", "ScoreMissing", "ScoredBy",
    "Spread", "StandardScore", "Weighting", "agency_score", "compliance_of", "mean_of", "spread", "standard_score",
    "weighted_mean", "whose",
]  # fmt: skip


@dataclass(frozen=True)
class CriticalCap:
    """The lowest score on an item marked critical holds its whole standard down. Off unless a board
    switches it on."""

    triggered_at: str
    capped_at: str

    @classmethod
    def usual(cls, scale: Scale) -> CriticalCap:
        """The worst point ("red") holds the standard at the second worst ("amber")."""
        return cls(triggered_at=scale.points[0].value, capped_at=scale.points[1].value)


@dataclass(frozen=True)
class StandardScore:
    """One standard of one return.

    ``plain`` counts answers that are not scored; they take no part in ``applicable``. ``weight`` is what the standard
    weighs in the agency's figure where items count: the points of its answered items and, where points are shared out
    anew, those of items that do not apply.
    """

    standard: str
    mean: Fraction | None
    mean_before_cap: Fraction | None
    applicable: int
    answered: int
    not_applicable: int
    not_asked: int
    compliant: int
    scored_by: ScoredBy
    capped_by: tuple[str, ...] = ()
    plain: int = 0
    weight: int = 0
    not_read: int = 0
    """Brought in from a file where something stood that is no score, or two different ones: not blank either."""

    @property
    def unanswered(self) -> int:
        """Items that apply and were left blank."""
        return self.applicable - self.answered

    @property
    def counts(self) -> str:
        """The sentence beside the score: ``4 of 5 answered, 1 not applicable.``"""
        if self.plain and not self.applicable:
            said = f"{self.plain} answered, not scored"
        else:
            said = f"{self.answered} of {self.applicable} answered"
        if self.not_applicable:
            said += f", {self.not_applicable} not applicable"
        if self.not_read:
            said += f", {self.not_read} not read from the file"
        return said + "."

    def is_below(self, test: CompliantTest) -> bool | None:
        """Whether the standard as a whole is below compliant; None where there is no score to judge."""
        return None if self.mean is None else self.mean < test.threshold


def standard_score(
    standard: str,
    answers: Iterable[ItemAnswer],
    test: CompliantTest,
    *,
    cap: CriticalCap | None = None,
    reweight: bool = False,
) -> StandardScore:
    """Item to standard: the mean of the normalised scores over items that apply and were answered, each counting by
    its points.

    An item that does not apply is never a nought. With ``reweight`` the others of its standard take over its points,
    and the standard keeps its whole weight in the agency's figure; without, its points leave the reckoning with it.
    """
    own = [answer for answer in answers if answer.standard == standard]
    scored = [answer for answer in own if answer.state is ItemState.SCORED]
    not_applicable = sum(answer.state is ItemState.NOT_APPLICABLE for answer in own)
    not_asked = sum(answer.state is ItemState.NOT_ASKED for answer in own)
    scale = test.scale
    plain = sum(answer.state is ItemState.PLAIN for answer in own)
    not_read = sum(answer.state is ItemState.NOT_READ for answer in own)
    mean = weighted_mean([(scale.normalise(answer.score), answer.weight) for answer in scored])
    kept = sum(a.weight for a in own if a.state is ItemState.NOT_APPLICABLE) if reweight else 0
    capped_by: tuple[str, ...] = ()
    held = mean
    if cap is not None and mean is not None:
        trigger, ceiling = scale.normalise(cap.triggered_at), scale.normalise(cap.capped_at)
        low = tuple(a.item for a in scored if a.critical and scale.normalise(a.score) <= trigger)
        if low and mean > ceiling:
            held, capped_by = ceiling, low
    return StandardScore(
        standard=standard,
        mean=held,
        mean_before_cap=mean,
        applicable=len(own) - not_applicable - not_asked - plain - not_read,
        answered=len(scored),
        not_applicable=not_applicable,
        not_asked=not_asked,
        compliant=sum(test.passes(answer.score) for answer in scored),
        scored_by=whose(answer.scored_by for answer in scored),
        capped_by=capped_by,
        plain=plain,
        weight=sum(answer.weight for answer in scored) + kept if scored else 0,
        not_read=not_read,
    )


class Weighting(StrEnum):
    """What counts equally when standards become one figure for an agency. Always shown."""

    STANDARDS = "standards"
    ITEMS = "items"

    @property
    def label(self) -> str:
        """The words beside the figure."""
        return (
            "Each standard counts equally"
            if self is Weighting.STANDARDS
            else "Each answered item counts equally"
        )


@dataclass(frozen=True)
class AgencyScore:
    """One return as one figure, with what that figure rests on."""

    mean: Fraction | None
    weighting: Weighting
    scored_by: ScoredBy
    compliance: Compliance


@dataclass(frozen=True)
class Compliance:
    """How much is compliant, with how much was answered. The two are published together."""

    compliant: int
    answered: int
    applicable: int

    @property
    def share(self) -> Fraction | None:
        """Compliant out of applicable and answered; None when nothing was answered (not nought, and not
        all)."""
        return Fraction(self.compliant, self.answered) if self.answered else None

    @property
    def completeness(self) -> Fraction | None:
        """Answered out of applicable; None when nothing applies."""
        return Fraction(self.answered, self.applicable) if self.applicable else None

    @property
    def words(self) -> str:
        """``80.0 % compliant (4 of 5 answered); 83.3 % complete (5 of 6 applicable).``"""
        if self.completeness is None:
            return "Nothing applies."
        complete = f"{percent(self.completeness)} complete ({self.answered} of {self.applicable} applicable)."
        if self.share is None:
            return f"Nothing answered; {complete}"
        return f"{percent(self.share)} compliant ({self.compliant} of {self.answered} answered); {complete}"


def compliance_of(standards: Iterable[StandardScore]) -> Compliance:
    """Compliance and completeness summed over items, never averaged over percentages."""
    rows = list(standards)
    return Compliance(
        compliant=sum(row.compliant for row in rows),
        answered=sum(row.answered for row in rows),
        applicable=sum(row.applicable for row in rows),
    )


def agency_score(
    standards: Sequence[StandardScore], *, weighting: Weighting = Weighting.STANDARDS
) -> AgencyScore:
    """Standards to agency. Standards with nothing answered have no weight under either rule."""
    scored = [(row.mean, row.weight or row.answered) for row in standards if row.mean is not None]
    if weighting is Weighting.STANDARDS:
        mean = mean_of([value for value, _ in scored])
    else:
        mean = weighted_mean(scored)
    return AgencyScore(mean, weighting, whose(row.scored_by for row in standards), compliance_of(standards))


@dataclass(frozen=True)
class Spread:
    """How answers fall over a scale, with each kind of nothing counted apart. Agencies are listed, not
    averaged."""

    by_point: tuple[tuple[Point, int], ...]
    answered: int
    not_applicable: int
    unanswered: int
    not_asked: int
    plain: int = 0
    not_read: int = 0

    def share(self, value: str) -> Fraction | None:
        """The share of answered items with this score; None when nothing was answered."""
        if not self.answered:
            return None
        return Fraction(sum(count for point, count in self.by_point if point.value == value), self.answered)


def spread(answers: Iterable[ItemAnswer], scale: Scale) -> Spread:
    """Counts per scale point over any set of answers: an item across agencies, or a standard across the
    area."""
    rows = list(answers)
    scored = [scale.point(row.score).value for row in rows if row.state is ItemState.SCORED]
    return Spread(
        by_point=tuple((point, scored.count(point.value)) for point in scale.points),
        answered=len(scored),
        not_applicable=sum(row.state is ItemState.NOT_APPLICABLE for row in rows),
        unanswered=sum(row.state is ItemState.UNANSWERED for row in rows),
        not_asked=sum(row.state is ItemState.NOT_ASKED for row in rows),
        plain=sum(row.state is ItemState.PLAIN for row in rows),
        not_read=sum(row.state is ItemState.NOT_READ for row in rows),
    )


def weighted_mean(values: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """The exact mean of values that count by their weights; None where nothing weighs anything."""
    if len({weight for _, weight in values}) == 1 and values[0][1]:
        return mean_of([value for value, _ in values])
    total = sum(weight for _, weight in values)
    return sum((value * weight for value, weight in values), Fraction(0)) / total if total else None


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    """The exact mean; None for no values."""
    if not values:
        return None
    # Over one denominator first: one reduction instead of one for each value.
    over = lcm(*(value.denominator for value in values))
    total = sum(value.numerator * (over // value.denominator) for value in values)
    return Fraction(total, over * len(values))

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

from wholestory.assurance.rules.scales import CompliantTest, Point, Scale, percent


class ItemState(StrEnum):
    """What stands in one item of one return."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"


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
    """One item of one return. Both scores are kept; the moderated one counts where there is one."""

    item: str
    standard: str
    state: ItemState
    self_score: str = ""
    moderated_score: str = ""
    reason: str = ""
    critical: bool = False

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
    """One standard of one return."""

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

    @property
    def unanswered(self) -> int:
        """Items that apply and were left blank."""
        return self.applicable - self.answered

    @property
    def counts(self) -> str:
        """The sentence beside the score: ``4 of 5 answered, 1 not applicable.``"""
        said = f"{self.answered} of {self.applicable} answered"
        if self.not_applicable:
            said += f", {self.not_applicable} not applicable"
        return said + "."

    def is_below(self, test: CompliantTest) -> bool | None:
        """Whether the standard as a whole is below compliant; None where there is no score to judge."""
        return None if self.mean is None else self.mean < test.threshold


def whose(parts: Iterable[ScoredBy]) -> ScoredBy:
    """Whose scores a figure made of ``parts`` rests on."""
    seen = {part for part in parts if part is not ScoredBy.NOBODY}
    if not seen:
        return ScoredBy.NOBODY
    return seen.pop() if len(seen) == 1 else ScoredBy.BOTH


def standard_score(
    standard: str, answers: Iterable[ItemAnswer], test: CompliantTest, *, cap: CriticalCap | None = None
) -> StandardScore:
    """Item to standard: the mean of the normalised scores over items that apply and were answered."""
    own = [answer for answer in answers if answer.standard == standard]
    scored = [answer for answer in own if answer.state is ItemState.SCORED]
    not_applicable = sum(answer.state is ItemState.NOT_APPLICABLE for answer in own)
    not_asked = sum(answer.state is ItemState.NOT_ASKED for answer in own)
    scale = test.scale
    mean = mean_of([scale.normalise(answer.score) for answer in scored])
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
        applicable=len(own) - not_applicable - not_asked,
        answered=len(scored),
        not_applicable=not_applicable,
        not_asked=not_asked,
        compliant=sum(test.passes(answer.score) for answer in scored),
        scored_by=whose(answer.scored_by for answer in scored),
        capped_by=capped_by,
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
    scored = [(row.mean, row.answered) for row in standards if row.mean is not None]
    if weighting is Weighting.STANDARDS:
        mean = mean_of([value for value, _ in scored])
    else:
        items = sum(answered for _, answered in scored)
        mean = sum((value * answered for value, answered in scored), Fraction(0)) / items if items else None
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
    )


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    """The exact mean; None for no values."""
    if not values:
        return None
    # Over one denominator first: one reduction instead of one for each value.
    over = lcm(*(value.denominator for value in values))
    total = sum(value.numerator * (over // value.denominator) for value in values)
    return Fraction(total, over * len(values))

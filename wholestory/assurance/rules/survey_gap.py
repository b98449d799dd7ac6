"""Leaders beside staff on the same subject: two different measures, and the points between them.

Source: domain notes on quality assurance, 1.3 and 1.7 (self-assessment beside the practitioner survey).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wholestory.assurance.rules.survey import Line


@dataclass(frozen=True)
class Leaders:
    """What leaders said of the linked items: compliant, of those scored, in how many returns; the mean from 0 to 1."""

    compliant: int
    scored: int
    returns: int
    mean: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """Compliant, of those that apply and were scored."""
        return Fraction(self.compliant, self.scored) if self.scored else None


@dataclass(frozen=True)
class Gap:
    """Leaders and staff on the same subject. Two different measures: the difference is a reason to ask, no score."""

    statement: str
    leaders: Leaders
    staff: Line | None

    @property
    def points(self) -> Fraction | None:
        """Leaders' share less staff's; None where either cannot be said."""
        if self.leaders.share is None or self.staff is None or self.staff.share is None:
            return None
        return self.leaders.share - self.staff.share

    @property
    def bounded(self) -> tuple[str, Fraction] | None:
        """Where staff's share is a bound: ("below" or "above", so many points); None otherwise."""
        if self.leaders.share is None or self.staff is None:
            return None
        if self.staff.over is not None:
            return "below", self.leaders.share - Fraction(self.staff.over, 100)
        if self.staff.under is not None:
            return "above", self.leaders.share - Fraction(self.staff.under, 100)
        return None

    def as_data(self) -> list[Any]:
        """As JSON holds it; the staff's side is found again among the results."""
        mean = str(self.leaders.mean) if self.leaders.mean is not None else ""
        return [self.statement, self.leaders.compliant, self.leaders.scored, self.leaders.returns, mean]


def gap_from_data(data: Sequence[Any], staff: Line | None) -> Gap:
    """Back from JSON, beside the staff's line."""
    statement, compliant, scored, returns, mean = data
    return Gap(statement, Leaders(compliant, scored, returns, Fraction(mean) if mean else None), staff)


def by_gap(gaps: Iterable[Gap]) -> list[Gap]:
    """Widest first where leaders think better of it than staff; what cannot be compared last."""

    def wide(gap: Gap) -> tuple[bool, Fraction]:
        points = gap.bounded[1] if gap.bounded else gap.points
        return points is None, -(points or Fraction(0))

    return sorted(gaps, key=wide)

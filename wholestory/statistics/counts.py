"""How often something happened: counts and rates with intervals.

Sources: exact Poisson limits, Armitage and Berry 2002; Byar's limits, Breslow and Day 1987 and APHO Technical Briefing
3; reliability marks, ONS User guide to mortality statistics, section 15.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from scipy.special import ndtri
from scipy.stats import chi2

from wholestory.statistics.values import CannotBeCounted, Estimate, none_because

#: From this many events Byar's limits are used; below, the exact ones.
BYAR_FROM = 10


class Limits(NamedTuple):
    """Limits of a count, and how they were worked out."""

    lower: float
    upper: float
    method: str


def normal_quantile(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise CannotBeCounted(f"A confidence lies between 0 and 1, not at {confidence}.")
    return float(ndtri((1 + confidence) / 2))


def exact(count: float, confidence: float = 0.95) -> Limits:
    """Exact Poisson limits of a count."""
    _counted(count)
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else float(chi2.ppf(tail, 2 * count)) / 2
    return Limits(lower, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2, "exact")


def byar(count: float, confidence: float = 0.95) -> Limits:
    """Byar's approximation to the Poisson limits. Not defined for no events."""
    _counted(count)
    if count == 0:
        raise CannotBeCounted("Byar's limits need at least one event.")
    z, more = normal_quantile(confidence), count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Limits(lower, upper, "byar")


def count_limits(count: float, confidence: float = 0.95) -> Limits:
    """Limits of a count: exact below ten events, Byar's from ten. Fractions of events are allowed."""
    _counted(count)
    return exact(count, confidence) if count < BYAR_FROM else byar(count, confidence)


def rate(
    count: float | None, denominator: float | None, multiplier: float = 100_000, confidence: float = 0.95
) -> Estimate:
    """Events per ``multiplier`` of the denominator, which is in person-years (or births)."""
    if count is not None:
        _counted(count)
    if denominator is not None and denominator < 0:
        raise CannotBeCounted("A population cannot be negative.")
    if count is None:
        return none_because("missing_count")
    if denominator is None:
        return none_because("missing_denominator")
    if denominator == 0:
        return none_because("zero_denominator")
    found = count_limits(count, confidence)
    return Estimate(count, found.lower, found.upper, found.method).times(multiplier / denominator)


class Reliability(NamedTuple):
    """Whether a rate may be shown: ``ok``, ``unreliable`` (shown with the mark u) or ``not_calculated``."""

    crude_rate: str
    standardised_rate: str


def reliability(count: float) -> Reliability:
    """How far a rate of so many deaths can be relied on, as ONS marks them."""
    _counted(count)
    if count >= 20:
        return Reliability("ok", "ok")
    crude = "not_calculated" if count < 3 else "unreliable"
    return Reliability(crude, "not_calculated" if count < 10 else "unreliable")


def _counted(count: float) -> None:
    if not count >= 0:
        raise CannotBeCounted(f"A count cannot be {count}.")

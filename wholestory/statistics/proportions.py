"""What share: proportions with Wilson's interval, and the difference of two.

Sources: Wilson 1927, J Am Stat Assoc 22:209; Newcombe 1998, Stat Med 17:857 and 17:873 (method 10).
"""

from __future__ import annotations

from math import sqrt

from wholestory.statistics.counts import normal_quantile
from wholestory.statistics.values import CannotBeCounted, Estimate, none_because


def proportion(
    numerator: float | None, denominator: float | None, confidence: float = 0.95, multiplier: float = 1
) -> Estimate:
    """The share with Wilson's score interval, without continuity correction. Exactly 0 and 1 at the ends."""
    if numerator is None:
        return none_because("missing_count")
    if denominator is None:
        return none_because("missing_denominator")
    if denominator < 0 or not 0 <= numerator <= max(denominator, 0):
        raise CannotBeCounted(f"{numerator} of {denominator} is not a share.")
    if denominator == 0:
        return none_because("zero_denominator")
    lower, upper = _wilson(numerator, denominator, confidence)
    return Estimate(numerator / denominator, lower, upper, "wilson").times(multiplier)


def _wilson(x: float, n: float, confidence: float) -> tuple[float, float]:
    z = normal_quantile(confidence)
    middle, width, whole = 2 * x + z * z, z * sqrt(z * z + 4 * x * (1 - x / n)), 2 * (n + z * z)
    # Floating point gives 2.8e-17 and 0.9999999999999999 at the ends.
    return (
        0.0 if x == 0 else max(0.0, (middle - width) / whole),
        1.0 if x == n else min(1.0, (middle + width) / whole),
    )


def difference(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Estimate:
    """The difference of two shares with Newcombe's hybrid interval."""
    for x, n in ((x1, n1), (x2, n2)):
        one = proportion(x, n, confidence)
        if one.value is None:
            return one
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = _wilson(x1, n1, confidence), _wilson(x2, n2, confidence)
    d = p1 - p2
    lower = d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    upper = d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return Estimate(d, lower, upper, "newcombe")

"""An area against a benchmark, and two areas against each other.

Sources: OHID Fingertips technical guidance (the benchmark counts as exact); Clopper and Pearson 1934, applied to two
Poisson counts given their sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scipy.stats import beta, binomtest

from wholestory.statistics.counts import rate
from wholestory.statistics.values import CannotBeCounted, Estimate


class Polarity(StrEnum):
    """Which way is good."""

    LOW_IS_GOOD = "low_is_good"
    HIGH_IS_GOOD = "high_is_good"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Band:
    """How an area stands to a benchmark. For small counts ``similar`` means "cannot tell".

    ``band``: higher_99.8, higher_95, similar, lower_95, lower_99.8, or "" with ``reason``; ``word``: worse, better,
    higher, lower or similar.
    """

    band: str
    word: str
    at_95: Estimate
    at_998: Estimate

    @property
    def reason(self) -> str:
        """Why there is no band."""
        return self.at_95.reason


def against_benchmark(
    count: float | None, denominator: float | None, multiplier: float, benchmark: float,
    polarity: Polarity | str = Polarity.NEUTRAL,
) -> Band:  # fmt: skip
    """Whether the rate's interval excludes the benchmark, at 99.8 % or only at 95 %."""
    polarity = Polarity(polarity)
    near = rate(count, denominator, multiplier, 0.95)
    wide = rate(count, denominator, multiplier, 0.998)
    if near.lower is None or near.upper is None or wide.lower is None or wide.upper is None:
        return Band("", "", near, wide)
    side = "higher" if near.lower > benchmark else "lower" if near.upper < benchmark else "similar"
    if side == "similar":
        return Band(side, side, near, wide)
    sure = wide.lower > benchmark or wide.upper < benchmark
    if polarity is Polarity.NEUTRAL:
        word = side
    else:
        word = "worse" if (side == "higher") == (polarity is Polarity.LOW_IS_GOOD) else "better"
    return Band(f"{side}_99.8" if sure else f"{side}_95", word, near, wide)


@dataclass(frozen=True, slots=True)
class RateRatio:
    """How many times as often in the first as in the second, with the p-value of the exact two-sided test."""

    ratio: Estimate
    p_value: float | None


def rate_ratio(
    count1: int, denominator1: float, count2: int, denominator2: float, confidence: float = 0.95
) -> RateRatio:
    """The exact ratio of two rates, given the events of both together."""
    if min(count1, count2) < 0 or min(denominator1, denominator2) <= 0:
        raise CannotBeCounted("Two rates need counts from 0 and populations above 0.")
    total, tail = count1 + count2, (1 - confidence) / 2
    if total == 0:
        return RateRatio(Estimate(None, reason="no_events_in_second"), None)
    p_value = float(binomtest(count1, total, denominator1 / (denominator1 + denominator2)).pvalue)
    scale = denominator2 / denominator1
    low = float(beta.ppf(tail, count1, count2 + 1)) if count1 else 0.0
    lower = low / (1 - low) * scale
    if count2 == 0:
        return RateRatio(Estimate(None, lower, None, "exact", "no_events_in_second"), p_value)
    high = float(beta.ppf(1 - tail, count1 + 1, count2))
    ratio = count1 / denominator1 / (count2 / denominator2)
    return RateRatio(Estimate(ratio, lower, high / (1 - high) * scale, "exact"), p_value)

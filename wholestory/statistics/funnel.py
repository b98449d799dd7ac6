"""Funnel plots: whether an area lies further from the target than chance would put it.

Sources: Spiegelhalter 2005, Stat Med 24:1185 (exact limits) and Qual Saf Health Care 14:347 (overdispersion, additive
model); OHID Fingertips technical guidance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, chi2, poisson

from wholestory.statistics.counts import exact, normal_quantile
from wholestory.statistics.values import CannotBeCounted

Numbers = NDArray[np.float64]

#: The two confidences every funnel is drawn with.
CONFIDENCES = (0.95, 0.998)
#: Fewer areas than this say nothing of overdispersion.
FEWEST_AREAS = 10


class Measure(StrEnum):
    """What is plotted: a share of cases, or observed over expected events."""

    PROPORTION = "proportion"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Limits at 95 and 99.8 %, in natural units: 0 to 1, or observed over expected around 1."""

    lower95: float
    upper95: float
    lower998: float
    upper998: float


def of_proportion(target: float, denominator: int) -> FunnelLimits:
    """Exact binomial limits of a share, interpolated between whole numbers. The usual choice."""
    _share(target, denominator)
    found = [_between(binom(denominator, target), tail) / denominator for tail in _tails()]
    return FunnelLimits(*(min(1.0, max(0.0, each)) for each in found))


def of_ratio(expected: float) -> FunnelLimits:
    """Exact Poisson limits of observed over expected events. The usual choice."""
    if not expected > 0:
        raise CannotBeCounted("A funnel needs expected events above 0.")
    found = [_between(poisson(expected), tail) / expected for tail in _tails()]
    return FunnelLimits(*(max(0.0, each) for each in found))


def of_proportions(target: float, denominators: Sequence[int]) -> NDArray[np.float64]:
    """Exact limits of shares for many sizes at once, a row for each (lower and upper at 95 %, then at 99.8 %), the same
    as ``of_proportion`` one by one."""
    n = np.asarray(denominators, dtype=np.int64)
    if n.size and int(n.min()) < 1:
        raise CannotBeCounted("A funnel of shares needs at least one case.")
    _share(target, 1)
    columns = [_many_between(binom, tail, n, target) / n for tail in _tails()]
    return np.clip(np.stack(columns, axis=1), 0, 1) if n.size else np.empty((0, 4))


def of_ratios(expected: Sequence[float]) -> NDArray[np.float64]:
    """Exact limits of observed over expected events for many at once, a row for each, the same as ``of_ratio``."""
    e = np.asarray(expected, dtype=np.float64)
    if e.size and not float(e.min()) > 0:
        raise CannotBeCounted("A funnel needs expected events above 0.")
    columns = [_many_between(poisson, tail, e) / e for tail in _tails()]
    return np.maximum(np.stack(columns, axis=1), 0) if e.size else np.empty((0, 4))


def _many_between(distribution: Any, tail: float, *shape: Any) -> Numbers:
    r = distribution.ppf(tail, *shape)
    return np.asarray(
        r - (distribution.cdf(r, *shape) - tail) / distribution.pmf(r, *shape), dtype=np.float64
    )


def of_proportion_by_score(target: float, denominator: int) -> FunnelLimits:
    """Normal limits round the target, clipped: what Fingertips' formula comes to."""
    _share(target, denominator)
    wide = sqrt(target * (1 - target) / denominator)
    found = []
    for confidence in CONFIDENCES:
        z = normal_quantile(confidence)
        found += [max(0.0, target - z * wide), min(1.0, target + z * wide)]
    return FunnelLimits(*found)


def of_ratio_by_observed(observed: int) -> FunnelLimits:
    """Fingertips' limits at an observed count: the ratios that its own exact interval would just exclude."""
    if not observed > 0:
        raise CannotBeCounted("These limits need at least one observed event.")
    found = []
    for confidence in CONFIDENCES:
        limits = exact(observed, confidence)
        found += [observed / limits.upper, observed / limits.lower]
    return FunnelLimits(*found)


def _tails() -> list[float]:
    return [tail for confidence in CONFIDENCES for tail in ((1 - confidence) / 2, (1 + confidence) / 2)]


def _between(distribution: Any, tail: float) -> float:
    """The quantile moved back by the part of the last step that was not needed."""
    r = float(distribution.ppf(tail))
    return r - float((distribution.cdf(r) - tail) / distribution.pmf(r))


def _share(target: float, denominator: int) -> None:
    if not 0 < target < 1 or denominator < 1:
        raise CannotBeCounted("A funnel of shares needs a target between 0 and 1 and at least one case.")


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """Whether areas differ more than chance, and by how much: ``tau2`` widens the limits."""

    target: float
    z: Numbers
    z_winsorised: Numbers
    phi: float
    tau2: float
    p_value: float
    threshold: float

    @property
    def is_overdispersed(self) -> bool:
        """Whether the limits should be adjusted."""
        return self.phi > self.threshold


def overdispersion(
    measure: Measure | str, numerators: Sequence[float], denominators: Sequence[float], winsorise: float = 0.1,
    target: float | None = None,
) -> Overdispersion:  # fmt: skip
    """Compare the spread of ten or more areas with chance.

    ``denominators`` are cases (proportion) or expected events (ratio). The target of shares is their pooled mean unless
    given; that of ratios is 1. The outermost ``winsorise`` on each side are pulled in before the spread is taken.
    """
    x, n = np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    if x.shape != n.shape or x.ndim != 1 or x.size < FEWEST_AREAS:
        raise CannotBeCounted(f"Overdispersion needs {FEWEST_AREAS} areas or more, each with both numbers.")
    if not (n > 0).all() or (x < 0).any() or not 0 <= winsorise < 0.5:
        raise CannotBeCounted("Counts must not be negative, and denominators must be above 0.")
    measure = Measure(measure)
    if measure is Measure.PROPORTION and (x > n).any():
        raise CannotBeCounted("No area can have more cases than it looked at.")
    theta = (float(x.sum() / n.sum()) if measure is Measure.PROPORTION else 1.0) if target is None else target
    y, s, t = _transformed(measure, x / n, n, theta)
    z = (y - t) / s
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    pulled = np.clip(z, low, high)
    areas = x.size
    phi = float((pulled**2).mean())
    weights = 1 / s**2
    whole = weights.sum()
    tau2 = (areas * phi - (areas - 1)) / (whole - (weights**2).sum() / whole)
    return Overdispersion(
        theta, z, pulled, phi, max(0.0, float(tau2)), float(chi2.sf(areas * phi, areas)), 1 + 2 * sqrt(2 / areas)
    )  # fmt: skip


def adjusted(
    measure: Measure | str, denominators: Sequence[float], target: float, tau2: float
) -> list[FunnelLimits]:
    """Limits widened by ``tau2`` for every area: say "adjusted" on the plot."""
    measure = Measure(measure)
    n = np.asarray(denominators, dtype=np.float64)
    if not (n > 0).all() or tau2 < 0:
        raise CannotBeCounted(
            "Denominators must be above 0, and the spread between areas must not be negative."
        )
    _, s, t = _transformed(measure, np.full_like(n, target), n, target)
    wide = np.sqrt(s**2 + tau2)
    lines: list[Numbers] = []
    for confidence in CONFIDENCES:
        z = normal_quantile(confidence)
        lines += [_back(measure, t - z * wide), _back(measure, t + z * wide)]
    return [FunnelLimits(*(float(line[i]) for line in lines)) for i in range(n.size)]


def _transformed(measure: Measure, y: Numbers, n: Numbers, target: float) -> tuple[Numbers, Numbers, float]:
    if measure is Measure.PROPORTION:
        return np.arcsin(np.sqrt(y)), 1 / (2 * np.sqrt(n)), float(np.arcsin(sqrt(target)))
    return np.sqrt(y), 1 / (2 * np.sqrt(n)), sqrt(target)


def _back(measure: Measure, t: Numbers) -> Numbers:
    if measure is Measure.PROPORTION:
        return np.sin(np.clip(t, 0, pi / 2)) ** 2
    return np.maximum(t, 0) ** 2

"""Attribute charts: shares (p), events by exposure (u) and plain counts (c); Laney's p' and u' for huge denominators.

Source: Montgomery, Introduction to Statistical Quality Control; Laney 2002, Qual Eng 14:531.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

import numpy as np
from numpy.typing import NDArray

from wholestory.statistics.values import CannotBeCounted

Numbers = NDArray[np.float64]

#: The mean of a moving range of two normal values, in standard deviations.
TO_STEP = 1.128


class Plot(StrEnum):
    """Which chart. ``P_PRIME`` and ``U_PRIME`` are Laney's: only for large denominators and a sigma z above 1.25."""

    P = "p"
    U = "u"
    C = "c"
    P_PRIME = "pp"
    U_PRIME = "up"


@dataclass(frozen=True, slots=True)
class Chart:
    """Values, centre and three-sigma limits by period, NaN where it is missing; ``sigma_z`` says how far the spread
    exceeds chance (Laney)."""

    y: Numbers
    centre: float
    upper: Numbers
    lower: Numbers
    sigma_z: float | None
    outside: NDArray[np.bool_]


def attribute_chart(
    plot: Plot | str, counts: Sequence[float | None], denominators: Sequence[float | None] | None = None,
    baseline_points: int | None = None, exclude: Collection[int] = (),
) -> Chart:  # fmt: skip
    """Chart counts by period. ``denominators``: cases (p) or exposure in the unit of the rate (u); none for c.
    A period without one of its numbers (None) is missing: it has no limits and no step to the next (Laney).

    Centre and sigma z rest on the first ``baseline_points`` without the 0-based ``exclude``.
    """
    plot = Plot(plot)
    x = np.asarray(counts, dtype=np.float64)
    if (plot is Plot.C) != (denominators is None):
        raise CannotBeCounted("Plain counts have no denominators, and the other charts need them.")
    n = np.ones_like(x) if denominators is None else np.asarray(denominators, dtype=np.float64)
    shares = plot in (Plot.P, Plot.P_PRIME)
    if x.shape != n.shape or x.ndim != 1:
        raise CannotBeCounted("Counts and denominators are two lists of one length.")
    known = ~np.isnan(x) & ~np.isnan(n)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    if (n <= 0).any() or (x < 0).any() or (shares and (x > n).any()):
        raise CannotBeCounted("Every period needs a count that its denominator, above 0, can hold.")
    base = np.zeros(x.size, dtype=bool)
    base[:baseline_points] = True
    base[list(exclude)] = False
    base &= known
    if not base.any():
        raise CannotBeCounted("No period is left to work out the centre from.")
    y = x / n
    centre = fsum(x[base]) / fsum(n[base])
    sd = np.sqrt(centre * (1 - centre) / n) if shares else np.sqrt(centre / n)
    sigma_z = None
    if plot in (Plot.P_PRIME, Plot.U_PRIME):
        sigma_z = _sigma_z((y - centre)[base], sd[base], _joined(base, known))
        sd = sd * sigma_z
    upper, lower = centre + 3 * sd, np.maximum(centre - 3 * sd, 0)
    if shares:
        upper = np.minimum(upper, 1)
    return Chart(y, centre, upper, lower, sigma_z, (y > upper) | (y < lower))


def _joined(base: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each baseline point after the first: whether no missing period lies between it and the one before."""
    at, gaps = np.flatnonzero(base), np.cumsum(~known)
    return np.asarray(gaps[at[1:]] == gaps[at[:-1]])


def _sigma_z(off: Numbers, sd: Numbers, joined: NDArray[np.bool_]) -> float:
    if not joined.any() or not (sd > 0).all():
        raise CannotBeCounted("Laney's chart needs two periods or more that are not all or nothing.")
    steps = np.abs(np.diff(off / sd))[joined]
    return fsum(steps) / steps.size / TO_STEP

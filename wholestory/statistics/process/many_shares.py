"""Attribute charts (p, u, c and Laney's p', u') for many series at once, with the same results as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wholestory.statistics.process import many, sweeping
from wholestory.statistics.process.attribute import TO_STEP, Plot
from wholestory.statistics.process.sweeping import Flags, Numbers
from wholestory.statistics.values import CannotBeCounted

_SHARES, _LANEY = (Plot.P, Plot.P_PRIME), (Plot.P_PRIME, Plot.U_PRIME)


@dataclass(frozen=True, slots=True)
class Charts:
    """One row for each series, one column for each period; NaN where there is nothing.

    ``sigma_z`` is worked out for p and u charts too (NaN where it cannot be), since it says whether Laney's is wanted.
    ``charted`` says which series have limits: the others had a count that its denominator could not hold, or a part
    without any number.
    """

    y: Numbers
    centre: Numbers
    upper: Numbers
    lower: Numbers
    sigma_z: Numbers
    outside: Flags
    charted: Flags


def many_attribute(
    plots: Sequence[Plot | str] | Plot | str, counts: ArrayLike, denominators: ArrayLike | None = None, *,
    baseline_points: Sequence[int | None] | int | None = None,
    rebase_at: Sequence[Sequence[int] | None] | None = None,
) -> Charts:  # fmt: skip
    """Chart many series: a row for each, NaN where a period is missing.

    ``plots``, ``baseline_points`` and ``rebase_at`` are one for each series (the first two may be one for all), and
    mean what they mean in ``attribute_chart`` and ``xmr``. For plain counts every denominator is 1. Raises
    CannotBeCounted for lists of different lengths; a series that makes no sense is only not ``charted``.
    """
    x = np.asarray(counts, dtype=np.float64)
    n = np.ones_like(x) if denominators is None else np.asarray(denominators, dtype=np.float64)
    if x.ndim != 2 or n.shape != x.shape:
        raise CannotBeCounted(
            "Counts and denominators come as two tables of one size, a row for each series."
        )
    series, periods = x.shape
    chosen = [Plot(plots)] * series if isinstance(plots, str) else [Plot(each) for each in plots]
    if len(chosen) != series:
        raise CannotBeCounted("Every series has one kind of chart.")
    shares = np.array([each in _SHARES for each in chosen], dtype=bool)
    laney = np.array([each in _LANEY for each in chosen], dtype=bool)
    starts = sweeping.starts_of(series, periods, many.rebases(rebase_at, series, periods))
    x, n = x.T, n.T
    known = ~np.isnan(x) & ~np.isnan(n)
    with np.errstate(invalid="ignore"):
        impossible = (n <= 0) | (x < 0) | (shares & (x > n)) | np.isinf(x) | np.isinf(n)
    wrong = (known & impossible).any(axis=0)
    known &= ~wrong
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    joined = np.zeros_like(known)
    joined[1:] = known[1:] & known[:-1] & ~starts[1:]
    base = known & (sweeping.places(starts) < many.baselines(baseline_points, series))
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = sweeping.sums(x, base, starts).total / sweeping.sums(n, base, starts).total
        y = x / n
        sd = np.where(shares, np.sqrt(centre * (1 - centre) / n), np.sqrt(centre / n))
        sigma_z = _sigma_z(y, centre, sd, base, joined, starts)
        sd = np.where(laney, sd * sigma_z, sd)
        upper, lower = centre + 3 * sd, np.maximum(centre - 3 * sd, 0)
        upper = np.where(shares, np.minimum(upper, 1), upper)
        outside = (y > upper) | (y < lower)
    charted = ~wrong & np.isfinite(centre).all(axis=0) & (~laney | np.isfinite(sigma_z).all(axis=0))
    charted &= periods > 0
    for each in (centre, upper, lower, sigma_z):
        each[:, ~charted] = np.nan
    outside[:, ~charted] = False
    return Charts(y.T, centre.T, upper.T, lower.T, sigma_z.T, outside.T, charted)


def _sigma_z(y: Numbers, centre: Numbers, sd: Numbers, base: Flags, joined: Flags, starts: Flags) -> Numbers:
    """The spread from period to period against chance, part by part; NaN where a part has no step, or no spread."""
    z = (y - centre) / sd
    steps = np.full_like(z, np.nan)
    steps[1:] = np.abs(z[1:] - z[:-1])
    taken = base & joined
    flat = sweeping.sums(np.where(base & ~(sd > 0), 1.0, 0.0), base, starts).total > 0
    found = sweeping.sums(np.where(taken, steps, 0.0), taken, starts)
    return np.where(flat | (found.number == 0), np.nan, found.total / found.number / TO_STEP)

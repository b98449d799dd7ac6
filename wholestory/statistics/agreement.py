"""Do two panels or auditors agree: raw agreement first, then agreement beyond chance.

Sources: Cohen 1960 and 1968; Fleiss, Cohen and Everitt 1969 (standard errors); Fleiss 1971; Gwet 2008 (AC1); Byrt et
al 1993 (PABAK).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.counts import normal_quantile
from wholestory.statistics.values import CannotBeCounted, Estimate, none_because

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kappa:
    """``observed`` and ``by_chance`` are shares (weighted, where weights were given). ``se_at_0``: for testing none."""

    n: float
    observed: float | None
    by_chance: float | None
    kappa: Estimate
    se: float | None = None
    se_at_0: float | None = None


def cohen(table: ArrayLike, weights: str | ArrayLike | None = None, confidence: float = 0.95) -> Kappa:
    """Cohen's kappa of a square table of counts.

    ``weights``: None (agree or not), ``linear`` (usual for ordered grades), ``quadratic``, or a table of agreement
    weights from 0 to 1.
    """
    counts = _square(table)
    n, k = float(counts.sum()), counts.shape[0]
    if n == 0:
        return Kappa(n, None, None, none_because("empty"))
    w = _weights(weights, k)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed = float((w * p).sum())
    chance = float((w * np.outer(rows, columns)).sum())
    if chance >= 1:
        return Kappa(n, observed, chance, none_because("one_category"))
    kappa = (observed - chance) / (1 - chance)
    # The weight a row meets on average among the columns, and the other way round.
    mean = (w @ columns)[:, None] + (w.T @ rows)[None, :]
    spread = float((p * (w - mean * (1 - kappa)) ** 2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    at_0 = float((np.outer(rows, columns) * (w - mean) ** 2).sum()) - chance**2
    se = sqrt(max(0.0, spread) / n) / (1 - chance)
    wide = normal_quantile(confidence) * se
    found = Estimate(kappa, kappa - wide, kappa + wide, "fleiss-cohen-everitt")
    return Kappa(n, observed, chance, found, se, sqrt(max(0.0, at_0) / n) / (1 - chance))


@dataclass(frozen=True, slots=True)
class Fleiss:
    """Agreement of several raters, over all and by category."""

    observed: float | None
    by_chance: float | None
    kappa: Estimate
    by_category: tuple[float | None, ...] = ()
    se_at_0: float | None = None


def fleiss(counts: ArrayLike) -> Fleiss:
    """Fleiss' kappa: for every case, how many raters chose each category. Equal numbers of raters, two or more."""
    x = np.asarray(counts, dtype=np.float64)
    if x.ndim != 2 or x.size == 0:
        return Fleiss(None, None, none_because("empty"))
    raters = x.sum(axis=1)
    if (x < 0).any() or raters[0] < 2 or not (raters == raters[0]).all():
        raise CannotBeCounted("Every case needs the same number of raters, two or more.")
    cases, m = x.shape[0], float(raters[0])
    share = x.sum(axis=0) / (cases * m)
    observed = float(((x * (x - 1)).sum(axis=1) / (m * (m - 1))).mean())
    chance = float((share**2).sum())
    if chance >= 1:
        return Fleiss(observed, chance, none_because("one_category"))
    kappa = (observed - chance) / (1 - chance)
    q = share * (1 - share)
    apart = (x * (m - x)).sum(axis=0)
    by_category = tuple(
        None if each == 0 else float(1 - a / (cases * m * (m - 1) * each))
        for a, each in zip(apart, q, strict=True)
    )
    whole = float(q.sum())
    variance = 2 * (whole**2 - float((q * (1 - 2 * share)).sum())) / (cases * m * (m - 1) * whole**2)
    return Fleiss(observed, chance, Estimate(kappa, method="fleiss"), by_category, sqrt(max(0.0, variance)))


def ac1(table: ArrayLike) -> Kappa:
    """Gwet's AC1, which does not fall when nearly every case lies in one category."""
    counts = _square(table)
    n, k = float(counts.sum()), counts.shape[0]
    if n == 0:
        return Kappa(n, None, None, none_because("empty"))
    if k < 2:
        return Kappa(n, 1.0, None, none_because("one_category"))
    p = counts / n
    observed = float(np.trace(p))
    share = (p.sum(axis=0) + p.sum(axis=1)) / 2
    chance = float((share * (1 - share)).sum() / (k - 1))
    return Kappa(n, observed, chance, Estimate((observed - chance) / (1 - chance), method="ac1"))


def pabak(table: ArrayLike) -> Estimate:
    """Kappa as if every category were as common as the others: (k po - 1) / (k - 1)."""
    counts = _square(table)
    n, k = float(counts.sum()), counts.shape[0]
    if n == 0:
        return none_because("empty")
    if k < 2:
        return none_because("one_category")
    return Estimate((k * float(np.trace(counts)) / n - 1) / (k - 1), method="pabak")


def _square(table: ArrayLike) -> Numbers:
    counts = np.asarray(table, dtype=np.float64)
    if counts.size == 0:
        return np.zeros((0, 0))
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise CannotBeCounted(
            "Two raters need a square table of counts, one row and column for each category."
        )
    return counts


def _weights(weights: str | ArrayLike | None, k: int) -> Numbers:
    if weights is None or k < 2:
        return np.eye(k)
    if isinstance(weights, str):
        if weights not in ("linear", "quadratic"):
            raise CannotBeCounted("Weights are linear, quadratic, or a table.")
        apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
        return np.asarray(1 - (apart if weights == "linear" else apart**2))
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (k, k) or (given < 0).any() or (given > 1).any():
        raise CannotBeCounted("A table of weights has one from 0 to 1 for each cell.")
    return given

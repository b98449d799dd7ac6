"""CUSUM: a slow drift in rare events, found by adding up what each period says beyond what was expected.

Sources: Lucas 1985, Technometrics 27:129 (counts); Steiner et al 2000, Biostatistics 1:441 (single cases); Brook and
Evans 1972, Biometrika 59:539 (average run length).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log

import numpy as np
from scipy.stats import poisson

from wholestory.statistics.values import CannotBeCounted

#: The limit used unless another was chosen beforehand.
USUAL_LIMIT = 3.0
_FINEST = 2000


@dataclass(frozen=True, slots=True)
class Cusum:
    """The sum after each step, and where it reached the limit."""

    sums: tuple[float, ...]
    signals: tuple[bool, ...]


def of_counts_against_expected(
    counts: Sequence[float], expected: Sequence[float], rate_ratio: float = 2, limit: float = USUAL_LIMIT,
    reset: bool = True,
) -> Cusum:  # fmt: skip
    """The likelihood ratio chart of counts: ``rate_ratio`` 2 looks for a doubling, 0.5 for a halving."""
    if rate_ratio <= 0 or rate_ratio == 1 or min(expected, default=1) <= 0 or min(counts, default=0) < 0:
        raise CannotBeCounted("Expected events must be above 0, and the ratio looked for above 0 and not 1.")
    return _added(
        (x * log(rate_ratio) - e * (rate_ratio - 1) for x, e in zip(counts, expected, strict=True)),
        limit,
        reset,
    )


def of_counts(counts: Sequence[float], k: float, limit: float, reset: bool = True) -> Cusum:
    """The chart of plain counts with the reference value ``k``: see ``reference_value``."""
    if min(counts, default=0) < 0:
        raise CannotBeCounted("A count cannot be negative.")
    return _added((x - k for x in counts), limit, reset)


def reference_value(usual: float, raised: float) -> float:
    """The reference value that best tells two rates apart: 2.885 for 2 and 4 a quarter."""
    if not 0 < usual < raised:
        raise CannotBeCounted("The raised rate must lie above the usual one, and both above 0.")
    return (raised - usual) / (log(raised) - log(usual))


def of_single_cases(
    outcomes: Sequence[int], chances: Sequence[float], odds_ratio: float, limit: float, reset: bool = True
) -> Cusum:
    """The chart of single cases, each with the chance it had (constant, or adjusted for its risk)."""
    if odds_ratio <= 0 or odds_ratio == 1 or any(not 0 < p < 1 for p in chances):
        raise CannotBeCounted(
            "Chances lie between 0 and 1, and the odds ratio looked for above 0 and not at 1."
        )
    return _added(
        (y * log(odds_ratio) - log(1 - p + odds_ratio * p) for y, p in zip(outcomes, chances, strict=True)),
        limit,
        reset,
    )


def _added(weights: Iterable[float], limit: float, reset: bool) -> Cusum:
    if limit <= 0:
        raise CannotBeCounted("The limit lies above 0.")
    sums: list[float] = []
    at = 0.0
    for weight in weights:
        at = max(0.0, at + weight)
        sums.append(at)
        if reset and at >= limit:
            at = 0.0
    return Cusum(tuple(sums), tuple(each >= limit for each in sums))


def average_run_length(rate: float, k: float, limit: float) -> float:
    """How many periods until ``of_counts`` signals at this rate, from 0 on: the Markov chain of its possible sums."""
    step = Fraction(k).limit_denominator(1000)
    top = Fraction(limit).limit_denominator(1000)
    unit = _common_unit(step, top)
    states = int(top / unit)
    if rate <= 0 or states < 1 or states > _FINEST:
        raise CannotBeCounted("Choose a rate above 0, and k and the limit with few decimals.")
    down = int(step / unit)
    each = int(1 / unit)
    # From sum i, x events lead to i + x * each - down, at least 0; at ``states`` and beyond it signals.
    moves = np.zeros((states, states))
    for i in range(states):
        most = (states - 1 + down - i) // each
        chances = poisson.pmf(np.arange(most + 1), rate)
        for x, chance in enumerate(chances):
            moves[i, max(0, i + x * each - down)] += chance
    lengths = np.linalg.solve(np.eye(states) - moves, np.ones(states))
    return float(lengths[0])


def _common_unit(*parts: Fraction) -> Fraction:
    bottom = 1
    for part in parts:
        bottom = int(np.lcm(bottom, part.denominator))
    return Fraction(1, bottom)

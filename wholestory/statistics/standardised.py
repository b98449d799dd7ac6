"""Rates made comparable between areas whose children differ in age.

Sources: Dobson et al 1991, Stat Med 10:457 (limits of a weighted sum of Poisson counts); European standard population
2013, cut at 18; APHO Technical Briefing 3 (indirect ratio, events that are not independent).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wholestory.statistics.counts import count_limits, normal_quantile
from wholestory.statistics.values import CannotBeCounted, Estimate, none_because

Numbers = NDArray[np.float64]

#: The European standard population of 2013 under 18; the last band is three fifths of 15 to 19.
EUROPE_2013_UNDER_18: dict[str, int] = {
    "<1": 1_000,
    "1-4": 4_000,
    "5-9": 5_500,
    "10-14": 5_500,
    "15-17": 3_300,
}
#: Fewer events than this: no directly standardised rate.
FEWEST_EVENTS = 10


@dataclass(frozen=True, slots=True)
class Rates:
    """Standardised rates of many groups. NaN where there is none; ``reason`` has the code, or ""."""

    events: Numbers
    population: Numbers
    value: Numbers
    lower: Numbers
    upper: Numbers
    reason: NDArray[np.str_]


def directly(
    counts: Sequence[float | None], populations: Sequence[float], standard: Sequence[float],
    multiplier: float = 100_000, confidence: float = 0.95,
) -> Estimate:  # fmt: skip
    """A directly standardised rate of one group, from its counts and person-years by age band."""
    row = [[np.nan if count is None else count for count in counts]]
    found = directly_many(row, [list(populations)], standard, multiplier, confidence)
    if found.reason[0]:
        return none_because(str(found.reason[0]))
    return Estimate(float(found.value[0]), float(found.lower[0]), float(found.upper[0]), "dobson")


def directly_many(
    counts: ArrayLike, populations: ArrayLike, standard: ArrayLike, multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Rates:  # fmt: skip
    """Directly standardised rates of many groups at once.

    ``counts`` and ``populations`` are groups by bands (a missing count is NaN); ``standard`` has one weight per band.
    A band with nobody in it is refused; a group that misses a count or has fewer than ten events has no rate.
    """
    x, n, w = (np.asarray(each, dtype=np.float64) for each in (counts, populations, standard))
    _banded(x, n, w)
    missing = np.asarray(np.isnan(x).any(axis=1))
    events = x.sum(axis=1)
    share = w / w.sum()
    per_person = share / n
    value = (per_person * x).sum(axis=1)
    variance = (per_person**2 * x).sum(axis=1)
    return _rates(events, n.sum(axis=1), value, variance, missing, multiplier, confidence)


def directly_when_repeated(
    people_by_events: Mapping[int, Sequence[float]], populations: Sequence[float], standard: Sequence[float],
    multiplier: float = 100_000, confidence: float = 0.95,
) -> Estimate:  # fmt: skip
    """The same for events that happen again to the same child (missing episodes, referrals): wider limits.

    ``people_by_events`` says for each number of events how many people of each band had that many.
    """
    often = np.array(sorted(people_by_events), dtype=np.float64)
    people = np.array([people_by_events[int(each)] for each in often], dtype=np.float64)
    n, w = np.asarray(populations, dtype=np.float64), np.asarray(standard, dtype=np.float64)
    if people.ndim != 2 or (people < 0).any() or (often < 1).any():
        raise CannotBeCounted("Give for each number of events, from 1, how many people of each band had it.")
    x = (often[:, None] * people).sum(axis=0)
    _banded(x[None, :], n[None, :], w)
    share = w / w.sum()
    value = np.array([(share * x / n).sum()])
    variance = np.array([(often**2 * (share**2 * people / n**2).sum(axis=1)).sum()])
    events = np.array([x.sum()])
    missing = np.isnan(events)
    found = _rates(events, np.array([n.sum()]), value, variance, missing, multiplier, confidence)
    if found.reason[0]:
        return none_because(str(found.reason[0]))
    return Estimate(float(found.value[0]), float(found.lower[0]), float(found.upper[0]), "dobson")


@dataclass(frozen=True, slots=True)
class Ratio:
    """Observed over expected events, times the multiplier (100: as expected)."""

    observed: float
    expected: float
    ratio: Estimate


def indirectly(
    observed: float, populations: Sequence[float], reference_counts: Sequence[float],
    reference_populations: Sequence[float], multiplier: float = 100, confidence: float = 0.95,
) -> Ratio:  # fmt: skip
    """The indirectly standardised ratio: events against those expected at the reference rates.

    Two such ratios must not be compared with each other, only with the multiplier.
    """
    n, c, p = (
        np.asarray(each, dtype=np.float64) for each in (populations, reference_counts, reference_populations)
    )
    if not n.shape == c.shape == p.shape or n.ndim != 1:
        raise CannotBeCounted("Every band needs a population, a reference count and a reference population.")
    if (n < 0).any() or (c < 0).any() or not (p > 0).all():
        raise CannotBeCounted("A reference population must be above 0 and nothing may be negative.")
    limits = count_limits(observed, confidence)
    expected = float((n * c / p).sum())
    if expected == 0:
        return Ratio(observed, expected, none_because("no_expected"))
    found = Estimate(observed, limits.lower, limits.upper, limits.method).times(multiplier / expected)
    return Ratio(observed, expected, found)


def _banded(x: Numbers, n: Numbers, w: Numbers) -> None:
    if x.ndim != 2 or x.shape != n.shape or w.shape != x.shape[1:]:
        raise CannotBeCounted("Every group needs a count and a population for each band of the standard.")
    if (x < 0).any() or not (n > 0).all() or (w < 0).any() or not w.sum() > 0:
        raise CannotBeCounted("A band with nobody in it, or a negative count, has no rate.")


def _rates(
    events: Numbers, population: Numbers, value: Numbers, variance: Numbers, missing: NDArray[np.bool_],
    multiplier: float, confidence: float,
) -> Rates:  # fmt: skip
    few = ~missing & (events < FEWEST_EVENTS)
    none = missing | few
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = _limits(np.where(none, np.nan, events), confidence)
        per_event = np.sqrt(variance / events)
        lower, upper = value + per_event * (low - events), value + per_event * (high - events)
    reason = np.where(missing, "missing_band_count", np.where(few, "total_count_lt_10", ""))
    gone = np.where(none, np.nan, multiplier)
    return Rates(events, population, value * gone, lower * gone, upper * gone, reason)


def _limits(events: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    """Byar's limits for an array: a standardised rate has ten events or more."""
    z, more = normal_quantile(confidence), events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return low, high

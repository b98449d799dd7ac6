"""Run charts: too long a run on one side of the centre, or too few crossings of it.

Source: Anhoej and Olesen 2014, PLoS ONE 9:e113825; Schilling 2012 for the longest run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import log2

from scipy.stats import binom


@dataclass(frozen=True, slots=True)
class Runs:
    """What was seen against what chance allows. Points on the centre are left out."""

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def signal(self) -> bool:
        """Whether something other than chance is at work."""
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed


def runs(values: Sequence[float], centre: float) -> Runs:
    """The runs of these values about a centre, usually their median."""
    sides = [value > centre for value in values if value != centre]
    lengths = [len(list(group)) for _, group in groupby(sides)]
    if not sides:
        return Runs(0, 0, 0, 0, 0)
    return Runs(
        len(sides), max(lengths), round(log2(len(sides))) + 3, len(lengths) - 1,
        _crossings_needed(len(sides)),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _crossings_needed(useful: int) -> int:
    """The same for every series of a length, and slow to work out."""
    return max(0, int(binom.ppf(0.05, useful - 1, 0.5)))

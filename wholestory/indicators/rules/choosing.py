"""Which chart the numbers of one stretch may have, and the sentence that says why.

Source of the choice: the domain's statistics, sections 2 and 8 to 11 (Making Data Count; Montgomery; Laney). A mean
under 5 events never has an XmR chart: of stable series with a mean of 1, four in ten give a false alarm within 24
quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.indicators.rules.charts import FEWEST, Plot
from wholestory.indicators.rules.figures import Measure
from wholestory.statistics.process.attribute import attribute_chart
from wholestory.statistics.values import CannotBeCounted

#: Means of events in a period: from here limits of single values; from here limits of counts.
XMR_FROM, COUNTS_FROM = 5, 2
#: A share needs so many expected on both sides, in most periods.
EXPECTED = 5
#: How far exposures may lie from their mean and still count as even (Montgomery 7.2: a quarter).
EVEN = 0.25
#: Laney's charts: a spread so far above chance, and denominators (or, for events, counts) so large.
SPREAD, LARGE_SHARES, LARGE_COUNTS = 1.25, 1_000, 100


@dataclass(frozen=True, slots=True)
class Numbers:
    """The periods of one stretch: values, and the counts behind them where there are any; None where missing."""

    values: Sequence[float | None]
    counts: Sequence[float | None]
    exposures: Sequence[float | None]

    @property
    def known(self) -> list[int]:
        """Where there is a value."""
        return [at for at, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which chart and why. ``rare``: the days between events would say more."""

    plot: Plot
    because: str
    mean: float | None = None
    sigma_z: float | None = None
    rare: bool = False


def choose(numbers: Numbers, measure: Measure, baseline_points: int | None = None) -> Choice:
    """The chart for these numbers. Limits rest on the first ``baseline_points`` periods."""
    base = [at for at in numbers.known if baseline_points is None or at < baseline_points]
    if len(base) < FEWEST:
        return Choice(Plot.RUN, _few(len(base)), rare=_rare(_counted(numbers, base)))
    if measure.unit == "percent":
        return _share(numbers, base, baseline_points)
    counts = _counted(numbers, base)
    if len(counts) < len(base):
        return _measured([value for at in base if (value := numbers.values[at]) is not None])
    return _events(numbers, base, counts, measure, baseline_points)


def _few(points: int) -> str:
    known = "No period has" if points == 0 else f"Only {points} period{'s have' if points > 1 else ' has'}"
    return f"{known} a figure that limits could rest on; limits need at least {FEWEST}."


def _counted(numbers: Numbers, base: Sequence[int]) -> list[float]:
    return [count for at in base if (count := numbers.counts[at]) is not None]


def _rare(counts: Sequence[float]) -> bool:
    if not counts:
        return False
    empty = sum(1 for count in counts if count == 0)
    return sum(counts) / len(counts) < COUNTS_FROM or empty * 2 >= len(counts)


def _share(numbers: Numbers, base: Sequence[int], baseline_points: int | None) -> Choice:
    cases = [(numbers.counts[at] or 0.0, numbers.exposures[at] or 0.0) for at in base]
    whole = sum(n for _, n in cases)
    p = sum(x for x, _ in cases) / whole
    enough = sum(1 for _, n in cases if min(n * p, n * (1 - p)) >= EXPECTED)
    if enough * 2 <= len(cases):
        if p in (0, 1):
            return Choice(
                Plot.RUN, f"Every case of every period went the same way ({p:.0%}): no limits to draw."
            )
        return Choice(
            Plot.RUN,
            f"In most periods fewer than {EXPECTED} cases are expected with it, or without it: too few for limits. "
            "Put periods together, for example quarters into years.",
        )
    sigma_z = _spread(Plot.P_PRIME, numbers, baseline_points)
    if sigma_z is not None and sigma_z > SPREAD and whole / len(cases) >= LARGE_SHARES:
        return Choice(Plot.P_PRIME, _laney(sigma_z, "share"), sigma_z=sigma_z)
    return Choice(
        Plot.P, "A share of counted cases: limits follow how many cases each period had.", sigma_z=sigma_z
    )


def _measured(values: Sequence[float]) -> Choice:
    mean = sum(values) / len(values)
    if mean < XMR_FROM:
        return Choice(
            Plot.RUN,
            f"The mean is {mean:.2g}: under {XMR_FROM}, where limits of single values mislead.",
            mean,
        )
    return Choice(
        Plot.XMR, "A measured number or time: limits rest on how much it moves from period to period.", mean
    )


def _events(
    numbers: Numbers, base: Sequence[int], counts: Sequence[float], measure: Measure, baseline_points: int | None
) -> Choice:  # fmt: skip
    mean = sum(counts) / len(counts)
    if _rare(counts):
        why = f"Events are rare here: {mean:.2g} in a period on average, or none in half of the periods."
        return Choice(
            Plot.RUN, f"{why} Limits of counts would mislead.", mean, rare=measure.aggregation != "snapshot"
        )
    exposures = [n for at in base if (n := numbers.exposures[at]) is not None]
    if len(exposures) < len(base):
        exposures = []
    if mean < XMR_FROM and measure.aggregation == "snapshot":
        return Choice(
            Plot.RUN,
            f"On average {mean:.2g} on the last day of a period: under {XMR_FROM}, too few for limits.",
            mean,
        )
    if mean < XMR_FROM:
        why = f"On average {mean:.2g} events in a period: limits of counts, since under {XMR_FROM} those of single"
        return Choice(Plot.U if exposures else Plot.C, f"{why} values mislead.", mean)
    if not exposures or _even(exposures):
        return Choice(Plot.XMR, "Limits rest on how much the figure moves from period to period.", mean)
    sigma_z = _spread(Plot.U_PRIME, numbers, baseline_points)
    if sigma_z is not None and sigma_z > SPREAD and mean >= LARGE_COUNTS:
        return Choice(Plot.U_PRIME, _laney(sigma_z, "rate"), mean, sigma_z)
    return Choice(
        Plot.U,
        "The number of children or cases it is counted among changes much: limits follow it.",
        mean,
        sigma_z,
    )


def _even(exposures: Sequence[float]) -> bool:
    mean = sum(exposures) / len(exposures)
    return all(abs(each - mean) <= EVEN * mean for each in exposures)


def _spread(plot: Plot, numbers: Numbers, baseline_points: int | None) -> float | None:
    try:
        return attribute_chart(plot.value, numbers.counts, numbers.exposures, baseline_points).sigma_z
    except CannotBeCounted:
        return None


def _laney(sigma_z: float, what: str) -> str:
    return (
        f"A {what} of very many: it moves {sigma_z:.1f} times as much as the counts alone would, and the limits are "
        "widened by that much."
    )

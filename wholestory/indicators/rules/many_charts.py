"""The charts of many series at once, chosen and read as ``charting`` does one by one: scorecards of a whole country.

Series here have no parts: one with a recorded decision or a change of definition goes through ``charting`` by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wholestory.indicators.rules.charts import FEWEST, SETTLED, WAYS, Plot
from wholestory.indicators.rules.choosing import (
    COUNTS_FROM,
    EVEN,
    EXPECTED,
    LARGE_COUNTS,
    LARGE_SHARES,
    SPREAD,
    XMR_FROM,
)
from wholestory.indicators.rules.figures import Measure, shares
from wholestory.statistics.process import reading, sweeping
from wholestory.statistics.process.many import KINDS, NONE, RULES, many_xmr, trends
from wholestory.statistics.process.many_shares import many_attribute
from wholestory.statistics.process.reading import Assurance, Kind
from wholestory.statistics.process.runs import runs

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]

_COUNTED = (Plot.P, Plot.P_PRIME, Plot.U, Plot.U_PRIME, Plot.C)


@dataclass(frozen=True, slots=True)
class Charts:
    """A row for each series, a column for each period; NaN where there is nothing. Values and limits are in the
    measure's unit. ``rule`` and ``kind`` are places in ``RULES`` and ``KINDS``, -1 for nothing to judge."""

    plots: tuple[Plot, ...]
    values: Numbers
    centre: Numbers
    lower: Numbers
    upper: Numbers
    rule: Codes
    kind: Codes
    points: NDArray[np.int64]
    run_signal: Flags
    assurance: tuple[Assurance | None, ...]

    def trial(self, row: int) -> bool:
        """Whether limits rest on fewer than 13 points."""
        return int(self.points[row]) < SETTLED

    def last(self, row: int) -> int | None:
        """The last period that is judged."""
        judged = np.flatnonzero(self.kind[row] != NONE)
        return int(judged[-1]) if judged.size else None

    def variation(self, row: int) -> Kind | None:
        """What the last point says; None without limits."""
        at = self.last(row)
        return None if at is None else KINDS[self.kind[row, at]]

    def signals(self, row: int) -> bool:
        """Whether the last point, or a run chart as a whole, says that chance would hardly do this."""
        at = self.last(row)
        return bool(self.run_signal[row]) if at is None else RULES[self.rule[row, at]] != "common"


def many_charts(
    measures: Sequence[Measure], counts: Numbers, exposures: Numbers | None = None, amounts: Numbers | None = None,
    targets: Sequence[float | None] | None = None,
) -> Charts:  # fmt: skip
    """Charts of many series. ``counts`` and ``exposures`` are numerators and denominators, ``amounts`` what is no count
    (a median of days); NaN for a missing one. Raises ValueError for tables of different sizes."""
    x = np.asarray(counts, dtype=np.float64)
    n = np.full_like(x, np.nan) if exposures is None else np.asarray(exposures, dtype=np.float64)
    a = np.full_like(x, np.nan) if amounts is None else np.asarray(amounts, dtype=np.float64)
    if not (len(measures) == len(x) and x.shape == n.shape == a.shape):
        raise ValueError("Every series has one measure, and the tables are of one size.")
    shared = np.array([shares(each) for each in measures], dtype=bool)[:, None]
    times = np.array([each.multiplier for each in measures], dtype=np.float64)[:, None]
    n = np.where(shared & (n > 0), n, np.nan)
    x = np.where(shared & np.isnan(n), np.nan, x)
    worked = np.where(shared, x / n * times, x)
    percent = np.array([each.unit == "percent" for each in measures], dtype=bool)[:, None]
    values = np.where(np.isnan(a) | percent, worked, a)
    plots = _chosen(measures, x, n, values)
    return _read(measures, plots, x, n, values, targets)


def _chosen(measures: Sequence[Measure], x: Numbers, n: Numbers, values: Numbers) -> list[Plot]:
    known = ~np.isnan(values)
    points = known.sum(axis=1)
    counted = (~np.isnan(x) & known).sum(axis=1) == points
    percent = np.array([each.unit == "percent" for each in measures], dtype=bool)
    stock = np.array([each.aggregation == "snapshot" for each in measures], dtype=bool)
    exposed = (~np.isnan(n) & known).sum(axis=1) == points
    with np.errstate(invalid="ignore", divide="ignore"):
        p = np.nansum(x, axis=1) / np.nansum(n, axis=1)
        least = np.minimum(n * p[:, None], n * (1 - p[:, None]))
        enough = (least >= EXPECTED).sum(axis=1) * 2 > points
        mean = np.nansum(np.where(known, x, np.nan), axis=1) / points
        size = np.nansum(n, axis=1) / points
        level = np.nansum(values, axis=1) / points
        rare = (mean < COUNTS_FROM) | (((x == 0) & known).sum(axis=1) * 2 >= points)
        even = (np.abs(n - size[:, None]) <= EVEN * size[:, None]).sum(axis=1) == points
    spread = _spread(percent, x, n)
    wide = np.isfinite(spread) & (np.nan_to_num(spread) > SPREAD)
    laney = wide & np.where(percent, size >= LARGE_SHARES, mean >= LARGE_COUNTS)
    # The first condition that holds, as in ``choosing``.
    order: list[tuple[Flags, Plot]] = [
        (points < FEWEST, Plot.RUN),
        (percent & ~enough, Plot.RUN), (percent & laney, Plot.P_PRIME), (percent, Plot.P),
        (~counted & (level < XMR_FROM), Plot.RUN), (~counted, Plot.XMR),
        (rare, Plot.RUN), ((mean < XMR_FROM) & stock, Plot.RUN),
        ((mean < XMR_FROM) & exposed, Plot.U), (mean < XMR_FROM, Plot.C),
        (~exposed | even, Plot.XMR), (laney, Plot.U_PRIME),
    ]  # fmt: skip
    places = np.select([holds for holds, _ in order], range(len(order)), len(order))
    kinds = [*(plot for _, plot in order), Plot.U]
    return [kinds[at] for at in places]


def _spread(percent: Flags, x: Numbers, n: Numbers) -> Numbers:
    """How far each moves beyond chance (Laney's sigma z); NaN where it cannot be said."""
    found = many_attribute(["p" if each else "u" for each in percent], x, n).sigma_z
    return found[:, 0] if found.shape[1] else np.full(len(x), np.nan)


def _read(
    measures: Sequence[Measure], plots: list[Plot], x: Numbers, n: Numbers, values: Numbers,
    targets: Sequence[float | None] | None,
) -> Charts:  # fmt: skip
    better = [WAYS[each.polarity] for each in measures]
    shape = values.shape
    centre, lower, upper = (np.full(shape, np.nan) for _ in range(3))
    rule, kind = (np.full(shape, NONE, dtype=np.int8) for _ in range(2))
    single = np.flatnonzero([each is Plot.XMR for each in plots])
    if single.size:
        found = many_xmr(values[single], [better[at] for at in single])
        centre[single], lower[single], upper[single] = found.centre, found.lower, found.upper
        rule[single], kind[single] = found.rule, found.kind
        for at in single[~found.charted]:
            plots[at] = Plot.RUN
    several = np.flatnonzero([each in _COUNTED for each in plots])
    if several.size:
        plain = np.array([plots[at] is Plot.C for at in several])[:, None]
        of = np.where(plain, 1.0, n[several])
        # A c chart is a u chart of one unit a period.
        limits = many_attribute(
            ["u" if plots[at] is Plot.C else plots[at].value for at in several], x[several], of
        )
        times = np.where(
            plain, 1.0, np.array([float(measures[int(at)].multiplier) for at in several])[:, None]
        )
        seen = np.isnan(limits.y)
        centre[several] = limits.centre * times
        lower[several] = np.where(seen, np.nan, limits.lower * times)
        upper[several] = np.where(seen, np.nan, limits.upper * times)
        rule[several], kind[several] = _runs_and_limits(
            limits.y, limits.centre, limits.outside, [better[at] for at in several]
        )
    run_signal = np.zeros(len(plots), dtype=bool)
    for at, plot in enumerate(plots):
        if plot is Plot.RUN:
            row = values[at][~np.isnan(values[at])]
            middle = float(np.median(row)) if row.size else np.nan
            centre[at], run_signal[at] = middle, row.size >= FEWEST and runs(row.tolist(), middle).signal
    charts = Charts(
        tuple(plots),
        values,
        centre,
        lower,
        upper,
        rule,
        kind,
        (~np.isnan(values)).sum(axis=1),
        run_signal,
        (),
    )
    return _assured(charts, better, targets)


def _runs_and_limits(
    y: Numbers, centre: Numbers, outside: Flags, better: Sequence[reading.Direction]
) -> tuple[Codes, Codes]:
    """The rules of counted charts: the limits, trends and runs on one side."""
    known = ~np.isnan(y).T
    joined = np.zeros_like(known)
    joined[1:] = known[1:] & known[:-1]
    with np.errstate(invalid="ignore"):
        sides = ((y > centre).astype(np.int8) - (y < centre).astype(np.int8)).T
        steps = np.zeros(known.shape, dtype=np.int8)
        steps[1:] = ((y[:, 1:] > y[:, :-1]).astype(np.int8) - (y[:, 1:] < y[:, :-1]).astype(np.int8)).T
    steps[~joined] = 0
    trend = trends(steps, joined)
    shift = sweeping.run_lengths(sides, joined) >= reading.RUN
    rule = np.select([outside.T, trend != 0, shift], [1, 2, 4], 0).astype(np.int8)
    up = np.where(rule == 2, trend > 0, sides > 0)
    ways = np.array(
        [(each is reading.Direction.INCREASE) - (each is reading.Direction.DECREASE) for each in better]
    )
    judged = np.where(up == (ways > 0), KINDS.index(Kind.IMPROVEMENT), KINDS.index(Kind.CONCERN))
    neutral = np.where(up, KINDS.index(Kind.NEUTRAL_HIGH), KINDS.index(Kind.NEUTRAL_LOW))
    kind = np.where(rule == 0, 0, np.where(ways == 0, neutral, judged)).astype(np.int8)
    rule[~known] = kind[~known] = NONE
    return rule.T, kind.T


def _assured(
    charts: Charts, better: Sequence[reading.Direction], targets: Sequence[float | None] | None
) -> Charts:  # fmt: skip
    found: list[Assurance | None] = [None] * len(better)
    for row, target in enumerate(targets or ()):
        at = charts.last(row)
        if target is not None and at is not None:
            found[row] = reading.assurance_of(
                target, float(charts.upper[row, at]), float(charts.lower[row, at]), better[row]
            )
    return replace(charts, assurance=tuple(found))

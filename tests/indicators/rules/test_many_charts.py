"""Many charts at once are what each is alone: the same chart, limits, labels and words."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.rules.measures import Small, days, number, rate, share
from tests.indicators.rules.series import quarters
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Plot
from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.many_charts import many_charts
from wholestory.indicators.rules.reading_charts import read
from wholestory.statistics.process.many import KINDS, NONE, RULES

MEASURES = [
    share("H"), share("L"), rate("L"), rate("B", 1000, "snapshot"), number("N"), number("L"), number("B", "snapshot"),
    days(), Small("ratio", "L", 1, "sum", "children"),
]  # fmt: skip


@st.composite
def one_series(draw: st.DrawFn, wide: int) -> dict[str, Any]:
    """A measure and its periods, small and large, with gaps and periods without anybody."""
    measure = draw(st.sampled_from(MEASURES))
    among = draw(st.sampled_from([12, 60, 400, 5000]))
    top = draw(st.sampled_from([1, 4, 12, 60]))
    gap = st.sampled_from([False] * 6 + [True])
    figures: list[Figure | None] = []
    for _ in range(wide):
        if draw(gap):
            figures.append(None)
            continue
        n = draw(st.integers(0, among))
        x = draw(st.integers(0, min(top, n) if measure.unit == "percent" else top))
        if measure.unit == "days":
            figures.append(Figure(amount=x))
        else:
            figures.append(Figure(numerator=x, denominator=n if measure.denominator else None))
    return {"measure": measure, "figures": figures, "target": draw(st.one_of(st.none(), st.integers(0, 100)))}


def table(rows: list[dict[str, Any]], of: str) -> np.ndarray:
    given = [[None if each is None else getattr(each, of) for each in row["figures"]] for row in rows]
    return np.array([[math.nan if each is None else float(each) for each in row] for row in given])


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 20))
def test_many_are_what_each_is_alone(data: st.DataObject, wide: int) -> None:
    rows = data.draw(st.lists(one_series(wide), min_size=1, max_size=5))
    found = many_charts(
        [row["measure"] for row in rows], table(rows, "numerator"), table(rows, "denominator"), table(rows, "amount"),
        [row["target"] for row in rows],
    )  # fmt: skip
    for at, row in enumerate(rows):
        target = None if row["target"] is None else Fraction(row["target"])
        alone = chart(quarters(row["figures"], row["measure"], target=target))
        assert found.plots[at] is alone.plot
        assert found.variation(at) is alone.variation
        assert found.trial(at) is alone.trial
        assert found.assurance[at] is alone.assurance
        assert found.signals(at) is read(alone).signal
        for place, point in enumerate(alone.points):
            rule = found.rule[at, place]
            assert (None if rule == NONE else RULES[rule]) == point.rule
            kind = found.kind[at, place]
            assert (None if kind == NONE else KINDS[kind]) is point.reads
            for name in ("centre", "lower", "upper"):
                one = getattr(point, name)
                np.testing.assert_allclose(
                    getattr(found, name)[at, place], math.nan if one is None else one, rtol=1e-12
                )


def test_large_shares_and_rates_choose_laneys_charts() -> None:
    swings = [[4500.0, 5500.0] * 7, [1000.0, 3000.0] * 7]
    sizes = [[10_000.0] * 14, [10_000.0, 20_000.0] * 7]
    found = many_charts([share(), rate()], np.array(swings), np.array(sizes))
    assert found.plots == (Plot.P_PRIME, Plot.U_PRIME)


def test_tables_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="one size"):
        many_charts([share()], np.ones((1, 3)), np.ones((1, 4)))

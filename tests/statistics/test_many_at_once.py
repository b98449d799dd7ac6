"""Many series at once give what each gives alone: on published cases, and on made-up ones with gaps and new parts."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.statistics.test_funnels_and_charts import as_lists
from tests.statistics.vectors_in import agrees, cases
from wholestory.statistics.process.attribute import attribute_chart
from wholestory.statistics.process.many import many_xmr
from wholestory.statistics.process.many_shares import many_attribute
from wholestory.statistics.process.xmr import xmr
from wholestory.statistics.values import CannotBeCounted

Case = dict[str, Any]

# Whole numbers, tenths and repeats: values on the centre, equal neighbours and flat series all turn up.
VALUES = st.one_of(
    st.none(),
    st.integers(0, 12).map(float),
    st.integers(0, 400).map(lambda tenths: tenths / 10),
    st.just(7.3),
)


@pytest.mark.parametrize("case", cases("spc_xmr.json", "xmr"))
def test_xmr_beside_other_series(case: Case) -> None:
    put = dict(case["inputs"])
    values = [math.nan if each is None else each for each in put["values"]]
    other = [float(at % 4) for at in range(len(values))]
    nothing = [math.nan] * len(values)
    target = math.nan if put["target"] is None else put["target"]
    found = many_xmr(
        [other, values, nothing], ["neutral", put["direction"], "increase"], screen_outliers=put["screen_outliers"],
        baseline_points=put["baseline_points"], rebase_at=[None, put["rebase_at"], None],
        targets=[math.nan, target, math.nan], two_sigma_counts_breaches=put["two_sigma_counts_breaches"],
    )  # fmt: skip
    assert found.charted.tolist() == [True, True, False]
    agrees(as_lists(found.one(1)), case)


# A point left out of the centre is a decision about one series: many at once have no such choice.
WHOLE = [
    each for each in cases("spc_attribute.json", "attribute_chart") if not each.values[0]["inputs"]["exclude"]
]


@pytest.mark.parametrize("case", WHOLE)
def test_attribute_charts_beside_other_series(case: Case) -> None:
    put = dict(case["inputs"])
    wide = len(put["counts"])
    found = many_attribute(
        [put["chart"], "p"], [put["counts"], [3.0] * wide],
        [put["denominators"] or [1.0] * wide, [2.0] * wide], baseline_points=put["baseline_points"],
    )  # fmt: skip
    assert found.charted.tolist() == [True, False]
    got = {
        "y": found.y[0], "cl": found.centre[0, 0], "ucl": found.upper[0], "lcl": found.lower[0],
        "outside": found.outside[0],
    }  # fmt: skip
    if case["expected"]["sigma_z"] is not None:
        got["sigma_z"] = found.sigma_z[0, 0]
    agrees(got, case | {"expected": {key: case["expected"][key] for key in got}})


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Some series of one length, each with a way that is better, a target or none, and new parts or none."""
    wide = draw(st.integers(1, 26))
    rows = draw(st.lists(st.lists(VALUES, min_size=wide, max_size=wide), min_size=1, max_size=5))
    parts = st.lists(st.integers(1, wide - 1), max_size=3, unique=True) if wide > 1 else st.just([])
    return {
        "rows": rows,
        "directions": [draw(st.sampled_from(["increase", "decrease", "neutral"])) for _ in rows],
        "rebase_at": [draw(parts) for _ in rows],
        "baseline_points": [draw(st.one_of(st.none(), st.integers(2, 14))) for _ in rows],
        "targets": [draw(st.one_of(st.none(), st.integers(0, 40).map(float))) for _ in rows],
        "screen_outliers": draw(st.booleans()),
        "two_sigma_counts_breaches": draw(st.booleans()),
    }


@settings(max_examples=80, deadline=None)
@given(tables())
def test_many_are_what_each_is_alone(table: dict[str, Any]) -> None:
    rows = table.pop("rows")
    values = np.array([[math.nan if each is None else each for each in row] for row in rows])
    targets = [math.nan if each is None else each for each in table["targets"]]
    found = many_xmr(values, **(table | {"targets": targets}))
    for at, row in enumerate(rows):
        put = {
            "rebase_at": table["rebase_at"][at], "baseline_points": table["baseline_points"][at],
            "target": table["targets"][at], "screen_outliers": table["screen_outliers"],
            "two_sigma_counts_breaches": table["two_sigma_counts_breaches"],
        }  # fmt: skip
        try:
            alone = xmr(row, table["directions"][at], **put)
        except CannotBeCounted:
            assert not found.charted[at]
            with pytest.raises(CannotBeCounted):
                found.one(at)
            continue
        assert found.one(at) == alone


@st.composite
def counted(draw: st.DrawFn) -> dict[str, Any]:
    wide = draw(st.integers(1, 16))
    period = st.tuples(st.one_of(st.none(), st.integers(0, 30)), st.one_of(st.none(), st.integers(0, 40)))
    rows = draw(st.lists(st.lists(period, min_size=wide, max_size=wide), min_size=1, max_size=4))
    parts = st.lists(st.integers(1, wide - 1), max_size=2, unique=True) if wide > 1 else st.just([])
    return {
        "rows": rows, "plots": [draw(st.sampled_from(["p", "u", "pp", "up"])) for _ in rows],
        "rebase_at": [draw(parts) for _ in rows],
        "baseline_points": [draw(st.one_of(st.none(), st.integers(2, 8))) for _ in rows],
    }  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(counted())
def test_many_shares_are_what_each_is_alone(table: dict[str, Any]) -> None:
    rows = table["rows"]
    x, n = (
        np.array([[math.nan if each[of] is None else each[of] for each in row] for row in rows])
        for of in (0, 1)
    )
    found = many_attribute(
        table["plots"], x, n, baseline_points=table["baseline_points"], rebase_at=table["rebase_at"]
    )
    for at, row in enumerate(rows):
        starts = [0, *sorted(table["rebase_at"][at]), len(row)]
        try:
            parts = [
                attribute_chart(
                    table["plots"][at], [each[0] for each in row[a:b]], [each[1] for each in row[a:b]],
                    table["baseline_points"][at],
                )
                for a, b in itertools.pairwise(starts)
            ]  # fmt: skip
        except CannotBeCounted:
            assert not found.charted[at]
            continue
        assert found.charted[at]
        for name in ("upper", "lower", "outside"):
            expected = np.concatenate([getattr(part, name) for part in parts])
            np.testing.assert_array_equal(getattr(found, name)[at], expected)
        centres = [[part.centre] * (b - a) for part, a, b in zip(parts, starts, starts[1:], strict=False)]
        np.testing.assert_array_equal(found.centre[at], np.concatenate(centres))


def test_a_flat_series_of_tenths_lies_on_its_own_centre() -> None:
    flat = xmr([0.1] * 10, "increase")
    assert {point.rule for point in flat.points} == {"common"}
    assert not many_xmr([[0.1] * 10], "increase").outside.any()


def test_an_endless_number_has_no_chart_and_stops_nobody() -> None:
    found = many_xmr([[1.0, math.inf, 2.0, 3.0], [1.0, 2.0, 1.0, 2.0]], "increase")
    assert found.charted.tolist() == [False, True]
    assert np.isnan(found.upper[0]).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"directions": ["increase"]}, {"directions": "increase", "rebase_at": [[1]]},
        {"directions": "increase", "rebase_at": [[4], []]}, {"directions": "increase", "baseline_points": 1},
        {"directions": "increase", "targets": [3.0]},
    ],
)  # fmt: skip
def test_lists_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CannotBeCounted):
        many_xmr([[1.0, 2.0, 3.0, 4.0]] * 2, **wrong)

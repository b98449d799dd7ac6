"""Funnels and charts over time agree with published figures and other programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from tests.statistics.vectors_in import agrees, cases, refused
from wholestory.statistics import funnel
from wholestory.statistics.process import cusum, rare
from wholestory.statistics.process.attribute import attribute_chart
from wholestory.statistics.process.runs import runs
from wholestory.statistics.process.xmr import Chart, xmr
from wholestory.statistics.values import CannotBeCounted

Case = dict[str, Any]

FUNNELS = {
    "proportion_exact": lambda given: funnel.of_proportion(given["target"], given["denominator"]),
    "proportion_score": lambda given: funnel.of_proportion_by_score(given["target"], given["denominator"]),
    "ratio_exact": lambda given: funnel.of_ratio(given["expected"]),
    "ratio_fingertips": lambda given: funnel.of_ratio_by_observed(given["observed"]),
}


@pytest.mark.parametrize("case", cases("funnel.json", "funnel_limits"))
def test_funnel_limits(case: Case) -> None:
    agrees(asdict(FUNNELS[case["inputs"]["kind"]](case["inputs"])), case)


@pytest.mark.parametrize("case", cases("funnel.json", "overdispersion"))
def test_overdispersion(case: Case) -> None:
    given = case["inputs"]
    found = funnel.overdispersion(
        given["kind"], given["numerators"], given["denominators"], given["winsorise"]
    )
    agrees({"theta": found.target} | asdict(found), case)


@pytest.mark.parametrize("case", cases("funnel.json", "funnel_od_limits"))
def test_adjusted_funnel_limits(case: Case) -> None:
    given = case["inputs"]
    lines = funnel.adjusted(given["kind"], given["denominators"], given["target"], given["tau2"])
    got = {
        name: [getattr(one, name) for one in lines] for name in ("lower95", "upper95", "lower998", "upper998")
    }
    agrees(got, case)


def test_few_areas_say_nothing_of_overdispersion() -> None:
    with pytest.raises(CannotBeCounted, match="10 areas"):
        funnel.overdispersion("ratio", [3] * 9, [3.0] * 9)


def as_lists(chart: Chart) -> dict[str, Any]:
    names = {
        "centre": "centre", "upl": "upper", "lpl": "lower", "mr_bar": "mean_range", "url": "range_limit",
        "mr": "moving_range", "outside": "outside", "shift": "shift", "trend": "trend", "two_of_three": "two_of_three",
        "rule": "rule", "kind": "kind",
    }  # fmt: skip
    got: dict[str, Any] = {
        key: [getattr(point, name) for point in chart.points] for key, name in names.items()
    }
    return got | {"variation": chart.variation, "assurance": chart.assurance}


@pytest.mark.parametrize("case", cases("spc_xmr.json", "xmr"))
def test_xmr_charts(case: Case) -> None:
    agrees(as_lists(xmr(**case["inputs"])), case)


def test_seven_points_on_one_side_are_a_shift_and_six_are_not() -> None:
    high, around = [6.0, 6.5] * 3, [4.0, 6.0, 4.0, 6.0, 4.0]
    six = xmr([*around, *high, *around], "neutral")
    assert not any(point.shift for point in six.points)
    seven = xmr([*around, *high, 6.0, *around], "neutral")
    assert [i for i, point in enumerate(seven.points) if point.shift] == [*range(5, 12)]


@pytest.mark.parametrize("case", cases("spc_attribute.json", "attribute_chart"))
def test_attribute_charts(case: Case) -> None:
    given = dict(case["inputs"])
    found = attribute_chart(given.pop("chart"), **given)
    got = {
        "y": found.y, "cl": found.centre, "ucl": found.upper, "lcl": found.lower, "sigma_z": found.sigma_z,
        "outside": found.outside,
    }  # fmt: skip
    agrees(got, case)


@pytest.mark.parametrize("case", cases("spc_rare.json", "g_chart"))
def test_g_charts(case: Case) -> None:
    found = rare.g_chart(case["inputs"]["counts_between"], case["inputs"]["baseline_points"])
    low, middle, high = found.by_probability
    got = {
        "mean": found.mean, "centre_median": found.median, "ucl": found.upper, "lcl": found.lower,
        "outside": found.outside, "prob_lower": low, "prob_median": middle, "prob_upper": high,
    }  # fmt: skip
    agrees(got, case)


@pytest.mark.parametrize("case", cases("spc_rare.json", "t_chart"))
def test_t_charts(case: Case) -> None:
    given = case["inputs"]
    if refused(case):
        with pytest.raises(CannotBeCounted):
            rare.t_chart(given["intervals"], given["baseline_points"])
        return
    found = rare.t_chart(given["intervals"], given["baseline_points"])
    agrees({"centre": found.centre, "ucl": found.upper, "lcl": found.lower, "outside": found.outside}, case)


@pytest.mark.parametrize("case", cases("spc_rare.json", "days_between"))
def test_days_between(case: Case) -> None:
    agrees({"days": rare.days_between(date.fromisoformat(each) for each in case["inputs"]["dates"])}, case)


def test_gaps_of_nothing_have_limits_of_nothing() -> None:
    found = rare.g_chart([0, 0, 0, 0])
    assert (found.upper, found.by_probability) == (0, (0, 0, 0))


@pytest.mark.parametrize("case", cases("spc_runs.json", "runs_analysis"))
def test_runs(case: Case) -> None:
    found = runs(**case["inputs"])
    got = {
        "n_useful": found.useful, "longest_run": found.longest, "longest_run_max": found.longest_allowed,
        "crossings": found.crossings, "crossings_min": found.crossings_needed, "signal": found.signal,
    }  # fmt: skip
    agrees(got, case)


SUMS = {
    "cusum_poisson_lr": lambda g: cusum.of_counts_against_expected(
        g["counts"], g["expected"], g["rate_ratio"], g["h"], g["reset"]
    ),
    "cusum_count": lambda g: cusum.of_counts(g["counts"], g["k"], g["h"], g["reset"]),
    "cusum_bernoulli": lambda g: cusum.of_single_cases(
        g["outcomes"], g["p0"], g["odds_ratio"], g["h"], g["reset"]
    ),
}


@pytest.mark.parametrize("case", cases("cusum.json", *SUMS))
def test_cusums(case: Case) -> None:
    found = SUMS[case["method"]](case["inputs"])
    agrees({"cusum": found.sums, "signal": found.signals}, case)


@pytest.mark.parametrize("case", cases("cusum.json", "cusum_arl"))
def test_average_run_lengths(case: Case) -> None:
    given = case["inputs"]
    agrees({"arl": cusum.average_run_length(given["lambda_"], given["k"], given["h"])}, case)


def test_the_reference_value_between_two_and_four_a_quarter() -> None:
    assert round(cusum.reference_value(2, 4), 3) == 2.885

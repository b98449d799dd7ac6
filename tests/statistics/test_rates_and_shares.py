"""Counts, rates, shares, standardised rates and comparisons agree with published figures and other programs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.statistics.vectors_in import agrees, cases, refused
from wholestory.statistics import comparison, counts, proportions, rounding, standardised
from wholestory.statistics.values import REASONS, CannotBeCounted, Estimate

Case = dict[str, Any]


def shown(one: Estimate) -> dict[str, Any]:
    return {
        "value": one.value,
        "lower": one.lower,
        "upper": one.upper,
        "method": one.method,
        "reason": one.reason,
    }


@pytest.mark.parametrize("case", cases("rates.json", "rate_ci"))
def test_rates(case: Case) -> None:
    if refused(case):
        with pytest.raises(CannotBeCounted):
            counts.rate(**case["inputs"])
    else:
        agrees(shown(counts.rate(**case["inputs"])), case)


@pytest.mark.parametrize("case", cases("rates.json", "count_ci", "byar"))
def test_limits_of_counts(case: Case) -> None:
    limits = counts.byar if case["method"] == "byar" else counts.count_limits
    agrees(limits(**case["inputs"])._asdict(), case)


@pytest.mark.parametrize("case", cases("rates.json", "rate_quality"))
def test_reliability_marks(case: Case) -> None:
    agrees(counts.reliability(**case["inputs"])._asdict(), case)


@pytest.mark.parametrize("case", cases("proportions.json", "proportion_ci"))
def test_shares(case: Case) -> None:
    if refused(case):
        with pytest.raises(CannotBeCounted):
            proportions.proportion(**case["inputs"])
    else:
        agrees(shown(proportions.proportion(**case["inputs"])), case)


@pytest.mark.parametrize("case", cases("proportions.json", "proportion_difference"))
def test_differences_of_shares(case: Case) -> None:
    found = proportions.difference(**case["inputs"])
    agrees({"diff": found.value, "lower": found.lower, "upper": found.upper}, case)


@pytest.mark.parametrize("case", cases("proportions.json", "percent_display"))
def test_percentages_as_text(case: Case) -> None:
    agrees({"text": rounding.percent(**case["inputs"])}, case)


@pytest.mark.parametrize("case", cases("standardisation.json", "dsr"))
def test_directly_standardised_rates(case: Case) -> None:
    given = {key: value for key, value in case["inputs"].items() if key != "age_bands"}
    if refused(case):
        with pytest.raises(CannotBeCounted):
            standardised.directly(**given)
        return
    known = [count for count in given["counts"] if count is not None]
    more = {"total_count": sum(known), "total_pop": sum(given["populations"])}
    agrees(shown(standardised.directly(**given)) | more, case)


@pytest.mark.parametrize("case", cases("standardisation.json", "dsr_nonindependent"))
def test_directly_standardised_rates_of_repeated_events(case: Case) -> None:
    given = dict(case["inputs"])
    given["people_by_events"] = {
        int(often): people for often, people in given.pop("people_by_event_count").items()
    }
    events = sum(often * sum(people) for often, people in given["people_by_events"].items())
    agrees(shown(standardised.directly_when_repeated(**given)) | {"total_count": events}, case)


@pytest.mark.parametrize("case", cases("standardisation.json", "isr"))
def test_indirectly_standardised_ratios(case: Case) -> None:
    found = standardised.indirectly(**case["inputs"])
    agrees(shown(found.ratio) | {"observed": found.observed, "expected": found.expected}, case)


@pytest.mark.parametrize("case", cases("comparison.json", "benchmark_band"))
def test_an_area_against_a_benchmark(case: Case) -> None:
    found = comparison.against_benchmark(**case["inputs"])
    near, wide = found.at_95, found.at_998
    got = {
        "band": found.band, "word": found.word, "lower95": near.lower, "upper95": near.upper,
        "lower998": wide.lower, "upper998": wide.upper,
    }  # fmt: skip
    agrees(got, case)


@pytest.mark.parametrize("case", cases("comparison.json", "rate_ratio"))
def test_two_areas_against_each_other(case: Case) -> None:
    found = comparison.rate_ratio(**case["inputs"])
    one = found.ratio
    agrees({"rate_ratio": one.value, "lower": one.lower, "upper": one.upper, "p_value": found.p_value}, case)


def test_no_ratio_where_the_second_area_had_no_events() -> None:
    found = comparison.rate_ratio(3, 800, 0, 900)
    assert found.ratio.value is None
    assert found.ratio.upper is None
    assert found.ratio.reason in REASONS
    assert found.ratio.lower is not None
    assert found.ratio.lower > 0


def test_the_example_of_the_method_page() -> None:
    """The under-18 standard: counts 14, 5, 3, 2, 6 give 50.0 per 100,000 (33.8 to 71.5)."""
    people = [3120, 12890, 16550, 17210, 9980]
    found = standardised.directly([14, 5, 3, 2, 6], people, list(standardised.EUROPE_2013_UNDER_18.values()))
    assert [round(each or 0, 1) for each in (found.value, found.lower, found.upper)] == [50.0, 33.8, 71.5]


def test_many_groups_at_once_are_the_groups_one_by_one() -> None:
    seeds = np.random.default_rng(7)
    x = seeds.poisson(6, (40, 5)).astype(float)
    x[3, 1], x[9] = np.nan, 1
    n = seeds.integers(2_000, 20_000, (40, 5))
    standard = list(standardised.EUROPE_2013_UNDER_18.values())
    found = standardised.directly_many(x, n, standard)
    for i in range(40):
        one = standardised.directly([None if np.isnan(each) else each for each in x[i]], list(n[i]), standard)
        assert one.reason == found.reason[i]
        if not one.reason:
            assert (one.value, one.lower, one.upper) == (found.value[i], found.lower[i], found.upper[i])
    assert found.reason[3] == "missing_band_count"
    assert found.reason[9] == "total_count_lt_10"
    assert np.isnan(found.value[[3, 9]]).all()


def test_halves_are_rounded_away_from_zero() -> None:
    from decimal import Decimal

    assert rounding.rounded(Decimal("12.5")) == 13
    assert rounding.rounded(Decimal("-12.5")) == -13
    assert str(rounding.rounded(Decimal("6.25"), 1)) == "6.3"

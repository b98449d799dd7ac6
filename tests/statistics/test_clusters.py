"""Scans and Knox's test agree with published figures and with the programs others use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.statistics.vectors_in import agrees, cases, rows
from wholestory.statistics.clusters import knox as pairs
from wholestory.statistics.clusters import likelihood, spacetime, spatial
from wholestory.statistics.clusters.found import TOO_FEW, Cluster, Scan
from wholestory.statistics.values import CannotBeCounted

Case = dict[str, Any]


@pytest.mark.parametrize("case", cases("clusters.json", "llr_poisson"))
def test_likelihood_ratios(case: Case) -> None:
    agrees({"llr": likelihood.poisson(*case["inputs"].values())}, case)


def compare(found: Scan, case: Case) -> None:
    """In order; members as sets; the p-value of made-up data within the range given for any seed."""
    for got, expected in zip(found.clusters, case["expected"]["clusters"], strict=False):
        wanted = dict(expected)
        assert set(got.members) == set(wanted.pop("members"))
        low, high = wanted.pop("p_low"), wanted.pop("p_high")
        assert low <= got.p_value <= high
        agrees(shown(got), {"expected": wanted, "tolerance": case["tolerance"]})
    assert len(found.clusters) >= len(case["expected"]["clusters"])


def shown(one: Cluster) -> dict[str, Any]:
    return {
        "observed": one.observed, "expected": one.expected, "llr": one.ratio, "population": one.population,
        "relative_risk": one.relative_risk,
        "first_quarter": None if one.first_period is None else one.first_period + 1,
        "last_quarter": None if one.last_period is None else one.last_period + 1,
    }  # fmt: skip


@pytest.mark.parametrize("case", cases("clusters.json", "scan_spatial_poisson"))
def test_spatial_scans(case: Case) -> None:
    given = case["inputs"]
    table = rows(given["data_file"])
    column = {name: [row[given[name]] for row in table] for name in ("id", "x", "y", "cases", "population")}
    x, y, seen, people = (
        [float(each) for each in column[name]] for name in ("x", "y", "cases", "population")
    )
    seen = [float(int(each)) for each in seen]
    found = spatial.poisson_scan(
        column["id"], x, y, seen, people, given["max_population_fraction"], given["replicates"]
    )
    compare(found, case)


def grid(given: Case) -> tuple[list[str], list[float], list[float], list[float], Any]:
    areas = rows(given["areas_file"])
    names = [row["area"] for row in areas]
    seen = np.zeros((len(names), given["quarters"]), dtype=int)
    for row in rows(given["cases_file"]):
        seen[names.index(row["area"]), int(row["quarter"]) - 1] += int(row["cases"])
    x, y, people = ([float(row[key]) for row in areas] for key in ("x", "y", "population"))
    return names, x, y, people, seen


@pytest.mark.parametrize("case", cases("clusters.json", "scan_spacetime_poisson"))
def test_spacetime_scans(case: Case) -> None:
    given = case["inputs"]
    names, x, y, people, seen = grid(given)
    shares = given["max_population_fraction"], given["max_time_fraction"]
    compare(spacetime.poisson_scan(names, x, y, seen, people, *shares, replicates=given["replicates"]), case)


@pytest.mark.parametrize("case", cases("clusters.json", "scan_spacetime_permutation"))
def test_spacetime_scans_without_a_population(case: Case) -> None:
    given = case["inputs"]
    names, x, y, _, seen = grid(given)
    shares = given["max_population_fraction"], given["max_time_fraction"]
    compare(spacetime.permutation_scan(names, x, y, seen, *shares, replicates=given["replicates"]), case)


@pytest.mark.parametrize("case", cases("clusters.json", "knox"))
def test_knox(case: Case) -> None:
    given = case["inputs"]
    table = rows(given["data_file"])
    x, y, day = ([float(row[key]) for row in table] for key in ("x_km", "y_km", "day"))
    found = pairs.knox(x, y, day, given["close_km"], given["close_days"], given["replicates"])
    wanted = dict(case["expected"])
    low, high = wanted.pop("p_mc_low"), wanted.pop("p_mc_high")
    assert found.p_value is not None
    assert low <= found.p_value <= high
    agrees(in_words(found), {"expected": wanted, "tolerance": case["tolerance"]})


@pytest.mark.parametrize("case", cases("clusters.json", "knox_summary"))
def test_knox_of_a_published_table(case: Case) -> None:
    given = case["inputs"]
    found = pairs.of_pairs(given["pairs"], given["close_space"], given["close_time"], given["observed"])
    agrees(in_words(found), case)


def in_words(found: pairs.Knox) -> dict[str, Any]:
    return {
        "pairs": found.pairs, "close_space": found.close_in_space, "close_time": found.close_in_time,
        "observed": found.observed, "expected": found.expected, "p_poisson": found.p_poisson,
    }  # fmt: skip


def test_fewer_than_ten_cases_are_too_few_to_test() -> None:
    found = spatial.poisson_scan(["a", "b"], [0, 1], [0, 0], [4, 5], [100, 100])
    assert (found.clusters, found.reason) == ((), TOO_FEW)


def test_the_order_of_areas_equally_far_does_not_matter_to_the_result() -> None:
    """Four corners of a square round a middle: all as far from it."""
    x, y, seen, people = [0, 1, -1, 1, -1], [0, 1, 1, -1, -1], [9, 1, 1, 1, 1], [100] * 5
    one = spatial.poisson_scan(list("abcde"), x, y, seen, people)
    turned = [0, 3, 1, 4, 2]
    other = spatial.poisson_scan(
        ["abcde"[i] for i in turned],
        [x[i] for i in turned],
        [y[i] for i in turned],
        [seen[i] for i in turned],
        people,
    )
    assert one.clusters[0].members == other.clusters[0].members == ("a",)


def test_cases_among_controls() -> None:
    """By hand: 8 of 10 in the first area, 4 of 30 elsewhere. LLR = 8 ln .8 + 2 ln .2 + 4 ln(4/30) + 26 ln(26/30) -
    (12 ln .3 + 28 ln .7) = 8.4436."""
    found = spatial.bernoulli_scan(list("abcd"), [0, 1, 2, 3], [0, 0, 0, 0], [8, 2, 1, 1], [2, 8, 9, 9])
    best = found.clusters[0]
    assert best.members == ("a",)
    by_hand = 8 * np.log(0.8) + 2 * np.log(0.2) + 4 * np.log(4 / 30) + 26 * np.log(26 / 30)
    by_hand -= 12 * np.log(0.3) + 28 * np.log(0.7)
    assert best.ratio == pytest.approx(by_hand)
    assert best.p_value < 0.05


@pytest.mark.parametrize("seen", [[1.5, 9], [-1, 12]])
def test_cases_that_cannot_be_are_refused(seen: list[float]) -> None:
    with pytest.raises(CannotBeCounted):
        spatial.poisson_scan(["a", "b"], [0, 1], [0, 0], seen, [100, 100])


@pytest.mark.parametrize(("mean", "prospective"), [(1.5, False), (1.5, True), (900.0, False)])
def test_the_best_cylinder_is_the_best_of_all_looked_at_one_by_one(mean: float, prospective: bool) -> None:
    """Areas on a line, so that a circle is a run of areas; the second mean makes more cases than two bytes hold."""
    source = np.random.default_rng(7)
    people = np.array([900.0, 1_100.0, 1_000.0, 1_200.0, 800.0])
    seen = source.poisson(mean, (5, 8))
    seen[1:3, 5:] += int(mean) + 2
    total, best = int(seen.sum()), (0.0, (0, 0, 0, 0))
    for first in range(5):
        for last in range(first, 5):
            if people[first : last + 1].sum() > people.sum() / 2:
                continue
            for start in range(8):
                for stop in range(start + 1, min(8, start + 4) + 1):
                    if prospective and stop < 8:
                        continue
                    expected = total * people[first : last + 1].sum() / people.sum() * (stop - start) / 8
                    ratio = likelihood.poisson(seen[first : last + 1, start:stop].sum(), expected, total)
                    best = max(best, (ratio, (first, last, start, stop - 1)))
    names = list("01234")
    found = spacetime.poisson_scan(
        names, [0, 1.0, 2.1, 3.3, 4.6], [0] * 5, seen, people, prospective=prospective, replicates=9
    )
    one = found.clusters[0]
    assert one.ratio == pytest.approx(best[0])
    where = (int(min(one.members)), int(max(one.members)), one.first_period, one.last_period)
    assert where == best[1]


def test_a_permutation_scan_of_a_whole_country_by_month_is_refused() -> None:
    source = np.random.default_rng(1)
    x, y = source.uniform(0, 100, (2, 600))
    with pytest.raises(CannotBeCounted, match="join some"):
        spacetime.permutation_scan([str(i) for i in range(600)], x, y, source.poisson(0.1, (600, 120)))

"""One area among many: exact limits, wider where areas differ more than chance, and nothing ranked."""

from __future__ import annotations

import numpy as np
import pytest

from tests.indicators.rules.measures import number, rate, share
from wholestory.indicators.rules.among_areas import Area, among
from wholestory.statistics import funnel


def test_exact_limits_of_shares() -> None:
    # n = 60, theta = 0.12: 0.0355 to 0.1993 at 95%, the worked case of the domain's statistics, section 7.
    areas = [Area("Ours", 12, 60, ours=True), Area("Other", 7, 60)]
    found = among(areas, share(), target=12)
    assert found is not None
    assert found.limits_at(np.array([60.0]))[0, :2] == pytest.approx([0.0355, 0.1993], abs=0.00005)
    # 12 of 60 are 20%, above 19.93%; 7 of 60 are within.
    assert found.positions == ("above_95", "inside")
    assert (found.phi, found.adjusted) == (None, False)


def test_exact_limits_of_rates() -> None:
    # E = 15: 0.491 to 1.506 at 95% and 0.272 to 1.856 at 99.8%: 1,500 among whom 100 per 10,000 are expected.
    areas = [Area("Ours", 28, 1500), Area("Other", 4, 1500), Area("Third", 22, 1500)]
    found = among(areas, rate(), target=100)
    assert found is not None
    assert found.limits_at(np.array([1500.0]))[0] * 100 == pytest.approx(
        [0.491, 1.506, 0.272, 1.856], abs=0.0005
    )
    assert found.positions == ("above_998", "below_998", "inside")


def test_without_a_target_it_is_the_mean_of_all_together() -> None:
    found = among([Area("A", 10, 100), Area("B", 60, 300)], share())
    assert found is not None
    assert found.target == pytest.approx(70 / 400)


def test_areas_that_differ_much_have_wider_limits() -> None:
    areas = [Area(f"A{at}", 200 + 40 * (at % 3), 400) for at in range(12)]
    found = among(areas, share())
    assert found is not None
    assert found.adjusted
    plain = funnel.of_proportion(found.target, 400)
    wide = found.limits_at(np.array([400.0]))[0]
    assert wide[0] < plain.lower95
    assert wide[1] > plain.upper95
    assert set(found.positions) == {"inside"}


def test_areas_without_counts_are_left_out_and_named() -> None:
    found = among([Area("A", 10, 100), Area("B", 60, 300), Area("C", None, 80), Area("D", 0, 0)], share())
    assert found is not None
    assert found.left_out == ("C", "D")


@pytest.mark.parametrize("areas", [[], [Area("A", 1, 10)], [Area("A", 0, 10), Area("B", 0, 20)]])
def test_too_little_has_no_funnel(areas: list[Area]) -> None:
    assert among(areas, share()) is None


def test_what_has_no_funnel() -> None:
    two = [Area("A", 10, 10), Area("B", 20, 20)]
    assert among(two, share()) is None
    assert among([Area("A", 11, 10), Area("B", 1, 20)], share()) is None
    assert among(two, number()) is None


def test_many_limits_are_what_each_is_alone() -> None:
    sizes = [1, 2, 7, 60, 999, 12_345]
    for target in (0.01, 0.12, 0.5, 0.93):
        alone = [funnel.of_proportion(target, n) for n in sizes]
        expected = [[each.lower95, each.upper95, each.lower998, each.upper998] for each in alone]
        np.testing.assert_allclose(funnel.of_proportions(target, sizes), expected, rtol=1e-9, atol=1e-12)
    expected_events = [0.05, 1.0, 15.0, 240.5]
    one_by_one = [funnel.of_ratio(each) for each in expected_events]
    expected = [[each.lower95, each.upper95, each.lower998, each.upper998] for each in one_by_one]
    np.testing.assert_allclose(funnel.of_ratios(expected_events), expected, rtol=1e-9, atol=1e-12)

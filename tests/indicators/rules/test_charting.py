"""Which chart a series may have, and that it is read as the domain's statistics say (sections 2 and 8 to 11)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.rules.measures import days, number, rate, share
from tests.indicators.rules.series import quarters
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Begin, Plot
from wholestory.indicators.rules.figures import Figure, Kind
from wholestory.statistics.process import reading
from wholestory.statistics.process.reading import Assurance

EVEN = [40, 44, 38, 42, 41, 39, 43, 40, 42, 38, 44, 41, 40]


def test_numbers_with_a_mean_of_five_or_more_are_single_values() -> None:
    found = chart(quarters(EVEN, number()))
    assert (found.plot, found.trial, found.now.points) == (Plot.XMR, False, 13)
    # Sum 532 over 13; steps 4+6+4+1+2+4+3+2+4+6+3+1 = 40 over 12.
    assert found.points[0].centre == pytest.approx(532 / 13)
    assert found.points[0].upper == pytest.approx(532 / 13 + 2.66 * 40 / 12)
    assert {each.rule for each in found.points} == {"common"}


def test_twelve_points_are_for_trial_and_six_have_no_limits() -> None:
    assert chart(quarters(EVEN[:12], number())).trial
    few = chart(quarters(EVEN[:6], number()))
    assert few.plot is Plot.RUN
    assert few.points[0].upper is None
    assert "at least 7" in few.now.because


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=30))
def test_a_mean_under_five_never_has_an_xmr_chart(counts: list[int | None]) -> None:
    known = [each for each in counts if each is not None]
    found = chart(quarters(counts, number()))
    if known and sum(known) / len(known) < 5:
        assert found.plot is not Plot.XMR
    empty = sum(1 for each in known if each == 0)
    if known and (sum(known) / len(known) < 2 or empty * 2 >= len(known)):
        assert found.plot is Plot.RUN


def test_times_with_a_mean_under_five_are_a_run_chart() -> None:
    found = chart(quarters([Figure(amount=Decimal("2.5"))] * 14, days()))
    assert (found.plot, found.now.mean) == (Plot.RUN, 2.5)


def test_between_two_and_five_counts_have_limits_of_counts() -> None:
    found = chart(quarters([3, 2, 4, 3, 3, 2, 5, 3, 2, 4, 3, 3, 2], number("L")))
    assert found.plot is Plot.C
    # 39 over 13 is 3; 3 + 3 x sqrt 3.
    assert found.points[0].upper == pytest.approx(3 + 3 * 3**0.5)
    exposed = chart(quarters([(each, 10_000) for each in [3, 2, 4, 3, 3, 2, 5, 3, 2, 4, 3, 3, 2]], rate()))
    assert exposed.plot is Plot.U
    assert exposed.points[0].centre == pytest.approx(3.0)


def test_a_small_number_on_the_last_day_of_a_period_has_no_limits_of_events() -> None:
    assert chart(quarters([3] * 14, number("B", "snapshot"))).plot is Plot.RUN


def test_shares_have_limits_by_their_cases() -> None:
    found = chart(quarters([(30, 60)] * 14, share()))
    assert found.plot is Plot.P
    # 50% of 60: 50 +/- 3 x sqrt(2500/60).
    assert found.points[0].upper == pytest.approx(50 + 3 * (2500 / 60) ** 0.5)
    assert found.points[0].lower == pytest.approx(50 - 3 * (2500 / 60) ** 0.5)


def test_shares_with_fewer_than_five_expected_have_no_limits() -> None:
    # 2 of 60: 2 expected with it in every period.
    found = chart(quarters([(2, 60)] * 14, share("L")))
    assert found.plot is Plot.RUN
    assert "quarters into years" in found.now.because
    assert chart(quarters([(60, 60)] * 14, share())).plot is Plot.RUN


def test_wide_spread_of_very_many_has_widened_limits() -> None:
    # 50% of 10,000: sd 0.5 points; steps of 10 points are 20 sd: sigma z 20 / 1.128 = 17.7.
    found = chart(quarters([(4500, 10_000), (5500, 10_000)] * 7, share()))
    assert found.plot is Plot.P_PRIME
    assert found.now.sigma_z == pytest.approx(20 / 1.128)
    few = chart(quarters([(45, 100), (75, 100)] * 7, share()))
    assert few.plot is Plot.P
    assert "times as much as the counts alone" in few.notes[0]


def test_rates_of_even_populations_are_single_values_and_of_uneven_ones_counts() -> None:
    even = chart(quarters([(each, 41_000) for each in EVEN], rate()))
    assert even.plot is Plot.XMR
    assert even.points[0].value == pytest.approx(40 / 41_000 * 10_000)
    uneven = chart(quarters([(each, 41_000 if at % 2 else 20_000) for at, each in enumerate(EVEN)], rate()))
    assert uneven.plot is Plot.U
    assert uneven.points[0].upper is not None
    assert uneven.points[1].upper is not None
    assert uneven.points[0].upper > uneven.points[1].upper


def test_a_percentage_alone_is_shown_and_not_judged() -> None:
    found = chart(quarters([(30, 60)] * 13 + [Figure(percentage=Decimal("99"))], share()))
    last = found.points[-1]
    assert (last.value, last.rule, last.upper, last.nothing) == (99.0, None, None, Kind.PERCENTAGE_ONLY)
    assert found.variation is reading.Kind.COMMON
    alone = chart(quarters([Figure(percentage=Decimal("80"))] * 14, share()))
    assert (alone.plot, alone.variation) == (Plot.RUN, None)


def test_nothing_is_no_zero_and_breaks_a_run() -> None:
    high = [50, 51, 50, 51, 50, 51]
    found = chart(quarters([*EVEN, *high, None, 50, *EVEN], number()))
    assert found.points[19].value is None
    assert found.points[19].nothing is Kind.NOT_SUPPLIED
    assert not any(each.rule == "shift" for each in found.points[13:21])


def test_a_change_of_definition_splits_the_series() -> None:
    begins = (Begin(13, "Counted by child from here", definition=True),)
    found = chart(quarters([*EVEN, *(each * 3 for each in EVEN)], number(), begins=begins))
    assert [(part.begins, part.plot) for part in found.parts] == [(0, Plot.XMR), (13, Plot.XMR)]
    assert {each.rule for each in found.points} == {"common"}
    assert found.points[13].centre == pytest.approx(3 * 532 / 13)
    young = chart(quarters([*EVEN, 120, 130], number(), begins=begins))
    assert young.plot is Plot.RUN
    assert young.parts[0].limits
    assert young.variation is None


def test_limits_rest_on_a_recorded_baseline() -> None:
    found = chart(quarters([*EVEN, *[60] * 5], number("L"), baseline_points=13))
    assert found.points[17].centre == pytest.approx(532 / 13)
    assert found.points[17].rule == "outside"
    assert found.variation is reading.Kind.CONCERN
    assert chart(quarters([*EVEN, *[60] * 5], number(), baseline_points=6)).plot is Plot.RUN


def test_assurance_is_against_the_limits_of_the_last_point() -> None:
    target = Fraction(90)
    found = chart(quarters([(30, 60)] * 14, share(), target=target))
    assert found.assurance is Assurance.MISSES
    assert chart(quarters([(30, 60)] * 14, share("L"), target=target)).assurance is Assurance.MEETS
    assert chart(quarters([(30, 60)] * 14, share("N"), target=target)).assurance is None


def days_of(gaps: list[int]) -> tuple[date, ...]:
    found = [date(2012, 4, 2)]
    for gap in gaps:
        found.append(found[-1] + timedelta(days=gap))
    return tuple(found)


WORKED = [41, 12, 88, 23, 5, 67, 30, 19, 102, 8, 44, 51, 3, 76, 15, 29, 60, 11, 38, 55]


def test_rare_events_with_days_are_gaps() -> None:
    # The worked case of section 11: t chart centre 30.6, upper about 399; with a second event on one day, a g chart.
    found = chart(quarters([1, 0, 2, 1, 0, 0, 1, 2], number("L"), events=days_of(WORKED)))
    assert (found.plot, found.shows_dates, found.trial) == (Plot.T, True, False)
    assert found.points[0].centre == pytest.approx(30.6, abs=0.05)
    assert found.points[0].upper == pytest.approx(399, abs=1)
    same_day = chart(quarters([1, 0, 2, 1, 0, 0, 1, 2], number("L"), events=days_of([*WORKED, 0])))
    assert same_day.plot is Plot.G
    # Without their days there is a run chart and no limits.
    assert chart(quarters([1, 0, 2, 1, 0, 0, 1, 2], number("L"))).plot is Plot.RUN


def test_a_long_gap_between_bad_events_is_improvement() -> None:
    gaps = [*WORKED, 0, 400]
    found = chart(quarters([1, 0, 2, 1, 0, 0, 1, 2], number("L"), events=days_of(gaps)))
    assert found.plot is Plot.G
    assert (found.points[-1].rule, found.variation) == ("outside", reading.Kind.IMPROVEMENT)


def test_too_few_events_are_a_run_chart() -> None:
    found = chart(quarters([1, 0, 2, 1, 0, 0, 1, 2], number("L"), events=days_of(WORKED[:6])))
    assert (found.plot, found.shows_dates) == (Plot.RUN, False)


@pytest.mark.parametrize("place", [0, 14, -1])
def test_a_part_begins_inside_the_series(place: int) -> None:
    with pytest.raises(ValueError, match="begins"):
        chart(quarters([(30, 60)] * 14, share(), begins=(Begin(place, "x"),)))

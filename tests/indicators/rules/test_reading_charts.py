"""What is said of a chart: what it shows, what it does not, and how sure one can be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.indicators.rules.measures import number, share
from tests.indicators.rules.series import quarters
from tests.indicators.rules.test_charting import EVEN, WORKED, days_of
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Begin
from wholestory.indicators.rules.reading_charts import EXPLAINED, LABELS, read


def test_seven_in_a_row_above_the_average() -> None:
    found = read(chart(quarters([*EVEN, 44, 45, 44, 45, 44, 45, 44], number("L"), baseline_points=13)))
    assert found.headline == "Seven quarters in a row above the average: this is unlikely to be chance."
    assert "not in the direction the board wants" in found.sentences
    assert "not what it was or why" in found.sentences
    assert found.signal


def test_nothing_to_explain_and_too_few_to_be_sure() -> None:
    found = read(chart(quarters(EVEN[:9], number())))
    assert found.headline == "Nothing here that chance would not explain; 9 points is too few to be sure."
    assert not found.signal
    assert "for trial" in found.limits_rest_on


def test_seven_steps_upwards() -> None:
    rising = [40, 41, 43, 44, 46, 47, 49]
    found = read(chart(quarters([*EVEN, 38, *rising], number("N"), baseline_points=13)))
    # 38 and the seven after it are eight, each higher than the one before; the last lies below the upper limit of 49.8.
    assert found.headline == (
        "Eight quarters in a row each higher than the one before: this is unlikely to be chance."
    )
    assert "the figure alone does not say" in found.sentences


def test_a_point_outside_names_its_period() -> None:
    found = read(chart(quarters([*EVEN, 70], number("H"), baseline_points=13)))
    assert found.headline == "Q2 2015-16 lies above the limits: this is unlikely to be chance."
    assert "in the direction the board wants" in found.sentences


def test_an_earlier_signal_is_told_and_is_not_now() -> None:
    found = read(chart(quarters([*EVEN, 70, 41, 40], number("H"), baseline_points=13)))
    assert not found.signal
    assert "The last signal was at Q2 2015-16 (outside the limits)" in found.sentences


def test_the_newest_period_may_have_nothing() -> None:
    found = read(chart(quarters([*EVEN, None], number("H"))))
    assert "The newest figure is of Q1 2015-16; Q2 2015-16: not supplied." in found.sentences


def test_few_periods_are_a_run_chart_in_words() -> None:
    assert read(chart(quarters([40, 41, 42], number()))).headline == (
        "Three quarters is too few to tell change from chance."
    )
    assert read(chart(quarters([None, None], number()))).headline == "There are no figures."


def test_a_run_chart_can_signal_too() -> None:
    found = read(chart(quarters([(1, 60)] * 8 + [(3, 60)] * 8, share("L"))))
    assert found.signal
    assert "Without limits" in found.headline


def test_whether_a_target_will_be_met_is_said_of_steady_figures_only() -> None:
    # Limits of EVEN: 32.1 to 49.8.
    for target, said in (
        (30, "will be met every time"),
        (60, "will not be met"),
        (45, "met in some periods"),
    ):
        steady = read(chart(quarters(EVEN, number("H"), target=Fraction(target))))
        assert said in steady.sentences
    changing = read(chart(quarters([*EVEN, 70], number("H"), baseline_points=13, target=Fraction(45))))
    assert "nobody can say from its limits whether the target will be met" in changing.sentences


def test_breaks_are_told() -> None:
    by_definition = (Begin(13, "Counted by child.", definition=True),)
    found = read(chart(quarters([*EVEN, *EVEN], number(), begins=by_definition)))
    assert "The definition changed at Q2 2015-16 (Counted by child): figures before it" in found.sentences
    decided = (Begin(13, "New front door"),)
    found = read(chart(quarters([*EVEN, *EVEN], number(), begins=decided)))
    assert "By decision the limits begin anew at Q2 2015-16 (New front door)." in found.sentences


def test_a_long_gap_is_fewer_events() -> None:
    found = read(chart(quarters([1, 0, 2, 1, 0, 0], number("L"), events=days_of([*WORKED, 0, 400]))))
    assert found.headline.startswith("The last gap is longer than the usual gaps between events")
    assert "in the direction the board wants" in found.sentences


@pytest.mark.parametrize("rule", ["outside", "trend", "two_of_three", "shift", "common"])
def test_every_label_is_explained(rule: str) -> None:
    assert EXPLAINED[rule]
    assert LABELS[rule]

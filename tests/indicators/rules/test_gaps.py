"""Gaps between groups: with their uncertainty, and none of fewer than ten."""

from __future__ import annotations

import pytest

from tests.indicators.rules.measures import number, of, rate, share
from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.gaps import Group, gaps


def test_a_share_against_everybody_else() -> None:
    # 56 of 70 against 48 of 80: 0.200 (0.0524 to 0.3339), the worked case of the domain's statistics, section 4.
    found = gaps([Group("Girls", of(56, 70)), Group("Boys", of(48, 80))], share("H"))
    girls, boys = (row.gap for row in found.rows)
    assert girls is not None
    assert boys is not None
    assert girls.effect == pytest.approx(20.0)
    assert (girls.lower, girls.upper) == (pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))
    assert (girls.sure, girls.worse, boys.worse) == (True, False, True)
    assert "20.0 percentage points higher (95% interval from +5.2 to +33.4)" in girls.sentence
    assert found.sentence == "Differ from everybody else by more than chance would give: Girls, Boys."


def test_a_rate_against_everybody_else() -> None:
    # 11 among 800 against 21 among 3,011: 1.97 (0.86 to 4.28), section 6.
    found = gaps([Group("North", of(11, 800)), Group("South", of(21, 3011))], rate("L"))
    gap = found.rows[0].gap
    assert gap is not None
    assert (gap.effect, gap.lower, gap.upper) == (
        pytest.approx(1.97, abs=0.005), pytest.approx(0.86, abs=0.005), pytest.approx(4.28, abs=0.005)
    )  # fmt: skip
    assert (gap.sure, gap.worse) == (False, None)
    assert "does not mean that there is no gap" in found.sentence


def test_fewer_than_ten_have_no_percentage() -> None:
    found = gaps(
        [Group("White", of(50, 100)), Group("Gypsy or Roma", of(3, 9)), Group("Asian", of(5, 10))], share()
    )
    row = found.rows[1]
    assert (row.value, row.counts, row.gap) == (None, "3 of 9", None)
    assert row.why_not == "fewer than 10: too few for a percentage"
    assert found.rows[2].value == 50.0
    assert any("Gypsy or Roma" in each for each in found.cautions)


def test_where_children_are_in_several_groups_everybody_else_comes_from_the_whole() -> None:
    groups = [Group("Speech", of(40, 80)), Group("Autism", of(30, 60))]
    found = gaps(groups, share(), whole=of(100, 160))
    gap = found.rows[0].gap
    assert gap is not None
    # The rest of 160 are 80, of whom 60.
    assert "50.0% (40 of 80) against 75.0% (60 of 80)" in gap.sentence


def test_those_of_whom_it_is_not_recorded_are_shown_and_not_compared() -> None:
    found = gaps(
        [Group("Girls", of(30, 60)), Group("Boys", of(30, 60)), Group("Not known", of(5, 40), False)], share()
    )
    assert found.rows[2].gap is None
    assert found.rows[2].value == 12.5
    girls = found.rows[0].gap
    assert girls is not None
    assert "against 50.0% (30 of 60)" in girls.sentence
    assert any("Not known: 5 of 40" in each for each in found.cautions)


def test_lacking_counts_compare_nobody() -> None:
    found = gaps([Group("Girls", of(30, 60)), Group("Boys", Figure(nothing="suppressed"))], share())
    assert found.rows[0].gap is None
    assert found.rows[1].why_not == "withheld because it is small"
    assert found.sentence.startswith("No group can be compared")


def test_numbers_alone_show_no_gap() -> None:
    found = gaps([Group("Girls", Figure(numerator=30)), Group("Boys", Figure(numerator=60))], number())
    assert "without a population" in found.sentence
    assert all(row.gap is None for row in found.rows)

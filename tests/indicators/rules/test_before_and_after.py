"""Did it move? The worked cases of the domain's statistics, and when nothing may be said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.indicators.rules.measures import Small, days, number, rate, share
from tests.indicators.rules.series import quarter, quarters
from tests.indicators.rules.test_charting import EVEN
from wholestory.indicators.rules.before_and_after import Moved, Way, did_it_move, with_limits_of_before
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Begin
from wholestory.indicators.rules.figures import Figure


def after(periods: int) -> date:
    """The first day after so many quarters."""
    return date.fromordinal(quarter(periods - 1)[1].toordinal() + 1)


def test_shares_from_counts() -> None:
    # 48 of 80 before and 56 of 70 after: 0.200 (0.0524 to 0.3339), the worked case of section 4.
    found = did_it_move(quarters([(24, 40), (24, 40), (28, 35), (28, 35)], share("H")), after(2))
    assert (found.moved, found.way) == (Moved.RIGHT_WAY, Way.SHARES)
    assert found.effect == pytest.approx(20.0)
    assert (found.lower, found.upper) == (pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))
    assert (
        "60.0% before (48 of 80) and 80.0% after (56 of 70): up by 20.0 percentage points" in found.sentence
    )
    assert did_it_move(quarters([(24, 40), (24, 40), (28, 35), (28, 35)], share("L")), after(2)).moved is (
        Moved.WRONG_WAY
    )


def test_a_share_that_may_be_the_same() -> None:
    found = did_it_move(quarters([(20, 40), (20, 40), (22, 40), (22, 40)], share("H")), after(2))
    assert found.moved is Moved.NO_SIGN
    assert "by chance alone" in found.sentence


def test_rates_from_counts() -> None:
    # 11 among 800 against 21 among 3,011: 1.97 (0.86 to 4.28), the worked case of section 6.
    found = did_it_move(quarters([(10, 1500), (11, 1511), (5, 400), (6, 400)], rate("L")), after(2))
    assert (found.moved, found.way) == (Moved.NO_SIGN, Way.RATES)
    assert found.effect == pytest.approx(1.97, abs=0.005)
    assert (found.lower, found.upper) == (pytest.approx(0.86, abs=0.005), pytest.approx(4.28, abs=0.005))
    more = did_it_move(quarters([(10, 1500), (11, 1511), (50, 400), (60, 400)], rate("L")), after(2))
    assert more.moved is Moved.WRONG_WAY


def test_few_events_are_compared_over_their_periods() -> None:
    # 4 a quarter in 4 quarters, then none in 4: 16 events against none; the ratio is 0.
    found = did_it_move(quarters([4, 4, 4, 4, 0, 0, 0, 0], number("L")), after(4))
    assert (found.moved, found.way, found.effect) == (Moved.RIGHT_WAY, Way.RATES, 0.0)
    none = did_it_move(quarters([0, 0, 0, 0, 4, 4, 4, 4], number("L")), after(4))
    assert none.moved is Moved.WRONG_WAY
    assert "no ratio" in none.sentence
    assert did_it_move(quarters([1, 1, 1, 1, 2, 2], number("L")), after(4)).moved is Moved.TOO_EARLY


# The limits of EVEN: 40.9 and 2.66 x 3.33 = 8.9 either side, so 32.1 to 49.8.
@pytest.mark.parametrize(
    ("later", "moved"),
    [
        ([60, 61], Moved.WRONG_WAY), ([20, 21], Moved.RIGHT_WAY), ([44] * 7, Moved.WRONG_WAY),
        ([55, 41], Moved.NO_SIGN), ([41, 42, 40], Moved.TOO_EARLY), ([41, 42, 40, 41], Moved.NO_SIGN),
        ([60], Moved.TOO_EARLY), ([44] * 6, Moved.NO_SIGN), ([44, 44, 44, None, 44, 44, 44, 44], Moved.NO_SIGN),
    ],
)  # fmt: skip
def test_numbers_against_the_limits_of_before(later: list[int | None], moved: Moved) -> None:
    found = did_it_move(quarters([*EVEN, *later], number("L")), after(13))
    assert found.moved is moved
    if len(later) > 1:
        assert found.way is Way.LIMITS
        assert "32 to 50, average 41" in found.sentence


def test_times_against_the_limits_of_before() -> None:
    figures = [Figure(amount=Decimal(each)) for each in [*EVEN, 20, 21]]
    assert did_it_move(quarters(figures, days("L")), after(13)).moved is Moved.RIGHT_WAY
    short = [Figure(amount=Decimal("1.5"))] * 10
    assert did_it_move(quarters(short, days("L")), after(8)).moved is Moved.CANNOT_TELL


def test_a_figure_that_moves_much_anyway_needs_more_than_counts() -> None:
    # 45 and 75 of 100 in turn: 60% on average. 80% after would pass for a change by counts alone.
    figures = [(45, 100), (75, 100)] * 4 + [(80, 100)] * 4
    found = did_it_move(quarters(figures, share("H")), after(8))
    assert (found.moved, found.way) == (Moved.NO_SIGN, Way.LIMITS)
    assert "times as much as counts alone" in found.cautions[0]


def test_too_little_before_or_after() -> None:
    assert did_it_move(quarters([(24, 40)] * 4, share()), after(4)).moved is Moved.TOO_EARLY
    assert did_it_move(quarters([(24, 40)] * 4, share()), after(3)).moved is Moved.TOO_EARLY
    assert did_it_move(quarters([(24, 40)] * 4, share()), date(2012, 4, 1)).moved is Moved.CANNOT_TELL
    assert did_it_move(quarters([(24, 40)] * 4, share()), after(1)).moved is Moved.CANNOT_TELL
    assert did_it_move(quarters([(2, 4)] * 6, share()), after(4)).moved is Moved.TOO_EARLY
    assert did_it_move(quarters([*EVEN[:6], 60, 60], number()), after(6)).moved is Moved.CANNOT_TELL


def test_the_time_of_the_action_itself_is_neither() -> None:
    figures = [(24, 40), (24, 40), (0, 40), (0, 40), (28, 35), (28, 35)]
    found = did_it_move(quarters(figures, share("H")), after(2), done_on=after(4))
    assert (found.before.last, found.after.first) == ("Q2 2012-13", "Q1 2013-14")
    assert found.moved is Moved.RIGHT_WAY


def test_nothing_is_compared_across_a_change_of_definition() -> None:
    begins = (Begin(2, "By child", definition=True),)
    changed = did_it_move(quarters([(24, 40)] * 2 + [(28, 35)] * 2, share(), begins=begins), after(2))
    assert changed.moved is Moved.CANNOT_TELL
    assert "definition changed at Q3 2012-13" in changed.sentence
    later = (Begin(3, "By child", definition=True),)
    changed = did_it_move(quarters([(24, 40)] * 2 + [(28, 35)] * 3, share(), begins=later), date(2012, 11, 5))
    assert changed.moved is Moved.CANNOT_TELL
    assert "definition changed at Q4 2012-13, before a whole period" in changed.sentence
    earlier = quarters([(1, 40)] * 2 + [(24, 40)] * 2 + [(28, 35)] * 2, share("H"), begins=begins)
    found = did_it_move(earlier, after(4))
    assert (found.before.first, found.effect) == ("Q3 2012-13", pytest.approx(20.0))


def test_percentages_without_counts_cannot_tell() -> None:
    figures = [(24, 40), (24, 40), *[Figure(percentage=Decimal("90"))] * 3]
    found = did_it_move(quarters(figures, share("H")), after(2))
    assert found.moved is Moved.CANNOT_TELL
    assert "without counts nobody can say what is chance" in found.sentence
    none = did_it_move(quarters([(24, 40), (24, 40), None, None], share("H")), after(2))
    assert none.moved is Moved.CANNOT_TELL


def test_a_volume_is_neither_right_nor_wrong_unless_somebody_said_what_was_wanted() -> None:
    series = quarters([*EVEN, 60, 61], number("N"))
    found = did_it_move(series, after(13))
    assert found.moved is Moved.CANNOT_TELL
    assert "Nobody recorded which way was wanted" in found.sentence
    assert did_it_move(series, after(13), wanted="up").moved is Moved.RIGHT_WAY


def test_snapshots_of_shares_compare_the_two_last_days() -> None:
    # Quarter after quarter holds the same children: 24 of 40 and 28 of 35, not their sums.
    figures = [(24, 40), (24, 40), (28, 35), (28, 35)]
    found = did_it_move(quarters(figures, share("H", "snapshot")), after(2))
    assert (found.before.denominator, found.after.denominator) == (40, 35)
    assert found.moved is Moved.NO_SIGN
    assert any("same children" in each for each in found.cautions)


def test_twelve_months_must_all_lie_after() -> None:
    rolling = Small("percent", "H", 100, "rolling", "all")
    figures = [(24, 40)] * 2 + [(28, 35)] * 4
    assert did_it_move(quarters(figures[:5], rolling), after(2)).moved is Moved.TOO_EARLY
    assert did_it_move(quarters([*figures, (60, 60)], rolling), after(2)).after.last == "Q3 2013-14"


def test_every_answer_has_its_cautions() -> None:
    series = quarters([(24, 40), (24, 40), (28, 35), (28, 35)], share("H"))
    found = did_it_move(series, after(2), picked_because_off_target=True)
    said = " ".join(found.cautions)
    assert "not because of it" in said
    assert "resembles the next" in said
    assert "come back towards their usual level by themselves" in said
    assert "come back" not in " ".join(did_it_move(series, after(2)).cautions)


def test_the_chart_of_a_promise_has_the_limits_of_before() -> None:
    series = quarters([*EVEN, *[60] * 8], number("L"))
    held = chart(with_limits_of_before(series, after(13)))
    # The limits of EVEN, whatever came after: 49.8.
    assert held.points[-1].upper == pytest.approx(49.8, abs=0.05)
    assert held.points[-1].rule == "outside"
    few = quarters([*EVEN[:6], 60, 60], number("L"))
    assert with_limits_of_before(few, after(6)) == few
    begins = (Begin(13, "New form", definition=True),)
    later = with_limits_of_before(quarters([1] * 13 + [*EVEN, 60, 60], number("L"), begins=begins), after(26))
    assert later.begins[0].baseline_points == 13
    assert chart(later).points[-1].rule == "outside"

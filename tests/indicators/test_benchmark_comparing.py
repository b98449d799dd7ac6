"""Neighbours, their mean, the place among others: by hand, from published values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.indicators.shipped_figures import PETERBOROUGH, everything
from wholestory.indicators.benchmarks import neighbour_mean, shipped
from wholestory.indicators.benchmarks.areas import areas
from wholestory.indicators.benchmarks.comparing import best_quarter, in_use_order, place


def neighbours() -> tuple[str, ...]:
    sets = next(each for each in shipped.files() if each.table == "neighbours").read().neighbours
    assert len(sets) == 153
    return next(each.codes for each in sets if each.area_code == PETERBOROUGH)


def test_the_ten_neighbours_in_their_order():
    assert [areas()[code].name for code in neighbours()] == [
        "Coventry", "Derby", "Hillingdon", "Bolton", "Southampton", "Walsall", "Luton", "Rochdale", "Wolverhampton",
        "Thurrock",
    ]  # fmt: skip


def _of(measure: str, year: int) -> dict[str, Decimal | None]:
    return {
        code: each.value for (key, code, of), each in everything().items() if (key, of) == (measure, year)
    }


def test_the_neighbours_mean_is_unweighted():
    """(20.9 + 22.5 + 19.5 + 24.3 + 24.8 + 21.3 + 20.8 + 24.1 + 21.3 + 18.4) / 10 = 217.9 / 10."""
    mean = neighbour_mean(neighbours(), _of("c1-rereferrals", 2024))
    assert (mean.value, mean.used, mean.of) == (Fraction("21.79"), 10, 10)
    assert mean.words == "mean of 10"


def test_neighbours_without_a_value_are_left_out_and_counted():
    """Luton and Thurrock are withheld: (7.1 + 5.8 + 7.6 + 3.3 + 6.5 + 0 + 2.7 + 5) / 8 = 38 / 8."""
    mean = neighbour_mean(neighbours(), _of("d7-two-years", 2024))
    assert (mean.value, mean.used, mean.of) == (Fraction(38, 8), 8, 10)
    assert mean.words == "mean of 8 of 10"


def test_no_neighbour_with_a_value_is_no_mean():
    assert neighbour_mean(("a", "b"), {"a": None}).value is None


def test_place_and_best_quarter():
    values = {name: Decimal(number) for number, name in enumerate("abcdefgh", 1)} | {"i": None}
    low, high = place("b", values, "L"), place("b", values, "H")
    assert low is not None
    assert high is not None
    assert (low.rank, low.of, low.quartile) == (2, 8, 1)
    assert (high.rank, high.quartile) == (7, 4)
    assert place("i", values) is None
    assert best_quarter(values.values(), "L") == 2
    assert best_quarter(values.values(), "H") == 7


def test_the_model_in_use_on_the_day_is_the_one_to_use():
    models = [date(2009, 4, 1), date(2021, 4, 1), date(2025, 1, 1)]

    def used(day: date) -> date:
        return sorted(models, key=lambda began: in_use_order(began, day))[-1]

    assert used(date(2024, 12, 31)) == date(2021, 4, 1)
    assert used(date(2025, 1, 1)) == date(2025, 1, 1)
    # Nothing had begun: the first that did later, and not the newest.
    assert used(date(2008, 1, 1)) == date(2009, 4, 1)

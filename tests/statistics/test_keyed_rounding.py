"""Random rounding by a key: multiples of five, near, right on average, and the same for the same rows."""

from __future__ import annotations

import pytest

from wholestory.statistics.disclosure.keyed import rounded
from wholestory.statistics.values import CannotBeCounted


@pytest.mark.parametrize("count", range(26))
def test_a_count_becomes_a_multiple_of_five_less_than_five_away(count: int) -> None:
    for key in range(50):
        told = rounded(count, key)
        assert told % 5 == 0
        assert abs(told - count) < 5


@pytest.mark.parametrize("count", [0, 5, 10, 250])
def test_a_multiple_of_five_stays(count: int) -> None:
    assert {rounded(count, key) for key in range(50)} == {count}


@pytest.mark.parametrize(("count", "share_up"), [(1, 0.2), (2, 0.4), (3, 0.6), (4, 0.8), (12, 0.4)])
def test_the_expected_value_is_right(count: int, share_up: float) -> None:
    # Of 4,000 keys the share that goes up is off by less than four standard errors of a half: 0.032.
    up = sum(rounded(count, key) > count for key in range(4_000)) / 4_000
    assert abs(up - share_up) < 0.032


def test_the_same_rows_give_the_same_number_and_one_more_child_proves_nothing() -> None:
    assert rounded(7, 123) == rounded(7, 123) == rounded(7, 123 + 2**64)
    # Six and seven children: each pair of numbers that five and ten make comes about.
    pairs = {(rounded(6, key), rounded(7, key + 987_654_321)) for key in range(200)}
    assert pairs == {(5, 5), (5, 10), (10, 5), (10, 10)}


@pytest.mark.parametrize(("count", "base"), [(-1, 5), (3, 1)])
def test_what_cannot_be_rounded(count: int, base: int) -> None:
    with pytest.raises(CannotBeCounted):
        rounded(count, 1, base)

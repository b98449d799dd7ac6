"""What a published version does not show. Expected values are worked out by hand beside each test."""

from __future__ import annotations

from typing import Any

import pytest

from wholestory.performance.rules.small import Why, plan


def measure(code: str, n: str, d: str = "", small: str = "board", **more: Any) -> dict[str, Any]:
    return {
        "code": code, "kind": "number", "numerator": n, "denominator": d, "unit": "percent" if d else "count",
        "small": small, "period": "Q3 2015-16", "numerator_of": f"counted {code}", "denominator_of": f"all {code}",
        **more,
    }  # fmt: skip


def hidden(*measures: dict[str, Any], earlier: tuple[dict[str, int], ...] = ()) -> set[str]:
    return {name.partition("|")[0] for name in plan(measures, earlier).hidden}


@pytest.mark.parametrize(("small", "number", "shown"), [
    ("board", "4", False), ("board", "5", True), ("dfe", "5", False), ("dfe", "6", True), ("dfe", "0", True),
])  # fmt: skip
def test_one_to_four_or_one_to_five_are_hidden_by_the_owners_rule(
    small: str, number: str, shown: bool
) -> None:
    assert (hidden(measure("G03", number, small=small)) == set()) is shown


def test_a_small_numerator_hides_its_complement_and_so_its_percentage() -> None:
    # 3 of 60: with 57 printed beside 60, 3 would be told.
    assert hidden(measure("D05", "3", "60")) == {"counted d05", "others of D05"}


def test_a_small_complement_hides_the_numerator() -> None:
    # 57 of 60 tells that 3 were not.
    assert hidden(measure("D05", "57", "60")) == {"counted d05", "others of D05"}


def test_a_small_whole_hides_all_of_it() -> None:
    assert hidden(measure("D05", "2", "4")) == {"counted d05", "others of D05", "all d05"}


def test_two_parts_that_are_both_small_cannot_be_told_from_a_printed_whole() -> None:
    # 2 and 3 of 5 (board: 5 is not small). Printed, 5 would leave each part 1 to 4: all that the mark says.
    assert hidden(measure("D05", "2", "5")) == {"counted d05", "others of D05"}
    # With 6 small as well below 6 for the Department's figures: 2 and 3 of 5 are all small.
    assert "all d05" in hidden(measure("D05", "2", "5", small="dfe"))


def test_what_two_measures_count_alike_is_hidden_in_both_by_the_stricter_limit() -> None:
    one = measure("A", "5", numerator_of="Children missing.", small="dfe")
    other = measure("B", "5", "100", numerator_of="children missing", small="board")
    # 5 is small for the Department and not for the board: the stricter counts, and 95 of 100 would tell it.
    assert hidden(one, other) == {"children missing", "others of B"}


def test_another_measure_s_printed_number_tells_nothing_of_a_hidden_one() -> None:
    # B's whole is what A counts: 3. It is hidden there too, and so is what B counts, 2 of them.
    one = measure("A", "3", "60", numerator_of="found")
    other = measure("B", "2", "3", denominator_of="found")
    assert {"found", "counted b"} <= hidden(one, other)


def test_a_number_revised_by_a_little_is_not_shown_again() -> None:
    # Published as 60, now 62: the two who were added would be told. From 60 to 70 nothing is.
    before = {"counted g03|Q3 2015-16": 60}
    assert hidden(measure("G03", "62"), earlier=(before,)) == {"counted g03"}
    assert hidden(measure("G03", "70"), earlier=(before,)) == set()
    assert hidden(measure("G03", "60"), earlier=(before,)) == set()


def test_what_came_without_counts_is_left_out() -> None:
    median = measure("C07", "", unit="days", amount="12")
    assert plan([median]).left_out == {"C07": Why.NO_COUNTS}
    alone = {**measure("C08", "", unit="percent"), "kind": "percentage_only"}
    assert plan([alone]).lines == []

"""What a published version withholds. Expected values are worked out by hand beside each test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.performance.public_made_up import Pair, World
from wholestory.performance.rules import public_hiding, public_log, public_sums, public_writing
from wholestory.performance.rules.public_hiding import Plan
from wholestory.statistics.disclosure.linked import Released

HEAD = public_writing.Head("Northmarsh Partnership", "2014", "the group", "2014-04-14", True)


def one(pair: Pair, *, small: str = "board", code: str = "X1", quarters: int = 1) -> World:
    """One agency, the same figure in each of so many quarters."""
    world = World()
    world.add(
        code, {"Council": [pair] * quarters}, unit="count" if pair[1] is None else "percent", small=small
    )
    return world


def planned(
    world: World, quarter: int = 0, earlier: tuple[Released, ...] = ()
) -> tuple[Plan, Released, list[Any]]:
    made = public_sums.everything(world.frozen(quarter), {})
    plan = public_hiding.plan(made, earlier)
    return plan, public_hiding.released(made, plan), public_writing.document(made, plan, HEAD, "")["rows"]


def row(rows: list[Any], code: str, whose: str = "The whole area", end: str = "2014-03-31") -> list[str]:
    """How many, of how many, and the value."""
    return next(each[5:8] for each in rows if each[0] == code and each[2] == whose and each[4] == end)


@pytest.mark.parametrize(("small", "number", "shown"), [
    ("board", 4, "[c]"), ("board", 5, "5"), ("dfe", 5, "[c]"), ("dfe", 6, "6"), ("dfe", 0, "0"), ("board", 1, "[c]"),
])  # fmt: skip
def test_one_to_five_of_the_department_and_one_to_four_otherwise(small: str, number: int, shown: str) -> None:
    assert row(planned(one((number, None), small=small))[2], "X1")[0] == shown


@pytest.mark.parametrize(("pair", "told"), [
    ((3, 60), ["[c]", "60", ""]),  # 3 are small, and 57 of 60 left over would tell them
    ((57, 60), ["[c]", "60", ""]),  # 3 left over
    ((30, 60), ["30", "60", "50.0"]),
    ((60, 60), ["60", "60", "100.0"]),  # nobody is left over: zero is shown
    ((0, 60), ["0", "60", "0.0"]),
    ((2, 4), ["[c]", "[c]", ""]),  # all of it is small
    ((8, 8), ["8", "8", ""]),  # of fewer than 10: counts, and no percentage
    ((0, 0), ["0", "0", ""]),  # 0 of 0 is no value
])  # fmt: skip
def test_a_share_is_shown_only_with_both_of_its_sides(pair: Pair, told: list[str]) -> None:
    assert row(planned(one(pair))[2], "X1") == told


def test_the_last_agency_is_not_what_the_whole_leaves() -> None:
    # 2 + 20 + 30 = 52: with 20, 30 and 52 printed the 2 would be told. One more of them is withheld.
    world = World()
    world.add("X3", {"Council": [(2, None)], "Police": [(20, None)], "Hospital": [(30, None)]}, unit="count")
    rows = planned(world)[2]
    told = [row(rows, "X3", each)[0] for each in ("Council", "Police", "Hospital", "The whole area")]
    assert told[0] == "[c]"
    assert told.count("[c]") == 2


def test_a_quarter_is_not_what_longer_periods_leave() -> None:
    # Four quarters of a year, one of them 3: 20 + 20 + 3 + 20 = 63. With 63 and the others printed it would be told.
    world = World()
    world.add("X3", {"Council": [(20, None), (20, None), (3, None), (20, None)]}, unit="count")
    rows = planned(world, 3)[2]
    printed = [each[5] for each in rows if each[2] == "The whole area"]
    assert "3" not in printed
    quarters = [
        row(rows, "X3", end=end)[0] for end in ("2014-03-31", "2014-06-30", "2014-09-30", "2014-12-31")
    ]
    # Either the year is withheld, or left out, or another quarter is withheld beside the small one.
    assert "63" not in printed or quarters.count("[c]") >= 2


def test_a_number_revised_by_a_little_is_not_shown_again() -> None:
    # Published as 60, now 62: the two who were added would be told. From 60 to 70 nothing small is.
    _, before, rows = planned(one((60, None)))
    assert row(rows, "X1")[0] == "60"
    for number, told in ((62, "[c]"), (70, "70"), (60, "60")):
        plan, _, rows = planned(one((number, None)), earlier=(before,))
        assert row(rows, "X1")[0] == told, number
        if told == "[c]":
            assert set(plan.hidden.values()) == {public_hiding.Why.EARLIER}


def test_the_year_s_total_published_before_and_a_later_quarter_do_not_tell_one_together() -> None:
    # First the year 63 of quarters 20, 20, 3, 20. Then a report whose series begins a quarter later: what was withheld
    # beside the 3 the first time must not be printed now.
    world = World()
    world.add("X3", {"Council": [(20, None), (20, None), (3, None), (20, None), (20, None)]}, unit="count")
    _, first, _ = planned(world, 3)
    _, second, _ = planned(world, 4, (first,))
    known = {name: first.cells[name] for name in first.printed} | {n: second.cells[n] for n in second.printed}
    year = "X3|n||2014-01-01/2014-12-31"
    quarters = ["01-01/2014-03-31", "04-01/2014-06-30", "07-01/2014-09-30", "10-01/2014-12-31"]
    others = [f"X3|n||2014-{each}" for each in quarters if "07-01" not in each]
    assert not all(each in known for each in (year, *others))


def test_where_two_measures_count_the_same_the_stricter_owner_wins_in_both() -> None:
    # Both are of the same conferences, 5 in the first quarter: small for the Department, and not for the board.
    world = World()
    of = [(5, None), (40, None), (44, None), (46, None), (50, None)]
    world.add("X1", {"Council": list(of)}, unit="count", small="dfe")
    world.add("X2", {"Council": [(n, n) for n, _ in of]}, unit="percent", small="board")
    rows = planned(world, 4)[2]
    assert row(rows, "X1")[0] == "[c]"
    assert row(rows, "X2")[:2] == ["[c]", "[c]"]
    assert {each[9] for each in rows} == {"1 to 5 withheld"}


def test_what_lies_between_two_counts_is_withheld_too() -> None:
    # J05 within a month: 20 of 60; J05a within three months: 22 of 60. The 2 between would be told.
    world = World()
    world.add("J05", {"Council": [(20, 60)]})
    world.add("J05a", {"Council": [(22, 60)]})
    rows = planned(world)[2]
    assert "[c]" in (row(rows, "J05")[0], row(rows, "J05a")[0])


def test_what_is_no_count_is_not_published() -> None:
    found = one((12, None)).frozen(0)
    found["measures"][0] |= {"unit": "days", "numerator": "", "amount": "12"}
    made = public_sums.everything(found, {})
    plan = public_hiding.plan(made)
    document = public_writing.document(made, plan, HEAD, "")
    assert document["rows"] == []
    assert "How many people it is of is not known" in str(document["report"])


def test_the_log_says_why_and_no_number() -> None:
    world = World()
    world.add("X3", {"Council": [(2, None)], "Police": [(20, None)], "Hospital": [(30, None)]}, unit="count")
    made = public_sums.everything(world.frozen(0), {})
    lines = public_log.lines(made, public_hiding.plan(made))
    assert ["X3 Measure X3", "Council", "Jan to Mar 2014", "Those counted",
            "Small number, of those counted or of those left over"] in lines  # fmt: skip
    assert len(lines) == 2


def test_words_for_everybody_are_looked_at_for_withheld_numbers_and_names() -> None:
    text = "Three children waited, 41.2% of them long. Wen Tarrant wrote this; 7 came."
    said = public_log.warnings(text, {"x": 3}, ["Wen Tarrant", "Odette Marlow"])
    assert [each.partition(" is ")[0] for each in said] == ["“Three”", "“41.2%”", "Wen Tarrant"]
    assert public_log.warnings("All is well.", {"x": 3}, []) == ()


NOTHING = {"numerator": "", "denominator": "", "amount": "", "percentage": "", "kind": "not_supplied"}


@pytest.mark.parametrize(("sent", "whole", "told"), [
    ([], False, {}),
    (["Council"], False, {"Council": ["30", "60", "50.0"]}),
    (["Council"], True, {"Council": ["30", "60", "50.0"], "The whole area": ["30", "60", "50.0"]}),
])  # fmt: skip
def test_a_measure_that_agencies_did_not_supply_has_no_figure_and_is_no_error(
    sent: list[str], whole: bool, told: dict[str, list[str]]
) -> None:
    world = World()
    of: dict[str, list[Pair]] = {"Council": [(30, 60)], "Police": [(20, 40)]}
    world.add("X1", {name: of[name] for name in of if name in sent} or of)
    found = world.frozen(0)
    measure = found["measures"][0]
    measure["agencies"] = [
        each if each["name"] in sent else {**each, **NOTHING}
        for each in World({"X1": of}, {"X1": "percent"}, {"X1": "board"}).frozen(0)["measures"][0]["agencies"]
    ]
    if not whole:
        measure |= NOTHING
        measure["series"]["periods"][-1][2:] = ["", "", "", "", "not_supplied"]
    made = public_sums.everything(found, {})
    rows = public_writing.document(made, public_hiding.plan(made), HEAD, "")["rows"]
    for name in ("Council", "Police", "The whole area"):
        assert row(rows, "X1", name) == told.get(name, ["", "", ""]), name

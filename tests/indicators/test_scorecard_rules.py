"""Reading an old scorecard: where periods and figures stand, what cells mean, and what would come in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wholestory.indicators.rules import scorecard_cells as cells
from wholestory.indicators.rules.periods import Period, Year
from wholestory.indicators.rules.scorecard import Holds, Known, layout, letter, proposed
from wholestory.indicators.rules.scorecard_plan import Mapped, plan

Q1 = Period(date(2014, 4, 1), date(2014, 6, 30))
Q2 = Period(date(2014, 7, 1), date(2014, 9, 30))
Q1_NEXT = Period(date(2015, 4, 1), date(2015, 6, 30))
REFERRALS = Known("C06", "Referrals", True, "count")
RE_REFERRALS = Known("C07", "Re-referrals within 12 months", False, "percent")
KNOWN = {"C06": REFERRALS, "C07": RE_REFERRALS}

#: A year merged over its quarters, a theme merged down its rows, a target column, a row of a rate.
ROWS = [
    ["Northmarsh scorecard", "", "", "", "", "", ""],
    ["", "", "2014/15", "", "2015/16", "", ""],
    ["Theme", "Measure", "Q1", "Q2", "Q1", "Target", "Comment"],
    ["Front door", "C06 Referrals", "310", "1,204", "<5", "", "up"],
    ["", "Re-referrals within 12 months (%)", "23.1", "0.5%", "tbc", "20", ""],
    ["", "Re-referrals within 12 months", "62", "6", "n/a", "", ""],
    ["", "Re-referrals: out of", "310", "1204", "", "", ""],
    ["", "Referral rate per 10,000", "66", "70", "71", "", ""],
]
MERGED = [((1, 2), (1, 3)), ((3, 0), (7, 0))]


@pytest.mark.parametrize(
    ("text", "number", "nothing", "percent"),
    [
        ("12", 12, "", False), ("1,204", 1204, "", False), ("81%", 81, "", True), ("0.81", Decimal("0.81"), "", False),
        ("<5", None, "suppressed", False), ("n/a", None, "not_applicable", False), ("TBC", None, "not_supplied", False),
        ("-", None, "not_supplied", False), ("x", None, "not_held", False), ("c", None, "suppressed", False),
        ("0", 0, "", False), ("", None, "", False),
    ],
)  # fmt: skip
def test_cells_say_what_they_say(text: str, number: object, nothing: str, percent: bool) -> None:
    said = cells.read(text)
    assert (said.number, said.nothing, said.percent, said.trouble) == (number, nothing, percent, "")


@pytest.mark.parametrize("text", ["twelve", "12 13", "1,2,3", "-4", "5-10", "#REF!", "99999999999"])
def test_cells_that_are_no_number_say_so(text: str) -> None:
    said = cells.read(text)
    assert said.trouble
    assert said.number is None
    assert not said.blank


def test_a_year_merged_over_its_quarters_is_read_with_them() -> None:
    found = layout(ROWS, MERGED, Year.FINANCIAL)
    assert found is not None
    assert found.columns == {2: Q1, 3: Q2, 4: Q1_NEXT}
    assert found.unread == {5: "Target"}
    assert [line.row for line in found.lines] == [3, 4, 5, 6, 7]
    assert found.lines[1].label == "Front door – Re-referrals within 12 months (%)"


def test_a_column_may_be_stated_or_left_out() -> None:
    found = layout(ROWS, MERGED, Year.FINANCIAL, {4: None, 5: Q1_NEXT})
    assert found is not None
    assert found.columns == {2: Q1, 3: Q2, 5: Q1_NEXT}


def test_rows_are_proposed_by_code_or_title() -> None:
    found = layout(ROWS, MERGED, Year.FINANCIAL)
    assert found is not None
    said = [proposed(line, list(KNOWN.values())) for line in found.lines]
    assert said[0] == ("C06", Holds.NUMBER)
    assert said[1] == ("C07", Holds.PERCENT)
    assert said[2] == ("C07", Holds.NUMBER)
    assert said[3][1] is Holds.OUT_OF
    assert said[4][1] is Holds.LEAVE


def test_counts_come_in_and_a_wrong_percentage_is_told() -> None:
    said = [Mapped(3, "C06", Holds.NUMBER), Mapped(4, "C07", Holds.PERCENT), Mapped(5, "C07", Holds.NUMBER),
            Mapped(6, "C07", Holds.OUT_OF)]  # fmt: skip
    found = plan(ROWS, MERGED, {2: Q1, 3: Q2, 4: Q1_NEXT}, said, KNOWN)
    by = {(one.measure, one.period): one for one in found.coming}
    assert by["C06", Q1].numerator == 310
    assert by["C06", Q2].numerator == 1204
    assert by["C06", Q1_NEXT].nothing == "suppressed"
    assert (by["C07", Q1].numerator, by["C07", Q1].denominator, by["C07", Q1].percentage) == (62, 310, None)
    # 62 of 310 is 20.0 per cent, and the file says 23.1; 6 of 1,204 is 0.498, which rounds to the 0.5 it says.
    assert [(one.place, one.severity) for one in found.troubles] == [("C5 and C6 and C7", "query")]
    assert "62 of 310 is 20.0 per cent" in found.troubles[0].words
    assert by["C07", Q1_NEXT].nothing == "not_supplied"


def test_a_percentage_without_counts_stays_one() -> None:
    found = plan(ROWS, MERGED, {2: Q1, 3: Q2}, [Mapped(4, "C07", Holds.PERCENT)], KNOWN)
    assert [(one.percentage, one.numerator) for one in found.coming] == [
        (Decimal("23.1"), None),
        (Decimal("0.5"), None),
    ]


def test_shares_of_one_are_a_decision_about_the_row() -> None:
    rows = [["", "Q1 2014/15", "Q2 2014/15"], ["x", "0.81", "1"]]
    found = plan(rows, [], {1: Q1, 2: Q2}, [Mapped(1, "C07", Holds.SHARE)], KNOWN)
    assert [one.percentage for one in found.coming] == [Decimal("81.00"), Decimal(100)]


def test_what_cannot_be_stays_out_and_is_told() -> None:
    rows = [
        ["", "Q1 2014/15", "Q2 2014/15"],
        ["many", "12", "x1"],
        ["of", "10", "40"],
        ["again", "3", "4"],
    ]
    said = [Mapped(1, "C07", Holds.NUMBER), Mapped(2, "C07", Holds.OUT_OF), Mapped(3, "C07", Holds.NUMBER)]
    found = plan(rows, [], {1: Q1, 2: Q2}, said, KNOWN)
    assert found.coming == []
    assert {(one.place, one.severity) for one in found.troubles} == {
        ("row 4", "error"), ("B2 and B3", "error"), ("C2", "error"), ("C3", "error"),
    }  # fmt: skip
    assert found.errors == 4


def test_a_merged_figure_is_read_once() -> None:
    rows = [["", "Q1 2014/15", "Q2 2014/15"], ["C06", "12", ""]]
    found = plan(rows, [((1, 1), (1, 2))], {1: Q1, 2: Q2}, [Mapped(1, "C06", Holds.NUMBER)], KNOWN)
    assert [(one.period, one.numerator) for one in found.coming] == [(Q1, 12)]
    assert found.troubles[0].severity == "query"


def test_columns_have_letters() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("label", "cells", "holds"),
    [
        ("Re-referrals within 12 months", ["0.21", "0.2", "1"], Holds.SHARE),
        ("Re-referrals within 12 months", ["21", "20"], Holds.NUMBER),
        ("Re-referrals within 12 months", ["0", "1"], Holds.NUMBER),
        ("Re-referrals within 12 months %", ["0.21", "23%"], Holds.PERCENT),
        ("Re-referrals within 12 months %", ["21.5", "20"], Holds.PERCENT),
        ("Re-referrals within 12 months %", ["1", "1"], Holds.SHARE),
    ],
)
def test_a_cell_that_shows_a_percentage_holds_a_share(label: str, cells: list[str], holds: Holds) -> None:
    rows = [["", "Q1 2014/15", "Q2 2014/15", "Q3 2014/15"][: len(cells) + 1], [label, *cells]]
    found = layout(rows, [], Year.FINANCIAL)
    assert found is not None
    assert proposed(found.lines[0], [RE_REFERRALS]) == ("C07", holds)


def test_a_per_cent_below_one_and_half_a_child_are_worth_a_look() -> None:
    rows = [["", "Q1 2014/15", "Q2 2014/15"], ["C07 %", "0.21", "0.5%"], ["C06", "1700.5", "12"]]
    said = [Mapped(1, "C07", Holds.PERCENT), Mapped(2, "C06", Holds.NUMBER)]
    found = plan(rows, [], {1: Q1, 2: Q2}, said, KNOWN)
    assert len(found.coming) == 4, "a query stops nothing"
    assert [(one.place, one.severity) for one in found.troubles] == [("B2", "query"), ("B3", "query")]

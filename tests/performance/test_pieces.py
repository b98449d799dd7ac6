"""What a report is put together from: what stands first on its one page, and how its columns stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.performance.public_made_up import World
from wholestory.performance.files.parts import figures_in
from wholestory.performance.rules import pieces, public_hiding, public_sums, public_writing, writing
from wholestory.performance.rules.shape import Table

HEAD = writing.Head("The group", "2014", 1, "2014-04-14", "PR-1")


def found_with(measures: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "board": "Northmarsh Partnership", "invented": True, "on": "2014-04-14", "asked": 0, "late": [],
        "measures": measures, "challenges": [], "promises": [], "decisions": [], "last": None,
    }  # fmt: skip


def measures(below: set[str], signals: set[str], number: int = 15) -> list[dict[str, Any]]:
    world = World()
    for at in range(number):
        world.add(f"X{at:02}", {"Council": [(40, 60)]})
    found = world.frozen(0)["measures"]
    return [
        {
            **one, "value": "66.7% (40 of 60)", "below": one["code"] in below,
            "chart": {"label": "", "signal": one["code"] in signals, "said": ""},
        }
        for one in found
    ]  # fmt: skip


def headlines(report: Any) -> Table:
    return next(each for one in report.sections for each in one.tables if each.key == "headlines")


def test_one_page_keeps_what_is_below_standard_and_says_how_many_headlines_it_leaves_out() -> None:
    # Fifteen headlines, twelve fit. X14 is below standard and X13 signals: both would fall off in the order of codes.
    found = found_with(measures({"X14"}, {"X13"}))
    table = headlines(writing.one_page(found, HEAD, {}))
    codes = [row[0].split()[0] for row in table.rows]
    assert codes == ["X14", "X13", *(f"X{at:02}" for at in range(10))]
    assert table.notes[0].startswith("3 more headline measures are in the full report.")
    whole = headlines(writing.board_pack(found, HEAD, {}))
    assert [row[0].split()[0] for row in whole.rows] == [f"X{at:02}" for at in range(15)]
    assert whole.notes == ()


def test_one_page_with_room_for_all_headlines_says_nothing_of_more() -> None:
    table = headlines(writing.one_page(found_with(measures({"X11"}, set(), 12)), HEAD, {}))
    assert (len(table.rows), table.rows[0][0].split()[0], table.notes) == (12, "X00", ())


@pytest.mark.parametrize(("cells", "right"), [
    (("30", "[c]"), True),
    (("72.5%", "not supplied", "of fewer than 10: no percentage"), True),
    (("[c]", "[c]"), True),
    (("12.3 per 10,000", "9.1 per 10,000 (provisional)"), True),
    (("72.5% (87 of 120)", "30"), False),
    (("Meets the target", "No figure"), False),
    (("", ""), False),
])  # fmt: skip
def test_a_column_of_numbers_stands_to_the_right_also_where_some_are_withheld(
    cells: tuple[str, ...], right: bool
) -> None:
    assert figures_in(Table("t", "T", ("What", "Value"), tuple(("x", cell) for cell in cells))) == (
        False,
        right,
    )


def test_the_sign_for_withheld_is_explained_only_under_tables_it_stands_in() -> None:
    # X1 withholds its 3 of 60; nothing of X2 is small.
    world = World()
    world.add("X1", {"Council": [(3, 60)]})
    world.add("X2", {"Council": [(30, 60)]})
    made = public_sums.everything(world.frozen(0), {})
    head = public_writing.Head("Northmarsh Partnership", "2014", "the group", "2014-04-14", True)
    report = public_writing.document(made, public_hiding.plan(made), head, "")["report"]
    seen = set()
    for section in report["sections"]:
        for table in section["tables"]:
            signs = any("[c]" in cell for row in table["rows"] for cell in row)
            assert signs == any("[c]: withheld" in note for note in table["notes"]), table["caption"]
            seen.add(signs)
    assert seen == {True, False}


def test_where_a_number_comes_from_names_the_return_and_what_it_was_sent_as() -> None:
    source = {
        "version": "D05@1", "name": "Health", "agency": "h", "period": "Q3", "value": "30", "submission": "FS-2",
        "source": "Excel return", "number": 1, "sent": "2016-03-14", "file": "", "place": "", "sha256": "", "rule": "",
    }  # fmt: skip
    found = {"measures": [{"sources": [{**source, "return": "FR-9"}, source]}]}
    assert [row[4] for row in pieces.sources(found).rows] == [
        "FR-9 as FS-2 (Excel return, 1), sent on 14 March 2016",
        "FS-2 (Excel return, 1), sent on 14 March 2016",
    ]

"""A grid goes out cell by cell, in Word and in Excel, and comes back put together to one answer."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import Copies, filled_in_excel, filled_in_word, row_of

pytestmark = pytest.mark.urls("tests.paperwork.site")


def number_of(packed: bytes, place: str) -> str:
    """What a cell of the grid is numbered in a workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["Answers"]
    return str(sheet.cell(row_of(packed, place), 1).value)


def found(checked: Any, what: str) -> list[Any]:
    return [
        one for one in checked.context["compared"].found if one.what == what and "groups" in one.cell.place
    ]


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


TAUGHT = {"teachers": {"people": "12", "done": "9", "by": "us"}}


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_grid_goes_out_and_comes_back_unchanged(desk: Desk, copies: Copies, ending: str) -> None:
    desk.save("head", groups=TAUGHT)
    packed = copies.take("head", f"form.{ending}")
    checked = copies.send("head", f"a.{ending}", packed)
    assert [one.what for one in checked.context["compared"].found if one.what != "same"] == []
    (same,) = found(checked, "same")
    assert same.live_words.split("\n")[0] == "Teachers – People: 12; Trained: 9; By whom: Us"


def test_each_cell_has_a_line_and_the_table_says_so(desk: Desk, copies: Copies) -> None:
    desk.save("head", groups=TAUGHT)
    packed = copies.take("head", "form.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["Answers"]
    at = row_of(packed, "groups/teachers/people")
    assert [sheet.cell(at, n).value for n in (2, 4, 5)] == ["Teachers: People", "A whole number", "12"]
    assert sheet.cell(at - 1, 2).value == "Training by group (optional)"
    assert sheet.cell(at - 1, 4).value == (
        "Each cell of this table has a line of its own below, and the totals are added up from them"
    )
    assert sheet.cell(at - 1, 5).protection.locked
    assert not sheet.cell(at, 5).protection.locked
    # Two rows of five columns.
    assert row_of(packed, "groups/governors/note") == at + 9
    assert (
        number_of(packed, "groups/governors/note")
        == f"{number_of(packed, 'groups/teachers/people')[:-4]}.2.5"
    )


def test_a_blank_copy_filled_in_excel_becomes_one_answer(desk: Desk, copies: Copies) -> None:
    packed = filled_in_excel(
        copies.take("head", "blank.xlsx"),
        **{
            "groups/teachers/people": "1,200", "groups/teachers/done": 900, "groups/governors/by": "The board",
            "groups/governors/how_well": "2: Met", "groups/governors/note": "In March",
        },
    )  # fmt: skip
    loaded = copies.apply("head", copies.send("head", "a.xlsx", packed))
    assert "1 answer was loaded" in words(loaded)
    assert desk.value("groups") == {
        "teachers": {"people": "1200", "done": "900"},
        "governors": {"by": "board", "how_well": 2, "note": "In March"},
    }


def test_a_word_copy_is_read_back_cell_by_cell(desk: Desk, copies: Copies) -> None:
    number = number_of(copies.take("head", "blank.xlsx"), "groups/governors/people")
    packed = filled_in_word(copies.take("head", "form.docx"), **{f"_{number.replace('.', '_')}": "7"})
    copies.apply("head", copies.send("head", "a.docx", packed))
    assert desk.value("groups") == {"governors": {"people": "7"}}


def test_what_cannot_be_read_is_refused_by_cell_and_the_rest_is_taken(desk: Desk, copies: Copies) -> None:
    desk.save("head", groups=TAUGHT)
    packed = filled_in_excel(
        copies.take("head", "form.xlsx"),
        **{"groups/teachers/people": "12 or 13", "groups/governors/by": "Them", "groups/governors/done": "3"},
    )
    checked = copies.send("head", "a.xlsx", packed)
    refused = found(checked, "refused")
    assert [(one.label, one.said_words, one.live_words, one.fault) for one in refused] == [
        ("Training by group: Teachers, People", "12 or 13", "12", "Enter a number, such as 12"),
        ("Training by group: Governors, By whom", "Them", "", "Choose one of: Us; The board"),
    ]
    assert refused[0].cell.at == f"Answers!E{row_of(packed, 'groups/teachers/people')}"
    copies.apply("head", checked)
    assert desk.value("groups") == {**TAUGHT, "governors": {"done": "3"}}


def test_cells_of_two_people_do_not_overwrite_each_other(desk: Desk, copies: Copies) -> None:
    desk.save("head", groups=TAUGHT)
    packed = filled_in_excel(copies.take("head", "form.xlsx"), **{"groups/teachers/done": "10"})
    desk.save("head", groups={**TAUGHT, "governors": {"people": "5"}})
    checked = copies.send("head", "a.xlsx", packed)
    assert [one.note for one in found(checked, "changed")] == ["Changed in the file: Teachers, Trained."]
    copies.apply("head", checked)
    assert desk.value("groups") == {
        "teachers": {"people": "12", "done": "10", "by": "us"},
        "governors": {"people": "5"},
    }


def test_the_same_cell_changed_twice_is_for_somebody_to_choose(desk: Desk, copies: Copies) -> None:
    desk.save("head", groups=TAUGHT)
    packed = filled_in_excel(copies.take("head", "form.xlsx"), **{"groups/teachers/done": "10"})
    desk.save("head", groups={"teachers": {**TAUGHT["teachers"], "done": "11"}})
    checked = copies.send("head", "a.xlsx", packed)
    (clash,) = found(checked, "clash")
    assert "Changed here too: Teachers, Trained." in words(checked)
    copies.apply("head", checked, **{f"pick-{clash.name}": "take"})
    assert desk.value("groups")["teachers"]["done"] == "10"


def test_an_emptied_cell_empties_nothing_by_itself(desk: Desk, copies: Copies) -> None:
    desk.save("head", groups=TAUGHT)
    packed = filled_in_excel(copies.take("head", "form.xlsx"), **{"groups/teachers/done": None})
    checked = copies.send("head", "a.xlsx", packed)
    (same,) = found(checked, "same")
    assert (
        same.note == "Cells that are empty in the file stay as they are: empty them on the form’s own page."
    )

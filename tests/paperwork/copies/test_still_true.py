"""A copy filled in away from the screen says that what came from last time is still true, and loading it confirms
that."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import Copies, filled_in_excel, filled_in_word
from tests.paperwork.test_drafts import carry
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork.models import AnswerHistory

pytestmark = pytest.mark.urls("tests.paperwork.site")
LINE = "~still_true"
CARRIED = {"has_lead", "why_not", "score", "employed", "trained", "untrained", "courses", "commissioned"}


@pytest.fixture
def second(desk: Desk, open_desk: Callable[..., Desk]) -> Desk:
    """This year's form: eight answers came from last year's, and nobody has confirmed any."""
    desk.save("head", **{**COMPLETE, "has_lead": "no", "why_not": "She left"})
    new = open_desk(reference="SA-SCHA0002")
    assert carry(desk, new) == len(CARRIED)
    return new


@pytest.fixture
def copies(second: Desk, browse: Callable[[str], Client]) -> Copies:
    return Copies(browse, "/trial/SA-SCHA0002/form/")


def waiting(desk: Desk) -> set[str]:
    return {place.key for place, each in desk.filled().standing.items() if each.given.to_confirm}


def test_the_copy_asks_first_whether_what_is_left_is_still_true(second: Desk, copies: Copies):
    sheet = openpyxl.load_workbook(io.BytesIO(copies.take("head", "form.xlsx")))["Answers"]
    asked = next(row for row in range(1, 12) if sheet.cell(row, 7).value == LINE)
    assert "still true?" in str(sheet.cell(asked, 2).value)
    assert str(sheet.cell(asked, 3).value).startswith("8 answers in this copy came from last time")
    blank = openpyxl.load_workbook(io.BytesIO(copies.take("head", "blank.xlsx")))["Answers"]
    assert LINE not in {blank.cell(row, 7).value for row in range(1, blank.max_row + 1)}


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_yes_in_the_copy_confirms_what_was_left_and_loads_what_was_changed(
    second: Desk, copies: Copies, ending: str
):
    packed = copies.take("head", f"form.{ending}")
    if ending == "xlsx":
        packed = filled_in_excel(packed, **{LINE: "Yes"}, employed="11")
    else:
        packed = filled_in_word(packed, _0="Yes", _2_1="11")
    checked = copies.send("head", f"copy.{ending}", packed)
    page = checked.content.decode()
    assert checked.context["is_still_true"] is True
    assert "confirms that the 7 answers from last time left as they were are still true" in page
    assert "Confirmed as still true, if the box is ticked" in page
    assert waiting(second) == CARRIED, "nothing changes before somebody says so"
    loaded = copies.apply("head", checked, _still_true="yes").content.decode()
    assert "1 answer was loaded, and 7 confirmed as still true" in loaded
    assert waiting(second) == set()
    assert second.value("employed") == "11"
    assert second.value("why_not") == "She left"
    with second.acting("head"):
        last = {
            row.key: row.how for row in AnswerHistory.objects.filter(answer_set=second.form_set, revision=2)
        }
        assert last == {**dict.fromkeys(CARRIED, "confirmed"), "employed": "loaded"}
    copies.undo("head", checked)
    assert waiting(second) == CARRIED, "taken back as one"
    assert second.value("employed") == "10"


def test_a_copy_that_says_nothing_confirms_nothing_unless_the_box_is_ticked(second: Desk, copies: Copies):
    checked = copies.send("head", "copy.xlsx", copies.take("head", "form.xlsx"))
    assert checked.context["is_still_true"] is False
    assert "The file does not say whether these answers are still true" in checked.content.decode()
    copies.apply("head", checked)
    assert waiting(second) == CARRIED
    again = copies.send("head", "copy.xlsx", copies.take("head", "form.xlsx"))
    copies.apply("head", again, _still_true="yes")
    assert waiting(second) == set()


def test_what_was_changed_here_emptied_or_taken_out_of_the_file_is_not_confirmed(
    second: Desk, copies: Copies
):
    packed = filled_in_excel(copies.take("head", "form.xlsx"), **{LINE: "yes"}, courses=None)
    book = openpyxl.load_workbook(io.BytesIO(packed))
    sheet = book["Answers"]
    sheet.delete_rows(next(at for at in range(1, 99) if sheet.cell(at, 7).value == "why_not"))
    out = io.BytesIO()
    book.save(out)
    second.save("head", employed="50")
    checked = copies.send("head", "copy.xlsx", out.getvalue())
    copies.apply("head", checked, _still_true="yes")
    assert waiting(second) == {"courses", "why_not"}
    assert second.value("employed") == "50"


def test_somebody_who_confirmed_meanwhile_is_not_passed_over(second: Desk, copies: Copies):
    checked = copies.send(
        "head", "copy.xlsx", filled_in_excel(copies.take("head", "form.xlsx"), **{LINE: "Yes"})
    )
    second.save("head", employed="50")
    assert copies.apply("head", checked, _still_true="yes").status_code == 409
    assert waiting(second) == CARRIED - {"employed"}


def test_the_copy_of_another_record_confirms_nothing(desk: Desk, second: Desk, copies: Copies):
    theirs = Copies(copies.browse).take("head", "form.xlsx")
    checked = copies.send("head", "copy.xlsx", theirs)
    assert checked.context["waiting"] == ()

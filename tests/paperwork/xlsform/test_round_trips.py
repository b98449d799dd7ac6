"""A form of ours goes out as a workbook and comes back the same, whatever it asks; others are told what they miss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from tests.paperwork.made_up import forms
from wholestory.paperwork import registry
from wholestory.paperwork.definitions import (
    All,
    Any,
    Form,
    Is,
    LongText,
    Option,
    Page,
    Question,
    Repeat,
    Section,
    Text,
    YesNo,
)
from wholestory.paperwork.questions.choosing import Choice
from wholestory.paperwork.words import all_words
from wholestory.paperwork.xlsform import CannotWrite, read_workbook, write_workbook


def there_and_back(form: Form) -> Form:
    content, _report = write_workbook(form)
    back = read_workbook(content)
    assert back.faults == ()
    assert back.form is not None
    return back.form


def test_every_kind_of_question_is_in_the_form_that_is_tried() -> None:
    asked = {type(each.question) for each in KITCHEN_SINK.asked.values()}
    assert asked == set(all_words(Question).values())


def test_the_form_with_everything_comes_back_the_same() -> None:
    assert there_and_back(KITCHEN_SINK) == KITCHEN_SINK


@pytest.mark.parametrize("shipped", registry.shipped(), ids=lambda one: f"{one.form.key}-{one.form.version}")
def test_every_form_that_ships_comes_back_the_same_and_is_taken_by_others(
    shipped: registry.Shipped, tmp_path: Path
) -> None:
    content, _report = write_workbook(shipped.form)
    back = read_workbook(content)
    assert back.form == shipped.form
    assert back.not_held == back.told == ()
    (tmp_path / "form.xlsx").write_bytes(content)
    assert convert(str(tmp_path / "form.xlsx"), validate=False).warnings == []


@given(forms())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_comes_back_the_same(form: Form) -> None:
    assert there_and_back(form) == form


def test_awkward_words_come_back_letter_by_letter() -> None:
    awkward = (
        "=1+1", "+44", "@x", "_x0041_", "a\u00a0b", " edge ", "two\nlines", "tab\there", "${who}", '"quoted"',
        "[1, 2]", "null", "%(label)s", "x\u2028y", "line\r\nend", "🌻", "a\u200bb", "'tis",
    )  # fmt: skip
    questions = tuple(
        Text(f"q{n}", words, hint=words, guidance=words, max_length=9) for n, words in enumerate(awkward)
    )
    section = Section("=SUM(A1)", questions, intro="=A1")
    form = Form(
        "awkward", 3, "=cmd|' /C calc'!A0", (Page("one", "${two}", (section,), intro="# Head\n\n* x"),)
    )
    assert there_and_back(form) == form


def test_nothing_is_ever_a_formula(tmp_path: Path) -> None:
    form = Form(
        "f", 1, "=1+1", (Page("p", "=2+2", (Text("q", '=HYPERLINK("x")', hint="+1", guidance="-1"),)),)
    )
    content, _report = write_workbook(form)
    (tmp_path / "form.xlsx").write_bytes(content)
    for sheet in openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
            "s"
        }


def test_names_others_would_trip_over_are_avoided(tmp_path: Path) -> None:
    """A page called like a question, like the program's own root, and like its reserved name."""
    pages = tuple(Page(key, key.title(), (Text(f"{key}_q", "Q"),)) for key in ("data", "meta", "intro", "a"))
    form = Form(
        "names",
        1,
        "Names",
        (*pages, Page("last", "Last", (YesNo("a", "A"), Repeat("b", "B", (Text("c", "C"),))))),
    )
    content, _report = write_workbook(form)
    assert read_workbook(content).form == form
    (tmp_path / "form.xlsx").write_bytes(content)
    assert convert(str(tmp_path / "form.xlsx"), validate=False).warnings == []


def test_conditions_are_said_so_that_others_understand_them(tmp_path: Path) -> None:
    content, _report = write_workbook(KITCHEN_SINK)
    (tmp_path / "form.xlsx").write_bytes(content)
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["survey"]
    heads = [cell.value for cell in sheet[1]]
    rows = {
        row[heads.index("name")]: dict(zip(heads, row, strict=True))
        for row in sheet.iter_rows(2, values_only=True)
    }
    assert rows["why_not"]["relevant"] == "${has_lead} = 'no'"
    assert rows["next_step"]["relevant"] == "not(${score} >= 2)"
    assert rows["course_other"]["relevant"] == "selected(${courses}, 'other')"
    assert rows["last"]["relevant"] == "count(${visits}) >= 1"
    assert rows["trained"]["constraint"] == ". >= 0 and (${employed} = '' or . <= ${employed})"
    assert rows["trained"]["constraint_message"] == "More people are trained than employed"
    assert rows["courses"]["constraint"] == "count-selected(.) <= 2"
    assert rows["since"]["constraint"] == ". <= today()"
    assert rows["share"]["calculation"] == (
        "round(((${groups_teachers_done} + ${groups_governors_done})"
        " div (${groups_teachers_people} + ${groups_governors_people}) * 100), 1)"
    )


def test_what_others_will_not_see_is_said_with_the_questions() -> None:
    _content, report = write_workbook(KITCHEN_SINK)
    where = {unseen.what: unseen.where for unseen in report.unseen}
    assert where["the unit of the number"] == ("employed", "balance")
    assert where["that an answer is asked afresh each time and never carried forward"] == ("declared",)
    assert where["a check between answers"] == ("The two do not add up to all", "Say something about courses")
    assert where["what each choice stands for"] == ("score", "how_well")
    plain = Form(
        "plain",
        1,
        "Plain",
        (Page("p", "P", (YesNo("a", "A?"), LongText("b", "B", show_when=Is("a", "no")))),),
    )
    assert write_workbook(plain)[1].lines == ()


def test_what_another_program_changed_counts_when_it_comes_back(tmp_path: Path) -> None:
    """Labels, choices and conditions may be edited elsewhere; only what stands in our own columns is ours."""
    content, _report = write_workbook(KITCHEN_SINK)
    (tmp_path / "form.xlsx").write_bytes(content)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(2):
        if row[heads.index("name")].value == "why_not":
            row[heads.index("label")].value = "Why not?"
            row[heads.index("relevant")].value = "${has_lead} = 'yes'"
    book.save(tmp_path / "form.xlsx")
    back = read_workbook((tmp_path / "form.xlsx").read_bytes()).form
    assert back is not None
    was = KITCHEN_SINK.question("why_not")
    assert back.question("why_not") == replace(was, label="Why not?", show_when=Is("has_lead", "yes"))


def test_a_text_no_cell_can_hold_is_refused_and_named() -> None:
    form = Form("long", 1, "Long", (Page("p", "P", (Text("q", "Q", guidance="x" * 32_768),)),))
    with pytest.raises(CannotWrite, match="“q” holds a text longer than a cell can be"):
        write_workbook(form)


def test_choices_keep_the_names_they_came_with() -> None:
    options = (Option("cross_cutting", "Cross cutting"), Option("ji", "Jigawa"))
    form = Form(
        "c",
        1,
        "C",
        (
            Page(
                "p", "P", (Choice("a", "A", options), Text("b", "B", show_when=Any((All((Is("a", "ji"),)),))))
            ),
        ),
    )
    content, _report = write_workbook(form, {"a": "A-1", "a:ji": "JI", "a:cross_cutting": "Cross-cutting"})
    back = read_workbook(content)
    assert back.form == form
    assert back.names == {"a": "A-1", "a:ji": "JI", "a:cross_cutting": "Cross-cutting"}

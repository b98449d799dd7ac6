"""Every real workbook: what it comes to, that it comes back the same, and that other programs read what we write."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from tests.paperwork.xlsform.books import REAL, said
from wholestory.paperwork.definitions import (
    AtLeast,
    Choices,
    Date,
    File,
    Is,
    Not,
    NotMoreThan,
    Number,
    Repeat,
    Time,
    YesNo,
)
from wholestory.paperwork.xlsform import Reading, read_workbook, write_workbook

#: How many questions of each this form holds, counted by hand from its rows; what it does not hold is told below.
HELD = {
    "cascading_select_test_equivalent.xls": 7,
    "case_insensitivity.xls": 1,
    "case_insensitivity.xlsx": 1,
    "choice_filter_test.xlsx": 3,
    "extra_columns.xlsx": 1,
    "field-list.xlsx": 1,
    "flat_xlsform_test.xlsx": 25,
    "group.xls": 3,
    "group.xlsx": 3,
    "loop.xls": 5,
    "loop.xlsx": 5,
    "or_other.xlsx": 3,
    "repeat_date_test.xls": 3,
    "simple_loop.xls": 2,
    "specify_other.xls": 2,
    "specify_other.xlsx": 2,
    "table-list.xls": 4,
    "text_and_integer.xls": 2,
    "text_and_integer.xlsx": 2,
    "tutorial.xls": 11,
    "widgets.xls": 29,
    "yes_or_no_question.xls": 1,
    "yes_or_no_question.xlsx": 1,
}
FAULTS = {
    "bad_calc.xlsx": [
        "survey, row 2, column D (calculation): “because pyxform doesn't know what to do” cannot"
    ],
    "survey_no_name.xlsx": ["Sheet1, row 1, column A (type): the questions stand on a sheet called “Sheet1”"],
    "unknown_question_type.xls": [
        "survey, row 1, column J (relevance): this is the same column as “bind:relevant”",
        "survey, row 52, column A (type): nobody knows the type “unknown”",
    ],
    # Sums of fixed numbers, and notes that repeat them: there is nothing to ask.
    "calculate.xls": ["survey, row 2: no question of this workbook can be held"],
}


def reading(name: str) -> Reading:
    return read_workbook((REAL / name).read_bytes(), name)


def test_every_real_workbook_is_accounted_for() -> None:
    assert {path.name for path in REAL.glob("*.xls*")} == set(HELD) | set(FAULTS)


@pytest.mark.parametrize("name", HELD)
def test_a_real_workbook_becomes_a_form_and_comes_back_the_same(name: str, tmp_path: Path) -> None:
    read = reading(name)
    assert said(read.faults) == []
    assert read.form is not None
    assert len(read.form.asked) == HELD[name]
    content, _report = write_workbook(read.form, read.names)
    again = read_workbook(content)
    assert again.form == read.form
    assert again.names == read.names
    assert again.not_held == ()
    (tmp_path / "written.xlsx").write_bytes(content)
    assert convert(str(tmp_path / "written.xlsx"), validate=False).xform.startswith("<?xml")


@pytest.mark.parametrize("name", FAULTS)
def test_a_workbook_that_cannot_work_says_sheet_row_and_column(name: str) -> None:
    read = reading(name)
    assert read.form is None
    found = said(read.faults)
    assert len(found) == len(FAULTS[name])
    for line, begins in zip(found, FAULTS[name], strict=True):
        assert line.startswith(begins)


def test_the_widgets_become_questions_of_our_own() -> None:
    form = reading("widgets.xls").form
    assert form is not None
    asked = {key: each.question for key, each in form.asked.items()}
    assert isinstance(asked["my_int"], Number)
    assert asked["my_int"].whole
    assert str(asked["my_int"].maximum) == "9"  # "less than 10", of whole numbers
    assert isinstance(asked["my_date"], Date)
    assert asked["my_date"].not_before == "today"
    assert isinstance(asked["my_time"], Time)
    assert isinstance(asked["my_select"], Choices)
    assert isinstance(asked["table_list_1"], YesNo)
    assert isinstance(asked["my_image"], File)
    assert isinstance(asked["datetime"], Date)
    assert isinstance(asked["datetime_time"], Time)
    assert [page.title for page in form.pages[1:]] == [
        "List Group", "(An easier to specify list group)", "Multi List Group",
        "(An easier to specify multi list group)",
    ]  # fmt: skip


def test_what_the_widgets_lose_is_said_with_its_place() -> None:
    lost = said(reading("widgets.xls").not_held)
    assert "survey, row 11, column A (type): “my_geopoint” is not held: a place on a map" in lost
    assert any(
        line.startswith("survey, row 7, column E (constraint): “not(selected(., 'c')") for line in lost
    )
    assert sum("is held less strictly" in line for line in lost) == 2  # > 10.51 and < 18.39
    assert sum("column G (default)" in line for line in lost) == 4
    assert any(line.startswith("choices, row 1, column D (image): pictures") for line in lost)


def test_conditions_and_checks_of_real_workbooks_are_ours() -> None:
    tutorial = reading("tutorial.xls").form
    assert tutorial is not None
    people = tutorial.question("member")
    assert isinstance(people, Repeat)
    months, years = people.questions[6], people.questions[7]
    assert months.show_when == Is("older_than_five", "no")
    assert isinstance(months, Number)
    assert str(months.maximum) == "72"
    assert isinstance(years, Number)
    assert str(years.minimum) == "5"
    flat = reading("flat_xlsform_test.xlsx").form
    assert flat is not None
    assert flat.pages[1].show_when == Not(Is("skip_to_end", "yes"))
    assert [check for check in flat.checks if isinstance(check, NotMoreThan)] == [
        NotMoreThan("a_decimal", "a_integer", message="These two answers do not fit together")
    ]
    literate = people.questions[8].show_when
    assert literate is not None
    assert Is("sex", "female") in literate.about()
    assert AtLeast("age_in_years", 15) in literate.about()


def test_a_name_with_capitals_is_kept_and_given_back() -> None:
    read = reading("widgets.xls")
    assert read.names["numberasstring"] == "numberAsString"
    assert any("“numberAsString” is kept as numberasstring" in line for line in said(read.told))
    assert read.form is not None
    content, _report = write_workbook(read.form, read.names)
    assert read_workbook(content).names["numberasstring"] == "numberAsString"


def test_a_column_nobody_knows_is_kept_aside() -> None:
    read = reading("tutorial.xls")
    aside = {str(extra.spot): extra.cells for extra in read.not_understood}
    notes = aside["survey, row 1, column A (tutorial notes)"]
    assert sorted(notes) == [2, 3, 4, 8, 9, 10]
    assert notes[2].startswith("One can easily repeat a group of questions")

"""What is read from a workbook's rows, and that every fault is told with its place, all at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.paperwork.xlsform.books import YES_NO, read, said
from wholestory.paperwork.definitions import (
    All,
    Allow,
    Answered,
    Choice,
    Choices,
    Date,
    Is,
    LongText,
    Nothing,
    Number,
    Option,
    Page,
    Question,
    Repeat,
    Section,
    Text,
    Time,
    YesNo,
)  # fmt: skip

HEAD = ("type", "name", "label")


def one(row: tuple[str, ...], *more: str) -> Question:
    """The question a single row becomes; ``more`` are its further headings."""
    form = read([(*HEAD, *more), row]).form
    assert form is not None
    return next(iter(form.asked.values())).question


@pytest.mark.parametrize(
    ("spelled", "kind"),
    [
        ("text", Text), ("string", Text), ("integer", Number), ("int", Number), ("DECIMAL", Number), ("date", Date),
        ("time", Time), ("select_one yes_no", YesNo), ("select one from yes_no", YesNo), ("select1 yes_no", YesNo),
        ("select_multiple yes_no", Choices), ("select all that apply from yes_no", Choices), ("acknowledge", Choices),
        ("trigger", Choices), ("phone number", Text), ("barcode", Text), ("percentage", Number), ("range", Number),
    ],
)  # fmt: skip
def test_a_type_is_known_in_all_its_spellings(spelled: str, kind: type[Question]) -> None:
    assert isinstance(one((spelled, "a", "A")), kind)


def test_headings_may_stand_in_any_order_case_and_age() -> None:
    rows = [("Caption::English (en)", "BIND:RELEVANT", "Tag", "Command", "Required Message", "label::Cymraeg"),
            ("A?", "", "a", "select_one yes_no", "", "A yng Nghymraeg?"),
            ("B?", "${a}='no'", "b", "text", "", "")]  # fmt: skip
    found = read(rows)
    assert found.form is not None
    assert found.form.question("b").show_when == Is("a", "no")
    assert found.form.question("a").label == "A?"
    assert said(found.not_held) == [
        "survey, row 1, column F (label::Cymraeg): a form has one language here; this column was not read (1 cell)"
    ]


def test_the_language_the_settings_name_is_read() -> None:
    rows = [("type", "name", "label::en", "label::cy"), ("text", "a", "Name", "Enw")]
    found = read(rows, settings=[("form_title", "default_language"), ("Ffurflen", "cy")])
    assert found.form is not None
    assert (found.form.title, found.form.question("a").label) == ("Ffurflen", "Enw")


EVERY_FAULT = [
    ("type", "name", "label", "relevant", "calculation", "constraint"),
    ("txt", "a", "A", "", "", ""),  # 2: no such type
    ("text", "", "B", "", "", ""),  # 3: no name
    ("text", "has space", "C", "", "", ""),  # 4: not a name
    ("select_one nowhere", "d", "D", "", "", ""),  # 5: no such list
    ("text", "e", "E", "${ghost} = 'x'", "", ""),  # 6: nobody is called so
    ("text", "e", "E again", "", "", ""),  # 7: twice
    ("calculate", "f", "F", "", "", ""),  # 8: nothing to work out
    ("", "g", "G", "", "", ""),  # 9: no type
    ("integer", "h", "H", "", "", ". >< 3"),  # 10: no expression
    ("end_group", "", "", "", "", ""),  # 11: never begun
    ("begin_repeat", "i", "I", "", "", ""),  # 12: never ended
    ("begin_repeat", "j", "J", "", "", ""),  # 13: within another
    ("text", "k", "K", "", "", ""),
    ("end_group", "", "", "", "", ""),  # 15: ends a repeat
]


def test_every_fault_is_told_at_once_with_sheet_row_and_column() -> None:
    found = read(
        EVERY_FAULT, choices=[*YES_NO, ("", "x", "X"), ("l", "", "Y"), ("m", "n", "N"), ("m", "n", "N")]
    )
    assert found.form is None
    assert said(found.faults) == [
        "survey, row 2, column A (type): nobody knows the type “txt”; did you mean text?",
        "survey, row 3, column B (name): a text needs a name",
        "survey, row 4, column B (name): “has space” cannot be a name: it begins with a letter or an underscore and"
        " holds letters, digits, underscores, hyphens and points, no spaces",
        "survey, row 5, column A (type): no list is called nowhere; the lists are on the choices sheet",
        "survey, row 6, column D (relevant): it speaks of ${ghost}, and no row is called so",
        "survey, row 7, column B (name): “e” is the name of row 6 already",
        "survey, row 8, column E (calculation): there is nothing to work out",
        "survey, row 9, column A (type): there is no type",
        "survey, row 10, column F (constraint): “. >< 3” cannot be read: “<” is not expected there",
        "survey, row 11, column A (type): this ends a group that was never begun",
        "survey, row 12, column A (type): this repeat is never ended: a row with end_repeat is missing",
        "survey, row 13, column A (type): a repeating group within the one begun in row 12 cannot be held: put it"
        " beside it",
        "survey, row 15, column A (type): this ends a group, but the repeat begun in row 13 is open",
        "choices, row 4, column A (list_name): a choice belongs to a list: its name is missing here",
        "choices, row 5, column B (name): a choice needs a name, which is what is stored",
        "choices, row 7, column B (name): “n” stands in the list m twice",
    ]


def test_a_sheet_without_its_columns_says_which() -> None:
    assert said(read([("kind", "label"), ("text", "A")]).faults) == [
        "survey, row 1: there is no column called type", "survey, row 1: there is no column called name",
    ]  # fmt: skip


def test_groups_are_pages_and_sections_and_notes_introduce_them() -> None:
    form = read(
        [
            HEAD,
            ("note", "hello", "Please answer **all**."),
            ("begin_group", "One", "First page"),
            ("note", "n1", "About the first."),
            ("text", "a", "A"),
            ("begin_group", "s", "A section"),
            ("note", "n2", "About the section."),
            ("text", "b", "B"),
            ("begin_group", "deep", "Deeper"),
            ("text", "c", "C"),
            ("end_group", "", ""),
            ("text", "d", "D"),
            ("end_group", "", ""),
            ("end_group", "", ""),
            ("text", "e", "E"),
        ],
        settings=[("form_title", "form_id", "version"), ("My form", "my_form", "7")],
    ).form
    assert form is not None
    assert (form.key, form.version, form.title, form.intro) == (
        "my_form",
        7,
        "My form",
        "Please answer **all**.",
    )
    text = {key: Text(key, key.upper(), required=False, max_length=2000) for key in "abcde"}
    assert form.pages == (
        Page(
            "one",
            "First page",
            (
                text["a"],
                Section("A section", (text["b"],), intro="About the section."),
                Section("Deeper", (text["c"],)),
                Section("A section", (text["d"],)),
            ),
            intro="About the first.",
        ),
        Page("page", "My form", (text["e"],)),
    )


def test_other_is_a_choice_and_a_moment_is_a_date_and_a_time() -> None:
    form = read([HEAD, ("select_one yes_no or_other", "a", "A"), ("dateTime", "b", "B")]).form
    assert form is not None
    options = (Option("yes", "Yes"), Option("no", "No"), Option("other", "Other"))
    assert form.question("a") == Choice("a", "A", options, required=False)
    assert form.question("a_other").show_when == Is("a", "other")
    assert isinstance(form.question("b"), Date)
    assert isinstance(form.question("b_time"), Time)


def test_a_choice_called_like_a_kind_of_nothing_is_one() -> None:
    choices = [*YES_NO, ("yes_no", "not_known", "We do not know")]
    form = read([HEAD, ("select_one yes_no", "a", "A")], choices).form
    assert form is not None
    assert form.question("a") == YesNo(
        "a", "A", required=False, nothing=(Allow(Nothing.NOT_KNOWN, "We do not know"),)
    )


def test_a_repeating_group_keeps_its_questions_and_loses_groups_within() -> None:
    form = read(
        [
            (*HEAD, "relevant", "repeat_count"),
            ("begin_repeat", "child", "Children", "", "3"),
            ("select_one yes_no", "a", "A", "", ""),
            ("begin_group", "g", "G", "${a} = 'yes'", ""),
            ("text", "b", "B", "", ""),
            ("text", "c", "C", "${b} != ''", ""),
            ("end_group", "", "", "", ""),
            ("end_repeat", "", "", "", ""),
        ]
    ).form
    assert form is not None
    child = form.question("child")
    assert isinstance(child, Repeat)
    assert (child.at_least, child.at_most) == (3, 3)
    assert child.questions[1].show_when == Is("a", "yes")
    assert child.questions[2].show_when == All((Is("a", "yes"), Answered("b")))


def test_text_boxes_say_how_high_they_are() -> None:
    assert one(("text", "a", "A", "multiline", "rows=9"), "appearance", "parameters") == LongText(
        "a", "A", required=False, rows=9
    )
    assert one(("range", "a", "A", "start=0 end=5 step=1"), "parameters") == Number(
        "a", "A", required=False, whole=True, minimum=Decimal(0), maximum=Decimal(5)
    )
    assert one(("date", "a", "A", "month-year"), "appearance") == Date(
        "a", "A", required=False, coarsest="month"
    )

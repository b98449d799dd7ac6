"""What an officer has becomes questions under headings; whatever does not fit is said with its place."""

from __future__ import annotations

import pytest

from tests.assurance.made_tables import document, workbook
from wholestory.assurance.rules.own_tools_columns import EVERY, Columns, guessed, twice
from wholestory.assurance.rules.own_tools_found import Found
from wholestory.assurance.rules.own_tools_list import is_table, read_list
from wholestory.assurance.rules.own_tools_rows import read_rows
from wholestory.assurance.rules.own_tools_scales import offered, scale_meant, sentences_for
from wholestory.assurance.rules.scales import scale_called
from wholestory.assurance.tables import Table, read_tables


def shape(found: Found) -> dict[str, list[str]]:
    return {std.title: [item.text for item in std.items] for std in found.standards}


def said(found: Found) -> list[str]:
    return [f"{one.place}: {one.says}" for one in found.faults]


def test_numbers_above_deeper_numbers_are_headings() -> None:
    found = read_list("1 Leadership\n1.1 Who leads?\n1.2. Who stands in?\n\n2) Training\n2.1 Induction?")
    assert shape(found) == {"Leadership": ["Who leads?", "Who stands in?"], "Training": ["Induction?"]}
    assert found.faults == []


def test_lines_without_a_number_among_numbered_ones_are_headings() -> None:
    found = read_list("Leadership\n1. Who leads?\n2. Who stands in?\nTraining\n3. Induction?")
    assert shape(found) == {"Leadership": ["Who leads?", "Who stands in?"], "Training": ["Induction?"]}


@pytest.mark.parametrize("heading", ["# Voice", "Voice:", "VOICE", "Standard 3: Voice", "Standard 3 - Voice"])
def test_headings_marked_in_other_ways(heading: str) -> None:
    found = read_list(f"{heading}\n• Children are heard\n• Change follows")
    assert list(shape(found).values()) == [["Children are heard", "Change follows"]]
    assert next(iter(shape(found))).casefold() == "voice"


def test_a_bare_list_stands_under_one_heading() -> None:
    assert shape(read_list("Is there a lead?\nIs there a policy?")) == {
        "Questions": ["Is there a lead?", "Is there a policy?"]
    }


def test_a_number_that_belongs_to_the_sentence_stays() -> None:
    found = read_list("1.1 24 hour cover is there\n24 hour cover elsewhere")
    assert found.standards[0].items[0].text == "24 hour cover is there"
    assert found.standards[0].items[0].guidance == "24 hour cover elsewhere"
    assert shape(read_list("Section 11 is known to all\nIt is taught")) == {
        "Questions": ["Section 11 is known to all", "It is taught"]
    }


def test_a_line_below_a_numbered_question_is_its_guidance() -> None:
    item = (
        read_list("1 Leading\n1.1 Who leads?\nGuidance: name the post\nSay since when\n1.2 Next")
        .standards[0]
        .items[0]
    )
    assert (item.text, item.guidance) == ("Who leads?", "name the post\nSay since when")


def test_faults_of_a_list_are_said_by_line_and_nothing_is_dropped_in_silence() -> None:
    long = "x" * 281
    found = read_list(f"1 One\n1.1 Same\n1.2 same!\n1.3 {long}\n2 Alone\n# Empty")
    assert shape(found) == {"One": ["Same", "same!", long, "Alone"]}
    assert said(found) == [
        "Line 3: This says the same as Line 2.",
        "Line 4: The question has 281 characters; 280 are the most."
        " Shorten it, and put the rest into the guidance.",
        "Line 5: This has the number of a heading, and nothing stands under it. It is taken as a question.",
        "Line 6: Nothing stands under the heading “Empty”, so it is left out.",
    ]
    assert (found.count, found.left_out) == (4, 1)


def test_no_more_questions_than_a_tool_may_have() -> None:
    found = read_list("\n".join(f"1.{n} Question {n}" for n in range(1, 303)))
    assert (found.count, found.left_out) == (300, 2)


def test_nothing_comes_of_nothing() -> None:
    assert read_list(" \n\n").count == 0


@pytest.mark.parametrize(("text", "yes"), [("1\tWho?\n2\tWhat?", True), ("Who?\nWhat?", False), ("", False)])
def test_rows_copied_from_a_spreadsheet_are_told_from_a_list(text: str, yes: bool) -> None:
    assert is_table(text) is yes


QUESTIONS = [
    ["Northmarsh audit"],
    ["No.", "Key standard", "Question", "Guidance", "Red", "Amber", "Green", "Critical", "Scale"],
    ["1.1", "1. Leadership", "Who leads?", "Name the post", "nobody", "unclear", "clear", "Yes", "RAG"],
    ["1.2", None, "Who stands in?", None, "a", None, "c", "maybe", "0-3"],
    ["1.3", None, None, "words without a question"],
    ["2.1", "2. Training", "Induction?", None, None, None, None, "n"],
]


@pytest.fixture
def tables() -> tuple[Table, ...]:
    return read_tables(workbook({"Read me": [["How to fill this in"]], "Questions": QUESTIONS}), "audit.xlsx")


def test_columns_are_guessed_from_their_headings(tables: tuple[Table, ...]) -> None:
    assert guessed(tables) == Columns(
        "1",
        2,
        "RAG3",
        ("number", "standard", "question", "guidance", "point_0", "point_1", "point_2", "critical", "scale"),
    )


def test_rows_become_questions_with_their_words_and_faults_by_cell(tables: tuple[Table, ...]) -> None:
    found = read_rows(tables, guessed(tables))
    assert shape(found) == {"Leadership": ["Who leads?", "Who stands in?"], "Training": ["Induction?"]}
    first = found.standards[0].items[0]
    assert (first.guidance, first.descriptors, first.critical) == (
        "Name the post",
        ("nobody", "unclear", "clear"),
        True,
    )
    assert said(found) == [
        "Sheet Questions, row 4: Nothing is said for: Amber.",
        "Sheet Questions, row 4, column H: “maybe” is neither yes nor no. The question is not marked as critical.",
        "Sheet Questions, row 4, column I: “0-3” is not the scale “Red, amber, green”. A tool has one scale for"
        " all questions.",
        "Sheet Questions, row 5, column C: There is no question here, so the row is left out.",
    ]


def test_a_table_under_each_heading_of_a_word_document() -> None:
    head = ["No", "Question"]
    content = document(
        "# Leadership", [head, ["1.1", "Who leads?"]], "# Training", [head, ["2.1", "Induction?"], ["2.2", "Level?"]]
    )  # fmt: skip
    tables = read_tables(content, "a.docx")
    columns = guessed(tables)
    assert columns.table == EVERY
    assert shape(read_rows(tables, columns)) == {
        "Leadership": ["Who leads?"],
        "Training": ["Induction?", "Level?"],
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "Leadership"], ["1.1", "Who leads?"], ["2", "Training"], ["2.1", "Induction?"]],
        [
            ["Ref", "Criteria"],
            [None, "Leadership"],
            ["1", "Who leads?"],
            [None, "Training"],
            ["2", "Induction?"],
        ],
        [["Leadership", None], [None, "Who leads?"], ["Training", None], [None, "Induction?"]],
        [["Section", "Question"], ["Leadership", "1) Who leads?"], ["Training", "2) Induction?"]],
    ],
)
def test_headings_may_be_rows_of_their_own_or_a_column(rows: list[list[str | None]]) -> None:
    tables = read_tables(workbook({"S": rows}), "a.xlsx")
    columns = guessed(tables)
    if "question" not in columns.roles or columns.column("question") != 2:
        columns = Columns(
            "0", columns.header, columns.scale, ("number" if rows[0][0] == "Ref" else "", "question")
        )
    assert shape(read_rows(tables, columns)) == {"Leadership": ["Who leads?"], "Training": ["Induction?"]}


def test_without_a_column_of_questions_nothing_is_made(tables: tuple[Table, ...]) -> None:
    found = read_rows(tables, Columns("1", 2, "RAG3", ("",) * 9))
    assert (found.count, said(found)) == (0, [": Say which column holds the questions."])


def test_two_columns_cannot_hold_the_same() -> None:
    assert list(twice(Columns(roles=("question", "", "question", "guidance")))) == ["question"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("RAG", "RAG3"), ("Red / Amber / Green", "RAG3"), ("0-3", "INT0_3"), ("1 to 5", "INT1_5"), ("0–100", "PCT5"),
        ("Met / Partly met / Not met", "MET3"), ("Ofsted", "OFSTED4"), ("Yes/No", "PLAIN"), ("0-10", "SOS10"),
        ("A to F", ""),
    ],
)  # fmt: skip
def test_what_officers_call_the_scales(words: str, code: str) -> None:
    assert scale_meant(words) == code


@pytest.mark.parametrize("code", [scale.code for scale in offered()])
def test_every_scale_has_a_sentence_for_each_point_and_all_differ(code: str) -> None:
    sentences = sentences_for(code)
    assert len(sentences) == len(scale_called(code).points) == len(set(sentences))
    assert all(sentences)

"""A file of an earlier time is read as it lies, its words as they were meant then, and nothing is guessed that matters.

Expected values are from domain notes 1.3, 1.4 and 5, or counted by hand in the tables below.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.assurance.made_tables import document, workbook
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.rules import past_matching as matching
from wholestory.assurance.rules import past_plan as planning
from wholestory.assurance.rules import past_words as words
from wholestory.assurance.rules.past_days import read_day
from wholestory.assurance.rules.past_matching import Named
from wholestory.assurance.rules.past_plan import FIRST, LAST, NEITHER, Chosen, plan
from wholestory.assurance.rules.past_tables import (
    AGENCY,
    COMMENT,
    MODERATED,
    NUMBER,
    QUESTION,
    SCORE,
    Layout,
    Shape,
    read,
)
from wholestory.assurance.rules.scales import INT0_3, INT1_5, OFSTED4, PCT5, RAG3, STAFF6, Scale
from wholestory.assurance.tables import read_tables

SHORT = framework_called("short_self_assessment")
ITEMS = list(SHORT.items)


def code(text: str, scale: Scale, **more: bool) -> str:
    return words.meaning(text, scale, **more).code


@pytest.mark.parametrize(
    ("text", "scale", "meant"),
    [
        ("Amber", STAFF6, "point:good"),  # 1.3: in Staffordshire amber is good
        ("amber", RAG3, "point:partly_met"),
        ("Grey", STAFF6, words.NOT_APPLICABLE),
        ("Black", STAFF6, words.BLANK),
        ("4", OFSTED4, words.NOT_READ),  # 1.3: in Lincolnshire 4 is best, for inspectors 4 is worst
        ("Outstanding", OFSTED4, "point:outstanding"),
        ("3.0", INT0_3, "point:3"),
        ("2 - In place", INT0_3, "point:2"),
        ("2.5", INT0_3, words.NOT_READ),
        ("4 out of 5", INT1_5, "point:4"),
        ("4/10", INT1_5, words.NOT_READ),
        ("Green to amber: amber, green", RAG3, words.NOT_READ),
        ("n/a", INT0_3, words.NOT_APPLICABLE),
        ("TBC", INT0_3, words.BLANK),
        ("-", INT0_3, words.BLANK),
        ("see letter", INT0_3, words.NOT_READ),
        ("81%", PCT5, "point:80"),
        ("80%", PCT5, "point:80"),
        ("82.5", PCT5, "point:85"),
        ("0.8", PCT5, "point:80"),
        ("140", PCT5, words.NOT_READ),
        ("1", PCT5, words.NOT_READ),
    ],
)  # fmt: skip
def test_a_word_means_what_it_means_on_its_own_scale(text: str, scale: object, meant: str) -> None:
    assert code(text, scale) == meant


def test_one_is_the_whole_where_all_numbers_of_a_percentage_are_parts_of_one() -> None:
    found = words.guessed(["0.81", "1", "0.4", "0"], PCT5)
    assert {text: one.code for text, one in found.items()} == {
        "0.81": "point:80", "1": "point:100", "0.4": "point:40", "0": "point:0",
    }  # fmt: skip
    assert not found["0.81"].sure  # between two steps: somebody looks
    assert found["0.4"].sure


def test_edge_26_no_colour_and_no_bare_digit_is_read_across_scales() -> None:
    assert code("Amber", STAFF6) != code("Amber", RAG3)
    assert [code(str(n), OFSTED4) for n in (1, 2, 3, 4)] == [words.NOT_READ] * 4


DOWN = [
    ["Section 11, 2014", None, None, None],
    [None, "Leadership", None, None],
    ["Organisation", "1.1 " + SHORT.items[ITEMS[0]].text, "Comments", "1.2 " + SHORT.items[ITEMS[1]].text],
    ["Willow Lane Academy", 2, "Named in the policy", "n/a"],
    ["Harbour Youth Trust", 1, None, "tbc"],
    [None, 3, None, None],
    ["Average", 1.5, None, None],
]


def test_agencies_down_with_a_merged_row_of_standards_over_the_questions() -> None:
    (table,) = read_tables(workbook({"2014": DOWN}, {"2014": ["B2:D2"]}), "a.xlsx")
    layout = Layout(Shape.DOWN, header=3, above=2, roles=(AGENCY, SCORE, COMMENT, SCORE))
    found = read([table], layout)
    assert [(one.number, one.standard) for one in found.questions.values()] == [
        ("1.1", "Leadership"),
        ("1.2", "Leadership"),
    ]
    assert list(found.agencies.values()) == ["Willow Lane Academy", "Harbour Youth Trust", "Average"]
    first = found.cells[0]
    assert (first.score.text, first.score.place) == ("2", "Sheet 2014, row 4, column B")
    assert first.comment.text == "Named in the policy"
    assert [fault.place for fault in found.faults] == ["Sheet 2014, row 6, column A"]


def test_questions_down_and_agencies_across_give_the_same() -> None:
    rows = [
        ["No", "Question", "Willow Lane Academy", "Harbour Youth Trust"],
        ["Leadership", None, None, None],
        ["1.1", "Who leads?", 2, 1],
        ["1.2", "Who else?", "n/a", "tbc"],
    ]
    (table,) = read_tables(workbook({"S": rows}), "a.xlsx")
    found = read([table], Layout(Shape.ACROSS, roles=(NUMBER, QUESTION, SCORE, SCORE)))
    assert [(c.agency, c.question, c.score.text) for c in found.cells] == [
        ("willow lane academy", "1 1", "2"),
        ("harbour youth trust", "1 1", "1"),
        ("willow lane academy", "1 2", "n/a"),
        ("harbour youth trust", "1 2", "tbc"),
    ]
    assert found.questions["1 1"].standard == "Leadership"


def test_a_word_copy_of_one_agency_in_several_tables() -> None:
    head = ["No", "Question", "Score", "Evidence"]
    content = document(
        "# Leadership", [head, ["1.1", "Who leads?", "2", "In the policy"]],
        "# Staff", [head, ["2.1", "Who checks?", "", ""]],
    )  # fmt: skip
    found = read(
        read_tables(content, "a.docx"), Layout(Shape.COPY, "every", roles=(NUMBER, QUESTION, SCORE, COMMENT))
    )
    assert [(c.agency, c.question, c.score.text, c.comment.text) for c in found.cells] == [
        ("", "1 1", "2", "In the policy"),
        ("", "2 1", "", ""),
    ]
    assert [one.standard for one in found.questions.values()] == ["Leadership", "Staff"]


def test_names_are_known_by_every_name_they_go_by_and_doubtful_ones_are_left_to_somebody() -> None:
    among = [
        Named("a", ("Northmarsh Constabulary", "Police")), Named("b", ("Harbour Youth Trust Ltd", "")),
        Named("c", ("St Mary School", "Northgate")), Named("d", ("St Mary School", "Southgate")),
    ]  # fmt: skip
    written = {
        n: n
        for n in (
            "police",
            "The Harbour Youth Trust",
            "St Mary School",
            "Harber Youth Trust",
            "Total",
            "Nobody",
        )
    }
    found = matching.agencies_guessed(written, among)
    assert (found["police"].id, found["police"].sure) == ("a", True)
    assert (found["The Harbour Youth Trust"].id, found["The Harbour Youth Trust"].sure) == ("b", True)
    assert found["St Mary School"].id == ""
    assert (found["Harber Youth Trust"].id, found["Harber Youth Trust"].sure) == ("b", False)
    assert found["Total"].out
    assert (found["Nobody"].id, found["Nobody"].out) == ("", "")


def made(*cells: tuple[str, str, str], twice: str = NEITHER) -> planning.Plan:
    """The plan of (agency, score, comment) rows that all answer the first item."""
    rows = [["Agency", "Question", "Score", "Comment"], *[[a, "Who leads?", s, c] for a, s, c in cells]]
    (table,) = read_tables(workbook({"S": rows}), "a.xlsx")
    found = read([table], Layout(Shape.LONG, roles=(AGENCY, QUESTION, SCORE, COMMENT)))
    texts = words.guessed([cell.score.text for cell in found.cells], SHORT.scale)
    chosen = Chosen(
        {key: (key, "") for key in found.agencies}, {"who leads": ITEMS[0]},
        {text: one.code for text, one in texts.items()}, twice,
    )  # fmt: skip
    return plan(found, chosen, SHORT, "a.xlsx")


def test_two_rows_that_say_different_things_are_a_fault_and_neither_comes_in_unasked() -> None:
    rows = [("police", "2", "Old"), ("police", "3", "New")]
    neither = made(*rows)
    assert neither.coming["police"].items[ITEMS[0]].score == ""
    assert "“2”" in neither.coming["police"].items[ITEMS[0]].said
    assert "“3”" in neither.coming["police"].items[ITEMS[0]].said
    assert [fault.place for fault in neither.faults] == ["Sheet S, row 3, column C"]
    assert made(*rows, twice=FIRST).coming["police"].items[ITEMS[0]].score == "2"
    assert made(*rows, twice=LAST).coming["police"].items[ITEMS[0]].score == "3"


def test_the_same_row_twice_is_one() -> None:
    found = made(("police", "2", ""), ("police", "2", ""))
    assert (found.coming["police"].items[ITEMS[0]].score, found.faults) == ("2", [])


def test_words_that_say_more_than_the_point_are_kept_and_those_that_do_not_are_not() -> None:
    found = made(("police", "2 - In place", "We have it"), ("health", "2", "")).coming
    assert found["police"].items[ITEMS[0]].said == "We have it\nIn the file: “2 - In place”."
    assert found["health"].items[ITEMS[0]].said == ""


def test_what_is_not_read_is_no_score_and_says_so_with_its_place() -> None:
    found = made(("police", "see letter", ""))
    one = found.coming["police"].items[ITEMS[0]]
    assert (one.state, one.said) == (words.NOT_READ, "In the file: “see letter”.")
    assert [(f.place, f.stops) for f in found.faults] == [("Sheet S, row 2, column C", False)]


def test_an_agency_that_answered_nothing_is_left_out_and_said() -> None:
    found = made(("police", "-", ""), ("health", "1", ""))
    assert list(found.coming) == ["health"]
    assert found.left_out == [("police", "Nothing was answered in the file")]


def test_the_columns_and_the_shape_of_a_vendors_download_are_guessed() -> None:
    head = ["Organisation", "Question No", "Question", "Self Score", "Agency comments", "Moderated score"]
    rows = [head, ["Police", "1.1", "Who leads?", 2, "Yes", 1]]
    (table,) = read_tables(workbook({"Export": rows}), "a.xlsx")
    assert matching.shape_guessed(table, 1, ["Police"]) is Shape.LONG
    layout = Layout(Shape.LONG)
    assert matching.roles_guessed(table, layout, []) == (AGENCY, NUMBER, QUESTION, SCORE, COMMENT, MODERATED)


def test_questions_are_matched_by_number_and_words_and_a_bare_number_is_not_sure() -> None:
    rows = [
        ["Agency", f"1.1 {SHORT.items[ITEMS[0]].text}", "1.2", "Something else entirely"],
        ["Police", 1, 2, 3],
    ]
    (table,) = read_tables(workbook({"S": rows}), "a.xlsx")
    found = read([table], Layout(Shape.DOWN, roles=(AGENCY, SCORE, SCORE, SCORE)))
    matches = list(matching.questions_guessed(list(found.questions.values()), SHORT).values())
    assert [(one.id, one.sure) for one in matches] == [(ITEMS[0], True), (ITEMS[1], False), ("", False)]


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("31/03/2016", date(2016, 3, 31)),
        ("31.3.16", date(2016, 3, 31)),
        ("2016-03-31 00:00", date(2016, 3, 31)),
        ("31st March 2016", date(2016, 3, 31)),
        ("Thursday 31 Mar 2016", date(2016, 3, 31)),
        ("March 2016", date(2016, 3, 31)),
        ("Feb-16", date(2016, 2, 29)),
        ("End of September 2016", date(2016, 9, 30)),
        ("42460", date(2016, 3, 31)),
        ("03/31/2016", None),
        ("31/02/2016", None),
        ("ongoing", None),
        ("Spring term", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them_and_only_where_they_are_one_day(
    written: str, on: date | None
) -> None:
    found = read_day(written)
    assert (found.on if found else None) == on

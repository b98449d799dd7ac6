"""A question in a table: what is typed in each cell, what is wrong with it and where, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given as any_of
from hypothesis import strategies as st

from tests.paperwork.conftest import Desk
from tests.paperwork.kitchen_sink import KITCHEN_SINK, POINTS
from tests.paperwork.test_autosave import Script
from tests.paperwork.test_definitions import faults_in, one_page
from tests.paperwork.test_filling import Browser
from wholestory.paperwork import showing
from wholestory.paperwork.definitions import (
    NOT_KNOWN,
    Choice,
    Date,
    Form,
    Given,
    Grid,
    GridRow,
    NotThat,
    Number,
    Option,
    Place,
    Question,
    Scale,
    Sheet,
    Text,
    YesNo,
    from_json,
    to_json,
)
from wholestory.paperwork.faces import Offers, face_of
from wholestory.paperwork.questions.gridded import AtCell

ON = date(2016, 3, 14)
urls = pytest.mark.urls("tests.paperwork.site")
ROWS = (GridRow("y10", "Year 10"), GridRow("y11", "Year 11"))
COLUMNS: tuple[Question, ...] = (
    Number("referrals", "Referrals", whole=True, minimum=Decimal(0)),
    Number("cost", "Cost", unit="£", required=False),
    Choice("lead", "Who led", (Option("us", "We did"), Option("them", "They did")), required=False),
    Scale("score", "How well", POINTS, required=False),
    YesNo("seen", "All seen?", required=False),
    Text("note", "Note", max_length=10, required=False),
)
GRID = Grid("g", "Referrals by year", ROWS, COLUMNS, totals=("referrals", "cost"), rows_title="Year")
TYPED = {
    "y10": {"referrals": " 3 ", "cost": "£1,200.50", "score": "2"},
    "y11": {"referrals": "4", "note": "a note"},
}
STORED = {
    "y10": {"referrals": "3", "cost": "1200.5", "score": 2},
    "y11": {"referrals": "4", "note": "a note"},
}


def test_each_cell_is_read_as_its_column_reads_it():
    assert GRID.understand(TYPED) == STORED
    assert GRID.understand(GRID.typed_from(STORED)) == STORED
    assert GRID.understand({"y10": {"referrals": "", "note": " "}}) is None
    assert GRID.understand({}) is None


def test_it_reads_in_words_row_by_row_with_totals_and_leaves_without_them():
    assert GRID.in_words(Given(STORED)).split("\n") == [
        "Year 10 – Referrals: 3; Cost: £1,200.5; How well: 2: Met",
        "Year 11 – Referrals: 4; Note: a note",
        "Total – Referrals: 7; Cost: £1,200.5 (1 of 2 rows)",
    ]
    assert GRID.for_export(Given(STORED)) == (
        "Year 10 – Referrals: 3; Cost: £1,200.5; How well: 2: Met | Year 11 – Referrals: 4; Note: a note"
    )
    assert GRID.total(STORED, "referrals") == (Decimal(7), 2)


def test_what_cannot_be_read_names_its_row_and_column():
    typed = {"y10": {"referrals": "x", "seen": "maybe"}, "y11": {"referrals": "4"}}
    told = GRID.faults(Given(typed=typed), ON)
    assert told == (
        "Year 10, Referrals: enter a number, such as 12",
        "Year 10, All seen?: choose one of the answers on offer",
    )
    assert [(each.row, each.column) for each in told if isinstance(each, AtCell)] == [
        ("y10", "referrals"), ("y10", "seen"),
    ]  # fmt: skip
    with pytest.raises(NotThat, match=r"Year 10, Referrals: .*; Year 10, All seen"):
        GRID.understand(typed)
    assert GRID.typed_in_words(typed) == "Year 10 – Referrals: x; All seen?: maybe\nYear 11 – Referrals: 4"


def test_what_can_be_read_but_not_sent_names_it_too():
    wrong = {"y10": {"referrals": "1.5"}, "y11": {"referrals": "-1", "note": "eleven long"}}
    assert GRID.faults(Given(wrong), ON) == (
        "Year 10, Referrals: enter a whole number",
        "Year 11, Referrals: the number must be 0 or more",
        "Year 11, Note: this must be 10 characters or fewer; it is 1 too long",
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("three", "cannot be read"),
        ({"y10": "3"}, "cannot be read"),
        ({"y12": {"referrals": "3"}}, "a row that is not in the form"),
        ({"y10": {"children": "3"}}, "a column that is not in the form"),
    ],
)
def test_what_is_no_such_table(typed: Any, message: str):
    with pytest.raises(NotThat, match=message):
        GRID.understand(typed)


def test_a_draft_may_be_half_full_and_cannot_be_sent_like_that():
    form = Form("trial", 1, "Trial", one_page(GRID))
    half = Sheet(form, {Place("g"): Given({"y10": {"referrals": "3"}})})
    (problem,) = half.problems(ON)
    assert (problem.message, problem.is_blank) == ("Year 11: fill in Referrals", True)
    progress = half.progress(today=ON)
    assert (progress.answered, progress.unfinished, progress.state) == (1, 1, "in_progress")
    full = Sheet(form, {Place("g"): Given(STORED)})
    assert full.problems(ON) == ()
    assert full.progress(today=ON).state == "complete"


def test_an_earlier_forms_rows_are_left_behind_when_it_is_carried():
    earlier = {**STORED, "y9": {"referrals": "1"}}
    assert GRID.carry(Given(earlier)) == Given(STORED)
    assert GRID.carry(Given(earlier)).to_confirm
    assert GRID.carry(Given({"y9": {"referrals": "1"}})) == Given()


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (Grid("g", "G", (), COLUMNS), "it has no rows"),
        (Grid("g", "G", ROWS, ()), "it has no columns"),
        (Grid("g", "G", (ROWS[0], ROWS[0]), COLUMNS), "two rows have the key 'y10'"),
        (Grid("g", "G", (GridRow("a", "X"), GridRow("b", "X")), COLUMNS), "two rows are called 'X'"),
        (Grid("g", "G", (GridRow("Y 10", "X"),), COLUMNS), "the row 'Y 10' must be lower-case"),
        (Grid("g", "G", (GridRow("a", " "),), COLUMNS), "the row 'a' has no label"),
        (Grid("g", "G", ROWS, (Date("on", "On"),)), "in the column 'on', a cell cannot be a date"),
        (Grid("g", "G", ROWS, (Choice("c", "C"),)), "in the column 'c', it offers no choices"),
        (Grid("g", "G", ROWS, (Number("n", "N", nothing=(NOT_KNOWN,)),)), "no condition, kinds of nothing"),
        (Grid("g", "G", ROWS, COLUMNS, totals=("score",)), "adds up 'score', which is no column of numbers"),
        (
            Grid("g", "G", tuple(GridRow(f"r{n}", f"R{n}") for n in range(401)), (Number("n", "N"),)),
            "more than 400 cells",
        ),
    ],
)
def test_a_grid_that_cannot_work_is_refused(question: Question, fault: str):
    assert any(fault in each for each in faults_in(*one_page(question)))


def test_it_comes_back_from_its_json():
    form = Form("trial", 1, "Trial", one_page(GRID))
    assert from_json(to_json(form)) == form


cells = st.dictionaries(
    st.sampled_from(["y10", "y11"]),
    st.dictionaries(st.sampled_from([column.key for column in COLUMNS]), st.text(max_size=12)),
)


@any_of(cells)
def test_whatever_is_typed_in_the_cells_comes_back_on_the_page(typed: dict[str, dict[str, str]]):
    face = face_of(GRID, Place("g"), Offers())
    sent = QueryDict(mutable=True)
    for row, held in typed.items():
        for column, words in held.items():
            sent[f"g-{row}-{column}"] = words
    read = face.read(sent, Given())
    again = QueryDict(mutable=True)
    for name, values in face.posted(read).items():
        again.setlist(name, values)
    assert face.read(again, Given()) == read
    assert read.value is None or GRID.in_words(read)
    assert read.typed is None or GRID.faults(read, ON)


def test_a_reader_sees_a_table_and_what_could_not_be_read_in_its_cell():
    sheet = Sheet(KITCHEN_SINK, {Place("groups"): Given({"teachers": {"people": "3", "by": "board"}})})
    table = _shown(sheet).table
    assert table is not None
    assert (table.corner, table.heads) == ("Group", ("People", "Trained", "By whom", "How well", "Note"))
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Teachers", ("3", "", "The board", "", "")),
        ("Governors", ("", "", "", "", "")),
    ]
    assert table.totals == ("3 (1 of 2 rows)", "", "", "", "")
    unread = Sheet(KITCHEN_SINK, {Place("groups"): Given(typed={"teachers": {"people": "3", "done": "x"}})})
    table = _shown(unread).table
    assert table is not None
    assert table.rows[0].cells[:2] == ("3", "x (could not be read)")


def _shown(sheet: Sheet) -> showing.ShownAnswer:
    page = showing.filled_page(sheet, KITCHEN_SINK.page_by_key["case"])
    return next(
        answer for section in page.sections for answer in section.answers if answer.place.key == "groups"
    )


# ---- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture
def head(desk: Desk, browse: Callable[[str], Client]) -> Browser:
    return Browser(browse("head"))


@urls
def test_a_wrong_cell_is_told_at_the_cell_and_nothing_is_lost(head: Browser, desk: Desk):
    sent = {"groups-teachers-people": "ten", "groups-governors-done": "4", "groups-governors-note": "by post"}
    text = head.sends("page/case/", **sent).content.decode()
    assert 'href="#id_groups-teachers-people"' in text
    assert "Teachers, People: enter a number, such as 12" in text
    for kept in ("ten", "4", "by post"):
        assert f'value="{kept}"' in text
    head.sends("page/case/", **{**sent, "groups-teachers-people": "10"})
    assert desk.value("groups") == {
        "teachers": {"people": "10"},
        "governors": {"done": "4", "note": "by post"},
    }


@urls
def test_every_cell_has_a_label_of_its_own(head: Browser):
    text = head.opens("page/case/")
    for row in ("teachers", "governors"):
        for column in ("people", "done", "by", "how_well", "note"):
            assert f'<label class="govuk-label" for="id_groups-{row}-{column}">' in text


@urls
def test_one_cell_saved_as_it_is_typed_brings_back_what_follows_from_it(
    desk: Desk, browse: Callable[[str], Client]
):
    script = Script(browse("head"), desk)
    full = {
        "groups-teachers-people": "8", "groups-teachers-done": "6", "groups-governors-people": "12",
        "groups-governors-done": "9",
    }  # fmt: skip
    answer = script.save("groups", page="case", **full).json()
    assert answer["totals"] == {"groups": {"people": "20", "done": "15"}}
    assert answer["worked_out"]["share"] == "75%"
    script.save("groups", base=1, page="case", **{**full, "groups-teachers-done": "sx"})
    assert desk.filled().sheet.at(Place("groups")).typed is not None


@urls
def test_what_is_worked_out_is_shown_and_cannot_be_sent(head: Browser, desk: Desk):
    desk.save("head", born_on="2004-06", seen_on="2016-03-10")
    text = head.opens("page/case/")
    assert ">11 years</output>" in text
    assert "Worked out for you: the whole years from “Born on” to “Seen on”" in text
    head.sends("page/case/", age="99", **{"_rev-age": "0"})
    assert desk.filled().sheet.at(Place("age")).value == "11"
    assert Place("age") not in desk.filled().standing
    assert ">11 years<" in head.opens("check/")

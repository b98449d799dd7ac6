"""One answer in one cell: written as people write it, and read back to the same answer."""

from decimal import Decimal
from typing import Any

import pytest

from wholestory.paperwork.copies import cells
from wholestory.paperwork.definitions import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    AgencyQ,
    Choice,
    Choices,
    Date,
    File,
    Given,
    LongText,
    Nothing,
    Number,
    Option,
    PersonQ,
    Point,
    Question,
    Scale,
    Text,
    YesNo,
)
from wholestory.paperwork.questions.base import NotThat

SCALE = Scale(
    "s", "S", (Point(0, "Not met"), Point(1, "Partly met"), Point(2, "Met")), nothing=(NOT_APPLICABLE,)
)
COURSES = Choices("c", "C", (Option("basic", "Basic; for all"), Option("cse", "Exploitation")))
TWICE = Choice("t", "T", (Option("a", "Other"), Option("b", "Other")))
WHEN = Date("d", "D", coarsest="year", approximate=True, nothing=(NOT_KNOWN,))


@pytest.mark.parametrize(
    ("question", "value", "cell"),
    [
        (YesNo("y", "Y"), "yes", "Yes"),
        (SCALE, 2, "2: Met"),
        (COURSES, ["basic", "cse"], "Basic; for all\nExploitation"),
        (TWICE, "b", "Other (b)"),
        (WHEN, "2016-03~", "about March 2016"),
        (WHEN, "2016-03-14", "14 March 2016"),
        (WHEN, "2016", "2016"),
        (Number("n", "N", unit="£"), "1234.5", "1234.5"),
        (LongText("l", "L"), "=1+1\n\n- and so on", "=1+1\n\n- and so on"),
        (PersonQ("p", "P", or_typed=True), {"id": "", "name": "Jo Ash"}, "Jo Ash"),
    ],
)
def test_an_answer_is_written_and_read_back(question: Question, value: Any, cell: str):
    assert cells.written(question, Given(value)) == (cell, "")
    assert cells.read(question, cell, "", cells.nobody) == Given(value)


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        (SCALE, "met", 2),
        (SCALE, "1", 1),
        (SCALE, "1.0", 1),
        (SCALE, " 2:  MET ", 2),
        (COURSES, "exploitation; Basic; for all", ["cse"]),
        (WHEN, "14/3/2016", "2016-03-14"),
        (WHEN, "14.03.2016", "2016-03-14"),
        (WHEN, "14th March 2016", "2016-03-14"),
        (WHEN, "circa March 2016", "2016-03~"),
        (WHEN, "2016-03-14", "2016-03-14"),
        (Number("n", "N"), "1,200", "1200"),
    ],
)
def test_people_write_the_same_in_many_ways(question: Question, typed: str, value: Any):
    if question is COURSES:
        # "Basic; for all" is one answer; split at the semicolon it is none, and is not guessed at.
        with pytest.raises(NotThat):
            cells.read(question, typed, "", cells.nobody)
        return
    assert cells.read(question, typed, "", cells.nobody).value == value


def test_a_kind_of_nothing_comes_with_its_reason():
    said = cells.read(SCALE, "not applicable", "We have no children here", cells.nobody)
    assert said == Given(nothing=Nothing.NOT_APPLICABLE, reason="We have no children here")
    assert cells.written(SCALE, said) == ("Not applicable", "We have no children here")


@pytest.mark.parametrize(
    ("question", "typed", "reason", "message"),
    [
        (YesNo("y", "Y"), "maybe", "", "Choose one of: Yes; No"),
        (SCALE, "3", "", "Choose one of: 0: Not met; 1: Partly met; 2: Met"),
        (WHEN, "31 February 2016", "", "There is no such date"),
        (Date("d", "D"), "about March 2016", "", "cannot be approximate"),
        (File("f", "F"), "policy.pdf", "", "added on the form’s own page"),
        (AgencyQ("a", "A"), "Nobody Ltd", "", "Choose an agency from the list"),
        (SCALE, "", "because", "no answer that it belongs to"),
        (Date("d", "D"), "aa 201600 2", "", "The year must be four numbers, such as 2016"),
        (Date("d", "D"), "3/4/16", "", "The year must be four numbers, such as 2016"),
        (Date("d", "D"), "5/2016", "", "only a part of a date: write the day too, such as 27 March 2016"),
        (Date("d", "D"), "2016", "", "write the day and the month too"),
        (Date("d", "D"), "2016-03-14~", "", "cannot be approximate"),
        (Date("d", "D", coarsest="month"), "2016", "", "write the month too, such as March 2016"),
        (Number("n", "N", whole=True), "1.5", "", "Enter a whole number"),
        (Number("n", "N", minimum=Decimal(0)), "-2", "", "0 or more"),
        (Number("n", "N"), "12 or 13", "", "Enter a number"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_out(
    question: Question, typed: str, reason: str, message: str
):
    with pytest.raises(NotThat, match=message):
        cells.read(question, typed, reason, cells.nobody)


def test_a_name_on_the_list_is_found_and_two_of_one_name_are_not_guessed():
    one = "0b4f1f0e-0c1e-4a6b-9d1a-111111111111"
    two = "0b4f1f0e-0c1e-4a6b-9d1a-222222222222"
    asked = PersonQ("p", "P")
    assert cells.read(asked, "jo  ash", "", lambda q: [(one, "Jo Ash")]).value == {
        "id": one,
        "name": "Jo Ash",
    }
    with pytest.raises(NotThat, match="Two of this name"):
        cells.read(asked, "Jo Ash", "", lambda q: [(one, "Jo Ash"), (two, "Jo Ash")])


def test_what_may_be_answered_is_said_in_words():
    assert cells.may_answer(SCALE).split("\n") == [
        "0: Not met",
        "1: Partly met",
        "2: Met",
        "Or: Not applicable (say why)",
    ]
    assert cells.may_answer(Text("t", "T", max_length=200)) == "Text, up to 200 characters"
    assert cells.pick_list(SCALE) == ("0: Not met", "1: Partly met", "2: Met", "Not applicable")
    assert cells.pick_list(COURSES) == ()

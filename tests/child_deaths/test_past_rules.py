"""Reading a list of earlier cases: columns by their headings, days as people write them, problems with their place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.past_lists import ELSEWHERE, FINISHED, HEADINGS, OPEN
from wholestory.child_deaths import pathway
from wholestory.child_deaths.rules.brought_in import (
    Holds,
    Layout,
    Stands,
    guessed,
    heading_row,
    letter,
    missing,
    stage_guessed,
    stage_words,
)
from wholestory.child_deaths.rules.brought_in_lines import Line, read, read_day
from wholestory.govuk.parts.content import MEANINGS
from wholestory.kernel.moments import NotAMoment

TODAY = date(2016, 3, 14)


def layout() -> Layout:
    columns = tuple(guessed(HEADINGS))
    words = stage_words([FINISHED, OPEN, ELSEWHERE], Layout(columns, {}, HEADINGS))
    return Layout(columns, {word: stage_guessed(word) for word in words}, HEADINGS)


def one(*changed: tuple[int, str], of: tuple[str, ...] = FINISHED) -> Line:
    """The finished case with some cells changed, read."""
    cells = list(of)
    for at, text in changed:
        cells[at] = text
    return read([(2, cells)], layout(), TODAY)[0]


def words(line: Line, *, stops: bool = True) -> list[tuple[str, str]]:
    return [(each.column, each.words) for each in line.problems if each.stops is stops]


def test_columns_are_known_by_their_headings() -> None:
    assert guessed(HEADINGS) == [
        Holds.REFERENCE, Holds.NAME, Holds.BORN, Holds.SEX, Holds.NHS, Holds.POSTCODE, Holds.AREA, Holds.DIED,
        Holds.NOTIFIED, Holds.REVIEWED, Holds.CATEGORY, Holds.MODIFIABLE, Holds.EXPECTED, Holds.STAGE, Holds.NOTHING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Surname", "Forename", "Child's name"], [Holds.SURNAME, Holds.FORENAMES, Holds.NAME]),
        (["Place of death", "Date of death"], [Holds.PLACE, Holds.DIED]),
        (["Reviewed", "Review date"], [Holds.REVIEWED, Holds.NOTHING]),
        (["Anything else"], [Holds.NOTHING]),
    ],
)
def test_each_kind_is_given_once(headings: list[str], expected: list[Holds]) -> None:
    assert guessed(headings) == expected


def test_the_headings_may_stand_below_a_title() -> None:
    assert heading_row([["Northmarsh panel, all cases", ""], ["", ""], list(HEADINGS), list(FINISHED)]) == 2


def test_a_day_and_somebody_are_needed() -> None:
    assert (
        missing([Holds.REFERENCE])
        == "Say which column holds the date of death, or the date the panel was told"
    )
    assert missing([Holds.DIED]) == "Say which column holds the reference or the name"
    assert missing([Holds.DIED, Holds.NAME]) == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("14/03/2009", date(2009, 3, 14)), ("1/9/09", date(2009, 9, 1)), ("1.2.12", date(2012, 2, 1)),
        ("2015-12-20", date(2015, 12, 20)), ("2015-12-20 00:00", date(2015, 12, 20)),
        ("3 February 2012", date(2012, 2, 3)),
        ("14-03-2009", date(2009, 3, 14)), ("42369", date(2015, 12, 31)),
    ],
)  # fmt: skip
def test_days_as_lists_write_them(written: str, day: date) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize("written", ["03/14/2009", "spring 2009", "31/02/2010", "2009"])
def test_what_cannot_be_one_day_is_not_guessed(written: str) -> None:
    with pytest.raises(NotAMoment, match="is not a day"):
        read_day(written)


def test_a_finished_case() -> None:
    line = one()
    assert not line.problems
    assert (line.forenames, line.surname, line.reference) == ("Tamsin", "Orchard", "NM/08/01")
    assert (line.born_on, line.died_on) == (date(2008, 5, 2), date(2009, 3, 14))
    assert (line.told_on, line.reviewed_on) == (date(2009, 3, 15), date(2009, 9, 1))
    assert (line.category, line.modifiable, line.expected, line.stage) == (
        8,
        "none_identified",
        "unexpected",
        "finalised",
    )
    assert line.nhs_number == "9990000018"


def test_open_cases_stand_where_their_word_says() -> None:
    assert one(of=OPEN).stage == "awaiting_outcome"
    assert one(of=ELSEWHERE).stage == "transferred"
    assert stage_guessed("Closed, out of area") is Stands.TRANSFERRED
    assert one((13, "")).stage == "finalised"
    assert one((13, ""), of=OPEN).stage == "gathering"


def test_a_reviewed_case_without_a_category_is_not_final() -> None:
    line = one((10, ""))
    assert line.stage == "reviewed"
    assert words(line, stops=False) == [("K", "There is no category: it comes in as reviewed, not as final.")]


@pytest.mark.parametrize(
    ("at", "text", "column", "says"),
    [
        (7, "14/14/2009", "H", "“14/14/2009” is not a day. Write it as 14/03/2016 or 2016-03-14."),
        (7, "15/03/2016", "H", "The day is in the future."),
        (2, "02/05/2010", "C", "The day of birth is after the day of death."),
        (2, "14/03/1991", "C", "18 years old at death: not a child."),
        (8, "13/03/2009", "I", "The panel was told before the child died: is a day wrong?"),
        (9, "01/03/2009", "J", "The review is before the death."),
        (9, "", "J", "It is finished, and there is no day of review."),
        (10, "11", "K", "There is no such category: write its number, 1 to 10."),
        (3, "X", "D", "This cannot be read. Write for example: boy, female, girl, indeterminate."),
    ],
)
def test_a_problem_names_its_line_and_column(at: int, text: str, column: str, says: str) -> None:
    line = one((at, text))
    assert (column, says) in words(line)
    assert line.problems[0].line == 2
    assert line.stopped


def test_edge_case_10_the_day_before_the_eighteenth_birthday_is_in() -> None:
    # Born 15 March 1991, dead on 14 March 2009: 17 years old.
    assert not one((2, "15/03/1991")).stopped


def test_edge_case_03_a_number_that_cannot_be_right_stops_nothing() -> None:
    line = one((4, "9990000019"))
    assert not line.stopped
    assert line.nhs_number == "9990000019"
    assert "kept as it is written" in words(line, stops=False)[0][1]


def test_edge_case_26_not_known_is_neither_a_no_nor_a_fault() -> None:
    line = one((11, "NK"), (12, "not known"), (3, "unknown"))
    assert not line.problems
    assert (line.modifiable, line.expected, line.sex) == ("", "not_known", "not_known")


def test_the_same_reference_twice_stops_the_second() -> None:
    first, second = read([(2, FINISHED), (3, FINISHED)], layout(), TODAY)
    assert not first.stopped
    assert words(second) == [("A", "Line 2 has the same reference.")]


def test_a_column_that_asks_unexpected_means_it() -> None:
    headings = ["Unexpected?" if one == "Expected?" else one for one in HEADINGS]
    columns = tuple(guessed(headings))
    line = read([(2, FINISHED)], Layout(columns, {"Closed": Stands.FINISHED}, tuple(headings)), TODAY)[0]
    assert line.expected == "expected"


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_every_stage_has_a_colour_that_pages_know() -> None:
    # A stage without one breaks the list of every case as soon as one case stands there.
    assert {stage.colour for stage in pathway.CASE.stages} <= set(MEANINGS)

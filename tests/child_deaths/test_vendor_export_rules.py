"""Columns proposed by their headings, lines read, and what differs. Expected values are written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.child_deaths.vendor_lists import FINISHED, HEADINGS, ROWAN, line
from wholestory.child_deaths.rules import vendor_export as rules
from wholestory.child_deaths.rules.brought_in import Stands
from wholestory.child_deaths.rules.vendor_differences import Ours, differences

TODAY = date(2021, 3, 14)
FIELDS = {
    "reference": 0, "national_reference": 1, "forenames": 2, "surname": 3, "born_on": 4, "nhs_number": 5, "died_on": 6,
    "notified_on": 7, "reviewed_on": 8, "category": 9, "modifiable": 10, "stage": 11, "finalised_on": 12,
    "entered_on": 13, "entered_by": 14,
}  # fmt: skip
STAGES = {"Open": Stands.GATHERING, "Finalised": Stands.FINISHED}


def read(*lines: tuple[str, ...]) -> list[rules.Exported]:
    of = rules.layout(FIELDS, HEADINGS, STAGES)
    return rules.read(enumerate(lines, 2), FIELDS, of, TODAY)


def test_columns_are_proposed_by_their_headings() -> None:
    assert rules.proposed(HEADINGS) == FIELDS


def test_a_kept_mapping_fits_whatever_the_order_and_not_where_a_heading_lacks() -> None:
    kept = rules.named(FIELDS, HEADINGS)
    turned = list(reversed(HEADINGS))
    found = rules.kept(kept, turned)
    assert found is not None
    assert found["national_reference"] == 14
    assert rules.kept(kept, HEADINGS[:5]) is None


@pytest.mark.parametrize(
    ("fields", "enough"),
    [({"national_reference"}, True), ({"nhs_number"}, True), ({"surname"}, True), ({"died_on"}, False)],
)
def test_a_line_must_be_of_somebody(fields: set[str], enough: bool) -> None:
    assert (rules.missing(fields) == "") is enough


def test_a_finished_case_says_when_it_was_entered_and_by_whom() -> None:
    (one,) = read(FINISHED)
    assert (one.national, one.marked_on, one.entered_by) == ("N-4001", date(2020, 9, 4), "P. Sallow")
    # Without a day of entry, the day it was saved as final there is the day it was sent.
    (other,) = read(line(FINISHED, Submitted_to_NCMD=""))
    assert other.marked_on == date(2020, 9, 3)


def test_an_open_case_is_never_marked() -> None:
    (one,) = read(line(ROWAN, Submitted_to_NCMD="14/03/2016"))
    assert one.marked_on is None
    assert "only finalised cases" in one.remarks[0].words


def test_a_day_that_is_none_is_said_with_line_and_column() -> None:
    (one,) = read(line(FINISHED, Submitted_to_NCMD="31/02/2020"))
    fault = one.faults[0]
    assert (fault.line, fault.column, fault.stops) == (2, "N", True)
    (later,) = read(line(FINISHED, Submitted_to_NCMD="15/03/2021"))
    assert later.faults[0].words == "The day is in the future."


def test_further_lines_of_a_case_are_kept_and_not_read() -> None:
    (one,) = read(FINISHED, line(FINISHED, Sleep_surface="Bed"))
    assert [(number, cells[-1]) for number, cells in one.more] == [(3, "Bed")]
    # The same reference for another child is no further line.
    assert len(read(FINISHED, line(FINISHED, Surname="Dell", NHS_Number="", DOB="01/01/2015"))) == 2


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2020, 9, 3), None), (date(2020, 9, 4), 1), (date(2020, 12, 1), 2), (date(2021, 1, 1), 2)],
)
def test_of_several_final_versions_the_one_that_could_have_gone_in_is_marked(
    day: date, version: int | None
) -> None:
    assert rules.version_entered(day, [(1, date(2020, 9, 4)), (2, date(2020, 12, 1))]) == version


OURS = Ours(
    names=(("Tamsin", "Orchard"),), born_on=date(2019, 5, 2), nhs_numbers=("9990000026",), national=("N-4001",),
    died_on=date(2020, 3, 14), told_on=date(2020, 3, 15), reviewed_on=date(2020, 9, 1), category=8,
    modifiable="none_identified", final=True,
)  # fmt: skip


def test_what_is_the_same_differs_in_nothing() -> None:
    assert differences(read(FINISHED)[0], OURS, FIELDS) == []


def test_each_difference_says_its_column_and_both_sides() -> None:
    ours = replace(OURS, category=7, national=(), died_on=date(2020, 3, 13), final=False)
    found = differences(read(FINISHED)[0], ours, FIELDS)
    assert [(one.column, one.what, one.theirs, one.ours) for one in found] == [
        ("G", "Date of death", "2020-03-14", "2020-03-13"),
        ("B", "The national database’s reference", "N-4001", "Not held here"),
        ("J", "Category of death", "8", "7"),
        ("L", "Where the case stands", "Finished", "Open"),
    ]


def test_what_the_export_leaves_blank_differs_from_nothing() -> None:
    bare = line(FINISHED, Category="", DOB="", NHS_Number="", Surname="", Forename="")
    assert differences(read(bare)[0], replace(OURS, category=7), FIELDS) == []

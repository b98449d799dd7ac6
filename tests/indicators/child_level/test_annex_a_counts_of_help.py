"""Early help, return interviews, care leavers and children in need from the lists, worked out by hand beside each test.

The quarter is April to June 2025, and the workbook is run on 30 June.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.indicators.child_level.workbooks import book_of, counted
from wholestory.indicators.child_level.counts import Counts
from wholestory.indicators.child_level.figures import Figure, Share


def day(month: int, number: int, year: int = 2025) -> date:
    return date(year, month, number)


def share(one: Figure | Share) -> tuple[int, int | None]:
    return one.numerator, one.denominator


def part(counts: Counts, indicator: str, breakdown: str, label: str) -> Share:
    (found,) = (one for one in counts.of(indicator).breakdowns[breakdown] if one.label == label)
    return found


def parts_of(counts: Counts, indicator: str, breakdown: str) -> dict[str, int]:
    return {one.label: one.numerator for one in counts.of(indicator).breakdowns[breakdown]}


def test_early_help_before_and_after():
    counts = counted(
        book_of(
            {
                2: [
                    {"child": "A", "started_on": day(5, 29), "organisation": "Hill Primary School"},
                    {"child": "B", "started_on": day(5, 30), "organisation": "Early Help Locality 2"},
                    {
                        "child": "C",
                        "started_on": day(3, 1),
                        "completed_on": day(4, 10),
                        "organisation": "Barnardo's",
                    },
                ],
                3: [{"child": "C", "referred_on": day(4, 10)}, {"child": "A", "referred_on": day(4, 11)}],
                6: [
                    {"child": "A", "started_on": day(1, 1), "ended_on": day(5, 1), "reason": "RC9"},
                    {"child": "C", "started_on": day(1, 1), "ended_on": day(5, 1), "reason": "RC8"},
                ],
                7: [{"child": "B", "started_on": day(1, 1), "ended_on": day(5, 1), "number": 0}],
            }
        )
    )
    assert counts.of("EH-1").numerator == 2
    assert counts.of("EH-1e").numerator == 1
    assert counts.of("EH-1o").numerator == 2
    assert part(counts, "EH-1o", "lead_organisation", "school").numerator == 1
    # 1 May to 29 May is 28 days, to 30 May 29; RC8 is no step to early help.
    assert share(counts.of("EH-2d")) == (1, 2)
    assert share(counts.of("EH-2u")) == (1, 2)


def test_return_interviews_and_care_leavers():
    care: dict[str, Any] = {"started_on": day(1, 1, 2020)}
    counts = counted(
        book_of(
            {
                8: [
                    care | {"child": "A", "missing": 2, "offered": "a) Yes", "accepted": "b) No"},
                    care | {"child": "B", "missing": 1, "offered": "a) Yes", "accepted": "a) Yes"},
                    care | {"child": "C", "missing": 1, "offered": "b) No"},
                    care | {"child": "D", "missing": 0, "legal_status": "V4"},
                ],
                9: [
                    {
                        "child": "K",
                        "in_touch": "a) Yes",
                        "suitable": "a) Suitable",
                        "activity": "F1: Full time",
                    },
                    {
                        "child": "L",
                        "in_touch": "b) No",
                        "suitable": "b) Unsuitable",
                        "activity": "G5: Not in",
                    },
                    {"child": "M", "in_touch": "Died"},
                    {"child": "N", "in_touch": "Returned home"},
                    {"child": "O", "in_touch": "Refused", "suitable": "", "activity": ""},
                ],
            }
        )
    )
    assert share(counts.of("MIS-3")) == (2, 3)
    assert share(counts.of("MIS-3a")) == (1, 2)
    assert counts.of("LAC-1").numerator == 3  # agreed short breaks are left out
    assert [share(counts.of(f"CL-{number}")) for number in (1, 2, 3)] == [(1, 3)] * 3


def test_in_need_by_how_long():
    counts = counted(
        book_of(
            {
                6: [
                    {
                        "child": "A",
                        "started_on": day(3, 30),
                        "need": "N1 - Abuse",
                    },  # 30 June is three months after
                    {"child": "B", "started_on": day(3, 29), "need": "N1"},
                    {"child": "C", "started_on": day(6, 30, 2024), "need": "N2"},  # a year is up that day
                    {"child": "D", "started_on": day(6, 30, 2023), "status": "c) Child in need plan"},
                    {"child": "E", "started_on": day(1, 1), "ended_on": day(6, 30)},
                ],
            }
        )
    )
    assert counts.of("CIN-1").numerator == 4
    parts = parts_of(counts, "CIN-1", "open_since")
    assert parts == {"up to 3 months": 1, "3 to 6 months": 1, "6 to 12 months": 1, "2 years and over": 1}
    assert part(counts, "CIN-1", "need", "N1").numerator == 2
    assert counts.of("CIN-2").numerator == 1


def test_what_cannot_be_counted_says_why():
    counts = counted(book_of({1: []}, drop=["completed_on"]))
    assert counts.not_counted["EH-1"] == "List 2 has no column “Assessment completion date”."
    with pytest.raises(KeyError):
        counts.of("EH-1")
    assert counts.of("CON-1").numerator == 0


def test_no_name_of_a_child_is_in_what_is_counted():
    counts = counted(book_of({1: [{"child": "SECRET7", "contact_on": day(5, 1)}]}))
    assert "SECRET7" not in repr(counts.figures)

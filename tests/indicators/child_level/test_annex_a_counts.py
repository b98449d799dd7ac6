"""What the lists count to, worked out by hand beside each test. The quarter is April to June 2025, run on 30 June."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.indicators.child_level.workbooks import book_of, counted
from wholestory.indicators.child_level.annex_a import check, count, read
from wholestory.indicators.child_level.counts import Counts
from wholestory.indicators.child_level.figures import Figure, Share
from wholestory.indicators.child_level.findings import Findings
from wholestory.indicators.child_level.window import Window

SAMPLE = Path(__file__).parent.parent / "data" / "annex_a" / "Annex_A.xlsx"


def day(month: int, number: int, year: int = 2025) -> date:
    return date(year, month, number)


def share(one: Figure | Share) -> tuple[int, int | None]:
    return one.numerator, one.denominator


def part(counts: Counts, indicator: str, breakdown: str, label: str) -> Share:
    (found,) = (one for one in counts.of(indicator).breakdowns[breakdown] if one.label == label)
    return found


def parts_of(counts: Counts, indicator: str, breakdown: str) -> dict[str, int]:
    return {one.label: one.numerator for one in counts.of(indicator).breakdowns[breakdown]}


@pytest.fixture(scope="module")
def sample():
    findings = Findings()
    book = read(SAMPLE, "Annex_A.xlsx", findings)
    window = Window(date(2020, 9, 16), date(2021, 3, 16))
    check(book, window, findings)
    return count(book, window)


def test_the_sample_by_hand(sample):
    # Five contacts on 16 September 2020: three from the police, one individual, one anonymous.
    assert sample.of("CON-1").numerator == 5
    parts = parts_of(sample, "CON-1", "source_group")
    assert parts == {"police": 3, "individual": 1, "anonymous": 1}
    # Six referrals, none NFA; the council's own column says 0, 2, 1, 0, 2, 0.
    assert share(sample.of("REF-3")) == (0, 6)
    assert share(sample.of("REF-2s")) == (3, 6)
    # Five enquiries, conferences unnecessary after two; conferences on 5, 5 and 1 October, enquiries on 16 September
    # and after: 13 working days at most.
    assert share(sample.of("S47-2")) == (2, 5)
    assert share(sample.of("ICPC-2")) == (3, 3)
    # Assessments begun in 2019 and early 2020 and authorised a year later.
    assert share(sample.of("ASM-2")) == (0, 5)
    # Five looked after: one ceased on 22 September 2020, one has a start before birth and is left out.
    assert sample.of("LAC-1").numerator == 3
    assert sample.of("LAC-1").left_out == 1
    assert share(sample.of("CL-1")) == (6, 6)
    assert share(sample.of("CL-2")) == (5, 6)
    # F1, F2, G5, empty, F3, F3.
    assert share(sample.of("CL-3")) == (4, 6)


def test_contacts_and_the_referrals_that_came_of_them():
    counts = counted(
        book_of(
            {
                1: [
                    {"child": "A", "contact_on": day(4, 1), "source": "6"},
                    {"child": "A", "contact_on": day(4, 1), "source": "6"},  # twice the same: two contacts
                    {"child": "B", "contact_on": day(4, 10), "source": "2A"},  # referral 3 days later
                    {"child": "C", "contact_on": day(4, 10), "source": "2A"},  # referral 4 days later
                    {"child": "D", "contact_on": day(4, 10), "source": "6"},  # referral the day before
                    {"child": "E", "contact_on": day(3, 31)},  # before the quarter
                    {"child": "F", "contact_on": "10/04/25"},  # no day
                ],
                3: [
                    {"child": "A", "referred_on": day(4, 1)},
                    {"child": "B", "referred_on": day(4, 13)},
                    {"child": "C", "referred_on": day(4, 14)},
                    {"child": "D", "referred_on": day(4, 9)},
                ],
            }
        )
    )
    assert counts.of("CON-1").numerator == 5
    assert counts.of("CON-1").left_out == 1
    assert counts.of("CON-1c").numerator == 4
    assert share(counts.of("CON-2")) == (3, 5)
    assert share(part(counts, "CON-2", "source_group", "police")) == (2, 3)
    assert share(part(counts, "CON-2", "source_group", "schools")) == (1, 2)


def test_referrals_of_one_day_are_one_and_rereferrals_look_back_a_year():
    counts = counted(
        book_of(
            {
                3: [
                    {"child": "A", "referred_on": day(1, 15), "no_further_action": "No"},
                    {"child": "A", "referred_on": day(4, 15), "no_further_action": "Yes", "number": 1},
                    {"child": "A", "referred_on": day(4, 15), "no_further_action": "No", "number": 1},
                    {"child": "B", "referred_on": day(5, 1), "no_further_action": "No", "number": 0},
                    {"child": "B", "referred_on": day(5, 2), "no_further_action": "No", "number": 1},
                    {"child": "C", "referred_on": day(6, 1), "number": 0},
                ]
            }
        )
    )
    assert counts.of("REF-1").numerator == 4
    assert counts.of("REF-1c").numerator == 3
    assert share(counts.of("REF-2")) == (2, 4)  # A in April, B on 2 May
    assert share(counts.of("REF-2c")) == (2, 3)
    assert share(counts.of("REF-2s")) == (2, 4)
    assert counts.of("REF-2").marks == ("partial_look_back",)
    assert share(counts.of("REF-3")) == (1, 4)


def test_assessments_by_working_days():
    counts = counted(
        book_of(
            {
                4: [
                    {"child": "A", "started_on": day(12, 2, 2024), "authorised_on": day(4, 1)},
                    # 2 December 2024 to 6 February 2025 is 45 working days over Christmas: ended before the quarter.
                    {"child": "B", "started_on": day(12, 2, 2024), "authorised_on": day(2, 6)},
                    # 24 February to 29 April 2025 is 46 working days, less Good Friday and Easter Monday: 44.
                    {"child": "C", "started_on": day(2, 24), "authorised_on": day(4, 29)},
                    {"child": "D", "started_on": day(4, 7), "authorised_on": day(4, 7)},
                    {
                        "child": "E",
                        "started_on": day(4, 8),
                        "authorised_on": day(4, 7),
                    },  # the wrong way round
                    # Open at the end: 2 May to 30 June is 40 working days, 1 April to 30 June more than 45.
                    {"child": "F", "started_on": day(5, 2)},
                    {"child": "G", "started_on": day(4, 1)},
                ]
            }
        )
    )
    assert counts.of("ASM-1").numerator == 4
    assert share(counts.of("ASM-2")) == (2, 4)
    assert part(counts, "ASM-3", "band", "same day").numerator == 1
    assert part(counts, "ASM-3", "band", "41-45").numerator == 1
    assert part(counts, "ASM-3", "band", "61+").numerator == 1
    assert counts.of("ASM-3").numerator == 3
    assert counts.of("ASM-4").numerator == 2
    assert share(counts.of("ASM-4o")) == (1, 2)
    assert share(counts.of("ASM-2t")) == (2, 3)


def test_conferences_by_working_days():
    counts = counted(
        book_of(
            {
                5: [
                    # 7 April to 30 April 2025: 17 weekdays, less Good Friday and Easter Monday: 15.
                    {"child": "A", "enquiry_on": day(4, 7), "conference_on": day(4, 30), "unnecessary": "No"},
                    {
                        "child": "B",
                        "enquiry_on": day(4, 7),
                        "conference_on": day(5, 1),
                        "unnecessary": "No",
                    },  # 16
                    {"child": "C", "enquiry_on": day(4, 8), "conference_on": day(4, 7)},  # before: no clock
                    {"child": "D", "conference_on": day(4, 7)},  # transfer in: no clock
                    {"child": "E", "enquiry_on": day(4, 9), "unnecessary": "Yes"},
                    # Two enquiries before one conference: the later sets the clock, 10 days.
                    {"child": "F", "enquiry_on": day(5, 6), "conference_on": day(6, 3)},
                    {"child": "F", "enquiry_on": day(5, 19), "conference_on": day(6, 3)},
                ],
                7: [
                    {"child": "A", "started_on": day(4, 30), "number": 0},
                    {"child": "B", "started_on": day(5, 6), "number": 1},
                    {"child": "D", "started_on": day(4, 13), "number": 2},
                ],
            }
        )
    )
    assert counts.of("S47-1").numerator == 6
    assert counts.of("S47-1c").numerator == 5
    assert share(counts.of("S47-2")) == (1, 6)
    assert counts.of("ICPC-1").numerator == 5
    assert share(counts.of("ICPC-2")) == (2, 5)
    assert share(counts.of("ICPC-2t")) == (2, 3)
    parts = parts_of(counts, "ICPC-3", "band")
    assert parts == {"0-10": 1, "11-15": 1, "16-20": 1}
    # A on the day, B five days after; D's plan came six days after.
    assert share(counts.of("ICPC-4")) == (2, 5)
    assert share(counts.of("CPP-4")) == (2, 3)


def test_plans_open_started_and_ended():
    plan: dict[str, Any] = {"category": "Neglect", "first_category": "Physical abuse", "number": 0}
    counts = counted(
        book_of(
            {
                7: [
                    plan
                    | {
                        "child": "A",
                        "started_on": day(7, 2, 2023),
                        "visited_on": day(6, 16),
                        "seen_alone": "Yes",
                    },
                    # 2 July 2023 to 30 June 2025, both counted, is 730 days; from 3 July it is 729.
                    plan
                    | {
                        "child": "B",
                        "started_on": day(7, 3, 2023),
                        "visited_on": day(6, 13),
                        "seen_alone": "No",
                    },
                    plan | {"child": "C", "started_on": day(4, 1), "ended_on": day(6, 30), "number": 1},
                    plan | {"child": "D", "started_on": day(6, 1, 2022), "ended_on": day(5, 1)},
                    plan | {"child": "E", "started_on": day(6, 30), "number": None},
                    plan
                    | {"child": "F", "started_on": day(1, 1), "ended_on": "soon"},  # left out of what is open
                ]
            }
        )
    )
    assert counts.of("CPP-1").numerator == 3
    assert counts.of("CPP-1").left_out == 1
    assert part(counts, "CPP-1", "latest_category", "NEG").numerator == 3
    assert part(counts, "CPP-1", "first_category", "PHY").numerator == 3
    assert counts.of("CPP-2").numerator == 2
    assert counts.of("CPP-3").numerator == 2
    assert share(counts.of("CPP-4")) == (1, 2)
    assert "1 have no number of earlier plans." in counts.of("CPP-4").notes
    assert share(counts.of("CPP-5")) == (1, 2)
    assert share(counts.of("CPP-6")) == (1, 3)
    assert share(counts.of("CPP-6e")) == (2, 3)
    assert share(counts.of("CPP-5m")) == (1, 2)  # C's plan of 1 April to 30 June
    assert parts_of(counts, "CPP-1", "duration") == {
        "up to 3 months": 1,
        "1 to 2 years": 1,
        "2 years and over": 1,
    }
    assert share(part(counts, "CPP-1p", "latest_category", "NEG")) == (3, 3)
    assert share(part(counts, "CPP-2p", "first_category", "PHY")) == (2, 2)
    # 16 June is 10 working days before 30 June, 13 June is 11; E has no visit.
    assert share(counts.of("CPP-8")) == (1, 3)
    assert share(counts.of("CPP-8a")) == (1, 2)


def test_ages_are_completed_years_on_the_day():
    counts = counted(
        book_of(
            {
                1: [
                    {"child": "A", "born": day(5, 2, 2015), "contact_on": day(5, 1)},
                    {"child": "B", "born": day(5, 2, 2015), "contact_on": day(5, 2)},
                    {"child": "C", "born": day(8, 1), "contact_on": day(5, 2)},
                    {"child": "D", "contact_on": day(5, 2)},
                ]
            }
        )
    )
    parts = parts_of(counts, "CON-1", "age")
    assert parts == {"5-9": 1, "10-15": 1, "unborn": 1, "?": 1}


def test_rows_are_counted_in_spite_of_a_rule_that_is_kept():
    content = book_of({1: [{"child": "A", "born": day(4, 1, 2026), "contact_on": day(5, 1)}]})
    findings = Findings()
    book = read(content, "lists.xlsx", findings)
    window = Window(day(4, 1), day(6, 30))
    check(book, window, findings, day(6, 30), frozenset({"AX-16"}))
    assert [one.rule for one in findings] == ["AX-16"]
    assert count(book, window).of("CON-1").numerator == 1
    assert counted(content).of("CON-1").numerator == 0


def test_a_child_is_counted_once_as_it_was_the_last_time():
    plan = {"child": "A", "born": day(5, 15, 2015), "number": 0}
    counts = counted(
        book_of(
            {
                1: [
                    {"child": "A", "born": day(5, 15, 2015), "contact_on": day(6, 1)},
                    {"child": "A", "born": day(5, 15, 2015), "contact_on": day(5, 1)},
                ],
                # Two open plans of one child, whose sex is not the same in both rows.
                7: [
                    plan | {"started_on": day(6, 1, 2022), "sex": "M"},
                    plan | {"started_on": day(6, 1), "sex": "F"},
                ],
            }
        )
    )
    assert parts_of(counts, "CON-1c", "age") == {"10-15": 1}
    assert share(counts.of("CPP-6")) == (1, 1)
    assert share(part(counts, "CPP-6", "sex", "F")) == (1, 1)

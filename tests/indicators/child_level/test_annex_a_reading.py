"""Workbooks of lists as they are really sent: found headings, odd cells, and files that are refused."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.indicators.child_level.workbooks import Q1, book_of, looked_at, places
from wholestory.indicators.child_level.annex_a import check, read
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.window import Window, quarter

SAMPLE = Path(__file__).parent.parent / "data" / "annex_a" / "Annex_A.xlsx"


def test_the_public_sample_is_read_whole():
    findings = Findings()
    book = read(SAMPLE, "Annex_A.xlsx", findings)
    assert {number: len(found.rows) for number, found in book.lists.items()} == {
        1: 5, 2: 5, 3: 6, 4: 5, 5: 5, 6: 5, 7: 7, 8: 5, 9: 6
    }  # fmt: skip
    first = book.lists[1].rows[0]
    assert (first.sent, first.get("contact_on"), first.get("source")) == (
        "9212044",
        date(2020, 9, 16),
        "police",
    )
    assert (first.get("sex"), first.get("ethnicity"), first.get("born")) == (
        "F",
        "White",
        date(2015, 1, 25),
    )
    # An ability to remember is no primary need: it is asked about, and nothing else is on reading.
    assert places(findings) == {("AX-07", "List 6", "H2")}


def test_the_day_the_sample_was_run_comes_from_its_ages():
    findings = Findings()
    book = read(SAMPLE, "Annex_A.xlsx", findings)
    # 6.138261464750171 years of 365.25 days after 25 January 2015 is 2,242 days: 16 March 2021.
    assert check(book, Window(date(2020, 9, 16), date(2021, 3, 16)), findings) == date(2021, 3, 16)


def test_the_samples_plans_and_placements_before_birth_are_found():
    findings = Findings()
    check(read(SAMPLE, "a", findings), Window(date(2020, 9, 16), date(2021, 3, 16)), findings)
    # Born 29 May 2020, plan from 25 June 2019; born 13 March 2018, looked after from 24 February 2010.
    assert {("AX-16", "List 7", "G8"), ("AX-16", "List 8", "H5")} <= places(findings)


def test_workers_names_never_reach_the_rows():
    book = read(SAMPLE, "a", Findings())
    held = repr(book)
    assert "Hazlett" not in held
    assert "Duty Team" not in held
    assert "WV27" not in held


def test_headings_are_found_under_a_title_and_in_any_dress():
    content = book_of(
        {1: [{"child": "A1", "contact_on": date(2025, 4, 2), "source": "g) police"}]},
        above=[["Annex A: children's services"], [], ["List 1", None, "six months"]],
        headings={
            "child": " CHILD  Unique ID ",
            "contact_on": "Date of  Contact (dd/mm/yyyy)",
            "age": "Age of Child",
        },
    )
    book, findings = looked_at(content)
    (row,) = book.rows(1)
    assert (row.line, row.get("contact_on"), row.get("source")) == (5, date(2025, 4, 2), "police")
    assert list(findings) == []


def test_curly_and_straight_quotes_are_one():
    content = book_of({8: []}, headings={"missing": "Number of Episodes the Child has been ‘Missing’ from their "
                                         "Placement in the last 12 months"})  # fmt: skip
    book, findings = looked_at(content)
    assert book.has(8, "missing")
    assert list(findings) == []


def test_another_wording_is_read_and_said():
    content = book_of({1: []}, headings={"contact_on": "Date the contact came in"})
    _, findings = looked_at(content)
    (said,) = findings
    assert (said.rule, said.severity.value, said.table) == ("AX-04", "W", "List 1")
    assert "“Date the contact came in” was read as “Date of Contact”" in said.words


def test_sheets_without_a_number_are_known_by_their_headings():
    book, findings = looked_at(book_of({"1 Contacts": [{"child": "A1", "contact_on": date(2025, 4, 2)}]}))
    assert book.lists[1].sheet == "Contacts"
    assert len(book.rows(1)) == 1


@pytest.mark.parametrize(
    "cell",
    [date(2025, 4, 2), datetime(2025, 4, 2, 13, 30), "02/04/2025", "2/4/2025", "02-04-2025", "02.04.2025",
     "2025-04-02", "2025-04-02T00:00:00", "2 April 2025", "02 Apr 2025", " 02/04/2025 10:15", 45749],
)  # fmt: skip
def test_every_honest_way_to_write_a_day(cell):
    book, findings = looked_at(book_of({1: [{"child": "A1", "contact_on": cell}]}))
    assert book.rows(1)[0].get("contact_on") == date(2025, 4, 2)
    # 45,749 days after 30 December 1899 is 2 April 2025; a bare number is read, and asked about.
    assert places(findings) == ({("AX-06", "List 1", "G2")} if cell == 45749 else set())


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("02/04/25", "two figures"),
        ("2 Apr 25", "two figures"),
        ("31/02/2025", "no such day"),
        ("04/13/2025", "no such day"),
        ("last week", "no date"),
        (2025, "a number, not a date"),
        (" #REF! ", "formula"),
        (True, "no date"),
        ("14/10/1066", "cannot be right"),
    ],
)
def test_what_is_no_day_is_listed_and_never_guessed(cell, why):
    book, findings = looked_at(book_of({1: [{"child": "A1", "contact_on": cell}]}))
    assert book.rows(1)[0].get("contact_on") is None
    (one,) = findings
    assert (one.rule, one.table, one.column, one.child, one.field) == (
        "PB-01", "List 1", "G2", "A1", "Date of Contact"
    )  # fmt: skip
    assert why in one.words


@pytest.mark.parametrize("cell", ["#N/A", "", "  ", "N/A", "-", None])
def test_what_is_meant_to_be_empty_is_empty(cell):
    book, findings = looked_at(
        book_of({6: [{"child": "A1", "started_on": date(2025, 4, 2), "ended_on": cell}]})
    )
    assert book.rows(6)[0].get("ended_on") is None
    assert list(findings) == []


@pytest.mark.parametrize(
    ("cell", "key"),
    [("q) 6: Police", "police"), ("a) Individual", "individual"), ("b) 1B: Individual", "individual"), ("6", "police"),
     (6, "police"), ("e) 2A: Schools", "schools"), ("f) 2B: Education services", "education services"),
     ("10: Unknown", "unknown"), ("j) 3D: Health services", "health")],
)  # fmt: skip
def test_codes_with_letters_in_front(cell, key):
    book, findings = looked_at(
        book_of({1: [{"child": "A1", "contact_on": date(2025, 4, 2), "source": cell}]})
    )
    assert book.rows(1)[0].get("source") == key
    assert list(findings) == []


def test_a_child_has_the_same_made_up_name_in_every_list_and_its_own_in_findings():
    book, _ = looked_at(
        book_of({1: [{"child": 123.0, "contact_on": date(2025, 4, 2)}],
                 3: [{"child": " 123 ", "referred_on": date(2025, 4, 3)}]})
    )  # fmt: skip
    one, other = book.rows(1)[0], book.rows(3)[0]
    assert one.child == other.child
    assert one.sent == other.sent == "123"
    assert b"123" not in one.child
    again, _ = looked_at(book_of({1: [{"child": "123", "contact_on": date(2025, 4, 2)}]}))
    assert again.rows(1)[0].child != one.child


class TestRefused:
    """Files nothing of which is loaded."""

    def test_of_another_period(self):
        content = book_of({1: [{"child": "A1", "contact_on": date(2024, 5, 2)}]})
        with pytest.raises(Refused, match=r"another period.*2 May 2024") as refused:
            looked_at(content, run_on=date(2024, 6, 30))
        assert refused.value.rule == "PB-05"

    def test_of_another_period_by_its_own_ages(self):
        with pytest.raises(Refused, match="16 September 2020"):
            check(read(SAMPLE, "a", Findings()), quarter(2025, 1), Findings())

    def test_cut_short(self):
        with pytest.raises(Refused, match="damaged, cut short or no workbook"):
            read(SAMPLE.read_bytes()[:12_000], "a", Findings())

    def test_no_workbook_at_all(self):
        with pytest.raises(Refused, match="damaged, cut short or no workbook"):
            read(b"CHILD,DOB\n1,01/01/2020\n", "a.csv", Findings())

    def test_a_workbook_of_something_else(self):
        book, out = openpyxl.Workbook(), BytesIO()
        book.active.append(["Cost centre", "Spent"])
        book.active.append(["Fostering", 12.5])
        book.save(out)
        with pytest.raises(Refused, match="No sheet of the workbook is one of the lists"):
            read(out.getvalue(), "a", Findings())

    def test_a_bomb(self):
        bomb = BytesIO()
        with (
            zipfile.ZipFile(BytesIO(SAMPLE.read_bytes())) as held,
            zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            for name in held.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    out.writestr(name, held.read(name))
            row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>'
            rows = b"".join(row % (n, n, n) for n in range(1, 60_000))
            out.writestr(
                "xl/worksheets/sheet1.xml",
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                + rows + b"</sheetData></worksheet>",
            )  # fmt: skip
        assert len(bomb.getvalue()) < 2_000_000
        with pytest.raises(Refused, match="more than is read"):
            read(bomb.getvalue(), "a", Findings())

    def test_larger_than_is_read(self):
        with pytest.raises(Refused, match="60 MB; at most 50 MB"):
            read(b"0" * (60 * 1024 * 1024), "a", Findings())


def test_the_window_of_these_tests_is_a_quarter():
    assert quarter(2026, 1) == Q1

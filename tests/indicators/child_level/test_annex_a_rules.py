"""Every rule of the lists, planted once in a workbook and found by the real reader in its place, and nothing else."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.indicators.child_level.workbooks import Q1, book_of, looked_at, places
from wholestory.indicators.child_level.annex_a import check, read, rules
from wholestory.indicators.child_level.annex_a.looking import CHECKS
from wholestory.indicators.child_level.findings import DID_NOT_RUN, Findings
from wholestory.indicators.child_level.window import Window

CHILD = {"sex": "b) Female", "ethnicity": "a) WBRI", "born": date(2015, 4, 1), "age": 10.2}


def row(child: str, **values: Any) -> dict[str, Any]:
    return {"child": child, **CHILD, **values}


CLEAN: dict[int | str, list[dict[str, Any]]] = {
    1: [row("C1", contact_on=date(2025, 4, 2), source="q) 6: Police"), row("C2", contact_on="30/06/2025", source="")],
    2: [row("C1", started_on=date(2025, 1, 6), completed_on=date(2025, 4, 2), organisation="Top Town Academy")],
    3: [row("C1", referred_on=date(2025, 4, 3), source="e) 2A: Schools", no_further_action="No", number=1)],
    4: [row("C1", started_on=date(2025, 4, 3), authorised_on=date(2025, 5, 9)), row("C3", started_on="01/06/2025")],
    5: [
        row("C1", enquiry_on=date(2025, 4, 7), unnecessary="No", conference_on=date(2025, 4, 24), to_plan="Yes",
            number_of_enquiries=1, number_of_conferences=1),
        row("C9", conference_on=date(2025, 5, 1), to_plan="Yes"),
    ],
    6: [row("C1", started_on=date(2025, 4, 3), need="N1 - Abuse or Neglect", status="c) Child in need plan")],
    7: [
        row("C1", started_on=date(2025, 4, 24), category="Neglect", first_category="Neglect", number=0,
            visited_on=date(2025, 6, 25), seen_alone="a) Yes"),
        row("C4", started_on=date(2024, 1, 1), ended_on=date(2025, 1, 5), number=0),
        row("C4", started_on=date(2025, 1, 5), number=1),
    ],
    8: [row("C5", started_on=date(2020, 1, 1), legal_status="C2: FCO", missing=1, offered="Yes", accepted="No")],
    9: [{"child": "C6", "born": date(2006, 1, 1), "in_touch": "a) Yes", "suitable": "a) Suitable",
         "activity": "F1: Full time in higher education"}],
}  # fmt: skip


def test_a_workbook_in_order_has_no_finding():
    _, findings = looked_at(book_of(CLEAN))
    assert [(one.rule, one.words) for one in findings] == []


PLANTED: list[tuple[str, int, dict[str, Any] | list[dict[str, Any]], set[tuple[str, str]]]] = [
    ("8500", 1, row("", contact_on=date(2025, 4, 2)), {("A2", "")}),
    ("1570", 1, row("X" * 21, contact_on=date(2025, 4, 2)), {("A2", "X" * 21)}),
    ("AX-05", 1, row("1.2E+15", contact_on=date(2025, 4, 2)), {("A2", "1.2E+15")}),
    ("AX-05", 3, {**row("x", referred_on=date(2025, 4, 2)), "child": 12.5}, {("A2", "12.5")}),
    ("AX-05", 3, {**row("x", referred_on=date(2025, 4, 2)), "child": 1234567890123456}, {("A2", "1234567890123456.0")}),
    ("PB-01", 1, row("C1", contact_on="02/04/25"), {("G2", "C1")}),
    ("PB-01", 3, row("C1", referred_on=date(2025, 4, 2), number="several"), {("J2", "C1")}),
    ("AX-06", 1, row("C1", contact_on=45749), {("G2", "C1")}),
    ("AX-07", 1, row("C1", contact_on=date(2025, 4, 2), source="zz) Postman"), {("H2", "C1")}),
    ("AX-09", 2, row("C1", started_on=date(2025, 5, 2), completed_on=date(2025, 5, 1)), {("H2", "C1")}),
    ("AX-09", 4, row("C1", started_on=date(2025, 5, 2), authorised_on=date(2025, 5, 1)), {("H2", "C1")}),
    ("AX-09", 5, row("C1", enquiry_on=date(2025, 5, 2), conference_on=date(2025, 5, 1)), {("I2", "C1")}),
    ("AX-09", 6, row("C1", started_on=date(2025, 5, 2), ended_on=date(2025, 5, 1)), {("I2", "C1")}),
    ("AX-09", 7, row("C1", started_on=date(2025, 5, 2), reviewed_on=date(2025, 5, 1), number=0), {("L2", "C1")}),
    ("AX-09", 8, row("C1", started_on=date(2025, 5, 2), ended_on=date(2025, 5, 1)), {("I2", "C1")}),
    ("AX-10", 1, row("C1", contact_on=date(2025, 7, 1)), {("G2", "C1")}),
    ("AX-11", 1, row("C1", contact_on=date(2024, 12, 29)), {("G2", "C1")}),
    ("AX-12", 3, [row("C1", referred_on=date(2025, 5, 2))] * 2, {("G3", "C1")}),
    ("AX-14", 1, row("C1", contact_on=date(2025, 5, 2)) | {"age": 12.0}, {("E2", "C1")}),
    ("AX-15", 3, [row("C1", referred_on=date(2025, day, 1), number=0) for day in (4, 5, 6)],
     {("J2", "C1"), ("J3", "C1"), ("J4", "C1")}),
    ("AX-16", 7, row("C1", started_on=date(2014, 6, 24), number=0), {("G2", "C1")}),
    ("AX-19", 8, row("C1", started_on=date(2020, 1, 1), missing=0, offered="Yes"), {("K2", "C1")}),
    ("AX-19", 8, row("C1", started_on=date(2020, 1, 1), missing=2, offered="No", accepted="Yes"), {("K2", "C1")}),
    ("AX-22", 1, row("C1"), {("G2", "C1")}),
    ("8730", 7, row("C1", started_on=date(2025, 4, 24)), {("N2", "C1")}),
    ("8935", 7, [row("C1", started_on=date(2025, day, 24), number=0) for day in (4, 5)], {("M3", "C1")}),
    ("8940", 7, [row("C1", started_on=date(2025, 1, 6), ended_on=date(2025, 4, 2), number=0),
                 row("C1", started_on=date(2025, 4, 1), number=0)], {("G3", "C1")}),
    ("PB-09", 7, {"child": "C1", "born": date(2007, 6, 30), "started_on": date(2025, 1, 6), "number": 0},
     {("M2", "C1")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "number", "planted", "cells"), PLANTED)
def test_a_planted_error_is_found_in_its_cell_and_nowhere_else(rule, number, planted, cells):
    rows = planted if isinstance(planted, list) else [planted]
    _, findings = looked_at(book_of({number: rows}))
    assert {(one.rule, one.table, one.column, one.child) for one in findings} == {
        (rule, f"List {number}", cell, child) for cell, child in cells
    }
    assert all(one.line and one.words and one.todo and "{" not in one.words + one.todo for one in findings)


def test_a_date_of_birth_that_differs_between_lists():
    other = row("C1", referred_on=date(2025, 4, 3)) | {"born": date(2015, 4, 2)}
    _, findings = looked_at(book_of({1: [row("C1", contact_on=date(2025, 4, 2))], 3: [other]}))
    (one,) = findings
    assert (one.rule, one.table, one.column) == ("AX-13", "List 3", "D2")
    assert "List 1, row 2" in one.words


def test_merged_cells_among_the_rows_are_told_and_a_merged_title_is_not():
    rows = [row(f"C{number}", contact_on=date(2025, 4, 2)) for number in range(3)]
    _, findings = looked_at(
        book_of({1: rows}, above=[["Contacts of six months"]], merged={1: ["A1:G1", "G3:G4"]})
    )
    # G4 loses its value with the merging: its row has no date.
    assert places(findings) == {("AX-08", "List 1", "G3"), ("AX-22", "List 1", "G4")}
    assert "G3:G4" in next(iter(findings)).words


def test_columns_that_are_missing():
    _, findings = looked_at(book_of(CLEAN, drop=["completed_on", "seen_alone"]))
    assert {(one.rule, one.table, one.severity.value) for one in findings} == {
        ("AX-02", "List 2", "E"), ("AX-23", "List 7", "Q")
    }  # fmt: skip
    assert any("“Was the Child Seen Alone?”" in one.words for one in findings)


def test_lists_that_are_not_there_are_named():
    book = openpyxl.load_workbook(io.BytesIO(book_of(CLEAN)))
    del book["List 4"]
    twin = book.copy_worksheet(book["List 1"])
    twin.title = "List 1 (old)"
    out = io.BytesIO()
    book.save(out)
    _, findings = looked_at(out.getvalue())
    assert {(one.rule, one.table) for one in findings} == {("AX-01", "List 4"), ("AX-17", "List 1")}


def test_a_sheet_without_headings_is_not_read():
    book = openpyxl.load_workbook(io.BytesIO(book_of(CLEAN)))
    book["List 1"]["A1"] = "Who"
    out = io.BytesIO()
    book.save(out)
    found, findings = looked_at(out.getvalue())
    assert [(one.rule, one.table) for one in findings] == [("AX-03", "List 1")]
    assert 1 not in found.lists


def test_a_heading_that_is_there_twice():
    content = book_of({1: [row("C1", contact_on=date(2025, 4, 2))]}, headings={"source": "Date of Contact"})
    _, findings = looked_at(content)
    assert ("AX-20", "List 1") in {(one.rule, one.table) for one in findings}


def test_a_workbook_run_before_the_end_and_one_that_begins_too_late():
    findings = Findings()
    book = read(book_of(CLEAN), "lists.xlsx", findings)
    check(book, Q1, findings, run_on=date(2025, 6, 30))
    assert len(findings) == 0
    check(book, Q1, findings, run_on=date(2025, 6, 20))
    assert "AX-18" in {one.rule for one in findings}
    year = Findings()
    check(book, Window(date(2024, 7, 1), date(2025, 6, 30)), year, run_on=date(2025, 6, 30))
    assert [one.rule for one in year] == ["AX-21"]


def test_a_rule_that_crashes_is_told_and_the_others_go_on(monkeypatch):
    def broken(run):
        raise KeyError("x")

    monkeypatch.setitem(CHECKS, "AX-14", broken)
    _, findings = looked_at(book_of({1: [row("C1", contact_on=date(2025, 7, 1))]}))
    assert {one.rule for one in findings} == {DID_NOT_RUN, "AX-10"}
    assert (
        "Rule AX-14 could not run (KeyError)"
        in next(one for one in findings if one.rule == DID_NOT_RUN).words
    )


def test_every_rule_of_the_data_is_planted_somewhere_above_and_every_check_has_its_rule():
    on_their_own = {
        "AX-01",
        "AX-02",
        "AX-03",
        "AX-04",
        "AX-08",
        "AX-13",
        "AX-17",
        "AX-18",
        "AX-20",
        "AX-21",
        "AX-23",
    }
    assert set(rules()) == {rule for rule, *_ in PLANTED} | on_their_own
    assert set(CHECKS) <= set(rules())

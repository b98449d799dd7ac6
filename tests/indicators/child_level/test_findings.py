"""Findings: sorted by child then rule, counted in full, listed within bounds, and written beside the data."""

import csv
from datetime import date

import pytest
from openpyxl import load_workbook

from wholestory.indicators.child_level.beside import Sheet, write_beside, write_csv
from wholestory.indicators.child_level.findings import DID_NOT_RUN, Finding, Findings, Scope, Severity
from wholestory.indicators.child_level.window import (
    Window,
    age_on,
    months_after,
    quarter,
    reporting_year,
    twelve_months_before,
)


def found(rule="8866", child="A1", line=3, **more):
    return Finding(
        rule, Severity.ERROR, Scope.ROW, "census.xml", "The source is not a known code.",
        "Send a code of the list.", child=child, line=line, **more,
    )  # fmt: skip


def test_the_list_is_sorted_by_child_and_then_rule_with_the_file_itself_first():
    findings = Findings()
    findings.take_in([found("8866", "B"), found("8866", "A"), found("1510", "B"), found("100", "")])
    assert [(one.child, one.rule) for one in findings] == [
        ("", "100"), ("A", "8866"), ("B", "1510"), ("B", "8866"),
    ]  # fmt: skip


def test_a_rule_lists_only_so_many_and_counts_all():
    findings = Findings(most=2)
    findings.take_in(found(line=n) for n in range(5))
    told = findings.as_json()
    assert told["count"] == 5
    assert told["errors"] == 5
    assert len(told["findings"]) == 2
    assert told["not_listed"] == {"8866": 3}


def test_a_rule_that_crashes_is_an_error_and_never_silence():
    findings = Findings()
    findings.crashed("8614", "census.xml", KeyError("Mary Smith"), child="A1")
    findings.crashed("8614", "census.xml", KeyError("x"), child="A2")
    (one,) = findings
    assert one.rule == DID_NOT_RUN
    assert one.severity is Severity.ERROR
    assert "8614 could not run" in one.words
    assert "Mary" not in one.words
    assert "2 times" in one.words
    assert findings.errors == 2


def test_a_long_value_is_shortened():
    findings = Findings()
    findings.add(found(value="x" * 5_000))
    (one,) = findings
    assert len(one.value) == 121


def test_the_csv_runs_nothing(tmp_path):
    findings = Findings()
    findings.add(found(value="=1+1", child=" @SUM(A1)"))
    write_csv(tmp_path / "f.csv", findings)
    head, row = csv.reader((tmp_path / "f.csv").open(encoding="utf-8-sig"))
    assert row[head.index("Value as sent")] == "'=1+1"
    assert row[head.index("Child")] == "' @SUM(A1)"
    assert row[head.index("Severity")] == "Error"


def test_the_workbook_has_each_error_beside_its_row(tmp_path):
    findings = Findings()
    findings.add(found(table="Episodes", field="ReferralSource", line=12, value="77"))
    rows = [(11, ["2024-04-01", "1A"]), (12, ["2024-05-01", "77"])]
    write_beside(
        tmp_path / "f.xlsx", [Sheet("Episodes", ["CINreferralDate", "ReferralSource"], rows)], findings
    )
    book = load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["Findings", "Counts", "Episodes"]
    head, only = book["Episodes"].iter_rows()
    assert [cell.value for cell in head] == [
        "Row or line", "CINreferralDate", "ReferralSource", "What is wrong", "What to do",
    ]  # fmt: skip
    assert [cell.value for cell in only][:4] == [
        12,
        "2024-05-01",
        "77",
        "8866: The source is not a known code.",
    ]
    assert only[2].fill.fgColor.rgb != only[1].fill.fgColor.rgb


def test_all_rows_can_be_kept_in_the_workbook(tmp_path):
    findings = Findings()
    sheet = Sheet("Episodes", ["A"], [(1, ["x"]), (2, ["y"])])
    write_beside(tmp_path / "f.xlsx", [sheet], findings, only_with_findings=False)
    assert load_workbook(tmp_path / "f.xlsx")["Episodes"].max_row == 3


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, "2024-04-01", "2024-06-30"), (2, "2024-07-01", "2024-09-30"), (3, "2024-10-01", "2024-12-31"),
     (4, "2025-01-01", "2025-03-31")],
)  # fmt: skip
def test_quarters_of_the_reporting_year_2025(number, first, last):
    assert quarter(2025, number) == Window(date.fromisoformat(first), date.fromisoformat(last))


def test_the_reporting_year_is_named_by_its_end():
    assert str(reporting_year(2025)) == "2024-04-01 to 2025-03-31"


def test_29_february():
    assert twelve_months_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert age_on(date(2020, 2, 29), date(2021, 2, 28)) == 0
    assert age_on(date(2020, 2, 29), date(2021, 3, 1)) == 1


def test_a_window_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="begins later"):
        Window(date(2025, 1, 2), date(2025, 1, 1))

"""Files for download: marked, dated, safe to open, nothing lost."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Link, Tag

AT = datetime(2016, 7, 1, 14, 5, tzinfo=UTC)
COLUMNS = [Column("a", "Agency"), Column("b", "Value")]
HOSTILE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x","y")']


def made(rows: Any, fmt: str, columns: Any = COLUMNS, **wanted: Any) -> HttpResponse:
    request = RequestFactory().get("/")
    wanted.setdefault("made_by", "Maren Oakley")
    return downloads.export(request, rows, columns, "Open actions: 2016", fmt, made_at=AT, **wanted)


def csv_rows(answer: HttpResponse) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet(answer: HttpResponse) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_it_says_what_it_is_who_made_it_and_when() -> None:
    rows = csv_rows(made([{"a": "x", "b": 1}], "csv", marking="OFFICIAL", example=True))
    assert rows[:4] == [
        ["Example: invented"],
        ["Open actions: 2016"],
        ["OFFICIAL"],
        ["Made by Maren Oakley on 1 July 2016 at 15:05"],
    ]
    assert rows[5:] == [["Agency", "Value"], ["x", "1"]]


def test_the_excel_file_says_the_same() -> None:
    found = sheet(made([{"a": "x", "b": 1}], "xlsx", marking="OFFICIAL", example=True))
    assert [found.cell(row, 1).value for row in range(1, 5)] == [
        "Example: invented", "Open actions: 2016", "OFFICIAL", "Made by Maren Oakley on 1 July 2016 at 15:05",
    ]  # fmt: skip
    assert found.freeze_panes == "B7"
    assert found.auto_filter.ref == "A6:B7"


def test_a_board_that_is_an_example_marks_its_files() -> None:
    request = RequestFactory().get("/")
    vars(request).update(
        board=SimpleNamespace(is_example=True),
        person=SimpleNamespace(full_name="Tamsin Ferrier"),
        seat="Headteacher, Hollow Lane Academy",
    )
    answer = downloads.export(request, [], COLUMNS, "Returns", "csv", made_at=AT)
    rows = csv_rows(answer)
    assert rows[0] == ["Example: invented"]
    assert rows[3] == ["Made by Tamsin Ferrier, Headteacher, Hollow Lane Academy on 1 July 2016 at 15:05"]
    assert answer["Content-Disposition"] == 'attachment; filename="example-returns-2016-07-01.csv"'


def test_a_file_is_named_by_the_boards_own_day_and_says_when_it_was_made() -> None:
    request = RequestFactory().get("/")
    vars(request).update(today=date(2016, 3, 14), person=SimpleNamespace(full_name="Tamsin Ferrier"))
    answer = downloads.export(request, [], COLUMNS, "Returns", "csv", made_at=AT)
    assert answer["Content-Disposition"] == 'attachment; filename="returns-2016-03-14.csv"'
    assert csv_rows(answer)[2] == ["Made by Tamsin Ferrier on 1 July 2016 at 15:05"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    (row,) = csv_rows(made([{"a": text, "b": ""}], "csv"))[5:]
    assert row[0].startswith("'")
    cell = sheet(made([{"a": text, "b": ""}], "xlsx", example=False)).cell(6, 1)
    assert cell.data_type == "s"
    assert cell.value.endswith(text.lstrip())


def test_numbers_stay_numbers_and_dates_dates() -> None:
    values = [-5, Decimal("1.5"), date(2016, 3, 14), datetime(2016, 3, 14, 15, 4, tzinfo=UTC), True, None]
    rows = [{"a": str(n), "b": value} for n, value in enumerate(values)]
    assert [row[1] for row in csv_rows(made(rows, "csv"))[5:]] == [
        "-5",
        "1.5",
        "2016-03-14",
        "2016-03-14 15:04",
        "Yes",
        "",
    ]
    found = sheet(made(rows, "xlsx", example=False))
    shown = [str(found.cell(6 + n, 2).value) for n in range(6)]
    assert shown == ["-5", "1.5", "2016-03-14 00:00:00", "2016-03-14 15:04:00", "Yes", "None"]
    assert [found.cell(6 + n, 2).data_type for n in range(4)] == ["n", "n", "d", "d"]


def test_parts_become_their_words() -> None:
    rows = [{"a": Link("Ash & <Co>", "/a"), "b": Tag("Overdue", "overdue")}]
    assert csv_rows(made(rows, "csv"))[-1] == ["Ash & <Co>", "Overdue"]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    rows = [{"a": "x" * 40_000, "b": ""}]
    value = sheet(made(rows, "xlsx", example=False)).cell(6, 1).value
    assert len(value) == 32_767
    assert value.endswith("in the CSV file.")
    assert len(csv_rows(made(rows, "csv"))[-1][0]) == 40_000


def test_it_is_never_kept_by_the_browser() -> None:
    answer = made([], "xlsx")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ValueError, match="exe"):
        made([], "exe")


def test_a_title_excel_would_refuse_still_makes_a_file() -> None:
    request = RequestFactory().get("/")
    answer = downloads.export(request, [], COLUMNS, "[a]:b*/c?" + "d" * 60, "xlsx", made_at=AT)
    assert len(sheet(answer).title) <= 31

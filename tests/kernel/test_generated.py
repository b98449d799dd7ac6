"""Every generated file carries its stamp; a PDF is tagged; a table cannot smuggle in a formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from wholestory.kernel.generated import Marking, PageFault, Stamp, as_csv, as_excel, render

MADE_AT = datetime(2016, 7, 14, 9, 30, 12, 345, tzinfo=UTC)
STAMP = Stamp(
    Marking.OFFICIAL_SENSITIVE,
    "Robin Tansley",
    MADE_AT,
    "Northmarsh Safeguarding Children Board",
    example=True,
)
LINES = (
    "Example: invented",
    "OFFICIAL-SENSITIVE",
    "Northmarsh Safeguarding Children Board",
    "Made for Robin Tansley on 14 July 2016 at 10:30",
)


def test_a_stamp_says_marking_board_maker_and_london_time() -> None:
    assert STAMP.lines() == LINES
    assert Stamp(Marking.OFFICIAL, "A", MADE_AT, "B").lines() == (
        "OFFICIAL",
        "B",
        "Made for A on 14 July 2016 at 10:30",
    )


def test_a_stamp_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Stamp(Marking.OFFICIAL, "A", MADE_AT.replace(tzinfo=None), "B")


def test_csv_begins_with_the_stamp_and_disarms_formulas() -> None:
    text = as_csv(
        STAMP, ("Agency", "Note"), [("Harbour Youth Trust", "=cmd|'/c calc'!A1"), ("é", None)]
    ).decode("utf-8-sig")
    assert text.splitlines() == [*LINES, "", "Agency,Note", "Harbour Youth Trust,'=cmd|'/c calc'!A1", "é,"]


def test_excel_keeps_dates_as_dates_and_formulas_as_text() -> None:
    made = as_excel(
        STAMP, "Who: has [not] answered?", ("Agency", "Due", "Score"), [("=1+1", date(2016, 3, 11), 2)]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == list(LINES)
    assert [cell.value for cell in sheet[6]] == ["Agency", "Due", "Score"]
    assert sheet["A7"].value == "=1+1"
    assert sheet["A7"].data_type == "s"
    assert sheet["B7"].value.date() == date(2016, 3, 11)
    assert sheet["C7"].value == 2
    assert sheet.freeze_panes == "B7"


def test_an_empty_table_is_still_a_file() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_excel(STAMP, "", ("Agency",), []))).active
    assert sheet.title == "Table"
    assert [cell.value for cell in sheet[6]] == ["Agency"]


def test_a_pdf_is_tagged_titled_in_english_and_stamped() -> None:
    made = render("= First\n#data.name\n", {"name": "#panic() *é*"}, stamp=STAMP, title="Heat map")
    read = pypdf.PdfReader(io.BytesIO(made))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "/StructTreeRoot" in root
    assert read.metadata is not None
    assert read.metadata.title == "Heat map"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    text = read.pages[0].extract_text()
    assert all(line in text for line in LINES)
    assert "#panic() *é*" in text


def test_a_source_that_cannot_be_made_accessible_is_refused_in_words() -> None:
    with pytest.raises(PageFault, match="alt"):
        render(
            "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>\"))",
            {},
            stamp=STAMP,
            title="x",
        )


def test_a_source_cannot_read_a_file() -> None:
    with pytest.raises(PageFault, match="not found"):
        render('#read("Makefile")', {}, stamp=STAMP, title="x")

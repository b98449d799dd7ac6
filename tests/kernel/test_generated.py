"""Every generated file carries its stamp; a PDF is tagged; a table cannot smuggle in a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from wholestory.kernel.generated import Marking, PageFault, Stamp, render

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

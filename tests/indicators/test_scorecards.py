"""Bringing in the scorecard a board has: looked through first, nothing of a return replaced, and taken back whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.indicators.people import Figures
from wholestory.indicators.models import Submission, Value

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
HOME = "/figures/scorecards/"


def workbook() -> bytes:
    """Two years of quarters under merged headings, with what people type."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Front door"
    for row in [
        ["Northmarsh scorecard"],
        ["", "2014/15", "", "", "", "2015/16", ""],
        ["Measure", "Q1", "Q2", "Q3", "Q4", "Q1", "Target"],
        ["C06 Referrals", 310, 402, "<5", "twelve", "n/a", 300],
        ["C07 Re-referrals, how many", 62, 81, None, None, None, None],
        ["C07 Re-referrals, out of", 310, 402, None, None, None, None],
        ["C07 Re-referrals %", 0.2, 0.31, None, None, None, None],
    ]:
        sheet.append(row)
    sheet.merge_cells("B2:E2")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def sent(client: Client, whose: str = "board", content: bytes | None = None) -> str:
    """The address of a scorecard that was sent."""
    file = SimpleUploadedFile("scorecard.xlsx", content or workbook())
    answer = client.post(HOME, {"file": file, "years": "financial", "whose": whose})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).removesuffix("sheet/")


def looked_through(client: Client, at: str) -> str:
    """Sheet and rows settled as they are proposed, and the mark of what was shown."""
    assert client.post(f"{at}sheet/", {"sheet": "0"})["Location"] == f"{at}rows/"
    rows = {
        "code_3": "C06", "holds_3": "number", "code_4": "c07", "holds_4": "number", "code_5": "C07",
        "holds_5": "out_of", "code_6": "C07", "holds_6": "share",
    }  # fmt: skip
    assert client.post(f"{at}rows/", rows)["Location"] == f"{at}check/"
    page = client.get(f"{at}check/")
    return str(page.context["plan"].seen)


def test_a_scorecard_comes_in_after_it_was_looked_through(figures: Figures, browse: Browse) -> None:
    client = browse("analyst")
    at = sent(client)
    page = client.get(f"{at}sheet/").content.decode()
    assert "5 columns name a period" in page
    rows = client.get(f"{at}rows/")
    assert rows.status_code == 302, "rows are asked for after the sheet"
    seen = looked_through(client, at)
    check = client.get(f"{at}check/").content.decode()
    # 0.31 said, and 81 of 402 is 20.1 per cent.
    assert "81 of 402 is 20.1 per cent" in check
    assert "twelve" in check
    refused = client.post(f"{at}check/", {"seen": seen})
    assert "Say that these cells stay out" in refused.content.decode()
    with figures.acting("analyst"):
        assert not Value.objects.exists()
    assert client.post(f"{at}check/", {"seen": seen, "without": "on"})["Location"] == at
    with figures.acting("analyst"):
        found = {
            (each.measure, each.period_start): (each.numerator, each.denominator, each.nothing, each.place)
            for each in Value.objects.filter(in_force=True)
        }
    assert found == {
        ("C06", date(2014, 4, 1)): (310, None, "", "Front door!B4"),
        ("C06", date(2014, 7, 1)): (402, None, "", "Front door!C4"),
        ("C06", date(2014, 10, 1)): (None, None, "suppressed", "Front door!D4"),
        ("C06", date(2015, 4, 1)): (None, None, "not_applicable", "Front door!F4"),
        ("C07", date(2014, 4, 1)): (62, 310, "", "Front door!B5 and B6 and B7"),
        ("C07", date(2014, 7, 1)): (81, 402, "", "Front door!C5 and C6 and C7"),
    }


def test_what_a_return_gave_stays(figures: Figures, browse: Browse) -> None:
    figures.series("charity", "C06", [(299, None)], last=date(2014, 6, 30))
    client = browse("quality_officer")
    at = sent(client, whose="charity")
    seen = looked_through(client, at)
    assert len(client.get(f"{at}check/").context["plan"].there) == 1
    client.post(f"{at}check/", {"seen": seen, "without": "on"})
    with figures.acting("charity_lead"):
        kept = Value.objects.get(measure="C06", period_start=date(2014, 4, 1), in_force=True)
        assert kept.numerator == 299
        assert Value.objects.filter(in_force=True).count() == 6


def test_it_is_taken_back_as_a_whole_and_may_come_again(figures: Figures, browse: Browse) -> None:
    client, content = browse("business_manager"), workbook()
    at = sent(client, content=content)
    client.post(f"{at}check/", {"seen": looked_through(client, at), "without": "on"})
    again = client.post(
        HOME, {"file": SimpleUploadedFile("again.xlsx", content), "years": "financial", "whose": "board"}
    )
    assert "brought in already" in again.content.decode()
    assert "Say why" in client.post(f"{at}take-back/", {"because": ""}).content.decode()
    client.post(f"{at}take-back/", {"because": "The wrong year"})
    with figures.acting("analyst"):
        assert not Value.objects.filter(in_force=True).exists()
        assert Value.objects.count() == 6, "what was brought in is kept"
    assert "The wrong year" in client.get(at).content.decode()
    assert sent(client, content=content)


def test_nothing_comes_in_when_something_changed_since(figures: Figures, browse: Browse) -> None:
    client = browse("analyst")
    at = sent(client, whose="charity")
    seen = looked_through(client, at)
    figures.series("charity", "C06", [(299, None)], last=date(2014, 6, 30))
    page = client.post(f"{at}check/", {"seen": seen, "without": "on"}).content.decode()
    assert "Something changed since you looked" in page
    with figures.acting("analyst"):
        assert Value.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK", "Send the scorecard as a workbook"),
        ("a.xlsx", b"not a workbook", "Save it again"),
        ("a.csv", b"\x00\x01", "not a text file"),
        ("a.csv", b"", "empty"),
        ("a.csv", b",,\n,,\n", "There is nothing in the file"),
        ("a.csv", b"a,b\n" * 700, "at most 600"),
    ],
)
def test_bad_files_are_refused_beside_the_field(
    figures: Figures, browse: Browse, name: str, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile(name, content)
    page = browse("analyst").post(HOME, {"file": file, "years": "financial", "whose": "board"})
    assert words in page.content.decode()
    with figures.acting("analyst"):
        assert not Submission.objects.exists()


def test_a_sheet_without_periods_says_what_to_do(figures: Figures, browse: Browse) -> None:
    client = browse("analyst")
    at = sent(client, content=_plain())
    page = client.post(f"{at}sheet/", {"sheet": "0"})
    assert "No heading in this sheet names a quarter" in page.content.decode()


def _plain() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Measure", "Now", "Before"])
    book.active.append(["C06", 3, 4])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_unknown_codes_are_told_beside_the_row(figures: Figures, browse: Browse) -> None:
    client = browse("analyst")
    at = sent(client)
    client.post(f"{at}sheet/", {"sheet": "0"})
    rows = {f"code_{n}": "ZZ9" for n in (3, 4, 5, 6)} | {f"holds_{n}": "number" for n in (3, 4, 5, 6)}
    page = client.post(f"{at}rows/", rows).content.decode()
    assert page.count("There is no measure “ZZ9”") >= 4


@pytest.mark.parametrize(
    "persona",
    ["chair", "administrator", "ig_lead", "lay_member", "police_member", "police_lead", "head", "group_chair",
     "sister_analyst", "sister_manager", "stranger"],
)  # fmt: skip
def test_nobody_else_brings_scorecards_in(figures: Figures, browse: Browse, persona: str) -> None:
    at = sent(browse("analyst"))
    client = browse(persona)
    for path in ("", "sheet/", "rows/", "check/", "put-aside/", "take-back/"):
        assert client.get(f"{at}{path}").status_code in (403, 404), path
    if persona not in ("sister_analyst", "sister_manager"):
        assert client.get(HOME).status_code in (403, 404)
    else:
        assert "scorecard.xlsx" not in client.get(HOME).content.decode()

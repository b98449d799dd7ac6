"""A file is looked through before it is kept: what stops it, what is asked, and that nothing of it stays."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from django.test import Client

from tests.documents.conftest import NOW, PNG, TODAY, packed, upload, word
from tests.personas import World
from wholestory.access import acting
from wholestory.documents import looking, operations, showing_too
from wholestory.documents.models import RemovedBecause, StoredFile
from wholestory.documents.rules import content
from wholestory.documents.rules.screening import Kind
from wholestory.ledger import reading as access_record
from wholestory.records.models import Record

Browse = Callable[[str], Client]
Keep = Callable[..., StoredFile]
#: An NHS number of the range kept for tests: see test_screening.
RECORD = b"Visit of 3 May. NHS number 999 000 0018. Seen alone.\n"
WHY = "The number is the made-up one of the training slides"


def on_the_shelf(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()] if folder.exists() else []


def files(world: World) -> list[StoredFile]:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        return list(StoredFile.objects.select_related("record").order_by("created_at"))


def test_nothing_is_stored_before_somebody_decides(
    keep: Keep, own_shelf: Path, world: World, school_return: Record, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(operations.LooksLikeAChild) as refused:
        keep(RECORD, "visit.txt")
    assert "an NHS number (line 1)" in str(refused.value)
    assert "Records about a child do not belong here" in str(refused.value)
    assert on_the_shelf(own_shelf) == []
    assert files(world) == []
    assert "999" not in str(refused.value) + caplog.text


def test_a_reason_is_kept_with_the_file_and_its_kinds_without_the_value(
    keep: Keep, own_shelf: Path, world: World
) -> None:
    kept = keep(RECORD, "slides.txt", not_about_a_child=WHY)
    assert (kept.screen_found, kept.screen_reason, kept.screened) == ("nhs_number", WHY, "whole")
    assert len(on_the_shelf(own_shelf)) == 1
    clean = keep(not_about_a_child=WHY)
    assert (clean.screen_found, clean.screen_reason) == ("", "")


def test_a_key_pressed_is_no_reason(keep: Keep, world: World) -> None:
    with pytest.raises(operations.LooksLikeAChild):
        keep(RECORD, "visit.txt", not_about_a_child="no no no")
    assert files(world) == []


def test_the_page_says_what_was_found_and_asks_why(
    browse: Browse, school_return: Record, world: World, own_shelf: Path
) -> None:
    client, about = browse("head"), f"/files/add/{school_return.reference}/"
    assert "why not?" not in client.get(about).content.decode()
    sent = {"uploads": [upload("visit.txt", RECORD), upload("ok.txt", b"Our policy.")], "marking": "OFFICIAL"}
    page = client.post(about, sent).content.decode()
    assert "what looks like an NHS number (line 1)" in page
    assert "Records about a child do not belong here" in page
    assert "why not?" in page
    assert "999 000" not in page
    assert [file.name for file in files(world)] == ["ok.txt"]
    again = {"uploads": [upload("visit.txt", RECORD)], "marking": "OFFICIAL", "not_about_a_child": WHY}
    answer = client.post(about, again)
    assert answer.status_code == 302
    kept = files(world)[-1]
    for who in ("head", "quality_officer"):
        shown = browse(who).get(f"/files/{kept.record.reference}/about/").content.decode()
        assert WHY in shown
        assert "what looks like an NHS number" in shown


def test_a_new_version_is_looked_through_too(browse: Browse, keep: Keep, world: World) -> None:
    first = keep()
    url = f"/files/{first.record.reference}/new-version/"
    page = (
        browse("head").post(url, {"file": upload("v2.txt", RECORD), "marking": "OFFICIAL"}).content.decode()
    )
    assert "why not?" in page
    assert len(files(world)) == 1
    sent = {"file": upload("v2.txt", RECORD), "marking": "OFFICIAL", "not_about_a_child": WHY}
    assert browse("head").post(url, sent).status_code == 302
    assert [file.version for file in files(world)] == [1, 2]


def test_a_refused_try_is_in_the_access_record_without_its_name(
    browse: Browse, school_return: Record, world: World
) -> None:
    sent = {"uploads": [upload("Kian Ashgrove DOB 1.2.09.txt", b"x")], "marking": "OFFICIAL"}
    browse("head").post(f"/files/add/{school_return.reference}/", sent)
    with acting.as_system(world.board):
        lines = [one for one in access_record.seen(school_return.id) if one.verb == "documents.refused"]
    assert [one.reason for one in lines] == ["like_a_child_record"]


def test_links_are_looked_at(browse: Browse, school_return: Record) -> None:
    url = f"/files/link/{school_return.reference}/"
    page = browse("head").post(url, {"url": "https://a.example/x", "label": "Zofia (8)"}).content.decode()
    assert "looks like one to a record about a child" in page
    assert 'value="Zofia (8)"' in page
    assert "Links here now" not in page


def made_word() -> io.BytesIO:
    made = docx.Document()
    made.add_paragraph("Our policy asks for the child's NHS number.")
    table = made.add_table(2, 2)
    for across, words in enumerate(("Pupil name", "DOB")):
        table.cell(0, across).text = words
    for across, words in enumerate(("K. A.", "3.4.2009")):
        table.cell(1, across).text = words
    made.sections[0].header.paragraphs[0].text = "Case number: 1234567"
    out = io.BytesIO()
    made.save(out)
    return out


def made_workbook() -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.append(["Class", "Date of birth", "NHS no"])
    book.active.append([None, date(2009, 4, 3), 9990000018])
    out = io.BytesIO()
    book.save(out)
    return out


def test_words_of_every_kind_are_read() -> None:
    found = looking.look_through("a.docx", content.WORD, made_word())
    assert {(f.kind, f.place) for f in found.findings} == {
        (Kind.BIRTH_DATE, "table 1, row 2"), (Kind.CASE_REFERENCE, "paragraph 1")
    }  # fmt: skip
    found = looking.look_through("a.xlsx", content.EXCEL, made_workbook())
    assert {(f.kind, f.place) for f in found.findings} == {
        (Kind.BIRTH_DATE, "sheet 1, row 2"), (Kind.NHS_NUMBER, "sheet 1, row 2")
    }  # fmt: skip
    ods = packed({"content.xml": b'<o xmlns:text="t"><text:p>DOB: 1 May 2009</text:p></o>'})
    assert (
        looking.look_through("a.odt", content.OPEN_TEXT, io.BytesIO(ods)).findings[0].kind is Kind.BIRTH_DATE
    )
    slide = packed({"ppt/slides/slide2.xml": b'<o xmlns:a="t"><a:p><a:t>Maya (9)</a:t></a:p></o>'})
    (seen,) = looking.look_through("a.pptx", content.SLIDES, io.BytesIO(slide)).findings
    assert (seen.kind, seen.place) == (Kind.NAME_AND_AGE, "slide 2")
    (seen,) = looking.look_through("a.csv", content.CSV, io.BytesIO(b"Name;DOB\nx;2009-04-03\n")).findings
    assert (seen.kind, seen.place) == (Kind.BIRTH_DATE, "row 2")


def test_the_words_of_a_pdf_are_read_page_by_page() -> None:
    pytest.importorskip("pypdf", reason="without pypdf only the name of a PDF is looked at")
    source = (
        '#set document(title: "x")\n= Policy\nNothing here.\n#pagebreak()\n= Visit\nNHS number 999 000 0018'
    )
    pdf = made_pdf(source)
    looked = looking.look_through("a.pdf", content.PDF, io.BytesIO(pdf))
    assert (looked.findings[0].kind, looked.findings[0].place) == (Kind.NHS_NUMBER, "page 2")
    assert looked.extent is looking.Extent.WHOLE


def made_pdf(source: str) -> bytes:
    import typst

    return bytes(typst.compile(source.encode()))


def test_a_picture_has_only_its_name() -> None:
    looked = looking.look_through("Kian (8).png", content.PNG, io.BytesIO(PNG))
    assert (looked.findings[0].kind, looked.extent) == (Kind.NAME_AND_AGE, looking.Extent.NAME)


def _entities() -> bytes:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 5000
        + b'"><!ENTITY b "'
        + b"&a;" * 5000
        + b'">]><w><p>&b;</p></w>'
    )
    return word({"word/document.xml": bomb})


def _endless() -> bytes:
    return word({"word/document.xml": b'<w xmlns:w="t">' + b"<w:p>a</w:p>" * 2_000_000})


def _deep() -> bytes:
    return word({"word/document.xml": b"<a>" * 200_000})


@pytest.mark.parametrize("made", [_entities, _endless, _deep, lambda: b"PK\x03\x04 no more", lambda: b""])
def test_hostile_office_files_end_in_time(made: Callable[[], bytes]) -> None:
    sent, started = io.BytesIO(made()), time.perf_counter()
    looked = looking.look_through("a.docx", content.WORD, sent)
    assert time.perf_counter() - started < 2 * looking.MOST_SECONDS
    assert looked.extent is not looking.Extent.WHOLE
    assert sent.tell() == 0


@pytest.mark.parametrize("pages", [b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF", b"%PDF-1.7\n" + b"[" * 500_000])
def test_damaged_pdfs_have_only_their_name(pages: bytes) -> None:
    looked = looking.look_through("a.pdf", content.PDF, io.BytesIO(pages))
    assert (looked.findings, looked.extent) == ((), looking.Extent.NAME)


def test_time_and_length_have_an_end() -> None:
    many = io.BytesIO(b"A word.\n" * 1000)
    assert looking.look_through("a.txt", content.TEXT, many, characters=100).extent is looking.Extent.PART
    ticks = iter(range(10_000))
    slow = looking.look_through("a.txt", content.TEXT, many, clock=lambda: float(next(ticks)), seconds=3)
    assert slow.extent is looking.Extent.PART
    long_line = looking.look_through("a.txt", content.TEXT, io.BytesIO(b"x" * 200_000))
    assert long_line.extent is looking.Extent.WHOLE


def test_a_file_shown_with_another_record_is_the_same_and_stays(
    keep: Keep, world: World, school_return: Record, own_shelf: Path, browse: Browse
) -> None:
    file = keep()
    with acting.acting_as(world.people["head"], world.seats["head"]):
        other = showing_too.also_for(actor=world.people["head"], file=file, about=school_return, today=TODAY)
        operations.remove(actor=world.people["head"], file=file, because=RemovedBecause.MISTAKE, now=NOW)
    assert len(on_the_shelf(own_shelf)) == 1
    got = browse("quality_officer").get(f"/files/{other.record.reference}/")
    assert b"".join(got.streaming_content) == b"We keep children safe.\n"
    assert browse("head").get(f"/files/{file.record.reference}/").status_code == 409

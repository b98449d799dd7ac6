"""What the two files are made of: headings, header rows, language, locks, lists, and texts that are never formulas."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import Copies, row_of
from tests.paperwork.kitchen_sink import KITCHEN_SINK

pytestmark = pytest.mark.urls("tests.paperwork.site")


def test_the_word_copy_can_be_heard(desk: Desk, copies: Copies):
    desk.save("head", has_lead="yes", next_step="=cmd|' /C calc'!A0 <b>&amp;")
    packed = copies.take("head", "form.docx")
    document = docx.Document(io.BytesIO(packed))
    assert document.core_properties.title == "Self-audit 2015/16"
    assert document.core_properties.language == "en-GB"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))
    ]
    assert headings[:4] == [
        ("Title", "Self-audit 2015/16"), ("Heading 1", "1. Leadership"), ("Heading 2", "The lead"),
        ("Heading 1", "2. Staff and training"),
    ]  # fmt: skip
    assert [text for name, text in headings if name == "Heading 1"] == [
        f"{number}. {page.title}" for number, page in enumerate(KITCHEN_SINK.pages, 1)
    ]
    for table in document.tables:
        first = table._tbl.findall(qn("w:tr"))[0]
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert [cell.text for cell in table.rows[0].cells] == ["Number", "Question", "Your answer", "Reason"]
        assert table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is not None
    said = " ".join(p.text for p in document.paragraphs)
    for words in (
        "Example: invented",
        "OFFICIAL-SENSITIVE",
        "Made by Jo Ashdown, Agency lead, Willow Lane Academy on",
    ):
        assert words in said
    top = " ".join(p.text for p in document.sections[0].header.paragraphs)
    assert "Example: invented" in top
    assert "OFFICIAL-SENSITIVE" in top
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        assert len(parts.namelist()) == len(set(parts.namelist()))
        text = parts.read("word/document.xml").decode()
    assert "=cmd|' /C calc'!A0 &lt;b&gt;&amp;amp;" in text
    # The score, and the column of the same scale in each of the grid's two rows.
    assert text.count('<w:dropDownList><w:listItem w:displayText="0: Not met"') == 1 + 2


def test_the_excel_copy_is_locked_but_for_its_answers(desk: Desk, copies: Copies):
    desk.save("head", has_lead="yes", next_step="=1+1", course_other="+44 1632", why_not="@SUM(A1)")
    packed = copies.take("head", "form.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(packed))
    sheet = book["Answers"]
    assert book.properties.title == "Self-audit 2015/16"
    assert [sheet.cell(4, n).value for n in range(1, 7)] == [
        "Number", "Question", "Guidance", "What may be answered", "Your answer", "Reason"
    ]  # fmt: skip
    assert sheet.freeze_panes == "C5"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert book["For loading back"].sheet_state == "veryHidden"
    assert sheet.column_dimensions["G"].hidden
    for place, text in (("next_step", "=1+1"), ("course_other", "+44 1632"), ("why_not", "@SUM(A1)")):
        cell = sheet.cell(row_of(packed, place), 5)
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(packed)).read("xl/worksheets/sheet1.xml").decode()
    score, employed, page = row_of(packed, "score"), row_of(packed, "employed"), 5
    assert not sheet.cell(score, 5).protection.locked
    assert not sheet.cell(score, 6).protection.locked, "not applicable asks why"
    assert sheet.cell(employed, 6).protection.locked, "nothing asks why here"
    assert sheet.cell(page, 5).protection.locked
    assert sheet.cell(score, 5).alignment.wrap_text
    (rule,) = [one for one in sheet.data_validations.dataValidation if f"E{score}" in str(one.sqref)]
    lists = book["For loading back"]
    where = rule.formula1.rpartition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in lists[where]] == [
        "0: Not met",
        "1: Partly met",
        "2: Met",
        "Not applicable",
    ]
    assert "Example: invented. OFFICIAL-SENSITIVE" in sheet["A2"].value
    assert "Made by Jo Ashdown" in sheet["A2"].value
    assert "Only if “Is there a named lead?” is “No”" in sheet.cell(row_of(packed, "why_not"), 3).value
    assert "Not asked as the answers stand now." in sheet.cell(row_of(packed, "why_not"), 3).value


def test_somebody_elses_part_is_locked_in_a_contributors_copy(desk: Desk, copies: Copies):
    packed = copies.take("head_contributor", "form.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["Answers"]
    assert not sheet.cell(row_of(packed, "score"), 5).protection.locked
    assert sheet.cell(row_of(packed, "employed"), 5).protection.locked

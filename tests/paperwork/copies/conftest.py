"""Copies of the school's form, taken and filled in as somebody at a desk would."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.paperwork.conftest import Desk

BASE = "/trial/SA-SCHA0001/form/"
FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def filled_in_excel(packed: bytes, **answers: Any) -> bytes:
    """The workbook with answers written in as a person would: ``visit_from__p1`` is the first spare item."""
    book = openpyxl.load_workbook(io.BytesIO(packed))
    sheet = book["Answers"]
    rows = {sheet.cell(at, 7).value: at for at in range(1, sheet.max_row + 1)}
    for key, said in answers.items():
        at = rows[key.replace("__p", ".+").replace("__", ".")]
        answer, reason = said if isinstance(said, tuple) else (said, None)
        sheet.cell(at, 5).value = answer
        if reason is not None:
            sheet.cell(at, 6).value = reason
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(packed: bytes, place: str) -> int:
    """The row of a place in the workbook, counted from 1."""
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["Answers"]
    return next(at for at in range(1, sheet.max_row + 1) if sheet.cell(at, 7).value == place)


def filled_in_word(packed: bytes, **answers: str) -> bytes:
    """The document with text typed into the controls of these questions: ``_1_2`` is question 1.2."""
    document = docx.Document(io.BytesIO(packed))
    wanted = {f"Answer {number[1:].replace('_', '.')}": text for number, text in answers.items()}
    for control in document.element.body.iter(qn("w:sdt")):
        title = control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").get(qn("w:val"))
        if title not in wanted:
            continue
        empty = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
        if empty is not None:
            empty.getparent().remove(empty)
        inside = control.find(qn("w:sdtContent"))
        for child in list(inside):
            inside.remove(child)
        run = parse_xml(f"<w:r {nsdecls('w')}><w:t/></w:r>")
        run.find(qn("w:t")).text = wanted.pop(title)
        inside.append(run)
    assert not wanted, wanted
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class Copies:
    """What a persona does with copies of the form, through its pages."""

    def __init__(self, browse: Callable[[str], Client], base: str = BASE) -> None:
        self.browse, self.base = browse, base

    def take(self, who: str, which: str) -> bytes:
        response = self.browse(who).get(self.base + which)
        assert response.status_code == 200, response.status_code
        return bytes(response.content)

    def send(self, who: str, name: str, packed: bytes, sign_off: bytes | None = None) -> Any:
        """The answer to sending a file; the check page when it was taken."""
        client = self.browse(who)
        posted: dict[str, Any] = {
            "copy": SimpleUploadedFile(name, packed, FILES.get(name[-4:], "text/plain"))
        }
        if sign_off is not None:
            posted["sign_off"] = SimpleUploadedFile("agreed.txt", sign_off)
        return client.post(self.base + "load/", posted, follow=True)

    def apply(self, who: str, checked: Any, **picks: str) -> Any:
        """Load what was checked; ``picks`` are fields of the check page."""
        seen = checked.context["compared"].seen
        url = checked.redirect_chain[-1][0]
        return self.browse(who).post(url, {"_seen": seen, **picks}, follow=True)

    def undo(self, who: str, checked: Any) -> Any:
        return self.browse(who).post(checked.redirect_chain[-1][0], {"_do": "undo"}, follow=True)


@pytest.fixture
def copies(desk: Desk, browse: Callable[[str], Client]) -> Copies:
    return Copies(browse)

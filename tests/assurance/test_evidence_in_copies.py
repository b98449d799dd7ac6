"""Evidence stands in the filled copies by title and date under its line, and a signature holds for the evidence that
was read."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import openpyxl
import pypdf
import pytest
from django.test import Client

from tests.assurance import test_evidence
from tests.assurance.conftest import NOW
from tests.assurance.test_evidence import LINES, Browse, Evidence, url
from tests.documents.conftest import upload
from tests.personas import TODAY
from wholestory.assurance.definitions.as_form import files_key
from wholestory.assurance.models import EvidenceKind
from wholestory.assurance.queries.reading import reading
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import uploads
from wholestory.paperwork.given import Given, Place

evidence = test_evidence.evidence
own_shelf = test_evidence.own_shelf
pytestmark = pytest.mark.django_db
SAID = "Safeguarding policy, a file, dated 1 September 2015"


@pytest.fixture
def chosen(evidence: Evidence) -> Evidence:
    """A policy for the first line and a link for the second."""
    policy = evidence.add(document_on=date(2015, 9, 1), content=b"Nobody outside reads this.")
    link = evidence.add(
        "Training log", kind=EvidenceKind.LINK, link="https://intranet.example/log", document_on=None
    )
    evidence.choose(policy, lines=LINES[:1])
    evidence.choose(link, lines=LINES[1:2])
    evidence.round.answer("school", "head")
    return evidence


def test_word_and_excel_list_titles_and_dates_under_the_line(chosen: Evidence, browse: Browse) -> None:
    client = browse("head")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url(chosen, "form/form.xlsx")).content))["Answers"]
    rows = [[sheet.cell(at, n).value or "" for n in (1, 2, 5, 7)] for at in range(5, sheet.max_row + 1)]
    at = next(n for n, row in enumerate(rows) if row[2] == f"• {SAID}")
    assert rows[at] == ["", "Evidence for this", f"• {SAID}", ""]
    first = next(n for n, row in enumerate(rows) if row[3] == LINES[0])
    second = next(n for n, row in enumerate(rows) if row[3] == LINES[1])
    assert first < at < second
    assert "• Training log, a link" in [row[2] for row in rows]
    document = docx.Document(io.BytesIO(client.get(url(chosen, "form/form.docx")).content))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert SAID in text
    assert "intranet.example" not in text
    blank = openpyxl.load_workbook(io.BytesIO(client.get(url(chosen, "form/blank.xlsx")).content))["Answers"]
    assert SAID not in str([cell.value for row in blank.iter_rows() for cell in row])


def test_the_pdf_and_the_printed_page_list_them_too(chosen: Evidence, browse: Browse) -> None:
    client = browse("head")
    pdf = pypdf.PdfReader(io.BytesIO(client.get(url(chosen, "form/form.pdf")).content))
    assert SAID in " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert SAID in client.get(url(chosen, "form/print/")).content.decode()


@pytest.mark.parametrize("who", ["police_lead", "sister_head", "sister_manager", "lay_member", "stranger"])
def test_nobody_outside_gets_a_copy_with_them(chosen: Evidence, browse: Browse, who: str) -> None:
    client = browse(who)
    for rest in ("form.xlsx", "form.docx", "form.pdf", "print/"):
        assert client.get(url(chosen, f"form/{rest}")).status_code == 404


def test_a_copy_with_them_comes_back_and_changes_nothing(chosen: Evidence, browse: Browse) -> None:
    client = browse("head")
    packed = client.get(url(chosen, "form/form.xlsx")).content
    sent = client.post(url(chosen, "form/load/"), {"copy": upload("a.xlsx", packed)}, follow=True)
    counts = sent.context["compared"].counts()
    assert counts.pop("same") > 10
    assert set(counts.values()) == {0}


def press(client: Client, at: str) -> dict[str, str]:
    html = client.get(at).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(read|revisions)" value="([^"]*)"', html))
    return {**hidden, "post": "Headteacher", "agree": "on"}


def test_evidence_changed_after_it_was_read_is_not_signed_unread(chosen: Evidence, browse: Browse) -> None:
    kit = browse("head_signatory")
    at = url(chosen, "sign/")
    assert "Safeguarding policy" in kit.get(at).content.decode()
    pressed = press(kit, at)
    more = chosen.add(
        "Annual report", kind=EvidenceKind.WORDS, words="See page 4", document_on=date(2016, 1, 5)
    )
    chosen.choose(more, lines=LINES[:1])
    refused = kit.post(at, pressed).content.decode()
    assert "The evidence for a line was changed after you opened this page." in refused
    assert chosen.round.fresh("school").stage == "in_progress"
    assert kit.post(at, press(kit, at)).status_code == 302
    assert chosen.round.fresh("school").stage == "signed_off"


def test_the_files_of_a_standard_stand_on_its_return(chosen: Evidence) -> None:
    ret = chosen.round.fresh("school")
    standard = test_evidence.STANDARD
    with chosen.round.acting("head") as actor:
        form_set = ret.answers

        card = uploads.uploader().keep(
            actor=actor, form_set=form_set, key=files_key(standard.key), sent=upload("rota.txt", b"A rota."),
            accepts=(), today=TODAY,
        )  # fmt: skip
        paperwork.save_draft(
            actor=actor, set_id=form_set.id, now=NOW,
            saves=[paperwork.Save(Place(files_key(standard.key)), Given([{"ref": card.ref, "name": card.name}]))],
        )  # fmt: skip
        found = reading(ret, TODAY)
    assert [[file.name for file in one.files] for one in found.standards[:2]] == [["rota.txt"], []]

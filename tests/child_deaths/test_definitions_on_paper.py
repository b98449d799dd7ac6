"""Blank forms for when there is no power or network: edge case 37 of the domain notes."""

from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from wholestory.child_deaths.definitions import notification_form, report_form
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.paperwork import showing
from wholestory.paperwork.printing import Leaf, as_pdf


def printed(form) -> str:
    leaf = Leaf(
        title=form.title, about="", intro=form.intro, reference="", version=form.version, marking="OFFICIAL-SENSITIVE",
        made_by="Example: invented", made_at=datetime(2016, 3, 14, 9, tzinfo=UTC), status="Blank", content_hash="",
        is_example=True, board="Northmarsh", is_blank=True, pages=showing.blank_pages(form),
    )  # fmt: skip
    reader = PdfReader(BytesIO(as_pdf(leaf)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_edge_case_37_a_blank_notification_can_be_printed_and_written_by_hand():
    text = printed(notification_form(FormSet.FORMS_2015, date(2016, 3, 14)))
    for label in (
        "Time the death was confirmed",
        "NHS number",
        "Who was looking after the child",
        "Not known",
    ):
        assert label in text


def test_edge_case_37_a_blank_report_tells_when_a_question_applies():
    text = printed(report_form(FormSet.CURRENT, date(2022, 4, 1)))
    assert "Was bereavement support offered?" in text
    assert "What bereavement support was offered" in text
    assert "Write only what your agency holds" in text

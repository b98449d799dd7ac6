"""The form on paper: black on white, blank or filled in, and as a tagged PDF."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.paperwork.conftest import NINE, Desk
from tests.paperwork.kitchen_sink import KITCHEN_SINK
from tests.paperwork.made_up import forms
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork import showing
from wholestory.paperwork.definitions import Form, Given, Nothing, Sheet
from wholestory.paperwork.printing import Leaf, as_pdf

urls = pytest.mark.urls("tests.paperwork.site")
BASE = "/trial/SA-SCHA0001/form/"


def leaf(pages: tuple[showing.ShownPage, ...], **changes: Any) -> Leaf:
    wanted = {
        "title": "Self-audit 2015/16", "about": "Willow Lane Academy", "intro": "", "reference": "SA-1", "version": 1,
        "marking": "OFFICIAL", "made_by": "Jo Ashdown", "made_at": NINE, "status": "Draft", "content_hash": "",
        "is_example": True, "board": "Northmarsh", "is_blank": False, "pages": pages, **changes,
    }  # fmt: skip
    return Leaf(**wanted)


def tags_in(reader: PdfReader) -> list[str]:
    """The structure a screen reader follows, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.save("head", **{**COMPLETE, "has_lead": "no", "why_not": "She left.\n\nA new lead starts in May."})
    desk.save("head", trained=Given(nothing=Nothing.NOT_KNOWN), visits=[4], visit_from__4="2016-01-10")
    return desk


@urls
def test_the_pdf_is_tagged_and_says_what_was_answered(full: Desk, browse: Callable[[str], Client]):
    response = browse("head").get(BASE + "form.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"] == 'attachment; filename="example-self-audit-201516-SA-SCHA0001.pdf"'
    )
    reader = PdfReader(BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Self-audit 2015/16"
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else False
    tags = tags_in(reader)
    assert tags.index("/H1") < tags.index("/H2")
    text = text_of(reader)
    for words in (
        "Example: invented", "OFFICIAL-SENSITIVE", "Made by Jo Ashdown, Agency lead, Willow Lane Academy",
        "Why is there none? She left. A new lead starts in May.", "How many are trained? Not known",
        "Visit 1: From 10 January 2016", "Visit 1: Was it followed up? Not answered", "2: Met",
    ):  # fmt: skip
        assert words in text, words
    assert "Who is it?" not in text, "what was not asked is not printed"


@urls
def test_the_blank_pdf_has_every_question_with_its_condition(desk: Desk, browse: Callable[[str], Client]):
    desk.save("head", has_lead="no", why_not="must not be printed")
    text = text_of(PdfReader(BytesIO(browse("head").get(BASE + "blank.pdf").content)))
    for asked in KITCHEN_SINK.asked.values():
        assert asked.question.label in text
    assert "Only if “Is there a named lead?” is “No”" in text
    assert "0: Not met: Nobody has been named." in text
    assert "must not be printed" not in text


@urls
def test_the_page_to_print_carries_marking_maker_and_time(full: Desk, browse: Callable[[str], Client]):
    filled = browse("head").get(BASE + "print/").content.decode()
    for words in ("Example: invented", "OFFICIAL-SENSITIVE", "Made by Jo Ashdown", "She left.", "Not known"):
        assert words in filled
    blank = browse("head").get(BASE + "print/blank/").content.decode()
    assert "She left." not in blank
    assert "For each visit" in blank
    assert "ws-leaf__room--lines" in blank


@urls
def test_only_those_who_may_take_it_out_get_the_pdf(full: Desk, browse: Callable[[str], Client]):
    assert browse("quality_officer").get(BASE + "form.pdf").status_code == 200
    assert browse("police_lead").get(BASE + "form.pdf").status_code == 404


def test_what_looks_like_markup_is_printed_as_it_was_written():
    wild = '#panic() *bold* $x$ = \\ <b> “quoted” \u2028 [text] @ref #link("x")'
    sheet = Sheet(
        KITCHEN_SINK, {p: Given(wild) for p in Sheet(KITCHEN_SINK, {}).places if p.key == "next_step"}
    )
    text = text_of(PdfReader(BytesIO(as_pdf(leaf(showing.filled_pages(sheet), title=wild)))))
    assert "#panic() *bold* $x$" in text


def test_signs_the_typeface_lacks_are_written_out_by_name():
    text = "Thanks 👍 ڈاکٹر 安全 Zażółć "
    sheet = Sheet(
        KITCHEN_SINK, {p: Given(text) for p in Sheet(KITCHEN_SINK, {}).places if p.key == "next_step"}
    )
    printed = text_of(PdfReader(BytesIO(as_pdf(leaf(showing.filled_pages(sheet))))))
    assert "[thumbs up sign]" in printed or "👍" in printed
    assert "Zażółć" in printed


@given(forms(), st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_can_be_printed(form: Form, is_blank: bool):
    pages = showing.blank_pages(form) if is_blank else showing.filled_pages(Sheet(form, {}))
    reader = PdfReader(BytesIO(as_pdf(leaf(pages, is_blank=is_blank))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

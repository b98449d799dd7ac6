"""Copies of other forms and of other versions, and answers that no version asks any more."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from tests.paperwork.conftest import Desk, a_record
from tests.paperwork.copies.conftest import Copies, filled_in_excel
from wholestory.access import acting
from wholestory.access.verbs import Verb
from wholestory.paperwork import operations
from wholestory.paperwork.copies import reading
from wholestory.paperwork.copies.rows import NO_LONGER_ASKED
from wholestory.paperwork.definitions import Form, LongText, Page, Text, YesNo

pytestmark = pytest.mark.urls("tests.paperwork.site")
LEAD, OLD, SAME = (
    YesNo("lead", "Is there a lead?"),
    Text("fax", "What is your fax number?"),
    LongText("why", "Why?"),
)
FIRST = Form("moves_on", 1, "A form that moves on", (Page("one", "One", (LEAD, OLD, SAME)),))
SECOND = Form(
    "moves_on",
    2,
    "A form that moves on",
    (Page("one", "One", (SAME, LEAD, Text("mail", "What is your e-mail?"))),),
)
OTHER = dataclasses.replace(FIRST, key="another")


def texts(packed: bytes, sheet: str) -> str:
    rows = openpyxl.load_workbook(io.BytesIO(packed))[sheet].iter_rows(values_only=True)
    return " | ".join(str(cell) for row in rows for cell in row if cell)


@pytest.fixture
def first(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(form=FIRST, reference="SA-FRST0001")
    desk.save("head", lead="yes", fax="01632 960001", why="Because")
    return desk


@pytest.fixture
def second(first: Desk) -> Desk:
    """The next cycle's form, with last time's answers carried forward."""
    world = first.world
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        record = a_record(world, "school", "SA-SCND0002")
        version = operations.publish(SECOND)
        form_set = operations.start(
            actor=world.people["quality_officer"], record=record, version=version, verb=Verb.MANAGE
        )
    desk = Desk(world, record, form_set)
    with desk.acting("head"):
        operations.carry_forward(
            actor=desk.person("head"), source_id=first.form_set.id, target_id=form_set.id, now=desk.now(),
            same={"why": "why", "lead": "lead"},
        )  # fmt: skip
    return desk


def test_a_copy_of_another_form_is_refused(
    first: Desk, open_desk: Callable[..., Desk], browse: Callable[[str], Client]
):
    open_desk(form=OTHER, reference="SA-THER0003")
    packed = Copies(browse, "/trial/SA-THER0003/form/").take("head", "form.xlsx")
    answer = Copies(browse, "/trial/SA-FRST0001/form/").send("head", "copy.xlsx", packed)
    assert "This is a copy of another form" in answer.content.decode()
    assert not answer.redirect_chain


def test_an_older_version_is_matched_by_its_questions_and_said_to_be_one(
    first: Desk, second: Desk, browse: Callable[[str], Client]
):
    packed = filled_in_excel(
        Copies(browse, "/trial/SA-FRST0001/form/").take("head", "form.xlsx"), why="Since then, more"
    )
    checked = Copies(browse, "/trial/SA-SCND0002/form/").send("head", "copy.xlsx", packed)
    page = checked.content.decode()
    assert "This copy is of version 1 of the form, and you answer version 2" in page
    found = checked.context["compared"]
    assert [str(one.place) for one in found.of("same")] == ["lead"]
    assert [str(one.place) for one in found.of("clash")] == ["why"], (
        "it was never in this form, so it is chosen"
    )
    (nowhere,) = found.of("refused")
    assert nowhere.said_words == "01632 960001"
    assert "This form does not ask this question" in nowhere.fault


def test_a_filled_copy_keeps_what_earlier_versions_were_told(second: Desk, browse: Callable[[str], Client]):
    client = browse("head")
    base = "/trial/SA-SCND0002/form/"
    packed = bytes(client.get(base + "form.xlsx").content)
    kept = texts(packed, "No longer asked")
    assert NO_LONGER_ASKED in kept
    assert "1 | One | What is your fax number? | 01632 960001" in kept
    assert "Because" not in kept, "what is still asked stands in its own line"
    word = reading.docx.Document(io.BytesIO(client.get(base + "form.docx").content))
    assert NO_LONGER_ASKED in [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
    blank = openpyxl.load_workbook(io.BytesIO(client.get(base + "blank.xlsx").content))
    assert "No longer asked" not in blank.sheetnames

"""What became of last time's answers: what changed, from what, and what was said to be the same."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.paperwork.conftest import Desk
from tests.paperwork.test_drafts import carry
from tests.paperwork.test_filling import Browser
from tests.paperwork.test_printing import text_of
from tests.paperwork.test_sheet import COMPLETE
from wholestory import ledger
from wholestory.access import acting
from wholestory.paperwork import operations, queries
from wholestory.paperwork.definitions import Given, Nothing, Place
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.since import Counted, SinceLastTime

urls = pytest.mark.urls("tests.paperwork.site")
BASE = "/trial/SA-SCHA0002/form/"


def since(desk: Desk, name: str = "head") -> tuple[SinceLastTime, queries.Filled]:
    with desk.acting(name):
        filled = queries.filled(queries.answer_set(desk.form_set.id))
        return queries.since_last_time(filled), filled


@pytest.fixture
def second(desk: Desk, open_desk: Callable[..., Desk]) -> Desk:
    """This year's form: eight answers came from last year's; one was changed, one confirmed, one emptied."""
    desk.save("head", **{**COMPLETE, "has_lead": "no", "why_not": "She left"})
    new = open_desk(reference="SA-SCHA0002")
    # Not carried: the lead and since when, which did not apply last time.
    assert carry(desk, new) == 8
    new.save("head", employed="12", commissioned=Given(), rang_at="09:30")
    with new.acting("head"):
        operations.confirm_carried(
            actor=new.person("head"), set_id=new.form_set.id, places=[Place("has_lead")], now=new.now()
        )
    return new


def test_each_answer_is_changed_the_same_or_still_waiting(second: Desk):
    found, filled = since(second)
    told = {str(place): found.at(filled.sheet, place) for place in filled.sheet.places}
    assert {key for key, what in told.items() if what == "changed"} == {"employed", "commissioned"}
    assert {key for key, what in told.items() if what == "same"} == {"has_lead"}
    assert told["trained"] == "", "waits to be confirmed"
    assert told["rang_at"] == "", "is new"
    assert found.earlier(filled.sheet, Place("employed")) == "10 people"
    assert found.earlier(filled.sheet, Place("commissioned")) == "We do"
    assert found.earlier(filled.sheet, Place("has_lead")) == ""


def test_the_whole_form_is_counted(second: Desk):
    found, filled = since(second)
    counted = found.counted(filled.sheet)
    assert counted == Counted(changed=2, same=1, waiting=5)
    assert counted.in_words() == (
        "2 of 8 answers changed since last time, 1 the same, 5 still to be confirmed"
    )


def test_what_no_longer_applies_is_not_counted(second: Desk):
    second.save("head", has_lead="yes")
    found, filled = since(second)
    assert found.counted(filled.sheet) == Counted(changed=3, same=0, waiting=4), (
        "why there is none is not asked"
    )


def test_an_answer_changed_and_changed_back_is_the_same(second: Desk):
    second.save("head", employed="10")
    found, filled = since(second)
    assert found.at(filled.sheet, Place("employed")) == "same"


def test_a_reason_that_changed_is_a_change(desk: Desk, open_desk: Callable[..., Desk]):
    desk.save("head", score=Given(nothing=Nothing.NOT_APPLICABLE, reason="We have no premises"))
    new = open_desk(reference="SA-SCHA0002")
    carry(desk, new)
    new.save("head", score=Given(nothing=Nothing.NOT_APPLICABLE, reason="We moved out"))
    found, filled = since(new)
    assert found.earlier(filled.sheet, Place("score")) == "Not applicable: We have no premises"


def test_a_form_nothing_was_carried_into_says_nothing_and_asks_nothing(desk: Desk):
    desk.save("head", **COMPLETE)
    with desk.acting("head"):
        filled = queries.filled(queries.answer_set(desk.form_set.id))
        with CaptureQueriesContext(connection) as captured:
            found = queries.since_last_time(filled)
    assert len(captured) == 0
    assert found.counted(filled.sheet).in_words() == ""


def test_it_is_one_query_for_one_answer_or_thirty(desk: Desk, open_desk: Callable[..., Desk]):
    desk.save(
        "head",
        **COMPLETE,
        visits=list(range(1, 13)),
        **{f"visit_from__{n}": "2016-01-10" for n in range(1, 13)},
    )
    new = open_desk(reference="SA-SCHA0002")
    assert carry(desk, new) == len(COMPLETE) + 13
    with new.acting("head"):
        filled = queries.filled(queries.answer_set(new.form_set.id))
        with CaptureQueriesContext(connection) as captured:
            found = queries.since_last_time(filled)
            found.counted(filled.sheet)
    assert len(captured) == 1
    assert found.counted(filled.sheet).waiting == len(COMPLETE) + 13


def test_who_may_not_open_the_earlier_form_is_not_told_what_it_said(
    desk: Desk, open_desk: Callable[..., Desk], second: Desk
):
    """The answers came from a form of another agency, as after a merger: the head of this one never saw that."""
    police = open_desk("police", reference="SA-PDAA0001")
    with acting.as_system(desk.world.board, "postroom"):
        ledger.line("paperwork.carried_forward", second.record)
        AnswerSet.objects.filter(pk=second.form_set.id).update(carried_from=police.form_set)
    found, filled = since(second)
    assert not found.may_read
    assert found.at(filled.sheet, Place("employed")) == "changed"
    assert found.earlier(filled.sheet, Place("employed")) == ""
    found, filled = since(second, "quality_officer")
    assert found.earlier(filled.sheet, Place("employed")) == "10 people"


@urls
def test_readers_see_what_changed_beside_what_it_was(second: Desk, browse: Callable[[str], Client]):
    for rest in ("print/", "check/"):
        text = browse("head").get(BASE + rest).content.decode()
        assert "2 of 8 answers changed since last time, 1 the same, 5 still to be confirmed." in text
        assert "Changed since last time" in text
        assert "Same as last time" in text
        assert "10 people" in text
    read = browse("chair").get(BASE + "page/staff/").content.decode()
    assert "In the whole form: 2 of 8 answers changed since last time" in read
    assert "<strong>Changed since last time</strong>" in read


@urls
def test_the_pdf_says_the_same(second: Desk, browse: Callable[[str], Client]):
    text = text_of(PdfReader(BytesIO(browse("head").get(BASE + "form.pdf").content)))
    assert "2 of 8 answers changed since last time" in text
    assert "12 people Changed since last time Last time: 10 people" in text
    assert "Same as last time" in text


@urls
def test_whoever_answers_can_look_up_the_earlier_answer(second: Desk, browse: Callable[[str], Client]):
    text = Browser(browse("head"), BASE).opens("page/staff/")
    assert "Changed since last time: How many are employed?" in text
    assert "10 people" in text

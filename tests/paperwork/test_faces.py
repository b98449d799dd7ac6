"""Every question type has a face, and what a face shows it reads back the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from wholestory.paperwork.definitions import Given, Nothing, Place, Question
from wholestory.paperwork.faces import FACES, Face, Offers, face_of
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.words import all_words

JO = "6f1c2a34-0000-4000-8000-000000000001"
OFFERS = Offers(people=lambda question: [(JO, "Jo Ash")], agencies=lambda question: [(JO, "Jo Ash")])
#: One answer of each type, as it is stored.
STORED: dict[str, Any] = {
    "text": "some words", "long_text": "some\n\nmore", "yes_no": "yes", "choice": "us", "choices": ["basic", "cse"],
    "scale": 1, "date": "2016-03-04", "number": "12", "person": {"id": JO, "name": "Jo Ash"},
    "agency": {"id": JO, "name": "Jo Ash"}, "file": [{"ref": "r", "name": "a.pdf"}], "repeat": [1, 2],
    "time": "09:30", "nhs_number": "9434765919", "postcode": "LS1 4AP",
    "grid": {"teachers": {"people": "3", "by": "us", "how_well": 2, "note": "a note"}, "governors": {"done": "0"}},
    "calculated": None,
}  # fmt: skip


def shown(face: Face, what: Given) -> QueryDict:
    """What a browser would send back, untouched."""
    data = QueryDict(mutable=True)
    for name, values in face.posted(what).items():
        data.setlist(name, values)
    return data


def test_every_question_type_has_a_face():
    assert {cls.word for cls in FACES} == set(all_words(Question))


@pytest.mark.parametrize("key", KITCHEN_SINK.asked)
def test_what_is_shown_is_read_back_the_same(key: str):
    question = KITCHEN_SINK.question(key)
    face = face_of(question, Place(key), OFFERS)
    stored = STORED[question.word]
    try:
        question.understand(question.typed_from(stored))
    except NotThat:
        pytest.fail(f"the sample for {question.word} is no answer")
    kinds = [
        Given(nothing=allow.kind, reason="because" * (allow.reason != "none")) for allow in question.nothing
    ]
    for what in (Given(stored), Given(), *kinds):
        before = what if question.word in ("file", "repeat") else Given()
        assert face.read(shown(face, what), before) == what
        assert all(field.required is False for field in face.fields(what).values())


@given(
    st.sampled_from(list(KITCHEN_SINK.asked)),
    st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=3),
    st.text(max_size=30),
)
def test_nothing_a_browser_sends_breaks_a_face(key: str, noise: dict[str, str], text: str):
    question = KITCHEN_SINK.question(key)
    face = face_of(question, Place(key), OFFERS)
    data = QueryDict(mutable=True)
    for part in ("", "-day", "-month", "-year", "-typed", "-nothing", "-away", "-why_not_known"):
        data[f"{face.name}{part}"] = text
    data.update(noise)
    read = face.read(data, Given())
    assert question.word != "yes_no" or read.value in (None, "yes", "no")
    assert read.nothing is None or question.offers(read.nothing)


def test_a_kind_of_nothing_that_is_not_offered_is_not_heard():
    face = face_of(KITCHEN_SINK.question("employed"), Place("employed"), OFFERS)
    data = QueryDict(f"employed=3&employed-nothing={Nothing.DECLINED}")
    assert face.read(data, Given()) == Given("3")

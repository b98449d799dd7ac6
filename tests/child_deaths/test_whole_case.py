"""One print of everything held of a case: for the coordinator, with a reason, noted, and marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.child_deaths.test_response import decided
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations import holds
from wholestory.ledger import reading

Browse = Callable[[str], Client]
OUTSIDE = (
    "designated_doctor", "business_manager", "quality_officer", "administrator", "chair", "analyst", "panel_chair",
    "panel_police", "panel_lay", "sister_coordinator", "head", "stranger",
)  # fmt: skip


@pytest.fixture
def full(deaths: Deaths) -> Case:
    """A case with a response, a hold and an analysis."""
    case = deaths.case()
    decided(deaths, case)
    with deaths.acting() as actor:
        holds.begin(
            actor=actor, case=case, why="inquest", since_on=date(2016, 3, 14), review_on=date(2016, 6, 14),
            contact="", words="Opened by the coroner", now=deaths.now,
        )  # fmt: skip
    reviews = Reviews(deaths)
    found = reviews.begun(case)
    reviews.drafted(found)
    return case


def address(case: Case) -> str:
    return reverse("child_deaths:print_case", args=[case.record.reference])


def test_it_asks_why_and_then_shows_everything_marked(deaths: Deaths, full: Case, browse: Browse) -> None:
    client = browse("coordinator")
    asked = client.get(address(full)).content.decode()
    assert "Why is it printed?" in asked
    assert "Collapsed at home" not in asked
    assert "Choose why it is printed" in client.post(address(full), {"reason": ""}).content.decode()
    answer = client.post(address(full), {"reason": "print.coroner"})
    page = answer.content.decode()
    for words in (
        "Rowan Ashby", "999 000 0018", "Collapsed at home in the evening.", "Nurse Teal", "Opened by the coroner",
        "Garden pond without a fence", "Drowning", "Printed by Maren Foulds", "For the coroner.", "OFFICIAL-SENSITIVE",
    ):  # fmt: skip
        assert words in page or words.replace(" ", "") in page, words
    assert "no-store" in answer["Cache-Control"]


def test_the_access_record_keeps_who_and_why(deaths: Deaths, full: Case, browse: Browse) -> None:
    browse("coordinator").post(address(full), {"reason": "print.court"})
    with deaths.acting("ig_lead"):
        lines = [one for one in reading.seen(full.record_id) if one.verb == "child_deaths.case_printed"]
    assert [(one.reason, one.person) for one in lines] == [
        ("print.court", deaths.world.people["coordinator"].pk)
    ]


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_else_prints_it(deaths: Deaths, full: Case, browse: Browse, persona: str) -> None:
    client = browse(persona)
    assert client.get(address(full)).status_code == 404
    assert client.post(address(full), {"reason": "print.court"}).status_code == 404


def test_a_restricted_case_is_printed_by_those_let_in_alone(
    deaths: Deaths, full: Case, browse: Browse
) -> None:
    browse("coordinator").post(
        reverse("child_deaths:restrict", args=[full.record.reference]),
        {"reason": "The family is under protection."},
    )
    assert browse("coordinator").post(address(full), {"reason": "print.court"}).status_code == 200
    assert browse("designated_doctor").post(address(full), {"reason": "print.court"}).status_code == 404

"""Help, accessibility and who can see what: open to those they are for, and true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from wholestory.access.policy import OFFICES
from wholestory.my_work.about import NOT_YET

Browse = Callable[[str], Client]
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("address", ["/help/", "/accessibility/"])
@pytest.mark.parametrize("who", ["public", "head", "lay_member", "former_member"])
def test_anybody_may_read_them(browse: Browse, address: str, who: str) -> None:
    page = browse(who).get(address)
    assert page.status_code == 200
    assert '<a class="govuk-link govuk-link--text-colour" href="/help/">' in page.content.decode()


def test_help_names_the_team_of_ones_own_board(browse: Browse) -> None:
    assert (
        "the team of Northmarsh Safeguarding Children Board" in browse("head").get("/help/").content.decode()
    )
    assert "Northmarsh" not in browse("public").get("/help/").content.decode()


def test_who_can_see_what_needs_signing_in(browse: Browse) -> None:
    answer = browse("public").get("/who-can-see-what/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_who_can_see_what_says_what_ones_own_seat_opens(browse: Browse) -> None:
    said = {
        who: browse(who).get("/who-can-see-what/").content.decode()
        for who in ("quality_officer", "ig_lead", "head", "former_member")
    }
    assert OFFICES["assurance"] in said["quality_officer"]
    assert OFFICES["assurance"] not in said["ig_lead"]
    assert OFFICES["information_governance"] in said["ig_lead"]
    assert "What your own organisation is asked" in said["head"]
    assert "You hold no seat today" in said["former_member"]


def test_the_page_and_the_document_name_the_same_gaps() -> None:
    document = " ".join((DOCS / "reference" / "accessibility.md").read_text(encoding="utf-8").split())
    assert [gap for gap in NOT_YET if gap not in document] == []

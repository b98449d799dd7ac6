"""After a case is opened again members of the earlier meeting read final versions only, until it is listed again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.child_deaths.test_review_pages import at
from wholestory.child_deaths.models import Review
from wholestory.child_deaths.operations import review
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.meetings.models import Item

Browse = Callable[[str], Client]
WHY = "A toxicology report came"


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


def the(reviews: Reviews) -> Review:
    with reviews.deaths.acting():
        return Review.objects.select_related("record__board", "case__record").get()


@pytest.fixture
def met(reviews: Reviews) -> Item:
    """A case that the panel reviewed in a meeting, not final yet."""
    item = reviews.listed()
    for name in PANEL:
        reviews.declared(name, item)
    reviews.came(item.meeting, *PANEL)
    reviews.decided(the(reviews))
    return item


@pytest.mark.parametrize("persona", ["panel_police", "panel_chair"])
def test_the_draft_the_panel_reviewed_is_its_members_to_read(
    reviews: Reviews, met: Item, browse: Browse, persona: str
) -> None:
    page = browse(persona).get(at("review", the(reviews))).content.decode()
    assert "Version 1, draft" in page


@pytest.mark.parametrize("persona", ["panel_police", "panel_chair"])
def test_members_read_the_final_version_and_nothing_of_a_draft_begun_later(
    reviews: Reviews, met: Item, browse: Browse, persona: str
) -> None:
    found = the(reviews)
    reviews.final(found)
    reviews.reopened(found, WHY)
    with reviews.deaths.acting() as actor:
        review.answer(actor=actor, review=found, said={"cause": "Poisoning"}, now=NOW)
    client = browse(persona)
    for name, more in (("review", ()), ("review_print", ()), ("review_version", (1,))):
        page = client.get(at(name, found, *more)).content.decode()
        assert "ersion 1" in page, name
        assert "Drowning" in page, name
        for secret in ("Version 2", "version 2", WHY, "Poisoning"):
            assert secret not in page, (name, secret)
    assert client.get(at("review_version", found, 2)).status_code == 404
    for name, more in (("review_categories", ()), ("review_answers", ("cause",)),
                       ("review_line_add", ("factors",))):  # fmt: skip
        assert client.get(at(name, found, *more)).status_code == 404, name
    overview = client.get(at("review_analysis", found))
    if persona == "panel_chair":
        page = overview.content.decode()
        assert "Version 1, final" in page
        assert WHY not in page
        assert "Version 2" not in page
    else:
        assert overview.status_code == 404
    # Whoever runs the duty reads the draft, and members read it once it is final.
    assert "Version 2, draft" in browse("coordinator").get(at("review", found)).content.decode()
    reviews.final(found, because="The report changed the cause; the chair agreed")
    assert "Version 2, final" in browse(persona).get(at("review", found)).content.decode()


def test_the_chair_does_not_write_a_draft_begun_after_the_meeting(reviews: Reviews, met: Item) -> None:
    found = the(reviews)
    reviews.final(found)
    reviews.reopened(found, WHY)
    with (
        reviews.deaths.acting("panel_chair") as actor,
        pytest.raises(ReviewRefused, match="after your meeting"),
    ):
        review.answer(actor=actor, review=found, said={"cause": "Poisoning"}, now=NOW)


def test_a_case_listed_again_shows_the_draft_to_its_meeting(
    reviews: Reviews, met: Item, browse: Browse
) -> None:
    found = the(reviews)
    reviews.final(found)
    reviews.reopened(found, WHY)
    reviews.stands(found, "ready")
    again = reviews.listed(found)
    reviews.declared("panel_police", again)
    page = browse("panel_police").get(at("review", found)).content.decode()
    assert "Version 2, draft" in page


@pytest.mark.parametrize("persona", ["panel_police", "coordinator"])
def test_what_the_panel_sees_says_that_the_case_was_opened_again(
    reviews: Reviews, met: Item, browse: Browse, persona: str
) -> None:
    found = the(reviews)
    reviews.final(found)
    assert "opened again" not in browse(persona).get(at("review", found)).content.decode()
    reviews.reopened(found, WHY)
    page = browse(persona).get(at("review", found)).content.decode()
    assert "The case was opened again after version 1 was final" in page
    assert "Members of the panel read version 1 until the case is on an agenda again." in page


def test_saving_as_final_lists_what_nobody_has_said_yet(reviews: Reviews, met: Item, browse: Browse) -> None:
    # The draft of these tests says the cause, the answers and a factor, and nothing of the meeting or the summary.
    page = browse("coordinator").get(at("review_final", the(reviews))).content.decode()
    for label in ("Summary", "Documents read", "Agencies there", "Chaired by"):
        assert f">{label}</a></li>" in page
    assert ">Cause as now understood</a>" not in page

"""The pages of the agenda: listing, letting in, taking off, relatives, a panel member's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from wholestory import ledger
from wholestory.child_deaths.models import Relative, Review
from wholestory.child_deaths.operations import listing
from wholestory.partners.models import Person
from wholestory.pathways.models import Standing

Browse = Callable[[str], Client]


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


def at(name: str, review: Review, *more: object) -> str:
    return reverse(f"child_deaths:{name}", args=[review.record.reference, *more])


def test_a_case_is_listed_taken_off_and_listed_again(reviews: Reviews, browse: Browse) -> None:
    found = reviews.ready()
    client = browse("coordinator")
    page = at("review_listing", found)
    assert "No meeting of the panel is planned" in client.get(page).content.decode()
    meeting = reviews.meeting(date(2016, 4, 11))
    assert "Select a meeting" in client.post(page, {}).content.decode()
    done = client.post(page, {"meeting": str(meeting.pk)}, follow=True).content.decode()
    assert "A child, 1 to 4 years" in done
    for person in ("Odile Farrow", "Gil Standish", "Asha Merriman", "Corin Pell"):
        assert person in done
    # 90 days after 11 April 2016: 19 left in April, 31 in May, 30 in June make 80.
    assert "10 July 2016" in done
    assert "Say why" in client.post(at("review_take_off", found), {}).content.decode()
    off = client.post(at("review_take_off", found), {"because": "Too full"}, follow=True).content.decode()
    assert "Odile Farrow" not in off
    with reviews.deaths.acting():
        assert Standing.objects.get(record=found.case.record_id).stage == "ready"
    again = client.post(page, {"meeting": str(reviews.meeting(date(2016, 5, 9)).pk)}, follow=True)
    assert "9 May 2016" in again.content.decode()


def test_papers_are_shut_and_opened_by_a_button(reviews: Reviews, browse: Browse) -> None:
    item = reviews.listed()
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("coordinator")
    client.post(at("review_members", found), {"shut": "yes"})
    with reviews.deaths.acting("panel_lay"):
        assert not Review.objects.exists()
    client.post(at("review_members", found))
    with reviews.deaths.acting("panel_lay"):
        assert Review.objects.exists()
    assert item.meeting_id


def test_edge_case_28_the_page_says_who_is_kept_out_and_why(reviews: Reviews, browse: Browse) -> None:
    found = reviews.ready()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", found.case.record)
        Relative.objects.create(
            child=found.case.child, relation="uncle", name="Gil Standish", circle=found.case.circle,
            office=found.case.office,
        )  # fmt: skip
    reviews.listed(found)
    client = browse("coordinator")
    assert "bear the name of a relative" in client.get(at("review_listing", found)).content.decode()
    person = Person.objects.get(full_name="Gil Standish")
    page = at("review_not_related", found, person.pk)
    assert "Tick the box" in client.post(page, {}).content.decode()
    client.post(page, {"made_sure": "on"})
    assert "bear the name of a relative" not in client.get(at("review_listing", found)).content.decode()


def test_edge_case_20_what_was_reviewed_elsewhere_is_said_on_the_page(
    reviews: Reviews, browse: Browse
) -> None:
    found = reviews.ready()
    client = browse("coordinator")
    client.post(at("review_elsewhere", found), {"elsewhere_by": "Farhaven panel"})
    page = at("review_listing", found)
    assert "reviewed before by Farhaven panel" in client.get(page).content.decode()
    regional = reviews.meeting(kind="regional")
    refused = client.post(page, {"meeting": str(regional.pk)}).content.decode()
    assert "takes only cases that were not reviewed before" in refused


def test_a_members_own_page_costs_the_same_with_one_case_and_four(
    reviews: Reviews, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    meeting = reviews.meeting()
    home = reverse("child_deaths:panel")
    reviews.listed(reviews.ready(), meeting)
    cost_of(browse("panel_lay"), home)
    one = cost_of(browse("panel_lay"), home)
    for name, number in (("Wren", "9990000026"), ("Teal", "9990000034"), ("Linnet", "9990000042")):
        reviews.listed(reviews.ready(forenames=name, surname=f"{name}field", nhs_number=number), meeting)
    assert cost_of(browse("panel_lay"), home) == one


@pytest.mark.parametrize("persona", PANEL)
def test_members_find_their_meetings_even_when_nothing_is_listed(
    reviews: Reviews, browse: Browse, persona: str
) -> None:
    assert "No meeting is planned" in browse(persona).get(reverse("child_deaths:panel")).content.decode()
    reviews.meeting(date(2016, 4, 11))
    page = browse(persona).get(reverse("child_deaths:panel")).content.decode()
    assert "11 April 2016" in page
    assert "No papers are open to you" in page


def test_somebody_let_in_late_reads_once_the_members_are_let_in_again(reviews: Reviews) -> None:
    item = reviews.listed()
    with reviews.deaths.acting() as actor:
        found = Review.objects.select_related("record__board").get()
        listing.let_members_in(
            actor=actor, review_=found, item=item, today=date(2016, 3, 14), now=reviews.deaths.now
        )
        assert len({one.person_id for one in listing.reads.let_in(found)}) == len(PANEL)

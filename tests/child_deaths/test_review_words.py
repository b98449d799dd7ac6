"""What is typed around the papers: looked through for names and places, and no longer than can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.gathering import GP, ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.child_deaths.test_review_pages import at
from wholestory import ledger
from wholestory.child_deaths.forms import analysis as forms
from wholestory.child_deaths.models import Address, Case, Review, Unmasking
from wholestory.child_deaths.queries.known_names import places_found
from wholestory.child_deaths.rules.factor_codes import FactorEdition
from wholestory.govuk.forms import LongTextField

Browse = Callable[[str], Client]


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


def test_the_reason_of_the_chair_names_nobody(reviews: Reviews, browse: Browse) -> None:
    item = reviews.listed()
    reviews.declared("panel_chair", item)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("panel_chair")
    page = at("review_unmask", found)
    refused = client.post(page, {"what": "places", "reason": "Rowan was seen twice"}).content.decode()
    assert "“Rowan” would tell the panel who somebody is" in refused
    with reviews.deaths.acting():
        assert not Unmasking.objects.exists()
    maybe = {"what": "places", "reason": "Seen on 1 February 2016"}
    assert "I have looked at these words" in client.post(page, maybe).content.decode()
    seen = client.post(page, {**maybe, "looked": "on"}).content.decode()
    assert "Northmarsh General" in seen
    assert "Rowan" not in client.get(at("review", found)).content.decode()


def found_in(reviews: Reviews, review: Review, text: str) -> list[tuple[str, bool]]:
    with reviews.deaths.acting():
        return [(each.words, each.sure) for each in places_found(review, {"text": text})]


@pytest.mark.parametrize("field", ["place_name", "event_place"])
@pytest.mark.parametrize(
    "recorded", ["Emergency department, Welland Bridge Hospital", "Welland Bridge Hospital (ward 4)"]
)
def test_the_places_of_this_death_are_looked_for(reviews: Reviews, field: str, recorded: str) -> None:
    review = reviews.begun()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", review.record)
        Case.objects.filter(pk=review.case_id).update(**{field: recorded})
    assert found_in(reviews, review, "Taken to Welland Bridge Hospital.") == [
        ("Welland Bridge Hospital", False)
    ]
    assert found_in(reviews, review, "Welland Bridge Hospitals NHS Trust wrote.") == [
        ("Welland Bridge", False)
    ]
    assert found_in(reviews, review, "Taken to the emergency department of the hospital.") == []


def test_the_days_of_this_death_and_half_the_postcode_are_looked_for(reviews: Reviews) -> None:
    review = reviews.begun()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", review.record)
        # Half past midnight in summer time is still the day before by the clock of the world.
        event = datetime.fromisoformat("2016-05-03T00:30:00+01:00")
        Case.objects.filter(pk=review.case_id).update(died_on=date(2016, 3, 13), event_at=event)
        Address.objects.update(postcode="PE1 9ZZ")
    assert found_in(reviews, review, "It was Sunday 13 March.") == [("13 March", False)]
    assert found_in(reviews, review, "On the 13th of March.") == [("13th of March", False)]
    assert found_in(reviews, review, "On the 3 May.") == [("3 May", False)]
    assert found_in(reviews, review, "On the 14 March.") == []
    assert found_in(reviews, review, "The family lived in PE1.") == [("PE1", False)]


def test_agencies_that_were_asked_are_looked_for(reviews: Reviews) -> None:
    review = reviews.begun()
    ask(reviews.deaths, review.case, GP, post=False)
    assert found_in(reviews, review, "Saltings Surgery saw the child.") == [("Saltings Surgery", False)]


FORMS: list[tuple[type[Any], dict[str, Any]]] = [
    *((kind, {}) for kind in forms.PARTS.values()),
    (forms.CategoriesForm, {"edition": FactorEdition.CURRENT}),
    (forms.FactorForm, {"edition": FactorEdition.CURRENT}),
    (forms.LearningForm, {}), (forms.RecommendationForm, {"agencies": []}), (forms.ViewForm, {}),
    (forms.FinalForm, {}), (forms.ReopenForm, {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "wanted"), FORMS)
def test_long_texts_of_the_analysis_are_at_most_4000_letters(kind: type[Any], wanted: dict[str, Any]) -> None:
    names = [name for name, field in kind.base_fields.items() if isinstance(field, LongTextField)]
    for name in names:
        fits, too_long = kind({name: "a" * 4000}, **wanted), kind({name: "a" * 4001}, **wanted)
        assert name not in fits.errors
        (error,) = too_long.errors[name]
        assert "must be 4,000 characters or fewer" in error


def test_a_factor_that_is_too_long_is_refused_beside_the_form(reviews: Reviews, browse: Browse) -> None:
    review = reviews.begun()
    page = at("review_line_add", review, "learning")
    client = browse("coordinator")
    assert "4,000 characters or fewer" in client.post(page, {"text": "a" * 90_000}).content.decode()
    assert client.post(page, {"text": "a" * 4000}).status_code == 302

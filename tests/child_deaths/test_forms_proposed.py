"""Supplementary forms are proposed from all that is known of a death; the coordinator confirms. Section 2.4."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import Reviews
from tests.child_deaths.test_response import decided
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations import review
from wholestory.child_deaths.queries import forms_asked
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.forms_by_words import by_category, by_response, by_words

Browse = Callable[[str], Client]


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("Found in the garden pond, drowned.", {Topic.DROWNING}),
        ("Hit by a car on the way to school", {Topic.ROAD}),
        ("House fire; smoke inhalation", {Topic.FIRE}),
        ("Known asthma, and a long seizure", {Topic.ASTHMA, Topic.EPILEPSY}),
        ("Meningococcal sepsis", {Topic.INFECTION}),
        ("No seizure, not asthma. Ketoacidosis.", {Topic.KETOACIDOSIS}),
        ("Cardiac arrest in the ambulance", set()),  # how it ended, not a heart condition
        ("", set()),
    ],
)
def test_words_propose_and_words_denied_do_not(words: str, topics: set[Topic]) -> None:
    assert set(by_words(words)) == topics


def test_a_suspected_category_proposes_its_form_by_key() -> None:
    # Categories 1, 2, 4, 7, 8, 9, 10 of section 2.5 beside the topics of section 2.4.
    pairs = [(1, Topic.HOMICIDE), (2, Topic.SUICIDE), (4, Topic.ONCOLOGY), (7, Topic.GENETIC), (8, Topic.NEONATAL),
             (9, Topic.INFECTION), (10, Topic.SUDDEN)]  # fmt: skip
    assert [set(by_category(number)) for number, _ in pairs] == [{topic} for _, topic in pairs]
    assert by_category(5) == by_category(None) == {}


def test_a_response_for_external_causes_proposes_the_general_form_only_where_no_other_is() -> None:
    assert set(by_response(True, ["external_causes"])) == {Topic.OTHER_ACCIDENT}
    assert by_response(True, ["external_causes"], [Topic.ROAD]) == {}
    assert set(by_response(True, ["sudden_no_cause"])) == {Topic.SUDDEN}
    assert by_response(False, ["sudden_no_cause"]) == {}


def proposed(deaths: Deaths, case: Case) -> set[Topic]:
    with deaths.acting():
        held = Case.objects.select_related("child").get(pk=case.pk)
        return set(forms_asked.proposed(held, held.child))


def test_the_case_proposes_from_words_category_and_response(deaths: Deaths) -> None:
    plain = {"expected": "expected", "circumstances": "Unwell for a day.", "born_on": "2015-05-02"}
    case = deaths.case(**plain)
    assert proposed(deaths, case) == set()
    found = Reviews(deaths).begun(case)
    with deaths.acting() as actor:
        review.answer(actor=actor, review=found, now=NOW, said={"notified_category": 2})
    assert proposed(deaths, case) == {Topic.SUICIDE}
    decided(deaths, case, opens=True, criteria=["sudden_no_cause"])
    assert proposed(deaths, case) == {Topic.SUICIDE, Topic.SUDDEN}
    pond = deaths.case(
        **{**plain, "circumstances": "Found in a pool, drowned."}, forenames="Wren", nhs_number=None
    )
    assert proposed(deaths, pond) == {Topic.DROWNING}
    # The forms of 2015 have none about asthma: it is left to the report.
    asthma = deaths.case(**{**plain, "circumstances": "Asthma."}, forenames="Una", nhs_number=None)
    assert proposed(deaths, asthma) == set()


def test_the_coordinator_sees_why_and_decides(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(expected="expected", circumstances="Found in a pool, drowned.")
    page = (
        browse("coordinator")
        .get(reverse("child_deaths:requests_ask", args=[case.record.reference]))
        .content.decode()
    )
    # A word in the story is weak: it is offered first, with the word, above whom to ask, and a person ticks it.
    assert "Perhaps, not ticked: It was written: “drowned”." in page
    assert " checked" not in page
    assert page.index("drowned”") < page.index("Whom to ask")


def test_a_child_of_five_who_died_of_asthma_unexpectedly_is_asked_nothing_about_a_babys_sleep(
    deaths: Deaths, browse: Browse
) -> None:
    told = {"expected": "unexpected", "suspected_cause": "Asthma", "circumstances": "An attack at school."}
    case = deaths.case(**told, born_on="2010-06-01")
    assert Topic.SUDDEN not in proposed(deaths, case)
    page = (
        browse("coordinator")
        .get(reverse("child_deaths:requests_ask", args=[case.record.reference]))
        .content.decode()
    )
    assert " checked" not in page
    assert "Sudden unexpected death in infancy" in page  # it can still be chosen
    # Not even where the response was opened for a sudden death: these forms have it for infants only.
    decided(deaths, case, opens=True, criteria=["sudden_no_cause"])
    assert Topic.SUDDEN not in proposed(deaths, case)


def test_an_infant_whose_death_was_unexpected_has_it_proposed_and_not_ticked_until_it_is_sure(
    deaths: Deaths,
) -> None:
    case = deaths.case(expected="unexpected", circumstances="Unwell.", born_on="2015-09-01")

    def sure() -> dict[Topic, bool]:
        with deaths.acting():
            held = Case.objects.select_related("child").get(pk=case.pk)
            return {topic: each.sure for topic, each in forms_asked.proposed(held, held.child).items()}

    assert sure() == {Topic.SUDDEN: False}
    decided(deaths, case, opens=True, criteria=["sudden_no_cause"])
    assert sure() == {Topic.SUDDEN: True}

"""Sorting says what is known of where, and asks for what a decision rests on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Case, LeadDecision
from wholestory.child_deaths.operations import triage
from wholestory.partners.models import Area

Browse = Callable[[str], Client]


def post(client: Client, case: Case, **said: str) -> str:
    url = reverse("child_deaths:lead", args=[case.record.reference])
    whole = {"coordinates": "us", "evidence": "The GP’s register.", **said}
    return client.post(url, whole, follow=True).content.decode()


def test_lived_there_is_not_decided_without_saying_where(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    page = post(client, case, leads=str(deaths.panel.pk), rule="lived_here")
    assert "Choose the area where the child normally lived" in page
    assert 'href="#id_home_area"' in page  # beside the field
    assert "The GP’s register." in page  # nothing typed is lost
    with deaths.acting():
        assert not LeadDecision.objects.exists()


def test_an_area_of_another_panel_does_not_fit(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    far = Area.objects.get(name="Farhaven")
    page = post(
        browse("coordinator"), case, leads=str(deaths.panel.pk), rule="lived_here", home_area=str(far.pk)
    )
    assert "Farhaven is not in the area of Northmarsh Child Death Overview Panel" in page


def test_looked_after_names_the_authority(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    page = post(browse("coordinator"), case, leads=str(deaths.panel.pk), rule="looked_after")
    assert "Choose the authority that looked after the child" in page


def test_other_reasons_need_no_area(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        made = triage.decide_lead(
            actor=actor, case=case, coordinates="us", leads=deaths.panel, home_area=None, rule="partners_chose",
            evidence="Visiting from abroad.", today=TODAY,
        )  # fmt: skip
        assert made.home_area is None


@pytest.mark.parametrize("name", ["sort", "lead"])
def test_a_place_that_is_named_is_said_and_its_area_asked_for(
    deaths: Deaths, browse: Browse, name: str
) -> None:
    case = deaths.case()
    page = browse("coordinator").get(reverse(f"child_deaths:{name}", args=[case.record.reference]))
    words = page.content.decode()
    assert "Northmarsh General, emergency department" in words
    assert "3 Invented Lane, Northmarsh" in words
    assert reverse("child_deaths:particulars", args=[case.record.reference]) in words
    if name == "sort":
        assert "The child died at “Northmarsh General, emergency department”. In which area is that?" in words
        assert "The place is named, and not yet the area it is in." in words
        assert "it is not known yet" not in words


def test_once_the_area_is_in_the_coroner_is_named(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    with deaths.acting():
        Case.objects.get(pk=case.pk)
    client = browse("coordinator")
    area = Area.objects.get(name="Northmarsh")
    client.post(
        reverse("child_deaths:particulars", args=[case.record.reference]),
        {
            "confirmed": "2016-03-12 22:40", "sex": "male", "place_name": "Northmarsh General",
            "place_area": str(area.pk),
        },
    )  # fmt: skip
    page = client.get(reverse("child_deaths:sort", args=[case.record.reference])).content.decode()
    assert "The coroner for Northmarsh" in page
    assert "In which area is that?" not in page

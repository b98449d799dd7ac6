"""How deprived the area of the home is: put in by a person, counted, and not known where nobody looked it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Address, Case, DeathRow
from wholestory.child_deaths.operations import figures

Browse = Callable[[str], Client]


def url_of(case: Case, tail: str = "") -> str:
    return f"/child-deaths/cases/{case.record.reference}/particulars/{tail}"


def save(client: Client, case: Case, **said: Any) -> Any:
    """Send the form as it is shown, but for what is said."""
    form = client.get(url_of(case)).context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "born_on"}
    day = {"born_on_day": "2", "born_on_month": "5", "born_on_year": "2013"}
    return client.post(
        url_of(case), {key: value for key, value in {**sent, **day, **said}.items() if value is not None}
    )


def fifths(deaths: Deaths) -> list[int | None]:
    with deaths.acting():
        return list(Address.objects.order_by("created_at").values_list("deprivation", flat=True))


def counted(deaths: Deaths, case: Case) -> int | None:
    figures.refresh(case)
    with deaths.acting():
        return DeathRow.objects.get().deprivation


def test_it_is_put_in_counted_shown_and_taken_away(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    page = client.get(url_of(case)).content.decode()
    assert "Index of Multiple Deprivation" in page
    assert counted(deaths, case) is None
    assert save(client, case, deprivation="2").status_code == 302
    assert fifths(deaths) == [2]
    assert counted(deaths, case) == 2
    shown = client.get(f"/child-deaths/cases/{case.record.reference}/").content.decode()
    assert "deprivation: fifth 2 of 5 (1 is the most deprived)" in shown
    assert save(client, case, deprivation="").status_code == 302
    assert fifths(deaths) == [None]
    assert counted(deaths, case) is None


@pytest.mark.parametrize("wrong", ["0", "6", "most"])
def test_nothing_but_a_fifth_is_taken(deaths: Deaths, browse: Browse, wrong: str) -> None:
    case = deaths.case()
    assert save(browse("coordinator"), case, deprivation=wrong).status_code == 200
    assert fifths(deaths) == [None]


def test_without_a_home_it_is_refused_in_words(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(address=None, postcode=None)
    answer = save(browse("coordinator"), case, deprivation="1")
    assert "Add the home first" in answer.content.decode()


def test_a_newer_home_brings_its_own(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    save(client, case, deprivation="2")
    # Saving something else leaves it where it is.
    client.post(url_of(case, "address/"), {"kind": "normal", "lines": "9 New Row", "deprivation": "5"})
    assert fifths(deaths) == [2, 5]
    assert counted(deaths, case) == 5
    save(client, case, circumstances="Collapsed at home.")
    assert fifths(deaths) == [2, 5]


@pytest.mark.parametrize("persona", ["panel_chair", "analyst", "sister_coordinator", "stranger"])
def test_nobody_else_puts_it_in(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    assert browse(persona).post(url_of(case), {"deprivation": "1"}).status_code in (302, 403, 404)
    assert fifths(deaths) == [None]

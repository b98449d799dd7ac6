"""Every page of figures leads to the others, as far as somebody may open them; the menu leads to where they begin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
TEAM_PAGES = [
    "scorecard_read", "early_help", "agencies_read", "returns", "asking", "catalogue", "releases", "scorecards",
    "aggregates",
]  # fmt: skip


def ways(client: Client, url: str) -> dict[str, str]:
    """The links of the row on this page, by their words; the page itself has none."""
    page = client.get(url).content.decode()
    row = page.partition('<nav aria-label="Figures">')[2].partition("</nav>")[0]
    links = [part.partition("</a>")[0] for part in row.split('<a class="govuk-link" href="')[1:]]
    return {words: to for to, words in (one.split('">') for one in links)}


@pytest.mark.parametrize("name", TEAM_PAGES)
def test_the_team_comes_from_each_page_to_every_other(figures: Figures, browse: Browse, name: str) -> None:
    found = ways(browse("quality_officer"), reverse(f"indicators:{name}"))
    others = {reverse(f"indicators:{each}") for each in TEAM_PAGES if each != name}
    assert set(found.values()) == others | {reverse("indicators:lawful_basis")}


def test_only_who_counts_children_is_led_to_their_files(figures: Figures, browse: Browse) -> None:
    url = reverse("indicators:returns")
    assert ways(browse("analyst"), url)["Files about children"] == reverse("indicators:children")
    assert ways(browse("chair"), url)["Files about children"] == reverse("indicators:lawful_basis")
    assert "Who is asked" not in ways(browse("chair"), url)
    assert "Files about children" not in ways(browse("police_lead"), url)


def test_an_agency_finds_its_figures_from_its_returns_and_back(figures: Figures, browse: Browse) -> None:
    client = browse("police_lead")
    returns, own = reverse("indicators:returns"), reverse("indicators:own")
    both = {"What is measured", "Published figures"}
    assert ways(client, returns) == ways(client, returns) | {"Our figures": own}
    assert ways(client, own)["Returns of figures"] == returns
    assert set(ways(client, own)) == both | {"Returns of figures"}
    assert all(client.get(url).status_code == 200 for url in ways(client, own).values())


@pytest.mark.parametrize(("persona", "first"), [("analyst", "scorecard_read"), ("chair", "scorecard_read"),
                                                ("police_lead", "own")])  # fmt: skip
def test_the_menu_leads_to_where_figures_begin(
    figures: Figures, browse: Browse, persona: str, first: str
) -> None:
    client = browse(persona)
    menu = {one["label"]: one["url"] for one in client.get("/").context["navigation"]}
    assert client.get(menu["Figures"]).headers["Location"] == reverse(f"indicators:{first}")

"""Whoever sits in a group alone is told so, and finds the panel's papers in the menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.families import family_of, key_worker
from tests.child_deaths.people import Deaths, bring_in_panels
from tests.personas import World

Browse = Callable[[str], Client]
PANEL = ("panel_chair", "panel_police", "panel_health", "panel_lay")


@pytest.fixture
def deaths(world: World) -> Deaths:
    bring_in_panels(world)
    return Deaths(world)


def menu_of(page: str) -> str:
    start = page.index("govuk-service-navigation")
    return page[start : page.index("</nav>", start)]


@pytest.mark.parametrize("persona", PANEL)
def test_a_member_of_the_panel_comes_to_papers_and_meetings_by_the_menu(
    deaths: Deaths, browse: Browse, persona: str
) -> None:
    client = browse(persona)
    menu = menu_of(client.get("/").content.decode())
    assert 'href="/child-deaths/panel/"' in menu
    assert 'href="/meetings/"' in menu
    assert 'href="/child-deaths/"' not in menu
    assert client.get("/child-deaths/panel/").status_code == 200
    assert client.get("/meetings/").status_code == 200


@pytest.mark.parametrize(
    "persona", ["head", "chair", "business_manager", "analyst", "administrator", "stranger"]
)
def test_nobody_else_has_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    assert "/child-deaths/panel/" not in menu_of(browse(persona).get("/").content.decode())


def test_a_page_that_is_not_there_says_which_seat_they_sit_in(deaths: Deaths, browse: Browse) -> None:
    page = browse("panel_chair").get("/child-deaths/cases/CD-00000000/").content.decode()
    assert "acting as" in page
    assert "Child Death Overview Panel" in page
    for persona in ("panel_chair", "panel_police"):
        client = browse(persona)
        for url in ("/", "/nothing-here/", reverse("my_work:who_can_see_what"), reverse("partners:acting")):
            said = client.get(url).content.decode()
            assert "hold no seat" not in said, url
            assert "nobody" not in said.partition("<main")[0], url


def test_somebody_let_in_without_a_seat_is_not_called_nobody(deaths: Deaths, browse: Browse) -> None:
    family = family_of(deaths, deaths.case())
    key_worker(deaths, family)
    said = browse("key_worker").get("/").content.decode()
    assert "Stand by a family" in said
    assert "hold no seat" not in said
    assert "yourself, without a seat" in said

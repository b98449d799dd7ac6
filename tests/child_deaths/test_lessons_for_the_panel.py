"""Members of a panel read published lessons, and neither drafts nor what only the board is shown."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.learning import operations

Browse = Callable[[str], Client]
PANEL = ("panel_chair", "panel_police", "panel_health", "panel_lay")
EVERY = reverse("learning:list")


def _lessons(deaths: Deaths) -> None:
    world = deaths.world
    with deaths.acting("business_manager") as actor:
        for title, audience, steps in (
            ("Cots are lent", "everybody", 2),
            ("Ask where the baby sleeps", "professionals", 2),
            ("Inhalers in school", "everybody", 1),
            ("Gates at the water", "everybody", 0),
        ):
            said = operations.Words("safer_sleep", audience, title, "Something was learned.")
            made = operations.draft(actor=actor, board=world.boards["north"], words=said, today=TODAY)
            if steps:
                operations.share_with_board(actor=actor, lesson=made)
            if steps == 2:
                operations.publish(actor=actor, lesson=made, today=TODAY)


def test_the_panel_reads_what_is_published(deaths: Deaths, browse: Browse) -> None:
    _lessons(deaths)
    for name in PANEL:
        client = browse(name)
        assert f'href="{EVERY}"' in client.get("/").content.decode(), name
        page = client.get(EVERY).content.decode()
        assert "Cots are lent" in page, name
        assert "Ask where the baby sleeps" in page, name
        # Shared with the board alone, and a draft.
        assert "Inhalers in school" not in page, name
        assert "Gates at the water" not in page, name
        assert client.get(reverse("learning:draft")).status_code == 404


def test_others_read_as_before(deaths: Deaths, browse: Browse) -> None:
    _lessons(deaths)
    board = browse("lay_member").get(EVERY).content.decode()
    assert "Inhalers in school" in board
    assert "Gates at the water" not in board
    for name in ("head", "charity_lead", "stranger"):
        assert browse(name).get(EVERY).status_code == 404, name
    for name in ("sister_manager", "sister_coordinator"):
        assert "Cots are lent" not in browse(name).get(EVERY).content.decode(), name

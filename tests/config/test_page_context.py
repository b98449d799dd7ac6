"""What stands round every page follows who asks, their seat and their body's edition of guidance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.personas import World


def menu(client: Client) -> list[str]:
    return [item["label"] for item in client.get("/").context["navigation"]]


@pytest.mark.parametrize(
    ("edition", "called"), [("WT2015", "The board"), ("TRANS", "The board"), ("WT2023", "The partnership")]
)
def test_the_body_is_called_as_its_edition_calls_it(
    world: World, browse: Callable[[str], Client], edition: str, called: str
) -> None:
    world.board.edition = edition
    world.board.save()
    assert called in menu(browse("business_manager"))


def test_the_menu_offers_only_what_the_seat_opens(browse: Callable[[str], Client]) -> None:
    assert "Access record" in menu(browse("ig_lead"))
    assert "Self-audits" in menu(browse("head"))
    for hidden in ("Access record", "Correspondence", "The board", "Questions"):
        assert hidden not in menu(browse("head"))


@pytest.mark.parametrize("name", ["business_manager", "head", "lay_member", "ig_lead"])
def test_every_page_of_an_example_says_so(browse: Callable[[str], Client], name: str) -> None:
    page = browse(name).get("/").content.decode()
    assert "Example: invented" in page
    assert "14 March 2016" in page

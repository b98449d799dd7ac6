"""Figures typed in a browser are kept as they are typed; the pages of a return can be used by everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.indicators.people import Figures
from tests.indicators.returning import Returning
from tests.journeys.accessibility import everyone_can_use_on_every_screen

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def window(
    live_server: Any, browse: Callable[[str], Client], browser: Browser
) -> Iterator[Callable[[str], Page]]:
    """A persona's window; what a browser complains of fails the test."""
    contexts, complaints = [], []

    def opened(persona: str) -> Page:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        jar = browse(persona).cookies.values()
        context.add_cookies([{"name": one.key, "value": one.value, "url": live_server.url} for one in jar])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def test_what_is_typed_is_kept_without_a_press(figures: Figures, window: Callable[[str], Page]) -> None:
    made = Returning(figures)
    page = window("police_lead")
    page.goto(f"/figures/returns/{made.reference}/figures/")
    box = page.get_by_label("How many: Cases at the domestic abuse risk conference", exact=True)
    box.fill("30")
    box.blur()
    expect(page.get_by_text("Saved at")).to_be_visible()
    box.fill("31")
    box.blur()
    share = page.get_by_label("How many: Notices of concern about a child sent within 24 hours", exact=True)
    share.fill("48")
    share.blur()
    page.wait_for_timeout(1500)
    # Saving a second time knows what was saved the first time: nobody clashes with themselves.
    expect(page.get_by_text("somebody else changed")).not_to_be_visible()
    page.reload()
    expect(box).to_have_value("31")
    everyone_can_use_on_every_screen(page)


def test_every_page_of_a_return_can_be_used_by_everyone(
    figures: Figures, window: Callable[[str], Page]
) -> None:
    made = Returning(figures)
    made.type({"G01a": ("9",), "G01a|sex|male": ("<5",), "G02": ("61", "60")})
    police, team = window("police_lead"), window("business_manager")
    url = f"/figures/returns/{made.reference}/"
    for address in ("", "figures/", "meaning/?also=G04", "check/", "files/"):
        police.goto(url + address)
        everyone_can_use_on_every_screen(police)
    for address in (
        "/figures/asking/",
        "/figures/asking/police/",
        "/figures/rounds/new/",
        "/figures/returns/",
        url,
    ):
        team.goto(address)
        everyone_can_use_on_every_screen(team)

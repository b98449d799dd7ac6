"""A token from the page where it is made to the system that uses it, and the API's own page, looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import everyone_can_use_on_every_screen
from tests.personas import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PICTURES = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def manager(live_server: Any, browse: Callable[[str], Client], browser: Browser) -> Iterator[Page]:
    """The business manager's window, without scripts: every page has to work so."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    jar = browse("business_manager").cookies.values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": live_server.url} for one in jar])
    yield context.new_page()
    context.close()


def look(browser: Browser, shown: Page, name: str) -> None:
    """axe, headings and narrow screens, in a window with scripts that shows the same page."""
    context = browser.new_context(storage_state=shown.context.storage_state())
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(shown.url)
    everyone_can_use_on_every_screen(page)
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"api-{name}.png"), full_page=True)
    context.close()
    assert not complaints


def test_a_token_from_the_page_to_the_system_that_uses_it(
    manager: Page, browser: Browser, world: World
) -> None:
    manager.goto("/access/tokens/")
    manager.get_by_role("button", name="Make a token").click()
    manager.get_by_role("button", name="Make the token").click()
    expect(manager.get_by_role("heading", name="There is a problem")).to_be_visible()
    manager.get_by_label("Which agency is it for?").select_option("Willow Lane Academy")
    manager.get_by_label("Which system will use it?").fill("The trust's audit system")
    manager.get_by_label("Read self-audit returns").check()
    manager.get_by_label("90 days").check()
    manager.get_by_role("button", name="Make the token").click()
    secret = manager.get_by_label("Token", exact=True).input_value()
    if PICTURES:
        manager.screenshot(path=str(Path(PICTURES) / "api-made.png"), full_page=True)
    me = manager.request.get("/api/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert me["acts_as"] == "API of Willow Lane Academy"
    manager.get_by_role("button", name="I have copied it").click()
    look(browser, manager, "tokens")
    manager.get_by_role("link", name="Revoke token of Willow Lane Academy").click()
    look(browser, manager, "revoke")
    manager.get_by_role("button", name="Revoke it").click()
    expect(manager.get_by_text("no longer works")).to_be_visible()
    gone = manager.request.get("/api/me", headers={"Authorization": f"Bearer {secret}"})
    assert gone.status == 401
    manager.goto("/access/tokens/new/")
    look(browser, manager, "new")


def test_the_page_of_operations(manager: Page, browser: Browser) -> None:
    manager.goto("/api/")
    manager.get_by_role("link", name="Save draft answers").click()
    expect(manager.get_by_role("heading", name="Save draft answers")).to_be_in_viewport()
    look(browser, manager, "operations")

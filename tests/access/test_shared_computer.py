"""After signing out on a shared computer, the Back button shows nothing of what was seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_going_back_after_signing_out_shows_nothing(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/sign-in/?next=/access/accounts/")
    page.get_by_role("button", name="Morgan Ellery").click()
    page.get_by_role("heading", name="Accounts").wait_for()
    assert page.get_by_text("Jo Ashdown").is_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("heading", name="You have signed out").wait_for()
    page.go_back()
    page.wait_for_load_state()
    assert "Jo Ashdown" not in page.locator("main").inner_text() or page.url.startswith(
        f"{live_server.url}/sign-in/"
    )
    page.goto(f"{live_server.url}/access/accounts/")
    assert page.url.startswith(f"{live_server.url}/sign-in/")
    stored = page.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]")
    # The page's script notes the address of the page it stands on, and overwrites it at every page.
    assert set(stored) <= {page.url.removeprefix(live_server.url)}
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] in {"session", "was"}] == []

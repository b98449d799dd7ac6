"""A passkey from end to end, in a real browser with an authenticator of its own."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.personas import World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def authenticator(page: Page) -> str:
    """A key in the browser that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    added = session.send(
        "WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}}
    )
    return str(added["authenticatorId"])


def sign_in(page: Page, live_server: LiveServer, world: World, name: str) -> None:
    client = Client()
    client.force_login(world.people[name].account, backend="django.contrib.auth.backends.ModelBackend")
    page.context.clear_cookies()
    cookie = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])


def test_it_is_made_once_and_shown_at_the_next_sign_in(
    page: Page, live_server: LiveServer, settings: Any, authenticator: str
) -> None:
    settings.DEMO = False
    world = World()
    sign_in(page, live_server, world, "quality_officer")
    page.goto(f"{live_server.url}/sign-in/second-factors/new/passkey/")
    page.get_by_label("What do you call it?").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    kept = Authenticator.objects.get(type="webauthn")
    assert kept.data["name"] == "Work laptop"

    sign_in(page, live_server, world, "quality_officer")
    page.goto(f"{live_server.url}/sign-in/second-factors/")
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Your second factors").wait_for()
    assert page.get_by_text("Work laptop").first.is_visible()
    kept.refresh_from_db()
    assert kept.last_used_at is not None


def test_somebody_elses_passkey_opens_nothing(
    page: Page, live_server: LiveServer, settings: Any, authenticator: str
) -> None:
    settings.DEMO = False
    world = World()
    sign_in(page, live_server, world, "quality_officer")
    page.goto(f"{live_server.url}/sign-in/second-factors/new/passkey/")
    page.get_by_label("What do you call it?").fill("Mine")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    sign_in(page, live_server, world, "business_manager")
    page.goto(f"{live_server.url}/sign-in/second-step/")
    page.get_by_role("heading", name="Set up a second factor").wait_for()

"""Signing in through one's own organisation, in a real browser: over its page, which is another site, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from tests.access import provider
from tests.journeys.conftest import Room
from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE
from wholestory.config.single_sign_on import Provider
from wholestory.partners.models import Agency

pytestmark = pytest.mark.journey


@pytest.fixture
def there(given: Given, live_server: Any, settings: Settings) -> Iterator[provider.FakeProvider]:
    """A real board, not the demo, with two providers; the school uses the first."""
    with provider.running() as answering:
        answering.person("head@people.example")
        harbour = Provider(
            key="harbour", name="Harbour Schools", issuer=answering.address, client_id=answering.client_id,
            client_secret=answering.client_secret, email_domains=("people.example",),
        )  # fmt: skip
        quay = Provider(
            key="quay", name="Northmarsh Constabulary and Fire Service", issuer="https://quay.example",
            client_id="x", client_secret="x", email_domains=("quay.example",),
        )  # fmt: skip
        settings.SINGLE_SIGN_ON, settings.DEMO, settings.SITE_ADDRESS = (
            (harbour, quay),
            False,
            live_server.url,
        )
        Agency.objects.filter(slug="school").update(sign_on="harbour")
        cache.clear()
        yield answering
        cache.clear()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["with_javascript", "without"])
def test_to_ones_own_organisation_and_back_to_the_page_asked_for(
    there: provider.FakeProvider, given: Given, room: Room, size: tuple[int, int], script: bool
) -> None:
    head = room.screen(given.name("head"), size, script=script, side="nobody")
    head.opens("/actions/").sees("Sign in through your own organisation", "Northmarsh Constabulary")
    head.page.get_by_role("button", name="Harbour Schools").click()
    head.page.wait_for_url("**/actions/")
    head.sees("Actions", given.name("head"))
    head.presses("Sign out").sees("You have signed out", "you are still signed in there")

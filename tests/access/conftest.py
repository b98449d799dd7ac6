"""Fixtures of this room: mail that leaves it, and the rules of a real board instead of the demo's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from tests.access import provider
from tests.child_deaths.people import Deaths, bring_in_panels
from tests.personas import World
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.signing_in import ports
from wholestory.config.single_sign_on import Provider
from wholestory.partners.models import Agency
from wholestory.records.models import Circle, Office, Record


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> list[ports.Mail]:
    """Every message the room hands on."""
    sent: list[ports.Mail] = []
    monkeypatch.setattr(ports, "_deliver", [sent.append])
    return sent


@pytest.fixture
def real_board(settings: Settings, db: None) -> Iterator[Settings]:
    """Signing in as outside the demo."""
    settings.DEMO = False
    cache.clear()
    yield settings
    cache.clear()


@pytest.fixture
def closed_record(world: World) -> Record:
    """A record that only the administrator's office holds."""
    with acting.acting_as(world.people["administrator"], world.seats["administrator"]):
        circle = Circle.objects.create(board=world.board, kind="closed")
        ledger.line("access.granted", board_id=world.board.id)
        return Record.objects.create(
            kind="access.closed", reference="SA-C0SED000", board=world.board, circle=circle,
            office=Office.objects.get(board=world.board, key="administration"), edition="WT2015",
            opened_on=date(2016, 1, 11), retention="assurance",
        )  # fmt: skip


@pytest.fixture
def there() -> Iterator[provider.FakeProvider]:
    with provider.running() as answering:
        answering.person("head@people.example")
        yield answering


@pytest.fixture
def harbour(world: World, settings: Settings, there: provider.FakeProvider) -> Provider:
    """The school signs in through a provider, which may vouch for the personas' domain."""
    made = Provider(
        key="harbour", name="Harbour Schools", issuer=there.address, client_id=there.client_id,
        client_secret=there.client_secret, email_domains=("people.example",),
    )  # fmt: skip
    settings.SINGLE_SIGN_ON = (made,)
    settings.SITE_ADDRESS = "http://testserver"
    Agency.objects.filter(slug="school").update(sign_on="harbour")
    return made


@pytest.fixture
def deaths(world: World) -> Deaths:
    """The personas with the overview panels and their people."""
    bring_in_panels(world)
    return Deaths(world)

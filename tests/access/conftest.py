"""Fixtures of this room: mail that leaves it, and the rules of a real board instead of the demo's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from wholestory.access.signing_in import ports


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

"""Screens for the people of the tests, a server behind them, and boards in the states journeys begin with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext
from psycopg import sql

from tests import conftest as house
from tests import database
from tests.journeys.given import Given
from tests.journeys.screen import DESK, Looking, Screen
from tests.personas import World
from wholestory.partners.models import BOARD_ROLES, TEAM_ROLES

ScreenOf = Callable[..., Screen]


@pytest.fixture(scope="session")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Looking:
    """Which pages were looked at in this run, by whichever worker."""
    base = tmp_path_factory.getbasetemp()
    # Each worker's folder stands in the run's own.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "looked-at"
    folder.mkdir(exist_ok=True)
    return Looking(folder)


class Room:
    """Everybody's browsers in one journey. The same person asked for twice has two windows of one browser."""

    def __init__(self, address: str, browser: Browser, looking: Looking) -> None:
        self.address, self.browser, self.looking = address, browser, looking
        self.contexts: dict[tuple[object, ...], BrowserContext] = {}
        self.screens: list[Screen] = []

    def screen(
        self,
        who: str,
        size: tuple[int, int] = DESK,
        *,
        side: str = "",
        script: bool = True,
        colours: str = "none",
    ) -> Screen:
        """A window for ``who``; ``script`` off for a browser without JavaScript, ``colours`` "active" when forced."""
        key = (who, size, script, colours)
        if key not in self.contexts:
            context = self.browser.new_context(
                base_url=self.address, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script,
                forced_colors="active" if colours == "active" else "none", accept_downloads=True,
            )  # fmt: skip
            context.set_default_timeout(15000)
            context.set_default_navigation_timeout(30000)
            self.contexts[key] = context
        made = Screen(self.contexts[key].new_page(), who, self.looking, side=side, script=script)
        self.screens.append(made)
        return made

    def signed_in(self, who: str, size: tuple[int, int] = DESK, **more: Any) -> Screen:
        """The same, signed in by one click on the demo's sign-in page. ``who`` is the name people know."""
        known = (who, size, more.get("script", True), more.get("colours", "none")) in self.contexts
        made = self.screen(who, size, **more)
        if not known:
            made.opens("/sign-in/").is_let_in_as(who)
        return made

    def close(self) -> None:
        """Close everything; what any browser complained of fails the journey."""
        for context in self.contexts.values():
            context.close()
        complaints = [one for screen in self.screens for one in screen.complaints]
        assert not complaints, "\n".join(complaints)


@pytest.fixture
def room(live_server: Any, browser: Browser, looking: Looking) -> Iterator[Room]:
    made = Room(live_server.url, browser, looking)
    yield made
    made.close()


@pytest.fixture
def given(transactional_db: None, world: World) -> Given:
    """The board of the personas, and ways of bringing it to where a journey begins."""
    return Given(world)


def _side(given: Given, persona: str) -> str:
    seat = given.world.seats.get(persona)
    if seat is None:
        return "nobody"
    return "team" if seat.role in TEAM_ROLES else "board" if seat.role in BOARD_ROLES else "agency"


@pytest.fixture
def screen_of(room: Room, given: Given) -> ScreenOf:
    """``screen_of("head", PHONE)``: that persona's window, signed in."""

    def opened(persona: str, size: tuple[int, int] = DESK, **more: Any) -> Screen:
        return room.signed_in(given.name(persona), size, side=_side(given, persona), **more)

    return opened


# ---- the example area, loaded once for all the journeys through it ----


@pytest.fixture(scope="session")
def loaded_example(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database that holds the example area and nothing else."""
    from wholestory.config.example import load

    where = house._where
    name, before = f"{where['name']}_example", where["world"]
    with django_db_blocker.unblock():
        where["world"] = database.template(where["admin"])
        house._point_at_a_clone()
        try:
            load(out=StringIO())
            connections.close_all()
            database.clone(where["admin"], where["name"], name)
        finally:
            where["world"] = before
            house._point_at_a_clone()
    yield name
    with psycopg.connect(where["admin"], autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def example(transactional_db: None, loaded_example: str, monkeypatch: pytest.MonkeyPatch, room: Room) -> Room:
    """Everybody of the example area, each journey in a fresh copy of it."""
    monkeypatch.setitem(house._where, "world", loaded_example)
    house._point_at_a_clone()
    return room

"""Every address, as every persona, with their own record and with somebody else's."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler
from pytest_django import DjangoDbBlocker

from tests.access import proof, routes
from tests.access.made import Made
from tests.access.routes import Route
from tests.access.ways import EVERYBODY, NO_SUCH, Somewhere
from tests.ledger.conftest import copy_of_the_world
from tests.personas import World
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.documents import shelf
from wholestory.ledger import reading

ROUTES = routes.every_route()
WITH_A_WAY = [route for route in ROUTES if routes.way_for(route) is not None]
ABOUT_A_RECORD = [
    route for route in WITH_A_WAY if "reference" in route.parameters and route.asks and route.asks.verb
]
by_name = pytest.mark.parametrize("route", WITH_A_WAY, ids=str)
about_a_record = pytest.mark.parametrize("route", ABOUT_A_RECORD, ids=str)


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """A database of this module's own with everything in it, made once; each test takes back what it does."""
    environment = dataclasses.replace(
        settings.ENVIRONMENT, data_dir=tmp_path_factory.mktemp("files"), scanner=""
    )
    with override_settings(ENVIRONMENT=environment), copy_of_the_world("routes") as connect:
        shelf.storage.cache_clear()
        with proof.django_on(connect):
            with django_db_blocker.unblock():
                everything = Made(World()).everything()
                sessions.update((name, _session_of(everything.world, name)) for name in sorted(EVERYBODY))
                connections.close_all()
            yield everything
        shelf.storage.cache_clear()


#: Another agency's lead, a head of another board's school, and somebody with no seat at all.
OUTSIDE = ("police_lead", "sister_head", "stranger")
#: The cookie of everybody who signed in once, when the database was made.
sessions: dict[str, str] = {}
#: The site as every visitor meets it, put together once and not for each of thousands of visits.
site = ClientHandler(enforce_csrf_checks=False)


def _session_of(world: World, name: str) -> str:
    client = Client()
    client.force_login(world.people[name].account, backend="django.contrib.auth.backends.ModelBackend")
    if name in world.seats:
        session = client.session
        session["seat"] = str(world.seats[name].id)
        session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def visitor(name: str = "") -> Client:
    """A browser in which this persona has signed in, or nobody."""
    client = Client()
    client.handler = site
    if name:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[name]
    return client


@pytest.fixture(autouse=True)
def nobody_has_missed_yet(request: pytest.FixtureRequest) -> None:
    """Many misses of one session have to wait; here everybody keeps theirs for hundreds of addresses. Tests that visit
    nothing have no database, so nothing to clear."""
    if "made" in request.fixturenames:
        cache.clear()


def places(route: Route, made: Made) -> list[Somewhere]:
    way = routes.way_for(route)
    assert way
    return way(made)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_it_declares_what_it_asks_and_can_be_visited(route: Route) -> None:
    assert route.asks is not None, f"{route.name} says neither what it asks nor why it is open"
    assert route.asks.verb is not None or route.asks.why, f"{route.name} gives no reason for being open"
    assert routes.way_for(route) is not None, (
        f"add a line for {route.pattern} to WAYS in tests/access/routes.py"
    )


def test_no_way_is_left_over() -> None:
    patterns = {route.pattern for route in ROUTES}
    unused = [
        pattern for pattern, _ in routes.WAYS if not any(re.fullmatch(pattern, one) for one in patterns)
    ]
    assert unused == []


def test_libraries_bring_no_addresses_of_their_own() -> None:
    foreign = [r for r in ROUTES if not r.view.__module__.startswith(("wholestory.", "ninja."))]
    assert [str(r) for r in foreign] == []
    assert all(r.pattern.startswith("api/") for r in ROUTES if r.view.__module__.startswith("ninja."))


def _needs_a_seat(route: Route) -> bool:
    asks = route.asks
    return bool(asks and asks.verb and asks.verb is not Verb.READ and not asks.by_grant)


def _has_the_seat(route: Route, world: World, persona: str) -> bool:
    assert route.asks
    assert route.asks.verb
    seat = world.seats.get(persona)
    if seat is None or not seat.holds_on(seat.board.today()):
        return False
    return asking.may([seat], route.asks.verb, route.asks.kind, seat.board)


def _undone(ask: Callable[[str], Any], url: str) -> Any:
    """Ask, and take back what came of it: what one persona does there must not change what the next one finds."""
    with transaction.atomic():
        response = ask(url)
        transaction.set_rollback(True)
    return response


@by_name
def test_inside_it_opens_and_each_outsider_gets_none(route: Route, made: Made) -> None:
    """Nobody signed out gets past it; it opens to somebody inside, to no outsider; nothing stays in the browser."""
    assert route.asks
    for place in places(route, made):
        url = routes.address(route, place.values, place.query)
        signed_out = visitor()
        for ask in (signed_out.get, signed_out.post):
            response = _undone(ask, url)
            assert response.status_code < 500, f"{route.pattern} signed out"
            if not route.asks.public:
                assert response.status_code == 302, f"{route.pattern} opens to anybody"
                assert response["Location"].startswith("/sign-in/")
        codes = []
        for persona in sorted(EVERYBODY):
            response = _undone(visitor(persona).get, url)
            if persona in place.inside:
                codes.append(response.status_code)
            _is_right(response, route, place, persona, made.world)
            # What may be sent is decided before what is sent is read: three outsiders stand for them all.
            if response.status_code != HTTPStatus.NOT_FOUND or persona in OUTSIDE:
                _is_right(_undone(visitor(persona).post, url), route, place, persona, made.world)
        if route in ABOUT_A_RECORD:
            opened = any(code in {200, 302, 403, 405} for code in codes)
            assert opened != bool(place.nobody_because), codes


def _is_right(response: Any, route: Route, place: Somewhere, persona: str, world: World) -> None:
    where = f"{persona}: {route.pattern}: {response.status_code}"
    assert response.status_code < 500, where
    assert "no-store" in response.headers.get("Cache-Control", ""), where
    if persona not in place.inside:
        assert response.status_code in {404, 405}, where
    if _needs_a_seat(route) and not _has_the_seat(route, world, persona):
        assert response.status_code in {404, 405}, where


def _bare(response: object) -> str:
    page = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"', "", page)


@about_a_record
def test_outside_closed_is_like_missing_and_written_down(route: Route, made: Made) -> None:
    for place in places(route, made):
        url, world = routes.address(route, place.values, place.query), made.world
        nothing = routes.address(route, {**place.values, "reference": NO_SUCH}, place.query)
        outside = [name for name in OUTSIDE if name not in place.inside]
        for persona in outside:
            client = visitor(persona)
            ask = client.post if client.get(url).status_code == 405 else client.get
            closed, missing = ask(url), ask(nothing)
            assert closed.status_code == missing.status_code == 404
            assert _bare(closed) == _bare(missing)
            assert closed.headers.get("Cache-Control") == missing.headers.get("Cache-Control")
        with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
            cover = reading.find(str(place.values["reference"]))
            assert cover
            tried = {one.person for one in reading.seen(cover.id) if one.verb == "access.not_found"}
        assert {world.people[name].id for name in outside} <= tried

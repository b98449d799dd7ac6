"""Fixtures every test may use: the database as the web role, the example people, and what a page costs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from psycopg.conninfo import conninfo_to_dict

from tests import database
from tests.journeys.accessibility import launch_arguments
from tests.personas import World, issued_return, make_world
from wholestory.records.models import Record


def pytest_configure(config: pytest.Config) -> None:
    """The web role may not truncate: a test that commits gets a fresh clone afterwards instead."""

    def fresh_clone(self: TransactionTestCase) -> None:
        _point_at_a_clone()

    TransactionTestCase._fixture_teardown = fresh_clone


_where: dict[str, str] = {}


def _point_at_a_clone() -> None:
    connections.close_all()
    database.clone(_where["admin"], _where["world"], _where["name"])
    parts = conninfo_to_dict(database.address(_where["admin"], _where["name"], "web"))
    connections["default"].settings_dict.update(
        NAME=parts.pop("dbname"), USER=parts.pop("user"), PASSWORD=parts.pop("password", ""),
        HOST=parts.pop("host", ""), PORT=parts.pop("port", ""), OPTIONS=parts, CONN_MAX_AGE=0,
    )  # fmt: skip


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: pytest.FixtureRequest, request: pytest.FixtureRequest
) -> Iterator[None]:
    """A clone of the template for this worker, with the personas already in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with database.server() as admin:
        _where.update(admin=admin, world=database.template(admin), name=f"wst_{worker}_{os.getpid()}")
        with django_db_blocker.unblock():
            _point_at_a_clone()
            make_world()
            connections.close_all()
            furnished = f"wst_world_{worker}_{os.getpid()}"
            database.clone(admin, _where["name"], furnished)
            _where["world"] = furnished
            yield
            connections.close_all()
        import psycopg

        with psycopg.connect(admin, autocommit=True) as server:
            for name in (_where["name"], furnished):
                server.execute(f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return launch_arguments()


@pytest.fixture(scope="session")
def base_url() -> str:
    """Takes the place of the plugin's own fixture, whose kind pytest 9 warns about."""
    return ""


@pytest.fixture
def world(db: None) -> World:
    """The personas and their boards, agencies and seats."""
    return World()


@pytest.fixture
def school_return(world: World) -> Record:
    """A school's return as issuing leaves it: open to the school, the team and the chair."""
    return issued_return(world, world.agencies["school"], "SA-TESTSCH1")


@pytest.fixture
def browse(world: World) -> Callable[[str], Client]:
    """A client signed in as a persona: ``browse("head").get("/")``; ``browse("public")`` is signed out."""

    def signed_in_as(name: str) -> Client:
        client = Client()
        person = world.people.get(name)
        if person is not None:
            client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
            seat = world.seats.get(name)
            if seat is not None:
                session = client.session
                session["seat"] = str(seat.id)
                session.save()
        return client

    return signed_in_as


@pytest.fixture
def cost_of() -> Callable[[Client, str], int]:
    """How many queries a page takes."""

    def cost(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return len(captured)

    return cost

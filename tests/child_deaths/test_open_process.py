"""The open pages as a process of their own: role ``public``, none of the site's addresses, sessions or secrets."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from pytest_django import DjangoDbBlocker

from tests import conftest, database
from tests.access import proof
from tests.access.proof import Connect
from tests.child_deaths.notifying import ADDRESS, filled, open_panel
from tests.environment import TEST_DATA
from tests.ledger.conftest import copy_of_the_world
from tests.personas import World
from wholestory.access.asks import declared
from wholestory.access.nobody import BELOW
from wholestory.config.environment import read_environment
from wholestory.config.open_site.settings import MIDDLEWARE
from wholestory.config.supervisor.processes import processes

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Served:
    """A running process and a way to the database behind it."""

    port: int
    connect: Connect

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers.items()), answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def served(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Gunicorn, as the supervisor starts it, on a copy of the test database, with the public role's address alone."""
    with copy_of_the_world("open") as connect, socket.socket() as trial:
        with django_db_blocker.unblock(), proof.django_on(connect):
            open_panel(World())
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
        trial.close()
        row = connect("admin").execute("select current_database()").fetchone()
        assert row
        public = database.address(conftest._where["admin"], str(row[0]), "public")
        environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "WHOLESTORY_DEMO": "on", "WHOLESTORY_ROLE": "public",
            "WHOLESTORY_DATA": str(TEST_DATA), "WHOLESTORY_OPEN_PORT": str(port), "WHOLESTORY_WEB_PROCESSES": "1",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "DATABASE_URL_PUBLIC": public,
            "DJANGO_SETTINGS_MODULE": "wholestory.config.settings",
        }  # fmt: skip
        log = (tmp_path_factory.mktemp("open") / "log").open("w+")
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:wholestory.config.serving", "wholestory.config.wsgi"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        found = Served(port, connect)
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    assert found.ask("GET", "/healthz")[0] == 200
                    break
                except (OSError, http.client.HTTPException):
                    if time.monotonic() > until or process.poll() is not None:
                        log.seek(0)
                        raise AssertionError(log.read()) from None
                    time.sleep(0.2)
            yield found
        finally:
            process.terminate()
            process.wait(20)
            log.close()
            trial.close()


def test_it_takes_a_notification_as_the_public_role(served: Served) -> None:
    status, headers, page = served.ask("GET", ADDRESS)
    assert status == 200
    assert "On-call paediatrician" in page
    assert "Set-Cookie" not in headers
    assert "no-store" in headers["Cache-Control"]
    assert "script-src" in headers["Content-Security-Policy"]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, headers, _ = served.ask("POST", ADDRESS, urlencode(filled()), **form)
    assert status == 303
    status, _, receipt = served.ask("GET", headers["Location"])
    assert status == 200
    row = (
        served.connect("admin")
        .execute(
            "select r.reference from child_deaths_notification n join records_record r on r.id = n.record_id"
            " where n.answers -> 'surname' ->> 'value' = 'Ashby-Test'"
        )
        .fetchone()
    )
    assert row is not None
    assert str(row[0]) in receipt


@pytest.mark.parametrize(
    "path",
    ["/sign-in/", "/child-deaths/", "/api/", "/access/", "/start/", "/show-me-round/", "/ui-components"],
)
def test_it_has_no_address_of_the_signed_in_site(served: Served, path: str) -> None:
    status, headers, page = served.ask("GET", path, Cookie="session=abc")
    assert status == 404
    assert "999" in page
    assert "Set-Cookie" not in headers


def test_it_says_whether_it_lives_and_whether_it_can_work(served: Served) -> None:
    assert json.loads(served.ask("GET", "/healthz")[2]) == {"alive": True}
    status, _, said = served.ask("GET", "/readyz")
    assert (status, json.loads(said)) == (200, {"ready": True, "database": True})


def test_a_body_without_end_and_a_file_are_refused(served: Served) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert served.ask("POST", ADDRESS, "circumstances=" + "x" * 400_000, **form)[0] == 413
    multipart = {"Content-Type": "multipart/form-data; boundary=b"}
    assert served.ask("POST", ADDRESS, "--b\r\n\r\nx\r\n--b--", **multipart)[0] == 415


def test_a_survey_that_is_not_there_is_the_calm_page_here_too(served: Served) -> None:
    status, _, page = served.ask("GET", "/survey/0000-no-such/")
    assert status == 404
    assert "No survey is open here" in page


def test_its_front_page_says_what_there_is_and_names_no_board(served: Served) -> None:
    status, headers, page = served.ask("GET", "/", Cookie="session=abc")
    assert status == 200
    assert "Set-Cookie" not in headers
    for said in ("Tell a panel of a death", "Lessons", "Yearly reports", "Surveys", "tel:999"):
        assert said in page, said
    # What is public is reached by the address its board gives: nothing is listed, and nobody is asked to sign in.
    assert "Northmarsh" not in page
    assert "Sign in" not in page
    status, _, lost = served.ask("GET", "/no-such-page/")
    assert status == 404
    assert 'class="ws-header__home" href="/"' in lost


def _views(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _views(one)
        else:
            yield one


def test_every_address_it_has_is_open_to_everybody() -> None:
    found = list(_views(get_resolver("wholestory.config.open_site.urls")))
    assert {one.name for one in found} >= {"page", "thanks", "paper", "receipt"}
    for one in found:
        asked = declared(one.callback)
        assert asked is not None
        assert asked.public


def test_the_middleware_and_the_proxys_rule_name_each_of_its_paths() -> None:
    every = get_resolver("wholestory.config.open_site.urls").url_patterns
    # The front page is reached only where the open pages have an address of their own.
    own = {str(one.pattern) for one in every} - {""}
    assert {f"/{one}" for one in own} == set(BELOW)
    how_to = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text()
    found = re.search(r"location ~ \^/\(([a-z|-]+)\)/", how_to)
    assert found
    assert {f"{one}/" for one in found[1].split("|")} == own


def test_no_session_and_no_account_stands_in_its_way() -> None:
    said = " ".join(MIDDLEWARE)
    for word in ("session", "auth", "csrf", "allauth", "messages", "acting"):
        assert word not in said.lower(), word


def _environment(**more: str) -> dict[str, str]:
    return {
        "WHOLESTORY_ADDRESS": "https://board.example.org",
        "SECRET_KEY": "q9-Zb2mXo7Lr4TdVw1YhKc8NsEu5GfAj3PiRt6QzWxBvMeHyUaDk",
        "DATABASE_URL": "postgresql://wholestory_web@db/w", "DATABASE_URL_PUBLIC": "postgresql://wholestory_public@db/w",
        "DATABASE_URL_WORKER": "postgresql://wholestory_worker@db/w", "WHOLESTORY_MAIL_FROM": "t@board.example.org",
        "WHOLESTORY_MAIL_BY": "outbox", "WHOLESTORY_FILES_KEYS": "A" * 43 + "=",
        "WHOLESTORY_FIELD_KEYS": "A" * 43 + "=", **more,
    }  # fmt: skip


def test_the_supervisor_gives_it_no_secret_of_the_others() -> None:
    given = _environment(WHOLESTORY_ANCHOR_KEY="B" * 43 + "=")
    environment = read_environment(given)
    (child,) = [one for one in processes(environment) if one.name == "open"]
    seen = {**given, **child.environment}
    assert seen["WHOLESTORY_ROLE"] == "public"
    assert seen["DATABASE_URL_PUBLIC"] == given["DATABASE_URL_PUBLIC"]
    for name in ("DATABASE_URL", "DATABASE_URL_WORKER", "WHOLESTORY_FILES_KEYS", "WHOLESTORY_FIELD_KEYS",
                 "WHOLESTORY_ANCHOR_KEY"):  # fmt: skip
        assert seen[name] == "", name
    assert len(seen["SECRET_KEY"]) >= 50
    assert seen["SECRET_KEY"] != given["SECRET_KEY"]
    assert read_environment(seen).database()["USER"] == "wholestory_public"


def test_together_there_is_no_further_process() -> None:
    environment = read_environment(_environment(WHOLESTORY_OPEN_PAGES="together"))
    assert [one.name for one in processes(environment)] == ["web", "worker"]


def test_the_port_is_the_next_one_unless_it_is_said() -> None:
    assert read_environment(_environment(PORT="8100")).open_pages_port == 8101
    assert read_environment(_environment(PORT="8100", WHOLESTORY_OPEN_PORT="9000")).open_pages_port == 9000
    demo = read_environment({"WHOLESTORY_DEMO": "on", "PORT": "8100", "WHOLESTORY_DATA": str(TEST_DATA)})
    assert demo.open_pages_address == "http://localhost:8101"


def test_apart_the_signed_in_site_sends_a_link_on_and_takes_nothing(world: World, settings: Any) -> None:
    open_panel(world)
    settings.OPEN_PAGES = "apart"
    settings.SITE_ADDRESS = "http://localhost:8000"
    settings.OPEN_ADDRESS = "http://localhost:8001"
    response = Client().get(f"{ADDRESS}?x=1")
    assert (response.status_code, response["Location"]) == (302, f"http://localhost:8001{ADDRESS}?x=1")
    assert Client().get("/survey/abc/")["Location"] == "http://localhost:8001/survey/abc/"
    assert Client().post(ADDRESS, filled()).status_code == 404
    settings.OPEN_ADDRESS = settings.SITE_ADDRESS
    assert Client().get(ADDRESS).status_code == 404, "the proxy sends it to the other process"

"""What a monitor is told."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from wholestory.config import health


def ask(path: str) -> tuple[int, dict[str, Any]]:
    def the_rest(request: HttpRequest) -> HttpResponse:
        return HttpResponse("a page", status=418)

    # No host name of ours and no session: a monitor has neither.
    response = health.HealthMiddleware(the_rest)(
        RequestFactory().get(path, headers={"host": "10.0.0.7:8000"})
    )
    return response.status_code, json.loads(response.content) if response.status_code != 418 else {}


def give_a_sign_of_life(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_the_process_says_it_lives_without_a_database() -> None:
    assert ask("/healthz") == (200, {"alive": True})


def test_other_addresses_are_passed_on() -> None:
    assert ask("/healthz/")[0] == 418
    assert ask("/")[0] == 418


@pytest.mark.django_db
def test_ready_with_a_database_its_migrations_and_a_worker() -> None:
    give_a_sign_of_life(seconds_ago=5)
    assert ask("/readyz") == (200, {"ready": True, "database": True, "migrations": True, "worker": True})


@pytest.mark.django_db
def test_not_ready_when_no_worker_has_given_a_sign_of_life() -> None:
    give_a_sign_of_life(seconds_ago=health.WORKER_SECONDS + 1)
    assert ask("/readyz") == (503, {"ready": False, "database": True, "migrations": True, "worker": False})


@pytest.mark.django_db
def test_not_ready_when_the_code_is_ahead_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    give_a_sign_of_life(seconds_ago=5)
    ahead = health.expected_migrations() | {("partners", "9999_not_applied_yet")}
    monkeypatch.setattr(health, "expected_migrations", lambda: ahead)
    assert ask("/readyz") == (503, {"ready": False, "database": True, "migrations": False, "worker": True})


def test_not_ready_and_no_detail_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to server at 10.0.0.9 refused, password wrong")

    monkeypatch.setattr(connection, "cursor", away)
    assert ask("/readyz") == (503, {"ready": False, "database": False, "migrations": False, "worker": False})

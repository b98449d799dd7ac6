"""What the people who run Wholestory ask it: does the process live (`/healthz`), can it work (`/readyz`).

Answered by the first middleware, before sessions, sign-in and the database: a stopped database must not make the
process look dead, and a monitor has no host name or session. Neither answer says anything about a board.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponseBase, JsonResponse

WORKER_SECONDS = 60
"""How old the newest sign of life of a queue worker may be. Workers give one every ten seconds."""

log = logging.getLogger("wholestory.health")


def healthz(_request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return _answer({"alive": True})


def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether the database answers, its migrations are applied and a worker has given a sign of life; 503 if not."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("select app, name from django_migrations")
            checks["database"] = True
            checks["migrations"] = expected_migrations() <= set(cursor.fetchall())
            cursor.execute(
                "select exists (select from procrastinate_workers"
                " where last_heartbeat > now() - make_interval(secs => %s))",
                [WORKER_SECONDS],
            )
            checks["worker"] = bool(cursor.fetchone()[0])
    except DatabaseError:
        log.warning("not ready", exc_info=True)
    return _answer({"ready": all(checks.values()), **checks}, status=200 if all(checks.values()) else 503)


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """Every migration in the code this process runs. A squashed one counts as the ones it replaces."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return frozenset(key for key in loader.disk_migrations if key not in replaced)


class HealthMiddleware:
    """Answers the two questions; must be the first middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a question about health, or pass everything else on."""
        answer = self.answers.get(request.path_info)
        if answer is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        return answer(request)


def _answer(what: dict[str, bool], status: int = 200) -> JsonResponse:
    return JsonResponse(what, status=status, headers={"Cache-Control": "no-store"})

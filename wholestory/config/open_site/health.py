"""The two questions of those who run it, as far as this process's role may answer them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from wholestory.access import open_doors
from wholestory.config.health import HealthMiddleware

log = logging.getLogger("wholestory.health")


def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether the database answers and has the functions this process calls; 503 if not."""
    try:
        open_doors.ask("child_deaths_notify_shown", "")
        found = True
    except Error:
        log.warning("not ready", exc_info=True)
        found = False
    answer = {"ready": found, "database": found}
    return JsonResponse(answer, status=200 if found else 503, headers={"Cache-Control": "no-store"})


class OpenHealthMiddleware(HealthMiddleware):
    """Answers both; must be the first middleware but one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.answers["/readyz"] = readyz

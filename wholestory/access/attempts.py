"""Tries that were turned away: every one is written down, and too many in a row have to wait.

The page says the same for a record that is closed and for one that is not there, and so does everything here:
neither the line, nor the limit, nor the wait tells which it was. What somebody may see opens as ever meanwhile: a
wait that closed their own work would let one bookmark that went stale, or a page that asks again and again, lock them
out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from wholestory import ledger
from wholestory.access.signing_in.limits import NOT_FOUND
from wholestory.govuk.views import too_many
from wholestory.records.references import tidy

WAIT_UNTIL = "wait_until"


class AttemptsMiddleware:
    """Stands directly below ``ActingMiddleware``, inside its transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        response = self.get_response(request)
        asked = getattr(request, "asked", None)
        if response.status_code != 404 or asked is None or asked.verb is None or request.person is None:
            return response
        if ledger.written.get() == 0 and not connection.needs_rollback:
            # A page may turn somebody away before it looks for the record (they hold no seat for it).
            wanted = request.resolver_match.kwargs.get("reference", "")
            ledger.attempted(tidy(str(wanted)), request.board.id if request.board else None)
        left = request.session.get(WAIT_UNTIL, 0) - time.time()
        if left > 0:
            return too_many(request, wait_seconds=int(left) + 1)
        if NOT_FOUND.note(str(request.user.pk)) >= NOT_FOUND.most:
            request.session[WAIT_UNTIL] = time.time() + NOT_FOUND.seconds
            return too_many(request, wait_seconds=NOT_FOUND.seconds)
        return response

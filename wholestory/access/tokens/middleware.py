"""What is different below ``/api/``: no cookie counts, only the token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from wholestory.access.signing_in.network import address_of
from wholestory.access.tokens import bearer

#: Everything below this address; the page at the address itself is for people.
BELOW = "/api/"


class TokenMiddleware:
    """Stands above sessions and outside the request's transaction, so that counting never makes requests queue.

    It finds out who asks and answers nothing itself: the view does, in the API's own words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not request.path.startswith(BELOW) or request.path == BELOW:
            return self.get_response(request)
        request.COOKIES = {}
        now = timezone.now()
        request.bearer = bearer.read(request.headers.get("Authorization", ""), address_of(request), now)
        if request.bearer.token is not None and not request.bearer.fault:
            bearer.note_use(request.bearer.token, now)
        return self.get_response(request)

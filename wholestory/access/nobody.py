"""On open pages nobody is anybody: whoever is signed in answers as everybody else does."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

#: Where the open pages are: the practitioner survey, and telling a panel of a death.
BELOW = ("/survey/", "/notify/", "/handover/", "/lessons/", "/child-deaths-report/", "/performance-report/")


class NobodyMiddleware:
    """Stands above sessions. No cookie that came along is read, and none is sent back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(BELOW):
            return self.get_response(request)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

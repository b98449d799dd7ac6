"""On the signed-in site, the addresses of the open pages lead to their own process."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from wholestory.access.nobody import BELOW
from wholestory.govuk.views import not_found


class ApartMiddleware:
    """Where both have one address, the proxy sends these paths to the other process: one that comes here all the same
    finds nothing. Where the open pages have an address of their own, a link goes there. With
    ``WHOLESTORY_OPEN_PAGES=together`` this process answers them itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.OPEN_PAGES == "together" or not request.path.startswith(BELOW):
            return self.get_response(request)
        if settings.OPEN_ADDRESS == settings.SITE_ADDRESS or request.method not in {"GET", "HEAD"}:
            return not_found(request)
        return HttpResponseRedirect(settings.OPEN_ADDRESS + request.get_full_path())

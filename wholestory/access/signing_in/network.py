"""Where a request came from, counted back over the proxies this installation trusts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's network address. A longer ``X-Forwarded-For`` than our own proxies write is the visitor's claim."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.ENVIRONMENT.trusted_proxies
    if not proxies:
        return direct
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return told[-proxies] if len(told) >= proxies else direct

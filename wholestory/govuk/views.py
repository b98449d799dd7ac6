"""Pages that say why there is no page. They are named in the settings and by `handler404` and its like."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

# What is left when even the error page cannot be drawn. No style sheet: the policy allows none inline.
LAST_RESORT = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Sorry, there is a problem – Wholestory'
    "</title></head><body><main><h1>Sorry, there is a problem</h1><p>Try again in a few minutes. "
    "What you saved before is kept.</p></main></body></html>"
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what does not exist and for what is closed to the reader: the two must not be told apart."""
    return _uncached(render(request, "govuk/not_found.html", status=404))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refused for a reason that has nothing to do with a record, such as a role that may not use a page."""
    why = str(exception) if exception is not None else ""
    return _uncached(render(request, "govuk/forbidden.html", {"why": why}, status=403))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not sent from a page we gave. `settings.CSRF_FAILURE_VIEW` names this."""
    return _uncached(render(request, "govuk/forbidden_csrf.html", status=403))


def bad_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address nobody could mean. Nothing is known yet about who asks, so the page stands alone."""
    return _uncached(_standing_alone("govuk/bad_address.html", 400))


def not_this_way(request: HttpRequest, onwards_url: str, onwards: str) -> HttpResponse:
    """An address that takes only what a button sends was opened; ``onwards`` says where to go instead."""
    context = {"onwards_url": onwards_url, "onwards": onwards}
    return _uncached(render(request, "govuk/not_this_way.html", context, status=405))


def too_many(
    request: HttpRequest, exception: Exception | None = None, wait_seconds: int | None = None
) -> HttpResponse:
    """Too many tries in a short time; `wait_seconds` says when to come back."""
    minutes = max(1, -(-wait_seconds // 60)) if wait_seconds else None
    answer = render(request, "govuk/too_many.html", {"wait_minutes": minutes}, status=429)
    if wait_seconds:
        answer["Retry-After"] = str(wait_seconds)
    return _uncached(answer)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """More was sent than is taken at once."""
    return _uncached(render(request, "govuk/too_large.html", status=413))


def error(request: HttpRequest) -> HttpResponse:
    """Something broke. The page leans on nothing that may be what broke: no context, no database."""
    return _uncached(_standing_alone("govuk/error.html", 500))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The service is being worked on, or its database is away."""
    answer = _uncached(_standing_alone("govuk/unavailable.html", 503))
    answer["Retry-After"] = "120"
    return answer


def _standing_alone(template: str, status: int) -> HttpResponse:
    try:
        page: Any = render_to_string(template)
    except (OSError, ValueError, LookupError, RuntimeError):
        # A missing style sheet in the manifest raises ValueError; then plain words have to do.
        log.exception("the error page itself could not be drawn")
        page = LAST_RESORT
    return HttpResponse(page, status=status)


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer

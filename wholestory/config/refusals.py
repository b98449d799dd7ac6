"""The pages somebody sees when something is refused or has gone wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wholestory.access.asks import public
from wholestory.access.signing_in import kept
from wholestory.govuk import views


@public("Says that nothing was found; the same for missing and closed")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "govuk/not_found.html", status=404)


@public("Says that something went wrong, and nothing else")
def server_error(request: HttpRequest) -> HttpResponse:
    # The standalone page: whatever broke may break the ordinary frame too.
    return views.error(request)


@public("Says that a form had been open too long and how to go on")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    # Somebody who signed in again in another tab holds an old token: what they typed here is offered again.
    again = kept.offer_again(request) if kept.from_our_own_page(request) else None
    return again or render(request, "govuk/forbidden_csrf.html", status=403)


@public("Says why something cannot be done just now, to somebody who may see it")
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return views.forbidden(request, exception)

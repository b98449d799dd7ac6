"""The pages somebody sees when something is refused or has gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

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


@public("Says that an address cannot be read")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return views.bad_address(request)


class NotThisWayMiddleware:
    """Opening an address that only takes what a button sends shows a page that says where to go, never a blank one.

    Stands directly below ``ActingMiddleware``, so that the page is drawn as whoever asks. The API and a page's own
    scripts get the answer as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or _not_to_be_read(request):
            return response
        page = views.not_this_way(request, *_onwards(request))
        page["Allow"] = response["Allow"]
        return page


def _not_to_be_read(request: HttpRequest) -> bool:
    """Whether no person reads the answer."""
    by_script = request.headers.get("X-Requested-With") == "fetch" or bool(request.headers.get("HX-Request"))
    return by_script or hasattr(request, "bearer")


def _onwards(request: HttpRequest) -> tuple[str, str]:
    """Where somebody goes on to who opened an address meant for a button, and the link's words."""
    match = request.resolver_match
    if match is not None and match.namespace == "tour":
        return reverse("tour:start"), "Go to Show me round"
    if not request.user.is_authenticated:
        return reverse("access:sign_in"), "Go to the sign-in page"
    if match is not None and match.view_name == "access:sign_out":
        return reverse("my_work:home"), "Go to My work, and press “Sign out” at the top of the page"
    return reverse("my_work:home"), "Go to My work"

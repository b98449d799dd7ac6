"""Time-outs that lose nothing, and the second factor where one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import declared
from wholestory.access.signing_in import kept, sessions


def _in_background(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch" or bool(request.headers.get("HX-Request"))


def _by_itself(request: HttpRequest) -> bool:
    """Whether a page asks without anybody doing anything: an open form says every half minute that it is open, and a
    tab somebody forgot must not keep them signed in. What is sent (a draft, say) somebody has typed."""
    return request.method in {"GET", "HEAD"} and _in_background(request)


class TimeOutMiddleware:
    """Stands between authentication and ``ActingMiddleware``: ends sessions whose time is over, and keeps late text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.timed_out = None
        if request.user.is_authenticated:
            now = timezone.now()
            if sessions.over(request, now) or not request.user.is_active:
                request.timed_out = request.user if request.user.is_active else None
                auth.logout(request)
            elif not _by_itself(request):
                sessions.note_seen(request, now)
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.method == "POST" and was_in and "kept" in request.POST and response.status_code < 400:
            self._forget(request)
        return response

    def _forget(self, request: Any) -> None:
        from django.core.exceptions import ValidationError

        try:
            kept.forget(request.user, request.POST["kept"])
        except (ValidationError, ValueError):
            return

    def process_view(
        self, request: Any, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Runs after the check of the form's token, so what is kept came from a page of ours."""
        asked = declared(view)
        if asked is None or asked.public or request.user.is_authenticated or request.method != "POST":
            return None
        if _in_background(request):
            return None
        return kept.offer_again(request)


class SecondStepMiddleware:
    """Stands below ``ActingMiddleware``: asks for a second factor where policy says so (never in the demo)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send people to the second step before a page that needs it."""
        from wholestory.access.signing_in import second_step

        asked = declared(view)
        if asked is None or asked.public or not request.user.is_authenticated or asked.before_second_step:
            return None
        if not second_step.needed(request, asked) or sessions.second_step_done(request, timezone.now()):
            return None
        if _in_background(request):
            return HttpResponse("Show your second factor first.", status=401, content_type="text/plain")
        going_to = request.get_full_path() if request.method == "GET" else ""
        if request.method == "POST":
            found = kept.keep_from(request, request.user)
            going_to = reverse("access:kept_text", args=[found.pk]) if found else ""
        return redirect(
            f"{reverse('access:second_step')}?{urlencode({'next': going_to or settings.LOGIN_REDIRECT_URL})}"
        )

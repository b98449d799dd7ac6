"""The transaction around every request: who acts is stated, rendering is inside, and an error undoes all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import NotForYou, seats_today
from wholestory.access.asks import declared
from wholestory.access.policy import ONE_AT_A_TIME
from wholestory.govuk.views import bad_address
from wholestory.partners.models import LONDON, Role

#: Views of libraries, which cannot wear our declaration: they handle accounts only, before anybody is known.
UNDECLARED = ("allauth.", "django.contrib.staticfiles.", "django.views.static.", "wholestory.config.health")


#: Of several seats on one board the first in this order, until somebody chooses: the business manager's before the
#: administrator's, which opens no records.
_ORDER: dict[str, int] = {role.value: place for place, role in enumerate(Role)}


class UndeclaredView(Exception):
    """A view says neither what it asks nor why it is open."""


class LineMissing(Exception):
    """A protected page was about to be shown without a line in the access record."""


def _choose_seat(request: Any) -> None:
    """The seat the person acts in: the one they chose, else their first; it decides the board and the day."""
    every = seats_today(request.person, also_group=True)
    request.seats = [seat for seat in every if seat.group_id is None]
    request.in_groups = [seat for seat in every if seat.group_id is not None]
    chosen = request.session.get("seat")
    held = {str(seat.id): seat for seat in request.seats}
    first = sorted(
        request.seats,
        key=lambda s: (s.role not in ONE_AT_A_TIME, s.board.valid_from, _ORDER[s.role], str(s.id)),
    )
    request.seat = held.get(chosen) or (first[0] if first else None)
    alone = request.seat.role if request.seat and request.seat.role in ONE_AT_A_TIME else None
    if alone or any(s.role in ONE_AT_A_TIME for s in request.seats):
        # One such seat at a time: the others give no power until they are chosen.
        request.seats = [s for s in request.seats if s.role not in ONE_AT_A_TIME or s == request.seat]
    # For somebody who sits in nothing but a group, the group's board is the one whose day counts.
    request.board = request.seat.board if request.seat else every[0].board if every else None
    request.today = request.board.today() if request.board else timezone.now().astimezone(LONDON).date()


class ActingMiddleware:
    """Stands below authentication. Everything further in runs in one transaction as the signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not hasattr(request, "bearer") and (
            "\x00" in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or "\x00" in request.META.get("QUERY_STRING", "")
        ):
            # No address of ours holds a NUL, and the database takes none. (The API says so in its own words.)
            return bad_address(request)
        request.person = request.seat = request.board = None
        request.seats, request.in_groups = [], []
        request.today = timezone.now().astimezone(LONDON).date()
        token = ledger.written.set(0)
        try:
            if request.user.is_authenticated:
                request.person = request.user.person
                _choose_seat(request)
                seat: UUID | None = request.seat.id if request.seat else None
                with acting.stated(acting.Acting(request.person.id, seat)):
                    response = self._answer(request)
            else:
                with transaction.atomic():
                    response = self._answer(request)
        finally:
            ledger.written.reset(token)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # A shared computer must keep nothing readable after somebody signs out.
            response["Cache-Control"] = "no-store"
        return response

    def _answer(self, request: Any) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            hasattr(response, "render")
            and callable(response.render)
            and not getattr(response, "is_rendered", True)
        ):
            response = response.render()
        if response.status_code >= 500:
            transaction.set_rollback(True)
            return response
        asked = getattr(request, "asked", None)
        if (
            asked is not None
            and asked.verb is not None
            and not asked.line_elsewhere
            and response.status_code == 200
            and ledger.written.get() == 0
            and not connection.needs_rollback
        ):
            raise LineMissing(f"{request.resolver_match.view_name} showed a {asked.kind} without a line")
        return response

    def process_view(
        self, request: Any, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse views that say nothing; send people who are not signed in to sign in."""
        asked = declared(view)
        where = f"{view.__module__}."
        if asked is None:
            if where.startswith(UNDECLARED) or (settings.DEBUG and where.startswith("django.")):
                return None
            raise UndeclaredView(
                f"{view.__module__}.{getattr(view, '__name__', view)} says neither what it asks nor why it is open"
            )
        request.asked = asked
        if not asked.public and not request.user.is_authenticated:
            if request.headers.get("X-Requested-With") == "fetch" or request.headers.get("HX-Request"):
                return HttpResponse("You have been signed out.", status=401, content_type="text/plain")
            return redirect_to_login(request.get_full_path())
        return None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponseBase | None:
        """A refusal nobody turned into words is the one "not found" page, never an error."""
        if isinstance(exception, NotForYou):
            raise Http404 from exception
        return None

"""A signed-in person's time: how it begins, how long it lasts, how it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import seats_today
from wholestory.access.models import Account
from wholestory.partners.models import TEAM_ROLES, Seat

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT_MOST = timedelta(hours=8)
IDLE, IDLE_TEAM = timedelta(hours=2), timedelta(minutes=30)
#: The time of the last page is written at most this often, so that most pages cost no write.
NOTED_EVERY = timedelta(minutes=1)

SIGNED_IN_AT, SEEN_AT, SECOND_STEP_AT = "signed_in_at", "seen_at", "second_step_at"
IDLE_SECONDS = "idle_seconds"

#: Whose browser this was until their time ran out, so that text sent too late can be kept for them alone.
WAS = "was"
WAS_SECONDS = 24 * 60 * 60


def begin(request: HttpRequest, account: Account, *, how: str, seat: Seat | None = None) -> None:
    """Sign ``account`` in under a fresh session key.

    ``how`` is a code for the access record: code, demo, single_sign_on.
    """
    # Whoever signs in anew in the same browser shows their second factor anew.
    request.session.pop(SECOND_STEP_AT, None)
    auth.login(request, account, backend=BACKEND)
    seats = seats_today(account.person)
    if seat is not None:
        request.session["seat"] = str(seat.id)
    if not settings.DEMO:
        team = any(held.role in TEAM_ROLES for held in seats)
        request.session[IDLE_SECONDS] = int((IDLE_TEAM if team else IDLE).total_seconds())
    acts_in = seat or (seats[0] if seats else None)
    with acting.acting_as(account.person, acts_in):
        ledger.line(
            "access.signed_in", reason=how, writes=False, board_id=acts_in.board_id if acts_in else None
        )


def _note_the_time(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    now = timezone.now().isoformat()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now


def note_every_sign_in() -> None:
    """Every session says when it began, however it was begun. Called once, when the room starts."""
    user_logged_in.connect(_note_the_time, dispatch_uid="wholestory.access.sessions")


def _moment(request: HttpRequest, key: str) -> datetime | None:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else None


def over(request: HttpRequest, now: datetime) -> bool:
    """Whether this session's time has run out. A session that does not say when it began has."""
    began, seen = _moment(request, SIGNED_IN_AT), _moment(request, SEEN_AT)
    if began is None or seen is None or now - began >= AT_MOST:
        return True
    idle = request.session.get(IDLE_SECONDS)
    return idle is not None and now - seen >= timedelta(seconds=idle)


def note_seen(request: HttpRequest, now: datetime) -> None:
    """Somebody is still there."""
    seen = _moment(request, SEEN_AT)
    if seen is None or now - seen >= NOTED_EVERY:
        request.session[SEEN_AT] = now.isoformat()


def second_step_done(request: HttpRequest, now: datetime, within: timedelta | None = None) -> bool:
    """Whether a second factor was shown in this session (``within`` the last while, when given)."""
    done = _moment(request, SECOND_STEP_AT)
    return done is not None and (within is None or now - done < within)


def note_second_step(request: HttpRequest, now: datetime) -> None:
    """A second factor was shown; the session key changes, as at every gain of rights."""
    request.session[SECOND_STEP_AT] = now.isoformat()
    request.session.cycle_key()


def remember_whose(response: HttpResponseBase, account: Account) -> None:
    """Leave a signed mark of whose browser this is. It opens nothing: late text is kept for that person alone."""
    response.set_cookie(
        _was_name(), signing.dumps(str(account.pk), salt="wholestory.was"), max_age=WAS_SECONDS,
        httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def whose(request: HttpRequest) -> str | None:
    """The account id in that mark, if there is one and it is ours."""
    try:
        return str(
            signing.loads(request.COOKIES.get(_was_name(), ""), salt="wholestory.was", max_age=WAS_SECONDS)
        )
    except signing.BadSignature:
        return None


def forget_whose(response: HttpResponseBase) -> None:
    """Take the mark away."""
    response.delete_cookie(_was_name(), samesite="Lax")


def _was_name() -> str:
    return "__Host-was" if settings.SESSION_COOKIE_SECURE else WAS


def end(request: HttpRequest) -> None:
    """Sign out; everything the session held goes."""
    if request.user.is_authenticated:
        ledger.line("access.signed_out", writes=False, board_id=getattr(request.board, "id", None))  # type: ignore[attr-defined]
    auth.logout(request)

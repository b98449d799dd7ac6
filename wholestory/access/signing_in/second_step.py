"""The second step: showing a passkey, an app's code or a recovery code before acting where policy asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wholestory import ledger
from wholestory.access import policy
from wholestory.access.asks import Asks, signed_in
from wholestory.access.requests import Request
from wholestory.access.signing_in import factors, forms, limits, sessions
from wholestory.access.signing_in.by_code import next_page

WHY = "Shows whether somebody holds their second factor; no record"


def needed(request: Any, asked: Asks) -> bool:
    """Whether this page, in this seat, asks for a second factor. Never in the demo."""
    if settings.DEMO:
        return False
    return policy.needs_second_factor(request.seat.role if request.seat else None, asked.kind)


@never_cache
@signed_in(WHY, before_second_step=True)
def second_step(request: Request) -> HttpResponse:
    """Ask for the second factor; whoever has none yet sets one up."""
    account, going_to = request.user, next_page(request)
    if not factors.any_of(account):
        request.session["after_factor"] = going_to
        return redirect("access:factor_new")
    form = forms.SecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = _shown(request, form)
        if how:
            return done(request, how, going_to)
        if limits.WRONG_SECOND.note(_this_session(request)) >= limits.WRONG_SECOND.most:
            return _start_again(request)
        form.add_error("code", "This code is not right. Wait for the app to show a new one, then try that")
    context = {
        "form": form,
        "next": going_to,
        "passkey": factors.passkey_asked(account),
        "has_app": any(one.kind == "app" for one in factors.of(account)),
        "app_rests": limits.WRONG_APP_CODES.passed(str(account.pk)),
    }
    return render(request, "access/second_step.html", context)


def _this_session(request: HttpRequest) -> str:
    return f"{request.user.pk}:{request.session[sessions.SIGNED_IN_AT]}"


def _shown(request: Request, form: forms.SecondStepForm) -> str:
    """How the second factor was shown, as a code for the access record; empty when it was not."""
    account = request.user
    if answer := form.cleaned_data["passkey"]:
        return "passkey" if factors.passkey_shown(account, answer) else ""
    code = form.cleaned_data["code"]
    if factors.recovery_code_shown(account, code):
        return "recovery_code"
    if limits.WRONG_APP_CODES.passed(str(account.pk)):
        return ""
    if factors.app_shows(account, code):
        return "app"
    limits.WRONG_APP_CODES.note(str(account.pk))
    return ""


def done(request: Request, how: str, going_to: str) -> HttpResponse:
    """The second step was taken: the session gains its rights under a new key, and it is written down."""
    sessions.note_second_step(request, timezone.now())
    board = request.board.id if request.board else None
    ledger.line("access.second_step_taken", reason=how, writes=False, board_id=board)
    return redirect(going_to)


def _start_again(request: Request) -> HttpResponse:
    board = request.board.id if request.board else None
    ledger.line("access.second_step_failed", writes=False, board_id=board)
    auth.logout(request)
    return redirect(f"{reverse('access:sign_in')}?again=1")

"""One's own second factors: setting one up, seeing them, taking one away."""

from __future__ import annotations

from base64 import b64encode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wholestory import ledger
from wholestory.access.asks import signed_in
from wholestory.access.requests import Request
from wholestory.access.signing_in import factors, forms, sessions

WHY = "A person's own second factors; no record"
SECRET = "app_secret"  # noqa: S105  # the name of a field, no secret


def _closed(request: Request) -> bool:
    """Whoever has a factor shows it before changing any; whoever has none may add the first."""
    return factors.any_of(request.user) and not sessions.second_step_done(request, timezone.now())


def _note(request: Request, verb: str, how: str = "") -> None:
    ledger.line(verb, reason=how, board_id=request.board.id if request.board else None)


def _show_first(request: Request) -> HttpResponse:
    return redirect(f"/sign-in/second-step/?next={request.path}")


@never_cache
@signed_in(WHY, before_second_step=True)
def own_factors(request: Request) -> HttpResponse:
    """What is set up, and the way to more."""
    if _closed(request):
        return _show_first(request)
    found = factors.of(request.user)
    context = {"factors": found, "codes_left": factors.recovery_codes_left(request.user)}
    return render(request, "access/own_factors.html", context)


@never_cache
@signed_in(WHY, before_second_step=True)
def factor_new(request: Request) -> HttpResponse:
    """Choose what to set up."""
    if _closed(request):
        return _show_first(request)
    first = not factors.any_of(request.user)
    return render(request, "access/factor_new.html", {"first": first})


@never_cache
@signed_in(WHY, before_second_step=True)
def app_new(request: Request) -> HttpResponse:
    """Set up an authenticator app: scan the square, type the code it shows."""
    if _closed(request):
        return _show_first(request)
    secret = request.session.setdefault(SECRET, factors.new_secret())
    form = forms.AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.add_app(request.user, secret, form.cleaned_data["code"]):
            del request.session[SECRET]
            return _added(request, "app")
        form.add_error("code", "This code is not right. Wait for the app to show a new one, then try that")
    square, address = factors.picture(request.user, secret)
    context = {
        "form": form,
        "square": b64encode(square.encode()).decode(),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
    }
    return render(request, "access/app_new.html", context)


@never_cache
@signed_in(WHY, before_second_step=True)
def passkey_new(request: Request) -> HttpResponse:
    """Set up a passkey; needs JavaScript, as passkeys do."""
    if _closed(request):
        return _show_first(request)
    form = forms.PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.add_passkey(request.user, form.cleaned_data["passkey"], form.cleaned_data["name"]):
            return _added(request, "passkey")
        form.add_error(None, "The passkey could not be kept. Try again, or set up an authenticator app")
    wanted = factors.passkey_wanted(request.user)
    return render(request, "access/passkey_new.html", {"form": form, "wanted": wanted})


def _added(request: Request, how: str) -> HttpResponse:
    _note(request, "access.second_factor_added", how)
    sessions.note_second_step(request, timezone.now())
    if factors.recovery_codes_left(request.user):
        messages.success(request, "It is set up")
        return redirect("access:own_factors")
    return _codes(request)


def _codes(request: Request) -> HttpResponse:
    codes = factors.new_recovery_codes(request.user)
    going_to = request.session.pop("after_factor", settings.LOGIN_REDIRECT_URL)
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "access/recovery_codes.html", {"codes": shown, "next": going_to})


@never_cache
@require_POST
@signed_in(WHY, before_second_step=True)
def recovery_codes_new(request: Request) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    if _closed(request) or not factors.any_of(request.user):
        raise Http404
    _note(request, "access.recovery_codes_made")
    return _codes(request)


@never_cache
@signed_in(WHY, before_second_step=True)
def factor_remove(request: Request, key: int) -> HttpResponse:
    """Take away one factor, after asking."""
    if _closed(request):
        return _show_first(request)
    one = next((found for found in factors.of(request.user) if found.key == key), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        _note(request, "access.second_factor_removed", one.kind)
        factors.remove(request.user, key)
        if not factors.any_of(request.user):
            request.session.pop(sessions.SECOND_STEP_AT, None)
        messages.success(request, f"{one.name} is removed")
        return redirect("access:own_factors")
    consequences = ["it no longer opens Wholestory for you"]
    if len(factors.of(request.user)) == 1:
        consequences.append(
            "your recovery codes go with it, and you have to set up another before you act for the board’s team"
        )
    context = {
        "question": f"Remove “{one.name}”?",
        "consequences": consequences,
        "confirm_label": "Remove it",
        "danger": True,
        "cancel_url": "/sign-in/second-factors/",
    }
    return render(request, "govuk/confirm.html", context)

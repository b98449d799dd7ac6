"""The sign-in pages: an address, then the code that was sent to it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wholestory.access import jobs
from wholestory.access.asks import public
from wholestory.access.models import Account
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import codes, demo, forms, limits, sessions
from wholestory.access.signing_in.network import address_of
from wholestory.access.signing_in.sealing import seal
from wholestory.govuk.views import too_many

ASKED_FOR, TRIES = "sign_in_address", "sign_in_tries"
#: Then a new code has to be asked for in this browser.
TRIES_PER_CODE = 5


def next_page(request: HttpRequest) -> str:
    """Where to go after signing in: a page of ours, or the front page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else settings.LOGIN_REDIRECT_URL


@never_cache
@public("Nobody is known yet; shows no record")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address; in the demo, list the example people instead."""
    if settings.DEMO:
        return demo.people_page(request, next_page(request))
    form = forms.AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = address_of(request)
        if limits.CODES_ASKED.passed(where):
            return too_many(request, wait_seconds=limits.CODES_ASKED.seconds)
        limits.CODES_ASKED.note(where)
        email = form.cleaned_data["email"].strip().lower()
        jobs.send_sign_in_code.defer(sealed_email=seal(email))
        request.session[ASKED_FOR], request.session[TRIES] = email, 0
        request.session["next"] = next_page(request)
        return redirect("access:sign_in_code")
    context = {"form": form, "next": next_page(request), "providers": binding.offered()}
    return render(request, "access/sign_in.html", context)


@never_cache
@public("Nobody is known yet; says the same for every address")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code. The answer is the same for an unknown address and a wrong code."""
    email = request.session.get(ASKED_FOR)
    if email is None:
        return redirect("access:sign_in")
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = address_of(request)
        if limits.WRONG_CODES.passed(where):
            return too_many(request, wait_seconds=limits.WRONG_CODES.seconds)
        request.session[TRIES] += 1
        account = (
            codes.accept(email, form.cleaned_data["code"], timezone.now())
            if request.session[TRIES] <= TRIES_PER_CODE
            else None
        )
        if account is not None:
            return _signed_in(request, account)
        limits.WRONG_CODES.note(where)
        if request.session[TRIES] >= TRIES_PER_CODE:
            del request.session[ASKED_FOR]
            return render(
                request, "access/code_spent.html", {"next": request.session.get("next", "/")}, status=403
            )
        form.add_error("code", "This code is not right, or its time has run out")
    return render(
        request,
        "access/sign_in_code.html",
        {"form": form, "email": email, "minutes": codes.LIVES.seconds // 60},
    )


def _signed_in(request: HttpRequest, account: Account) -> HttpResponse:
    going_to = request.session.pop("next", settings.LOGIN_REDIRECT_URL)
    for key in (ASKED_FOR, TRIES):
        request.session.pop(key, None)
    sessions.begin(request, account, how="code")
    response = redirect(going_to)
    sessions.remember_whose(response, account)
    return response


@never_cache
@require_POST
@public("Ends whatever session there is")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and have the browser forget what it holds of this site."""
    sessions.end(request)
    response = redirect(reverse("access:signed_out"))
    sessions.forget_whose(response)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@public("Says that somebody has signed out")
def signed_out(request: HttpRequest) -> HttpResponse:
    """The page after signing out."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "access/signed_out.html", {"providers": binding.offered()})

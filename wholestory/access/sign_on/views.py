"""To the organisation's own sign-in page, and back."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wholestory.access.asks import public
from wholestory.access.sign_on import binding, exchange
from wholestory.access.signing_in import limits, sessions
from wholestory.access.signing_in.by_code import next_page
from wholestory.access.signing_in.network import address_of
from wholestory.govuk.views import too_many

WHY = "sign_on_refused"
_NO_ANSWER = "Your organisation’s sign-in did not answer as it should."
_SET_UP = (
    "Your organisation’s sign-in and this site do not agree. The people who run them have to put that right."
)
#: Why it opened nothing, in words that tell a stranger no more than they know.
REFUSED = {
    "no_address": "Your organisation did not tell us your work address.",
    "foreign_address": "Your organisation told us an address that is not one of its own.",
    "unverified_address": "Your organisation did not say that the address it gave us is yours.",
    "no_seat": "There is no account for you here, or it is not one of your organisation’s.",
    "other_person": "Your organisation’s sign-in knows you as somebody else than last time. The board’s team can put"
    " that right.",
    "other_organisation": "The account you chose there is not one of your organisation’s.",
    "turned_back": "You turned back at your organisation’s sign-in.",
    "not_begun": "Signing in took more than ten minutes, was begun in another browser, or was done already.",
    "no_answer": _NO_ANSWER,
    "not_proved": _SET_UP,
    "wrong_issuer": _SET_UP,
    "wrong_endpoint": _SET_UP,
}
log = logging.getLogger(__name__)


def _known(key: str) -> binding.Provider:
    found = binding.provider(key)
    if found is None:
        raise Http404
    return found


@never_cache
@require_POST
@public("Leads to an organisation's own sign-in page")
def away(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider, over a page of ours: our policy lets no form lead straight to another site."""
    known, where = _known(key), address_of(request)
    if limits.SIGN_ON_BEGUN.passed(where):
        return too_many(request, wait_seconds=limits.SIGN_ON_BEGUN.seconds)
    limits.SIGN_ON_BEGUN.note(where)
    try:
        there = exchange.begin(request, known, next_page(request))
    except binding.NotBound as problem:
        return _refused(request, known, problem)
    return render(request, "access/sign_on_away.html", {"provider": known, "where": there})


@never_cache
@require_GET
@public("Takes an organisation's answer; signs in only an account that its agency's people hold")
def back(request: HttpRequest, key: str) -> HttpResponse:
    """The provider's answer. Whoever it is acts as if they had typed a code: the second step is still asked for."""
    known = _known(key)
    try:
        claims, going_to = exchange.finish(request, known)
        account = binding.bound(known, claims)
    except binding.NotBound as problem:
        return _refused(request, known, problem)
    request.session.pop(WHY, None)
    sessions.begin(request, account, how="single_sign_on")
    response = redirect(going_to)
    sessions.remember_whose(response, account)
    return response


def _refused(request: HttpRequest, known: binding.Provider, problem: binding.NotBound) -> HttpResponse:
    # Fixed words only: whoever connects a provider has to learn which rule it broke, and nobody's address.
    why = {"provider": known.key, "because": problem.code}
    log.warning("Single sign-on was refused", extra=why, exc_info=problem.__cause__)
    request.session[WHY] = problem.code
    return redirect("access:sign_on_refused")


@never_cache
@public("Says why an organisation's sign-in opened nothing")
def refused(request: HttpRequest) -> HttpResponse:
    """Why it opened nothing, and what else to do."""
    why = REFUSED.get(request.session.get(WHY, ""), _NO_ANSWER)
    return render(request, "access/sign_on_refused.html", {"why": why}, status=403)

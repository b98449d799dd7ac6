"""The way in for somebody who was asked: a link from an e-mail, then a code to the address the link was made for.

Whoever holds the link without the mailbox gets no further than the first page, which says nothing about what was
asked. A link that is not, or no longer, of use shows one page, whatever is the matter with it.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wholestory.access import acting, jobs
from wholestory.access.asks import public
from wholestory.access.models import Account
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import codes, forms, limits, sessions
from wholestory.access.signing_in.network import address_of
from wholestory.access.signing_in.sealing import seal
from wholestory.child_deaths.models import RequestLink
from wholestory.child_deaths.operations import request_links
from wholestory.child_deaths.request_jobs import renew_request_link
from wholestory.child_deaths.rules.requests import masked
from wholestory.govuk.views import too_many
from wholestory.records.models import Record

#: In the session: by which link somebody came to which request, and how often a code was tried.
CAME_BY, TRIES = "asked_links", "asked_tries"
TRIES_PER_CODE = 5


@never_cache
@public("Says nothing of what was asked; the code goes to the address the link was made for")
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """The page a link opens: where the code goes. Opening it sends nothing, because mail programs open links too."""
    link = request_links.live(token)
    if link is None:
        return _of_no_use(request, token)
    if request.user.is_authenticated and request.user.pk == link.account_id:
        return _on_to_the_request(request, link)
    if request.method == "POST":
        if binding.only_through(link.account):
            here = reverse("child_deaths:asked", args=[token])
            return redirect(f"{reverse('access:sign_in')}?next={here}")
        where = address_of(request)
        if limits.CODES_ASKED.passed(where):
            return too_many(request, wait_seconds=limits.CODES_ASKED.seconds)
        limits.CODES_ASKED.note(where)
        jobs.send_sign_in_code.defer(sealed_email=seal(link.account.email))
        request.session[TRIES] = 0
        return redirect("child_deaths:asked_code", token=token)
    through = binding.only_through(link.account)
    context = {"address": masked(link.account.email), "through": through.name if through else ""}
    return render(request, "child_deaths/asked/link.html", context)


@never_cache
@public("Takes the code that went to the address the link was made for")
def asked_code(request: HttpRequest, token: str) -> HttpResponse:
    """Take the code; then on to the request."""
    link = request_links.live(token)
    if link is None:
        return _of_no_use(request, token)
    if TRIES not in request.session:
        return redirect("child_deaths:asked", token=token)
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = address_of(request)
        if limits.WRONG_CODES.passed(where):
            return too_many(request, wait_seconds=limits.WRONG_CODES.seconds)
        request.session[TRIES] += 1
        if request.session[TRIES] <= TRIES_PER_CODE:
            account = codes.accept(link.account.email, form.cleaned_data["code"], timezone.now())
            if account is not None and account.pk == link.account_id:
                return _signed_in(request, link)
        limits.WRONG_CODES.note(where)
        if request.session[TRIES] >= TRIES_PER_CODE:
            del request.session[TRIES]
            return redirect("child_deaths:asked", token=token)
        form.add_error("code", "This code is not right, or its time has run out")
    context = {
        "form": form,
        "address": masked(link.account.email),
        "token": token,
        "minutes": codes.LIVES.seconds // 60,
    }
    return render(request, "child_deaths/asked/code.html", context)


@never_cache
@require_POST
@public("Says the same whatever the link was; a new one goes to the address the old one was made for")
def asked_again(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new link by an old one."""
    where = address_of(request)
    if limits.CODES_ASKED.passed(where):
        return too_many(request, wait_seconds=limits.CODES_ASKED.seconds)
    limits.CODES_ASKED.note(where)
    renew_request_link.defer(sealed=seal(token))
    return render(request, "child_deaths/asked/sent.html")


def came_by_link(request: HttpRequest, record_id: UUID) -> bool:
    """Whether this session came by a link of this request that still works."""
    link_id = request.session.get(CAME_BY, {}).get(str(record_id), "")
    account = request.user
    if not link_id or not isinstance(account, Account):
        return False
    return request_links.came_by(link_id=link_id, record_id=record_id, account=account)


def _signed_in(request: HttpRequest, link: RequestLink) -> HttpResponse:
    request.session.pop(TRIES, None)
    sessions.begin(request, link.account, how="code")
    response = _on_to_the_request(request, link)
    sessions.remember_whose(response, link.account)
    return response


def _on_to_the_request(request: HttpRequest, link: RequestLink) -> HttpResponse:
    request.session[CAME_BY] = {**request.session.get(CAME_BY, {}), str(link.request_record): str(link.pk)}
    request_links.note_opened(link)
    with acting.acting_as(link.account.person):
        found = Record.objects.filter(pk=link.request_record).values_list("reference", flat=True).first()
    if found is None:
        return _of_no_use(request, "")
    return redirect("child_deaths:answering", reference=found)


def _of_no_use(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, run out or withdrawn: the page does not say which."""
    return render(request, "child_deaths/asked/nothing.html", {"token": token or "-"}, status=404)

"""Text sent too late is not lost: kept sealed for an hour, and sent again by the same person after signing in.

Three ways to be too late: the session's time ran out; its cookie is gone but the browser's mark says whose it was;
or somebody signed in again in another tab, so that the open form's token is stale. Files are not kept; the page
says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wholestory.access.asks import signed_in
from wholestory.access.models import Account
from wholestory.access.requests import Request
from wholestory.access.signing_in import sessions
from wholestory.access.signing_in.models import KeptText
from wholestory.access.signing_in.sealing import CannotOpen, seal, unseal

LIVES = timedelta(hours=1)
MOST_CHARACTERS, MOST_FOR_ONE = 500_000, 20
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "kept"})


@dataclass(frozen=True)
class Typed:
    """One field as it was sent."""

    name: str
    value: str


@dataclass(frozen=True)
class Shown:
    """One thing somebody wrote, as the page shows it: the line it belongs to where there are several, the question."""

    label: str
    words: str
    line: str = ""


def keep(account: Account, where: str, posted: QueryDict, had_files: bool, now: datetime) -> KeptText | None:
    """Keep what was sent to ``where`` for ``account``. None when there was nothing to keep, or far too much."""
    fields = [[name, value] for name, values in posted.lists() if name not in NOT_TYPED for value in values]
    text = json.dumps({"fields": fields, "had_files": had_files})
    if not fields or len(text) > MOST_CHARACTERS or len(where) > 500:
        return None
    if account.kept.filter(expires_at__gt=now).count() >= MOST_FOR_ONE:
        return None
    return KeptText.objects.create(account=account, where=where, sealed=seal(text), expires_at=now + LIVES)


def keep_from(request: HttpRequest, account: Account) -> KeptText | None:
    """The same, from the request that came too late."""
    return keep(account, request.get_full_path(), request.POST, bool(request.FILES), timezone.now())


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form was on a page of ours. Only such text is offered to be sent again."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(said)
    return parts.netloc == request.get_host() and (parts.scheme == "https") == request.is_secure()


def offer_again(request: HttpRequest) -> HttpResponse | None:
    """Keep what came too late and lead to it, past signing in if need be. None when there is nobody to keep it for."""
    account = request.user if request.user.is_authenticated else _whose(request)
    found = keep_from(request, account) if isinstance(account, Account) else None
    if found is None:
        return None
    where = reverse("access:kept_text", args=[found.pk])
    return redirect(
        where if request.user.is_authenticated else f"{settings.LOGIN_URL}?{urlencode({'next': where})}"
    )


def _whose(request: HttpRequest) -> Account | None:
    timed_out: Account | None = getattr(request, "timed_out", None)
    key = sessions.whose(request)
    return timed_out or (Account.objects.filter(pk=key, is_active=True).first() if key else None)


def forget(account: Account, key: str) -> None:
    """Remove one that was sent again or is no longer wanted."""
    account.kept.filter(pk=key).delete()


def forget_old(now: datetime) -> int:
    """Remove what has run out."""
    return KeptText.objects.filter(expires_at__lte=now).delete()[0]


@never_cache
@signed_in("Shows a person what they themselves typed")
def kept_text(request: Request, key: str) -> HttpResponse:
    """What was kept, with a button that sends it again; another button throws it away."""
    found = request.user.kept.filter(pk=key, expires_at__gt=timezone.now()).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        found.delete()
        return redirect(urlsplit(found.where).path)
    try:
        opened = json.loads(unseal(found.sealed))
    except CannotOpen:
        raise Http404 from None
    fields = [Typed(name, value) for name, value in opened["fields"]]
    words = _shown(request, found.where, fields)
    context = {"kept": found, "fields": fields, "words": words, "had_files": opened["had_files"]}
    return render(request, "access/kept_text.html", context)


def _shown(request: Request, where: str, fields: Sequence[Typed]) -> Sequence[Shown]:
    """What was written, each with its question. A page whose questions are data says itself how they are called (its
    view carries ``says_back``); for any other the field's name has to do."""
    posted = QueryDict(mutable=True)
    for one in fields:
        posted.appendlist(one.name, one.value)
    try:
        match = resolve(urlsplit(where).path)
    except Resolver404:
        match = None
    says_back = getattr(match.func, "says_back", None) if match else None
    said = says_back(request, match.kwargs, posted) if match and says_back else None
    if said:
        return [Shown(each.label, each.words, each.line) for each in said]
    return [
        Shown(_in_words(one.name), one.value)
        for one in fields
        if one.value.strip() and not one.name.startswith("_")
    ]


def _in_words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"

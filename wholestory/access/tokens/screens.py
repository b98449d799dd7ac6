"""Pages for whoever keeps the board's tokens: see them, make one, revoke one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wholestory.access.asking import may
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.tokens import forms, operations, queries
from wholestory.access.tokens.models import Scope
from wholestory.access.tokens.operations import KIND
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column

NO_LINE = "A list of keys, without the keys; making and revoking write lines of their own."
COLUMNS = (
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("used_by", "Used by"),
    Column("ending", "Ends with"),
    Column("may", "May"),
    Column("made", "Made by", sortable=True, sort_by=("created_at",)),
    Column("expires", "Stops working", sortable=True, sort_by=("expires_at",)),
    Column("last_used", "Last used", sortable=True, sort_by=("last_used_at",)),
    Column("state", "State"),
    Column("do", "Revoke", hidden_label=True),
)


@asks(Verb.LIST, KIND, no_line=NO_LINE)
def tokens(request: Request) -> HttpResponse:
    """Every token of the board, newest first."""
    now, keeps = timezone.now(), may(request.seats, Verb.MANAGE, KIND, request.board)
    page = ListPage(
        request.GET, rows=queries.of_board(request.board), columns=COLUMNS if keeps else COLUMNS[:-1], sort="-made",
        narrow="stack", shape=lambda found: queries.lines(found, now), caption="API tokens",
        empty="No token has been made.",
    )  # fmt: skip
    return render(request, "access/tokens.html", {"page": page, "keeps": keeps, "wide": True})


@never_cache
@asks(Verb.MANAGE, KIND, no_line=NO_LINE)
def token_new(request: Request) -> HttpResponse:
    """Make one. Its secret stands on the answer to this form and is nowhere else, so the page is never kept."""
    now = timezone.now()
    form = forms.TokenForm(request.POST or None, agencies=queries.agencies_without(request.board, now))
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = operations.make(
                actor=request.person, board=request.board, agency=given["agency"], used_by=given["used_by"],
                scopes=[Scope(one) for one in given["scopes"]], days=int(given["days"]), now=now,
            )  # fmt: skip
        except operations.TokenRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return render(request, "access/token_made.html", {"made": made, "token": made.token})
    return render(request, "access/token_new.html", {"form": form})


@asks(Verb.MANAGE, KIND, no_line=NO_LINE)
def token_revoke(request: Request, key: UUID) -> HttpResponse:
    """Stop one, after asking."""
    token = get_object_or_404(queries.of_board(request.board), pk=key)
    back = reverse("access:tokens")
    if request.method == "POST":
        operations.revoke(actor=request.person, token=token, now=timezone.now())
        messages.success(request, f"The token of {token.agency.name} no longer works.")
        return redirect(back)
    context = {
        "question": f"Revoke the token of {token.agency.name}?",
        "consequences": [
            f"{token.used_by} can no longer read or send anything, from this moment on",
            "what it sent before stays, and so does its access record",
            "a new token is a new key: somebody has to put it into that system",
        ],
        "confirm_label": "Revoke it",
        "danger": True,
        "back_url": back,
        "cancel_url": back,
    }
    return render(request, "govuk/confirm.html", context)

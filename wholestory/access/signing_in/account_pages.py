"""Pages about accounts: the team's list, one account, starting a second factor afresh, and the agency's own check."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.asks import asks, signed_in
from wholestory.access.models import Account, Recovery
from wholestory.access.requests import Request
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import accounts, factors, forms, people_check
from wholestory.access.signing_in.accounts import KIND
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Tag
from wholestory.partners.models import Board, Person, Seat


def _people(board: Board) -> QuerySet[Person]:
    """Everybody who holds a seat on the board, or did."""
    seats = Seat.objects.filter(board=board, group=None).select_related("agency").order_by("starts_on", "pk")
    factor = Authenticator.objects.filter(
        user__person=OuterRef("pk"), type__in=[factors.APP, factors.PASSKEY]
    )
    found = Person.objects.of_flesh().filter(seats__board=board).select_related("account")
    return (
        found.annotate(has_factor=Exists(factor))
        .prefetch_related(Prefetch("seats", seats, "on_board"))
        .distinct()
    )


def _account(person: Person) -> Account | None:
    return getattr(person, "account", None)


def _state(person: Person) -> Tag:
    account = _account(person)
    if account is None:
        return Tag("No account", "not_needed")
    if not account.is_active:
        return Tag("Closed", "not_needed")
    if account.last_login:
        return Tag("Signs in", "done")
    return Tag("Invited", "waiting") if account.invited_at else Tag("Not invited yet", "not_started")


COLUMNS = [
    Column("name", "Person", sortable=True, sort_by=("full_name",)),
    Column("seats", "Seats"),
    Column("state", "Account"),
    Column("factor", "Second factor"),
]


@asks(Verb.LIST, KIND)
def account_list(request: Request) -> HttpResponse:
    """Everybody's account and what it waits for."""
    filters = forms.AccountFilter(request.GET or None)

    def shown(people: list[Any]) -> list[dict[str, Any]]:
        return [
            {
                "name": Link(one.full_name, f"/access/accounts/{one.pk}/"),
                "seats": "; ".join(
                    str(s) for s in one.on_board if s.ends_on is None or s.ends_on >= request.today
                ),
                "state": _state(one),
                "factor": "Yes" if one.has_factor else "",
            }
            for one in people
        ]

    page = ListPage(
        request.GET, rows=_people(request.board), columns=COLUMNS, sort="name", filters=filters, shape=shown,
        caption="Accounts", per_page=50,
    )  # fmt: skip
    if page.wants_export:
        # The accounts stand beside the directory's people, and whoever may take those may take these.
        if not asking.may(request.seats, Verb.EXPORT, "partners.directory", request.board):
            raise Http404
        ids = list(page.matching.values_list("id", flat=True))
        ledger.line("access.downloaded", kind=KIND, ids=ids, writes=False, board_id=request.board.id)
        return page.export(request, "Accounts")
    asked = Recovery.objects.filter(board=request.board, done_at=None).select_related(
        "account__person", "asked_by"
    )
    ledger.line("access.accounts_listed", kind=KIND, writes=False, board_id=request.board.id)
    return render(request, "access/account_list.html", {"page": page, "asked": list(asked)})


def _one(request: Request, person: UUID) -> Person:
    return get_object_or_404(_people(request.board), pk=person)


@asks(Verb.MANAGE, KIND)
def account(request: Request, person: UUID) -> HttpResponse:
    """One person's account, and what can be done with it."""
    found = _one(request, person)
    ledger.line(
        "access.account_opened_page", kind=KIND, ids=[found.id], writes=False, board_id=request.board.id
    )
    owned = _account(found)
    context = {
        "who": found,
        "account": owned,
        "state": _state(found),
        "seats": [s for s in found.on_board if s.ends_on is None or s.ends_on >= request.today],  # type: ignore[attr-defined]
        "factors": factors.of(owned) if owned else [],
        "self": found == request.person,
        "sign_on_known": owned is not None and binding.is_known(owned),
    }
    return render(request, "access/account.html", context)


@require_POST
@asks(Verb.MANAGE, KIND)
def account_change(request: Request, person: UUID, what: str) -> HttpResponse:
    """Invite, close or open again."""
    found, actor, board = _one(request, person), request.person, request.board
    try:
        if what == "invite":
            accounts.invite(actor=actor, board=board, person=found, now=timezone.now())
            messages.success(request, f"An invitation is on its way to {found.email}.")
        elif what == "close":
            accounts.close(actor=actor, board=board, person=found, now=timezone.now())
            messages.success(request, f"{found.full_name} can no longer sign in.")
        elif what == "open":
            accounts.open_again(actor=actor, board=board, person=found)
            messages.success(request, f"{found.full_name} can sign in again.")
        elif what == "forget-sign-on" and _account(found):
            accounts.forget_sign_on(actor=actor, board=board, person=found)
            messages.success(
                request,
                f"The next sign-in of {found.full_name} through their organisation counts as the first.",
            )
        else:
            raise Http404
    except accounts.CannotDo as problem:
        messages.warning(request, str(problem))
    return redirect("access:account", person=found.pk)


@asks(Verb.MANAGE, KIND, no_line="shows a name and an empty form; asking writes its own line")
def start_afresh(request: Request, person: UUID) -> HttpResponse:
    """Ask that somebody's second factor be taken away."""
    found = _one(request, person)
    owned = _account(found)
    if owned is None:
        raise Http404
    form = forms.AfreshForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alone = form.cleaned_data["alone_because"] if form.cleaned_data["how"] == "alone" else ""
        try:
            made = accounts.ask_to_start_afresh(
                actor=request.person, board=request.board, account=owned, reason=form.cleaned_data["reason"],
                alone_because=alone, now=timezone.now(),
            )  # fmt: skip
        except accounts.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            said = (
                "is removed. They set up another at their next sign-in"
                if made.done_at
                else "waits for a second person"
            )
            messages.success(request, f"The second factor of {found.full_name} {said}.")
            return redirect("access:account_list")
    return render(request, "access/start_afresh.html", {"form": form, "who": found})


@signed_in(
    "For the second of two people, who may belong to the sister board; shows a colleague's name and no record"
)
def agree_afresh(request: Request, key: UUID) -> HttpResponse:
    """The second person looks at what is asked, and agrees."""
    asked = (
        Recovery.objects.filter(pk=key, done_at=None)
        .select_related("account__person", "asked_by", "board")
        .first()
    )
    if asked is None or not accounts.second_may_be(request.person, asked.board):
        raise Http404
    if request.method == "POST":
        try:
            accounts.confirm_start_afresh(actor=request.person, recovery=asked, now=timezone.now())
        except accounts.CannotDo as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, f"The second factor of {asked.account.person.full_name} is removed.")
            return redirect("/")
    mine = request.person.id in {asked.asked_by_id, asked.account.person_id}
    return render(request, "access/agree_afresh.html", {"asked": asked, "mine": mine})


@asks(
    Verb.WRITE, people_check.KIND, no_line="names of the agency's own people; answering writes its own line"
)
def your_people(request: Request) -> HttpResponse:
    """Who of the agency's people still works there? One page for each check, the oldest first."""
    waiting = sorted(people_check.open_for(request.person), key=lambda one: one.created_at)
    if not waiting:
        return render(request, "access/your_people_done.html")
    check = waiting[0]
    form = forms.PeopleForm(request.POST or None, people=people_check.working(check), me=request.person)
    if request.method == "POST" and form.is_valid():
        left = people_check.answer(actor=request.person, check=check, left=form.left(), now=timezone.now())
        gone = f" {len(left)} can no longer act for {check.agency.name}." if left else ""
        messages.success(request, f"Thank you.{gone}")
        return redirect("access:your_people")
    return render(request, "access/your_people.html", {"form": form, "check": check})

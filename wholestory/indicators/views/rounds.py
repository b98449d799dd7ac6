"""The team's pages of a round: opened, followed, changed for one agency, closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.indicators import letters
from wholestory.indicators.forms.rounds import MoreTimeForm, ReasonForm, ReturnFilter, RoundForm
from wholestory.indicators.models import AgencyReturn, Collection
from wholestory.indicators.operations import collections as operations
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import returns_listed as queries
from wholestory.indicators.rules.periods import quarter_of
from wholestory.indicators.rules.quarters import due_day, ended_quarters
from wholestory.indicators.views.finding import back_to, can, must, the_return, the_round, url_of
from wholestory.kernel.working_days import ENGLAND_AND_WALES

_RETURN, _ROUND = AgencyReturn.record_kind, Collection.record_kind
#: How far back a round can be opened: late boards catch up on two years.
_QUARTERS_BACK = 8


@asks(Verb.LIST, _RETURN)
def home(request: Request) -> HttpResponse:
    """The returns of somebody's agency, and the rounds of whoever runs them."""
    mine = queries.of_agency(request.seats, request.today)
    runs = asking.may(request.seats, Verb.LIST, _ROUND, request.board)
    rounds = queries.rounds(request.board) if runs else []
    reading.listed(request, _RETURN, [*[one.record_id for one in mine], *[one.record_id for one in rounds]])
    context = {"mine": mine, "rounds": rounds, "runs": runs}
    context["may_ask"] = asking.may(request.seats, Verb.MANAGE, _ROUND, request.board)
    return render(request, "indicators/returns_home.html", context)


@asks(Verb.MANAGE, _ROUND)
def new(request: Request) -> HttpResponse:
    """Open a round for a quarter."""
    quarters = [*ended_quarters(request.today, _QUARTERS_BACK)]
    quarters.insert(0, quarter_of(request.today))
    form = RoundForm(
        request.POST if request.method == "POST" else None, quarters=quarters,
        initial={"quarter": quarters[1].start.isoformat()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        period = form.period
        try:
            opened = operations.open_round(
                actor=request.person, board=request.board, label=form.cleaned_data["label"], period=period,
                due_on=form.cleaned_data["due_on"]
                or due_day(period, request.today, ENGLAND_AND_WALES.after),
                today=request.today, now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except operations.RoundRefused as refused:
            form.add_error(None, str(refused))
        else:
            returns = list(queries.returns_of(opened))
            letters.ask(actor=request.person, returns=returns, today=request.today)
            messages.success(request, f"{opened.label} is open: {_agencies(len(returns))} asked.")
            return redirect("indicators:round", opened.record.reference)
    reading.listed(request, _ROUND, [])
    owed = operations.owed(request.board, quarters[1])
    return render(request, "indicators/round_new.html", {"form": form, "asked": len(owed)})


def _agencies(number: int) -> str:
    return f"{number} {'agency is' if number == 1 else 'agencies are'}"


COLUMNS = (
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("status", "Where it stands", sortable=True, sort_by=("stage",)),
    Column("due", "Last day", sortable=True, sort_by=("due_on",)),
    Column("sent", "First sent", sortable=True, sort_by=("first_sent_on",)),
    Column("in_time", "In time"),
    Column("measures", "Measures", numeric=True),
)


@asks(Verb.LIST, _ROUND)
def page(request: Request, reference: str) -> HttpResponse:
    """How far every agency is."""
    found = the_round(request, reference)
    shown = ListPage(
        request.GET, rows=queries.returns_of(found), columns=COLUMNS, sort="agency",
        filters=ReturnFilter(request.GET), caption="Returns", empty="Nobody was asked.",
        shape=lambda rows: queries.return_lines(rows, request.today, url_of),
    )  # fmt: skip
    if shown.wants_export:
        shown.matching = shown.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(shown.matching.values_list("record_id", flat=True))
        reading.listed(request, _RETURN, ids, verb="access.downloaded")
        return shown.export(request, f"Returns of figures, {found.label}")
    reading.shown(request, _RETURN, shown.rows)
    context = {"round": found, "page": shown, "may_manage": can(request, Verb.MANAGE, found), "wide": True}
    return render(request, "indicators/round.html", context)


@asks(Verb.MANAGE, _ROUND)
def ask_more(request: Request, reference: str) -> HttpResponse:
    """Ask the agencies that have come to owe something since."""
    found = the_round(request, reference)
    must(request, Verb.MANAGE, found)
    if request.method == "POST":
        try:
            made = operations.ask_more(
                actor=request.person, collection=found, today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except operations.RoundRefused as refused:
            messages.error(request, str(refused))
        else:
            letters.ask(actor=request.person, returns=made, today=request.today)
            messages.success(request, f"{_agencies(len(made))} asked besides.")
        return redirect("indicators:round", reference)
    return render(
        request, "govuk/confirm.html",
        {
            "question": "Ask agencies that were added since?",
            "consequences": [
                "Every agency that is asked for something in this quarter, and has no return in this round, gets one.",
                "Returns that are there stay as they are.",
            ],
            "confirm_label": "Ask them",
            "cancel_url": reverse("indicators:round", args=[reference]),
        },
    )  # fmt: skip


@asks(Verb.MANAGE, _ROUND)
def close(request: Request, reference: str) -> HttpResponse:
    """Close the round."""
    found = the_round(request, reference)
    must(request, Verb.MANAGE, found)
    if request.method == "POST":
        try:
            operations.close(actor=request.person, collection=found, today=request.today)
        except operations.RoundRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The round is closed.")
        return redirect("indicators:round", reference)
    return render(
        request, "govuk/confirm.html",
        {
            "question": f"Close {found.label}?",
            "consequences": [
                "Nobody is reminded any more.",
                "What was not sent stays “not supplied”, and is late.",
                "What was sent can still be corrected, with a reason.",
            ],
            "confirm_label": "Close the round",
            "cancel_url": reverse("indicators:round", args=[reference]),
        },
    )  # fmt: skip


@asks(Verb.MANAGE, _RETURN)
def extend(request: Request, reference: str) -> HttpResponse:
    """Give one agency more time."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    form = MoreTimeForm(request.POST if request.method == "POST" else None, due_on=ret.due_on)
    if request.method == "POST" and form.is_valid():
        try:
            operations.extend(
                actor=request.person, ret=ret, to=form.cleaned_data["to_on"],
                reason=form.cleaned_data["reason"], today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except ReturnRefused as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_more_time(actor=request.person, ret=ret, today=request.today)
            messages.success(request, f"{ret.agency.name} has more time.")
            return back_to(ret)
    return _question(request, ret, form, "Give more time", "Give more time")


@asks(Verb.MANAGE, _RETURN)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Ask this agency no more in this round."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label="Why is this agency not asked any more?",
        hint="The organisation reads this.", missing="Say why the agency is not asked any more",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(
                actor=request.person, ret=ret, reason=form.cleaned_data["reason"], today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except ReturnRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{ret.agency.name} is not asked any more in this round.")
            return back_to(ret)
    return _question(request, ret, form, "Stop asking this agency", "Stop asking", warning=True)


def _question(
    request: Request, ret: AgencyReturn, form: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    context = {"ret": ret, "form": form, "heading": title, "button": button, **more}
    return render(request, "indicators/one_question.html", context)

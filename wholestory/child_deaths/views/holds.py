"""Pages of holds: those of one case, and every open one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import holds as forms
from wholestory.child_deaths.models import Case, Hold
from wholestory.child_deaths.operations import holds as operations
from wholestory.child_deaths.queries import holds as queries
from wholestory.child_deaths.views.cases import KIND, find
from wholestory.child_deaths.views.one_form import ask, now_of


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every open hold, those to be looked at first."""
    found = reading.shown(request, KIND, queries.open_holds(request.today))
    return render(request, "child_deaths/open_holds.html", {"found": found})


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """What holds this review, since when, and the days with and without it."""
    case = find(request, reference)
    context = {
        "case": case,
        "page": queries.page(case, now_of(case.record.board)),
        "may_decide": asking.ask(request.person, Verb.DECIDE, case.record).yes,
    }
    return render(request, "child_deaths/holds.html", context)


def _back(case: Case) -> str:
    return reverse("child_deaths:holds", args=[case.record.reference])


def _hold(request: Request, reference: str, key: UUID) -> tuple[Case, Hold]:
    case = find(request, reference)
    found = (
        Hold.objects.select_related("case__record").filter(case=case, pk=key, ended_on__isnull=True).first()
    )
    if found is None:
        raise Http404
    asking.require(request.person, Verb.DECIDE, case.record)
    return case, found


@asks(Verb.DECIDE, KIND, by_grant=True)
def begin(request: Request, reference: str) -> HttpResponse:
    """Hold the review up."""
    case = find(request, reference)
    asking.require(request.person, Verb.DECIDE, case.record)
    now = now_of(case.record.board)
    form = forms.BeginForm(request.POST if request.method == "POST" else None, today=now.on)

    def do() -> None:
        operations.begin(actor=request.person, case=case, now=now, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="Hold the review up", label="Begin the hold",
        done="The review is on hold.", back=_back(case),
        words=(
            "Notification, safeguarding, gathering and the support of the family go on."
            " Only the limits of the review itself stand still.",
        ),
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def extend(request: Request, reference: str, hold: UUID) -> HttpResponse:
    """Look at a hold again, and keep it."""
    case, found = _hold(request, reference, hold)
    form = forms.ExtendForm(request.POST if request.method == "POST" else None)

    def do() -> None:
        operations.extend(
            actor=request.person, hold=found, now=now_of(case.record.board), **form.cleaned_data
        )

    return ask(
        request, form, do, reference=reference, heading="Keep the hold", label="Keep it until then",
        done="The hold was looked at and kept.", back=_back(case),
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def end(request: Request, reference: str, hold: UUID) -> HttpResponse:
    """End a hold."""
    case, found = _hold(request, reference, hold)
    now = now_of(case.record.board)
    form = forms.EndForm(request.POST if request.method == "POST" else None, today=now.on)

    def do() -> None:
        operations.end(actor=request.person, hold=found, now=now, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="End the hold", label="End it", done="The hold has ended.",
        back=_back(case),
    )  # fmt: skip

"""Recent deaths with something in common: a prompt to look, and the link somebody makes after looking."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.operations import linking
from wholestory.child_deaths.queries.alike import MOST, alike

KIND = "child_deaths.case"
#: No prompt has more deaths than this to tick.
_MOST_CASES = 50


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """What deaths of the last twelve months have in common."""
    found = alike(request.board, request.today)
    references = {reference for one in found for reference in one.references}
    ids = Case.objects.filter(record__reference__in=references).values_list("record", flat=True)
    reading.listed(request, KIND, list(ids))
    may_link = asking.may(request.seats, Verb.WRITE, KIND, request.board)
    context = {"found": found, "may_link": may_link, "most": len(found) == MOST}
    return render(request, "child_deaths/alike.html", context)


@asks(Verb.WRITE, KIND)
def link(request: Request) -> HttpResponse:
    """Link the deaths that were ticked."""
    if request.method != "POST":
        raise Http404
    chosen = list(dict.fromkeys(request.POST.getlist("case")))[:_MOST_CASES]
    if len(chosen) < 2:
        messages.error(request, "Tick two deaths or more.")
        reading.listed(request, KIND, [])
        return redirect("child_deaths:alike")
    cases = [
        reading.one(request, Case.objects.select_related("record"), reference=reference)
        for reference in chosen
    ]
    number = linking.link(actor=request.person, cases=cases)
    words = f"{len(cases)} deaths are linked. Each keeps a review of its own."
    messages.success(request, words if number else "These deaths were linked already.")
    return redirect("child_deaths:alike")

"""Finding the return or the cycle a page is about, noted in the access record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Cycle, CycleState, Return


def the_return(request: Request, reference: str) -> Return:
    """The return, if this person may see it; otherwise the one "not found" page."""
    # The cycle is seen by the board only: a join through it would hide the return from its own agency.
    found = Return.objects.select_related("record", "agency", "answers__form_version", "board")
    # The definition is large, and read once for the whole process: see paperwork.queries.form_of.
    return reading.one(request, found.defer("answers__form_version__definition"), reference=reference)


def the_cycle(request: Request, reference: str) -> Cycle:
    """The cycle, if this person may see it: one nobody was asked in yet is the team's alone."""
    rows = Cycle.objects.select_related("record", "board")
    if not asking.may(request.seats, Verb.MANAGE, "assurance.cycle"):
        rows = rows.exclude(state=CycleState.DRAFT)
    return reading.one(request, rows, reference=reference)


def must(request: Request, verb: Verb, ret: Return | Cycle) -> None:
    """Stop with the "not found" page unless the person may do this with what they already see."""
    if not asking.ask(request.person, verb, ret.record):
        raise Http404


def can(request: Request, verb: Verb, ret: Return | Cycle) -> bool:
    """Whether to offer something on the page."""
    return asking.ask(request.person, verb, ret.record).yes


def back_to(ret: Return) -> HttpResponse:
    """The return's own page."""
    return redirect(url_of(ret))


def url_of(ret: Return) -> str:
    return reverse("assurance:return", args=[ret.record.reference])

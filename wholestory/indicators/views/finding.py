"""Finding the return or the round a page is about, noted in the access record."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.indicators.models import AgencyReturn, Collection


def the_return(request: Request, reference: str) -> AgencyReturn:
    """The return, if this person may see it; otherwise the one "not found" page."""
    # The round is the team's alone: a join through it would hide the return from its own agency.
    found = AgencyReturn.objects.select_related("record", "agency", "board")
    return reading.one(request, found, reference=reference)


def the_round(request: Request, reference: str) -> Collection:
    """The round, if this person may see it."""
    return reading.one(request, Collection.objects.select_related("record", "board"), reference=reference)


def must(request: Request, verb: Verb, of: AgencyReturn | Collection) -> None:
    """Stop with the "not found" page unless the person may do this with what they already see."""
    if not asking.ask(request.person, verb, of.record):
        raise Http404


def can(request: Request, verb: Verb, of: AgencyReturn | Collection) -> bool:
    """Whether to offer something on the page."""
    return asking.ask(request.person, verb, of.record).yes


def url_of(ret: AgencyReturn) -> str:
    return reverse("indicators:return", args=[ret.record.reference])


def back_to(ret: AgencyReturn) -> HttpResponse:
    """The return's own page."""
    return redirect(url_of(ret))


def now_of(request: Request) -> datetime:
    """This moment, on the board's own day."""
    return moment_of(request.board, timezone.now())

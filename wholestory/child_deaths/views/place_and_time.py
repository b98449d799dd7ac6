"""Clusters in place and time: asked for, run in the background, and what was found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.studies import ScanForm
from wholestory.child_deaths.models import ClusterScan, ScanState
from wholestory.child_deaths.operations import scanning
from wholestory.child_deaths.queries import place_and_time
from wholestory.child_deaths.rules.years import Year
from wholestory.child_deaths.views.patterns import KIND, around, sees_cases
from wholestory.child_deaths.views.patterns_taken import taken_away, taken_urls


@asks(Verb.LIST, KIND)
def page(request: Request) -> HttpResponse:
    """The scan that was asked for last: how far it is, or what it found; and a form to ask for another."""
    reading.listed(request, KIND, [])
    exact = sees_cases(request)
    form = ScanForm(request.POST if request.method == "POST" else {}, today=request.today, exact=exact)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            scanning.ask(actor=request.person, board=request.board, years=form.years, category=form.number)
        except scanning.CannotScan as why:
            refused = str(why)
        else:
            return redirect("child_deaths:pattern_place_time")
    scan = place_and_time.newest(request.board)
    ready = scan is not None and scan.state == ScanState.READY
    blocks = [place_and_time.shown(scan, exact=exact)] if scan is not None and ready else []
    narrowed = (
        [f"years: {_span(scan)}", *([f"category: {scan.category}"] if scan.category else [])] if scan else []
    )
    file = taken_away(request, "pattern_place_time", blocks, narrowed=narrowed, exact=exact)
    if file is not None:
        return file
    context = {
        "form": form, "clear": reverse("child_deaths:pattern_place_time"), "exact": exact, "refused": refused,
        "scan": scan, "settings": place_and_time.SETTINGS,
        "running": scan is not None and scan.state in (ScanState.WAITING, ScanState.RUNNING),
        "span": _span(scan) if scan else "",
        **around("pattern_place_time", blocks), **taken_urls(request),
    }  # fmt: skip
    return render(request, "child_deaths/patterns_place_time.html", context)


def _span(scan: ClusterScan) -> str:
    return f"{Year(scan.first_year).label} up to {Year(scan.last_year).label}"

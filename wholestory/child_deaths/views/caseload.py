"""The caseload, and finding a child."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access import acting, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.caseload import CaseFilter, FindForm
from wholestory.child_deaths.queries import caseload, finding
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.partners.models import Area

KIND = "child_deaths.case"
COLUMNS = (
    Column("reference", "Case", sortable=True, sort_by=("record__reference",)),
    Column("age", "Age"),
    Column("area", "Home area", sortable=True, sort_by=("home_area__name",)),
    Column("stage", "Stage", sortable=True, sort_by=("record__standing__stage",)),
    Column("waits", "Waits for"),
    Column("next_due", "Next limit", sortable=True, sort_by=("by_due",)),
    Column("told", "First told", sortable=True, sort_by=("first_received_at",)),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every case this person may see, what it waits for, and messages that still have to be sorted."""
    areas = list(Area.objects.filter(panels__board=request.board).distinct().order_by("name"))
    page = ListPage(
        request.GET,
        rows=caseload.every(),
        columns=COLUMNS,
        sort="-told",
        filters=CaseFilter(request.GET, today=request.today, areas=areas),
        shape=lambda found: caseload.lines(found, request.today),
        fetch=caseload.by_limit,
        caption="Cases",
        empty="No case yet. A case begins when somebody tells the panel of a death.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        reading.listed(
            request, KIND, list(page.matching.values_list("record_id", flat=True)), verb="access.downloaded"
        )
        return page.export(request, "Caseload")
    reading.shown(request, KIND, page.rows)
    context = {"page": page, "counts": caseload.counts(request.today), "wide": True}
    return render(request, "child_deaths/caseload.html", context)


@asks(Verb.LIST, KIND)
def find(request: Request) -> HttpResponse:
    """Find a child by name, number or day of birth. The answer shows references and age bands; names on opening."""
    form = FindForm(request.POST if request.method == "POST" else None)
    found, more = None, False
    if form.is_valid():
        rows = list(finding.find(**form.cleaned_data)[: finding.MOST + 1])
        found, more = caseload.lines(rows[: finding.MOST], request.today), len(rows) > finding.MOST
    reading.shown(request, KIND, found or [])
    return render(
        request, "child_deaths/find.html",
        {"form": form, "found": found, "more": more, "columns": COLUMNS[:5], "page_has_errors": bool(form.errors)},
    )  # fmt: skip

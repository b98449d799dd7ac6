"""One agency’s figures: for its own people, and for the board’s team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.indicators.forms.reading import ReadingFilter, ScorecardFilter
from wholestory.indicators.queries import agencies as by_agency
from wholestory.indicators.queries import scorecard
from wholestory.indicators.views import scorecard as cards
from wholestory.indicators.views.lines import COLUMNS, in_order
from wholestory.indicators.views.measure import own_agency
from wholestory.indicators.views.scorecard import KIND, OWN
from wholestory.partners.models import Agency

EVERY = (
    Column("name", "Agency", sortable=True),
    Column("asked", "Measures asked for", numeric=True, sortable=True),
    Column("given", "With a figure", numeric=True, sortable=True),
    Column("not_held", "Not held", numeric=True, sortable=True),
    Column("below", "Below standard", numeric=True, sortable=True),
    Column("newest", "Newest figure", sortable=True, sort_by=("newest_on", "name")),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every agency with how many figures it owes and has in force."""
    reading.listed(request, KIND, [])
    held = scorecard.held(request.board)
    names = scorecard.agencies_of(request.board)
    form = ReadingFilter(request.GET, held=held, agencies={}, today=request.today)
    wanted = form.wanted(request.board)
    rows = by_agency.every(wanted, held.measures, names)

    def shape(some: Sequence[Any]) -> Sequence[Any]:
        return [
            {
                **row,
                "name": format_html(
                    '<a class="govuk-link" href="{}">{}</a>',
                    reverse("indicators:agency_read", args=[row["slug"]]), row["name"],
                ),
            }
            for row in some
        ]  # fmt: skip

    page = ListPage(
        request.GET, rows=rows, columns=EVERY, sort="name", shape=shape, tie_break="slug", caption="Agencies",
        empty="No agency has sent or is asked for a figure yet.",
    )  # fmt: skip
    if page.wants_export and asking.may(request.seats, Verb.EXPORT, KIND, request.board):
        reading.listed(request, KIND, [], verb="access.downloaded")
        return page.export(request, "Figures by agency", notes=cards.notes(wanted, []))
    return render(request, "indicators/reading/agencies.html", {"page": page, "named": wanted.named})


@asks(Verb.LIST, KIND)
def one(request: Request, slug: str) -> HttpResponse:
    """One agency’s own figures, for the board’s team and chair."""
    agency = get_object_or_404(Agency, slug=slug, boards=request.board)
    return _shown(request, agency, KIND)


@asks(Verb.LIST, OWN)
def own(request: Request) -> HttpResponse:
    """The figures of the agency of whoever looks, with published ones beside them, and nobody else’s."""
    return _shown(request, own_agency(request), OWN)


def _shown(request: Request, agency: Agency, kind: str) -> HttpResponse:
    mine = kind == OWN
    reading.listed(request, kind, [])
    held = scorecard.held(request.board)
    form = ScorecardFilter(request.GET, held=held, agencies={}, today=request.today)
    wanted = scorecard.of_agency(form.wanted(request.board), agency.id)
    card = scorecard.scorecard(wanted, held.measures, {agency.id: agency.name})
    name = "own_measure" if mine else "measure_read"
    extra = {} if mine else {"agency": str(agency.id)}
    page = ListPage(
        request.GET, rows=in_order(card.rows), columns=COLUMNS, filters=form, tie_break="code",
        shape=lambda rows: cards.shape(request, card, rows, name, extra),
    )  # fmt: skip
    if page.wants_export and asking.may(request.seats, Verb.EXPORT, kind, request.board):
        reading.listed(request, kind, [], verb="access.downloaded")
        return cards.export(
            request, page, card, [f"Agency: {agency.name}", *form.narrowed()], f"Figures of {agency.name}"
        )
    context = {
        "page": page, "form": form, "card": card, "named": wanted.named, "groups": cards.groups(page),
        "agency": agency, "mine": mine, "wide": True,
    }  # fmt: skip
    return render(request, "indicators/reading/agency.html", context)

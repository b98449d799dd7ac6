"""One measure: its figure, its chart with its sentence, its parts, and where the number comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.indicators import beside
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.forms.reading import ReadingFilter
from wholestory.indicators.queries import measure as measures
from wholestory.indicators.queries import scorecard
from wholestory.indicators.rules import spans
from wholestory.indicators.views import measure_files, measure_pieces
from wholestory.indicators.views.scorecard import KIND, OWN, notes
from wholestory.partners.models import Agency


@asks(Verb.LIST, KIND)
def page(request: Request, code: str) -> HttpResponse:
    """One measure of every agency, for the board’s team and chair."""
    reading.listed(request, KIND, [])
    agencies = scorecard.agencies_of(request.board)
    return shown(request, code, agencies, KIND)


@asks(Verb.LIST, OWN)
def own(request: Request, code: str) -> HttpResponse:
    """One measure of the agency of whoever looks: its own figures and published ones, and nobody else’s."""
    agency = own_agency(request)
    reading.listed(request, OWN, [])
    return shown(request, code, {agency.id: agency.name}, OWN)


def own_agency(request: Request) -> Agency:
    """The agency of the seat somebody acts in. Raises Http404 without one."""
    agency = request.seat.agency if request.seat else None
    if agency is None:
        raise Http404
    return agency


def shown(request: Request, code: str, agencies: Mapping[UUID, str], kind: str) -> HttpResponse:
    """The page, or its file, of what these agencies sent."""
    held = scorecard.held(request.board)
    definition = held.measures.get(code)
    if definition is None:
        raise Http404
    mine = kind == OWN
    form = ReadingFilter(
        request.GET, held=held, agencies=agencies, today=request.today, basis=spans.basis_of(definition)
    )
    if mine:
        form.fields.pop("agency", None)
    wanted = form.wanted(request.board)
    if mine:
        wanted = scorecard.of_agency(wanted, next(iter(agencies)))
    found = measures.page(wanted, definition, agencies, own_only=mine)
    wants = request.GET.get("download", "")
    if wants in (*downloads.FORMATS, measure_files.SLIDE) and asking.may(
        request.seats, Verb.EXPORT, kind, request.board
    ):
        reading.listed(request, kind, [], verb="access.downloaded")
        if wants == measure_files.SLIDE:
            return measure_files.slide(request, found, definition)
        return measure_files.taken(request, found, definition, wants, notes(wanted, form.narrowed()))
    context = {
        "form": form, "measure": definition, "found": found, "wanted": wanted, "mine": mine,
        "clear": reverse(f"indicators:{'own_measure' if mine else 'measure_read'}", args=[code]),
        "blocks": beside.blocks(request, measure=code, period_end=found.row.window.end),
        "taken": measure_files.urls(request, kind, found), **measure_pieces.pieces(found, definition, mine=mine),
        "may_decide": asking.may(request.seats, Verb.MANAGE, "indicators.measures", request.board),
        **about(definition),
    }  # fmt: skip
    return render(request, "indicators/reading/measure.html", context)


def about(definition: Definition) -> dict[str, Any]:
    """The definition in words, for beside the figure."""
    return {"definition_rows": measure_pieces.definition_rows(definition)}

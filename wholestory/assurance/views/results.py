"""The heat map: the officers' own, and the one the board is shown after release."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import results
from wholestory.assurance.files import heat_map as files
from wholestory.assurance.files import reports as report_files
from wholestory.assurance.files.heat_map_word import word
from wholestory.assurance.models import Cycle, CycleKind
from wholestory.assurance.queries import scope
from wholestory.assurance.queries.asked import asked, in_scope
from wholestory.assurance.queries.past import cycle_mark
from wholestory.assurance.rules.cells import Cell, CellState
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.assurance.views.finding import can, must, the_cycle
from wholestory.assurance.views.results_shared import Looking, around
from wholestory.govuk.parts import HeatCell, HeatColumn, HeatMap, HeatRow
from wholestory.kernel.generated import Marking, Stamp

TYPES = report_files.TYPES
PAGE = "results_heat_map"


@asks(Verb.EXPORT, "assurance.cycle")
def heat_map(request: Request, reference: str) -> HttpResponse:
    """Every agency asked, with moderated scores where there are any."""
    cycle = the_cycle(request, reference)
    must(request, Verb.EXPORT, cycle)
    every = asked([cycle], withdrawn=True)
    returns = in_scope(every)
    found = results.heat_map(cycle, returns, request.today)
    reading.listed(request, "assurance.return", [r.record_id for r in returns], verb=_verb(request))
    wanted = request.GET.get("download", "")
    if wanted in TYPES:
        return _file(request, cycle, found, wanted)
    return render(
        request,
        "assurance/heat_map.html",
        {
            "cycle": cycle,
            "map": found,
            "drawn": _drawn(found, cycle),
            "kinds": report_files.LABELS,
            "wide": True,
            **around(request, Looking(cycle, True, False), PAGE),
            "rate": None if cycle.kind == CycleKind.PAST else scope.counted(cycle, every, request.today).rate,
            "notes": files.notes(found, _called(cycle), request.today),
        },
    )


@asks(Verb.LIST, "assurance.results")
def released(request: Request, reference: str) -> HttpResponse:
    """What the board is shown: names, scores and where the others stand; no narrative, no evidence."""
    cycle = the_cycle(request, reference)
    if cycle.released_on is None:
        reading.missing(request, reference)
    found = results.released_map(cycle)
    reading.listed(request, "assurance.results", [cycle.record_id], verb=_verb(request))
    wanted = request.GET.get("download", "")
    if wanted in TYPES:
        return _file(request, cycle, found, wanted)
    return render(
        request,
        "assurance/heat_map.html",
        {
            "cycle": cycle,
            "map": found,
            "drawn": _drawn(found, cycle),
            "kinds": report_files.LABELS,
            "wide": True,
            **around(request, Looking(cycle, can(request, Verb.EXPORT, cycle), True), PAGE),
            "rate": None,
            "notes": files.notes(found, _called(cycle), cycle.released_on or request.today),
        },
    )


def _called(cycle: Cycle) -> str:
    """The cycle's title, with what an interim round stands on: goes with the map wherever it goes."""
    if mark := cycle_mark(cycle):
        return f"{cycle.title}. {mark}"
    if cycle.kind != CycleKind.INTERIM or cycle.previous is None:
        return cycle.title
    return f"{cycle.title} (interim year: answers that were not changed stand from {cycle.previous.title})"


def _verb(request: Request) -> str:
    return "access.downloaded" if request.GET.get("download") in TYPES else "access.listed"


def _file(request: Request, cycle: Cycle, found: results.Map, kind: str) -> HttpResponse:
    stamp = Stamp(
        Marking.OFFICIAL_SENSITIVE,
        request.person.full_name,
        timezone.now(),
        cycle.board.name,
        cycle.board.is_example,
    )
    wanted: dict[str, Any] = {"title": _called(cycle), "today": request.today, "stamp": stamp}
    if kind == "pdf":
        body = files.pdf(found, cycle.compliant_from, **wanted)
    elif kind == "docx":
        body = word(found, cycle.compliant_from, **wanted)
    elif kind == "xlsx":
        body = files.xlsx(found, cycle.compliant_from, **wanted)
    else:
        body = files.csv(found, **wanted)
    answer = HttpResponse(body, content_type=TYPES[kind])
    name = f"{'example-' if stamp.example else ''}heat-map-{slugify(cycle.title)}-{request.today}"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _drawn(found: results.Map, cycle: Cycle) -> HeatMap:
    test = CompliantTest(found.framework.scale, cycle.compliant_from)
    points = found.framework.scale.points
    values = [point.value for point in points]
    top = len(values) - 1
    third = {value: round(place * 3 / top) for place, value in enumerate(values)}
    # Few means occur in hundreds of lines, and every line leads to the same kind of address.
    bands: dict[Fraction, int] = {}
    drawn: dict[int, HeatCell] = {}
    address = reverse("assurance:return", args=["REFERENCE"])
    rows = []
    for line in found.lines:
        cells = []
        for cell in line.cells:
            # Most lines stand like others, and cells that say the same are one and the same.
            known = drawn.get(id(cell))
            if known is None:
                known = drawn[id(cell)] = _heat_cell(cell, bands, third, test)
            cells.append(known)
        url = address.replace("REFERENCE", line.reference) if line.reference else ""
        rows.append(HeatRow(line.agency, cells, url=url))
    columns = [HeatColumn(number, title) for _, number, title in found.standards]
    words = {third[p.value]: p.label for p in points}
    return HeatMap(
        f"{cycle.title}: agencies by standards",
        columns,
        rows,
        scores=words,
        compliant_from=third[cycle.compliant_from],
        empty="Nobody has been asked yet.",
    )


def _heat_cell(
    cell: Cell, bands: dict[Fraction, int], third: dict[str, int], test: CompliantTest
) -> HeatCell:
    if cell.state is not CellState.SCORED or cell.mean is None:
        return HeatCell(cast(Any, cell.state.value), note=cell.words)
    if cell.mean not in bands:
        bands[cell.mean] = third[results.level_of(cell.mean, test)]
    return HeatCell("score", score=bands[cell.mean], shown=cell.shown, note=cell.words)

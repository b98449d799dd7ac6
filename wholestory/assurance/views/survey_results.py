"""Results of a survey: the team's, the board's, and each organisation's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import sheets
from wholestory.assurance.files import reports as files
from wholestory.assurance.models import SurveyResult, SurveyState
from wholestory.assurance.queries import survey as queries
from wholestory.assurance.queries import survey_report as shaping
from wholestory.assurance.reports.base import Grid, Report, shown
from wholestory.assurance.rules.survey import Results
from wholestory.assurance.rules.survey_gap import Gap, gap_from_data
from wholestory.assurance.views.finding import the_cycle, the_return
from wholestory.assurance.views.survey import KIND, may, the_survey
from wholestory.govuk.parts import Column, Table
from wholestory.kernel.generated import Marking, Stamp
from wholestory.partners.models import Board


@asks(Verb.EXPORT, KIND)
def results(request: Request, reference: str) -> HttpResponse:
    """The team's results, once the survey is closed."""
    survey = the_survey(request, reference)
    if not may(request, Verb.EXPORT, survey):
        raise Http404
    if survey.state != SurveyState.CLOSED:
        messages.error(request, "Close the survey first. Until then nobody sees any answer.")
        return redirect("assurance:survey", reference)
    found, names = queries.results_of(survey), queries.Names.of(survey.published)
    returns = queries.scored_returns(survey.cycle)
    read = sheets.read(survey.cycle, returns, whole=False)
    gaps = queries.gaps_of(queries.leaders_of(read, queries.linked_items(survey), returns), found.of("all"))
    context = {"survey": survey, "cycle": survey.cycle, "whose": "team"}
    return _answer(request, found, names, gaps, survey.cycle.title, survey.board, context)


@asks(Verb.LIST, "assurance.results")
def released(request: Request, reference: str) -> HttpResponse:
    """What the board was shown."""
    cycle = the_cycle(request, reference)
    row = SurveyResult.objects.filter(cycle=cycle, agency=None).first()
    if row is None:
        reading.missing(request, reference)
    found, names, gaps = _of(row)
    context = {"cycle": cycle, "whose": "board", "shared_on": row.shared_on}
    return _answer(request, found, names, gaps, cycle.title, cycle.board, context)


@asks(Verb.READ, "assurance.return")
def own(request: Request, reference: str) -> HttpResponse:
    """What one organisation was shown of its own people."""
    ret = the_return(request, reference)
    row = SurveyResult.objects.filter(cycle=ret.cycle_id, agency=ret.agency_id).first()
    if row is None:
        raise Http404
    found, names, gaps = _of(row, str(ret.agency_id))
    context = {"ret": ret, "whose": "agency", "shared_on": row.shared_on}
    return _answer(request, found, names, gaps, ret.title, ret.board, context, own=str(ret.agency_id))


def _of(row: SurveyResult, own: str = "") -> tuple[Results, queries.Names, list[Gap]]:
    found = Results.from_data(row.figures)
    said = found.of("agency", own) if own else found.of("all")
    return (
        found,
        queries.Names.kept(row.names, found),
        [gap_from_data(one, said.get(one[0])) for one in row.gaps],
    )


def _answer(
    request: Request,
    found: Results,
    names: queries.Names,
    gaps: list[Gap],
    of: str,
    board: Board,
    context: dict[str, Any],
    *,
    own: str = "",
) -> HttpResponse:
    wanted = request.GET.get("download", "")
    if wanted in files.TYPES and found.replies:
        return _file(request, shaping.report(found, names, gaps, of=of, own=own), wanted, board, context)
    chosen = shaping.chosen(found, request.GET.get("organisation", ""))
    made = shaping.report(found, names, gaps, of=of, own=own, agencies=[chosen] if chosen else [])
    offered = [(key, names.agencies.get(key, key)) for key, _ in found.agencies if shaping.chosen(found, key)]
    shown_page = {
        "found": found,
        "report": made,
        "tables": [(grid, _drawn(grid, n)) for n, grid in enumerate(made.grids, 1)],
        "organisations": offered if len(found.agencies) > 1 else [],
        "chosen": chosen,
        "kinds": files.LABELS,
        "wide": True,
    }
    return render(request, "assurance/survey_results.html", {**shown_page, **context})


def _drawn(grid: Grid, number: int) -> Table:
    rows = [
        [shown(col.kind, value) for col, value in zip(grid.columns, row, strict=True)] for row in grid.rows
    ]
    columns = [Column(col.key, col.label, numeric=col.kind.is_number) for col in grid.columns]
    return Table(
        grid.title, columns, rows, hide_caption=True, narrow="stack", empty=grid.empty, id=f"survey-{number}"
    )


def _file(request: Request, report: Report, kind: str, board: Board, context: dict[str, Any]) -> HttpResponse:
    about = context.get("survey") or context.get("ret") or context["cycle"]
    reading.must_leave(request, about.record)
    reading.listed(request, KIND, [about.record_id], verb="access.downloaded")
    stamp = Stamp(
        Marking.OFFICIAL_SENSITIVE, request.person.full_name, timezone.now(), board.name, board.is_example
    )
    answer = HttpResponse(files.made(report, kind, stamp=stamp), content_type=files.TYPES[kind])
    name = "-".join(
        part
        for part in ("example" if board.is_example else "", slugify(report.name), request.today.isoformat())
        if part
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer

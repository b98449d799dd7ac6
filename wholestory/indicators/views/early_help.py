"""Early help and whether it helps, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.forms.reading import FALLBACK, ReadingFilter
from wholestory.indicators.queries import early_help, scorecard
from wholestory.indicators.queries.early_help import Reading
from wholestory.indicators.views import lines
from wholestory.indicators.views import scorecard as cards
from wholestory.indicators.views.measure_files import urls
from wholestory.indicators.views.scorecard import KIND

COLUMNS = (
    Column("measure", "Measure"), Column("value", "Figure", numeric=True), Column("status", "Against the target"),
    Column("moved", "Direction"), Column("chart", "Over time"), Column("tells", "What it tells"),
)  # fmt: skip


@asks(Verb.LIST, KIND)
def page(request: Request) -> HttpResponse:
    """The journeys of families from early help to referral and back, each measure with what it tells."""
    reading.listed(request, KIND, [])
    held = scorecard.held(request.board)
    agencies = scorecard.agencies_of(request.board)
    form = ReadingFilter(request.GET, held=held, agencies=agencies, today=request.today, basis=FALLBACK)
    wanted = form.wanted(request.board)
    mine = {code: held.measures[code] for code in early_help.CODES if code in held.measures}
    card = scorecard.scorecard(wanted, mine, agencies)
    found = early_help.reading(card, held.measures)
    shaped = {row["code"]: row for row in cards.shape(request, card, lines.in_order(card.rows))}
    wants = request.GET.get("download", "")
    if wants in downloads.FORMATS and asking.may(request.seats, Verb.EXPORT, KIND, request.board):
        reading.listed(request, KIND, [], verb="access.downloaded")
        return downloads.export(
            request, cards.file_rows(request, card, lines.in_order(card.rows)), lines.FILE_COLUMNS, "Early help", wants,
            notes=[*cards.notes(wanted, form.narrowed()), *_said(found)], narrowed_by=wanted.period.label,
        )  # fmt: skip
    tables = []
    for number, (asked, tells, rows) in enumerate(found.questions):
        cells = [
            {**shaped[row.measure.code], "tells": f"{row.measure.why} {row.measure.caveats}".strip()}
            for row in rows
        ]
        table = Table(asked, COLUMNS, cells, hide_caption=True, narrow="stack", id=f"asked-{number}",
                      empty="Nobody has sent a figure of this yet.")  # fmt: skip
        tables.append((asked, tells, table))
    context = {
        "form": form, "named": wanted.named, "tables": tables, "found": found, "said": _said(found), "wide": True,
        "clear": reverse("indicators:early_help"), "taken": urls(request, KIND),
    }  # fmt: skip
    return render(request, "indicators/reading/early_help.html", context)


def _said(found: Reading) -> list[str]:
    """What is said of the scores: how many are in the figure and how many are left out."""
    scores = found.scores
    if scores.both is None:
        return ["No scores at the start and the end were sent."]
    said = [f"{scores.improved or 0:,} of {scores.both:,} families with both scores improved."]
    if scores.left_out is not None:
        said.append(
            f"{scores.left_out:,} of {scores.closed:,} families whose help ended are left out, because one score is"
            " lacking. They may have done worse or better."
        )
    else:
        said.append("How many were left out for want of a score cannot be said.")
    return [*said, *(f"Said with the figure: {note}" for note in scores.notes)]

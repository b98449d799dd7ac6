"""A return's figures as a file to keep."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column
from wholestory.indicators.models import AgencyReturn
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.views.finding import must, the_return

_COLUMNS = (
    Column("code", "Code"), Column("title", "Measure"), Column("part", "Part"), Column("words", "Figure"),
    Column("numerator", "How many"), Column("denominator", "Of how many"), Column("percentage", "Percentage only"),
    Column("nothing", "Why there is no number"), Column("mark", "Mark"), Column("note", "Note"),
)  # fmt: skip


@asks(Verb.EXPORT, AgencyReturn.record_kind)
def download(request: Request, reference: str) -> HttpResponse:
    """What was sent, as CSV or Excel."""
    ret = the_return(request, reference)
    must(request, Verb.EXPORT, ret)
    reading.must_leave(request, ret)
    sent = queries.in_force_of(ret)
    if sent is None:
        raise Http404
    rows = queries.sent_lines(sent, queries.lines_of_return(ret))
    reading.listed(request, AgencyReturn.record_kind, [ret.record_id], verb="access.downloaded")
    asked = request.GET.get("download", "")
    fmt = asked if asked in downloads.FORMATS else "csv"
    notes = [
        f"Version {len(queries.versions(ret))}. From {ret.period_start} to {ret.period_end}."
        " No kind of nothing is zero."
    ]
    return downloads.export(
        request, rows, _COLUMNS, f"Figures of {ret.agency.name}, {ret.label}", fmt, notes=notes
    )

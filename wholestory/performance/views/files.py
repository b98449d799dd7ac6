"""What is taken away of a report: PDF, Word, the one page, and its numbers with where each comes from."""

from __future__ import annotations

from typing import Any

from django.db.models.fields.json import KT
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.performance.files.pdf import pdf
from wholestory.performance.files.word import word
from wholestory.performance.forms.reports import NumberFilter
from wholestory.performance.models import AgencyPage, PublicVersion, QuarterlyReport
from wholestory.performance.operations import reports
from wholestory.performance.queries import given
from wholestory.performance.rules import writing
from wholestory.performance.rules.shape import Report, from_data
from wholestory.performance.views.reports import KIND, find

PAGE_KIND = reports.PAGE.kind
_FILES = {
    "pdf": (pdf, "application/pdf", "pdf"),
    "word": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}
NUMBERS = (
    Column("measure", "Measure and version", sortable=True),
    Column("title", "Title", sortable=True),
    Column("name", "Agency", sortable=True),
    Column("period", "Period"),
    Column("value", "Value"),
    Column("return", "Return", sortable=True),
    Column("submission", "Sent as", sortable=True),
    Column("source", "How it came"),
    Column("sent", "Sent", sortable=True),
    Column("file", "File"),
    Column("place", "Place in it"),
    Column("sha256", "Mark of the file"),
    Column("rule", "Rule"),
)


@asks(Verb.EXPORT, KIND, by_grant=True)
def download(request: Request, reference: str, form: str) -> HttpResponse:
    """The report as ``pdf``, ``word``, or ``one-page``."""
    found = find(request, reference)
    if form == "one-page":
        return as_file(request, found, KIND, reports.summary(found), "pdf", "one-page")
    return as_file(request, found, KIND, reports.pack(found), form, "report")


@asks(Verb.READ, KIND)
def numbers(request: Request, reference: str) -> HttpResponse:
    """Every number of the report, followed down to its return, file, version and rule."""
    found = find(request, reference)
    of = given.figures_of(found)
    rows: list[dict[str, Any]] = [
        {
            "pk": at,
            "return": "",
            **each,
            "measure": each["version"],
            "title": one["title"],
            "mark": each["sha256"],
        }
        for at, (one, each) in enumerate(
            (one, each) for one in (of.figures["measures"] if of else ()) for each in one["sources"]
        )
    ]
    agencies = sorted({(row["agency"], row["name"]) for row in rows if row["agency"]}, key=lambda one: one[1])
    page = ListPage(
        request.GET, rows=rows, columns=NUMBERS, sort="measure", filters=NumberFilter(request.GET, agencies=agencies),
        caption="Numbers and where they come from", empty="No figure is in this report.",
    )  # fmt: skip
    if page.wants_export:
        asking.require(request.person, Verb.EXPORT, found)
        reading.must_leave(request, found)
        reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
        notes = [f"Performance report {found.record.reference}, {found.label}, edition {found.number}"]
        return page.export(request, f"Numbers of the report {found.label}", notes=notes)
    context = {"page": page, "found": found, "wide": True}
    return render(request, "performance/numbers.html", context)


@asks(Verb.LIST, PAGE_KIND)
def pages(request: Request) -> HttpResponse:
    """The pages of reports that agencies were given: an agency's own, or all of them for the team."""
    rows = AgencyPage.objects.filter(board=request.board).select_related("record", "agency").defer("document")
    page = ListPage(
        request.GET,
        rows=rows.annotate(head=KT("document__front__1")),
        columns=(
            Column("report", "Page", sortable=True, sort_by=("period_end", "number")),
            Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
            Column("group", "Report for"),
            Column("edition", "Edition", numeric=True),
        ),
        sort="-report",
        shape=lambda found: [
            {
                "report": Link(one.label, reverse("performance:agency_page", args=[one.record.reference])),
                "agency": one.agency.name, "group": writing.group_in(one.head), "edition": one.number,
                "record_id": one.record_id,
            }
            for one in found
        ],
        caption="Pages of agencies",
        empty="No report has been given yet.",
    )  # fmt: skip
    if page.wants_export:
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, PAGE_KIND, ids, verb="access.downloaded")
        return page.export(request, "Pages of the performance report")
    reading.listed(request, PAGE_KIND, [row["record_id"] for row in page.rows])
    return render(request, "performance/pages.html", {"page": page})


@asks(Verb.READ, PAGE_KIND)
def agency_page(request: Request, reference: str) -> HttpResponse:
    """One agency's own page of a report."""
    found = _page(request, reference)
    context = {"found": found, "report": from_data(found.document), "wide": True}
    return render(request, "performance/agency_page.html", context)


@asks(Verb.EXPORT, PAGE_KIND)
def download_page(request: Request, reference: str, form: str) -> HttpResponse:
    """An agency's page as ``pdf`` or ``word``."""
    found = _page(request, reference)
    return as_file(request, found, PAGE_KIND, from_data(found.document), form, slugify(found.agency.name))


def _page(request: Request, reference: str) -> AgencyPage:
    rows = AgencyPage.objects.select_related("record", "agency")
    return reading.one(request, rows, reference=reference)


def as_file(
    request: Request,
    door: QuarterlyReport | AgencyPage | PublicVersion,
    kind: str,
    document: Report,
    form: str,
    named: str,
) -> HttpResponse:
    """The document as a file, with its line in the access record; 404 for another kind of file."""
    if form not in _FILES:
        raise Http404
    asking.require(request.person, Verb.EXPORT, door, kind=kind)
    reading.must_leave(request, door)
    made, content_type, ending = _FILES[form]
    body = made(document)
    reading.listed(request, kind, [door.record_id], verb="access.downloaded")
    answer = HttpResponse(body, content_type=content_type)
    name = f"performance-{slugify(document.period)}-{named}"
    answer["Content-Disposition"] = (
        f'attachment; filename="{"example-" if document.invented else ""}{name}.{ending}"'
    )
    answer["Cache-Control"] = "no-store"
    return answer

"""A version of a yearly report as a file to take away."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.files.panel_report_pdf import pdf
from wholestory.child_deaths.files.panel_report_word import word
from wholestory.child_deaths.models import ConfidentialReport, PublicReport
from wholestory.child_deaths.rules.panel_report.shape import Report

_FILES = {
    "pdf": (pdf, "application/pdf", "pdf"),
    "word": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}


def as_file(
    request: Request,
    door: PublicReport | ConfidentialReport,
    kind: str,
    document: Report,
    form: str,
    version: str,
) -> HttpResponse:
    """The document as PDF or Word, with its line in the access record; 404 for another kind of file."""
    if form not in _FILES:
        raise Http404
    asking.require(request.person, Verb.EXPORT, door, kind=kind)
    reading.must_leave(request, door)
    made, content_type, ending = _FILES[form]
    body = made(document)
    reading.listed(request, kind, [door.record_id], verb="access.downloaded")
    answer = HttpResponse(body, content_type=content_type)
    name = f"child-deaths-report-{document.years.replace(' ', '-')}-{version}"
    answer["Content-Disposition"] = (
        f'attachment; filename="{"example-" if document.invented else ""}{name}.{ending}"'
    )
    answer["Cache-Control"] = "no-store"
    return answer

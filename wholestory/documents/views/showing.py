"""Handing a file out, and the page that says what is known about it."""

from __future__ import annotations

import logging
from datetime import date

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from wholestory.access import Verb, reading
from wholestory.access.asking import ask, may_leave
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.documents import gates, queries, sealing, shelf
from wholestory.documents.models import StoredFile
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Link, Row, Table

log = logging.getLogger("wholestory.documents")

KIND = StoredFile.record_kind


@asks(Verb.READ, KIND)
def hand_out(request: Request, reference: str) -> HttpResponseBase:
    """The content, to save. Everything about it is checked before the first byte leaves."""
    file = reading.one(request, queries.files(), reference=reference, verb="documents.handed_out")
    gates.must_have_come_in(request, file.about)
    closed = (
        queries.why_closed(file) or _read_only(request, file) or gates.why_shut(file.about, request.person)
    )
    if closed:
        return _about(request, file, closed, status=409)
    try:
        pieces = shelf.handed_out(file.place, bytes(file.wrapped_key), file.seal_id)
    except shelf.Unreachable as away:
        return _about(request, file, str(away), status=503)
    except (sealing.Tampered, sealing.KeyMissing):
        log.exception("a stored file cannot be opened", extra={"record": str(file.record_id)})
        trouble = "This file is not as it was stored, so it is not handed out. Tell the board’s team."
        return _about(request, file, trouble, status=409)
    response = StreamingHttpResponse(pieces, content_type=file.media_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@asks(Verb.READ, KIND)
def about(request: Request, reference: str) -> HttpResponse:
    """What is known about a file: its state, its versions, who can see it."""
    file = reading.one(request, queries.files(), reference=reference)
    gates.must_have_come_in(request, file.about)
    return _about(request, file, queries.why_closed(file) or gates.why_shut(file.about, request.person))


def _read_only(request: Request, file: StoredFile) -> str:
    if may_leave(request.person, file):
        return ""
    return "With emergency access you can see that this file is here. It cannot be taken away."


def _about(request: Request, file: StoredFile, closed: str, status: int = 200) -> HttpResponse:
    page = queries.page(file)
    may_write = file.removed_at is None and bool(ask(request.person, Verb.WRITE, file.about))
    context = {
        "page": page,
        "closed": closed,
        "rows": _rows(page, file.about.reference),
        "may_write": may_write,
        "history": _history(page),
    }
    return render(request, "documents/about.html", context, status=status)


def _history(page: queries.FilePage) -> Table | str:
    """The versions as a table, when there is more than one."""
    if len(page.versions) < 2:
        return ""
    return Table(
        "Versions",
        ["Version", "Name", "Size", "Added by", "Added on", "State"],
        [
            [
                str(one.version),
                one.name if one.current else Link(one.name, one.url),
                one.size,
                one.added_by,
                in_words(one.added_on),
                one.removed or ("This one" if one.current else ""),
            ]
            for one in page.versions
        ],
        narrow="stack",
    )


def _rows(page: queries.FilePage, about: str) -> list[Row]:
    file = page.file
    rows = [
        Row("What it is", f"{file.kind}, {file.size}"),
        Row("Reference", file.reference),
        Row("Belongs to", about),
        Row("Marking", file.marking),
        Row("Virus scan", file.state_label),
        Row("Added", f"{file.added_by}, {_day(file.added_on)}"),
        Row("Date on the document", _day(file.document_on) or "Not given"),
        Row("Look at it again on", _day(file.review_on) or "Not set"),
        Row("Fingerprint (SHA-256)", page.sha256),
    ]
    rows.insert(5, Row("Looked through", page.screened))
    if page.owner:
        rows.insert(4, Row("Owner", page.owner))
    if page.removed:
        rows.insert(0, Row("State", page.removed))
    return rows


def _day(day: date | None) -> str:
    return in_words(day) if day else ""

"""Published versions of reports: the list, preparing one, and one with what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Tag
from wholestory.kernel.moments import london_day
from wholestory.performance.files.pdf import pdf
from wholestory.performance.files.public_csv import public_csv
from wholestory.performance.forms.public import PublicWordsForm
from wholestory.performance.models import (
    PublicLog,
    PublicState,
    PublicVersion,
    QuarterlyReport,
    ReportState,
)
from wholestory.performance.operations import public as operations
from wholestory.performance.operations.reports import ReportRefused
from wholestory.performance.queries import given
from wholestory.performance.queries import public as reads
from wholestory.performance.rules.pieces import day
from wholestory.performance.rules.shape import Report, from_data
from wholestory.performance.views.reports import find, now_of, when

KIND = operations.PUBLIC.kind
TONES = {
    PublicState.PREPARED: "in_progress", PublicState.PROPOSED: "waiting", PublicState.SENT_BACK: "returned",
    PublicState.PUT_ASIDE: "not_needed", PublicState.PUBLISHED: "done", PublicState.REPLACED: "not_needed",
    PublicState.WITHDRAWN: "not_needed",
}  # fmt: skip
COLUMNS = (
    Column("report", "Published version", sortable=True, sort_by=("period_end", "number")),
    Column("version", "Version", numeric=True),
    Column("state", "State", sortable=True),
    Column("decided", "Published on", sortable=True, sort_by=("decided_at",)),
    Column("because", "Why it was ended or sent back"),
)
LOG_COLUMNS = (
    Column("measure", "Measure", sortable=True),
    Column("whose", "Whose", sortable=True),
    Column("period", "Period"),
    Column("what", "What is not shown"),
    Column("why", "Why", sortable=True),
)


def lines(found: list[PublicVersion]) -> list[dict[str, Any]]:
    """Versions as the list shows them."""
    return [
        {
            "record_id": one.record_id, "version": one.number, "because": one.because,
            "report": Link(one.label, reverse("performance:public", args=[one.record.reference])),
            "state": Tag(one.get_state_display(), TONES[PublicState(one.state)]),
            "decided": day(london_day(one.decided_at).isoformat()) if one.decided_at else "",
        }
        for one in found
    ]  # fmt: skip


def writes(request: Request) -> bool:
    """Whether this person prepares published versions."""
    return asking.may(request.seats, Verb.WRITE, KIND, request.board)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every version this person is shown: what was published, and drafts for those who prepare or approve them."""
    prepares = writes(request)
    page = ListPage(
        request.GET, rows=reads.of_reader(request.board, request.person, writes=prepares), columns=COLUMNS,
        sort="-report", shape=lines, caption="Published versions", empty="No report has been published yet.",
    )  # fmt: skip
    if page.wants_export:
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Published versions")
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    ready = given.reports(request.board).filter(state=ReportState.GIVEN).defer("document") if prepares else ()
    return render(request, "performance/public/every.html", {"page": page, "ready": ready})


@asks(Verb.WRITE, KIND)
def prepare(request: Request, reference: str) -> HttpResponse:
    """The work on the published version of a report: its words, its versions, and preparing one."""
    found = of_report(request, reference)
    if request.method == "POST":
        try:
            made = operations.prepare(actor=request.person, report=found, **when(request))
        except ReportRefused as refused:
            messages.error(request, str(refused))
            return redirect("performance:prepare", reference)
        messages.success(
            request, "The published version is prepared. Look at it, and at what is withheld in it."
        )
        return redirect("performance:public", made.record.reference)
    rows = reads.versions(request.board).filter(report=found).order_by("-number")
    context = {
        "found": found, "words": reads.words_of(found),
        "versions": [(one, Tag(one.get_state_display(), TONES[PublicState(one.state)])) for one in rows],
    }  # fmt: skip
    return render(request, "performance/public/work.html", context)


@asks(Verb.WRITE, KIND)
def words(request: Request, reference: str) -> HttpResponse:
    """The words for everybody."""
    found = of_report(request, reference)
    form = PublicWordsForm(request.POST or None, initial={"text": reads.words_of(found)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_words(
                actor=request.person, report=found, text=form.cleaned_data["text"], now=now_of(request)
            )
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved. It stands in the version that is prepared next.")
            return redirect("performance:prepare", reference)
    context = {
        "form": form, "heading": "Words for everybody", "label": "Save", "caption": found.label,
        "back": reverse("performance:prepare", args=[reference]),
    }  # fmt: skip
    return render(request, "performance/step.html", context)


@asks(Verb.READ, KIND)
def public(request: Request, reference: str) -> HttpResponse:
    """One version as it was prepared, with what can be done with it."""
    found = one_version(request, reference)
    prepares = asking.ask(request.person, Verb.WRITE, found).yes
    proposed = found.state == PublicState.PROPOSED
    context = {
        "found": found, "report": dated(found), "wide": True, "prepares": prepares,
        "state": Tag(found.get_state_display(), TONES[PublicState(found.state)]),
        "may_send": prepares and (proposed or found.state in (PublicState.PREPARED, PublicState.SENT_BACK)),
        "may_decide": proposed and found.approver_id == request.person.pk,
        "may_withdraw": found.state == PublicState.PUBLISHED and asking.ask(request.person, Verb.MANAGE, found).yes,
        "may_leave": asking.may_leave(request.person, found).yes,
        "may_log": PublicLog.objects.filter(public=found).exists(),
        "warnings": reads.look(found) if found.state in reads.DRAFTS else (),
        "open": reverse("published_performance:one", args=[request.board.slug, found.period_end.isoformat()])
        if found.state == PublicState.PUBLISHED else "",
    }  # fmt: skip
    return render(request, "performance/public/version.html", context)


@asks(Verb.LIST, KIND)
def log(request: Request, reference: str) -> HttpResponse:
    """What a version does not show and why, without the numbers."""
    found = one_version(request, reference)
    kept = PublicLog.objects.filter(public=found).first()
    if kept is None:
        raise Http404
    names = [column.key for column in LOG_COLUMNS]
    rows = [{"pk": at, **dict(zip(names, one, strict=True))} for at, one in enumerate(kept.lines)]
    page = ListPage(
        request.GET, rows=rows, columns=LOG_COLUMNS, per_page=200, caption="What is not shown",
        empty="Every number of this version is shown.",
    )  # fmt: skip
    if page.wants_export:
        reading.must_leave(request, found)
        reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
        return page.export(request, f"What is not shown {found.label}")
    return render(request, "performance/public/log.html", {"found": found, "page": page, "log": kept})


@asks(Verb.EXPORT, KIND)
def download(request: Request, reference: str, form: str) -> HttpResponse:
    """A version as ``pdf`` or ``csv``."""
    found = one_version(request, reference)
    if form not in ("pdf", "csv"):
        raise Http404
    asking.require(request.person, Verb.EXPORT, found)
    reading.must_leave(request, found)
    body = pdf(dated(found)) if form == "pdf" else public_csv(found.document)
    reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
    answer = HttpResponse(
        body, content_type="application/pdf" if form == "pdf" else "text/csv; charset=utf-8"
    )
    invented = "example-" if found.document["report"]["invented"] else ""
    name = f"{invented}performance-{slugify(found.label)}-published.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def of_report(request: Request, reference: str) -> QuarterlyReport:
    """A report that was given, for those who prepare its published version; otherwise "not found"."""
    found = find(request, reference)
    if not writes(request) or found.state != ReportState.GIVEN:
        raise Http404
    return found


def one_version(request: Request, reference: str) -> PublicVersion:
    """One version this person is shown. A draft is for those who prepare it, and for whoever was asked to approve."""
    rows = PublicVersion.objects.select_related("record", "board", "approver", "decided_by")
    found = reading.one(request, rows, reference=reference)
    theirs = (
        found.state in (PublicState.PROPOSED, PublicState.SENT_BACK)
        and found.approver_id == request.person.pk
    )
    if found.state in reads.DRAFTS and not theirs and not asking.ask(request.person, Verb.WRITE, found):
        raise Http404
    return found


def dated(found: PublicVersion) -> Report:
    """The sealed report, with what became of it in front."""
    kept = from_data(found.document["report"])
    on = day(london_day(found.decided_at).isoformat()) if found.decided_at else ""
    said = {
        PublicState.PUBLISHED: f"Published on {on}. Anybody may have this version.",
        PublicState.WITHDRAWN: f"Published on {on} and withdrawn: {found.because}",
        PublicState.REPLACED: f"Published on {on}. A newer version has replaced this one.",
    }.get(PublicState(found.state), "Draft: not approved, and not to be passed on.")
    marking = kept.marking if found.state == PublicState.PUBLISHED else said
    return replace(kept, front=(said, *kept.front), marking=marking)

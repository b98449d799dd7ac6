"""The two versions of a yearly report: looking, giving, preparing, approving, withdrawing, and their files."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import panel_report as forms
from wholestory.child_deaths.models import ConfidentialReport, PublicReport, PublicState, SuppressionLog
from wholestory.child_deaths.operations import panel_report as drafting
from wholestory.child_deaths.operations import panel_report_versions as operations
from wholestory.child_deaths.queries import panel_report as reads
from wholestory.child_deaths.rules.panel_report.shape import Report, from_data
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.panel_report import KIND, TONES, of_drafters, posted, sees_exact
from wholestory.child_deaths.views.panel_report_files import as_file
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Tag
from wholestory.kernel.moments import london_day

DRAFTS = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK, PublicState.PUT_ASIDE)
PUBLIC, EXACT = operations.PUBLIC.kind, operations.EXACT.kind
LOG_COLUMNS = (
    Column("table", "Table", sortable=True),
    Column("line", "Line"),
    Column("column", "Column"),
    Column("why", "Why it is not shown", sortable=True),
)


@asks(Verb.READ, KIND)
def exact_draft(request: Request, reference: str) -> HttpResponse:
    """The confidential version as it would be given now."""
    found = of_drafters(request, reference)
    of = reads.newest_frozen(found)
    if of is None or not sees_exact(request, found):
        raise Http404
    context = {"report": operations.confidential(found, of), "draft": found, "kind": "exact_draft"}
    return render(request, "child_deaths/panel_report/version.html", context)


@asks(Verb.WRITE, EXACT)
def give(request: Request, reference: str) -> HttpResponse:
    """Give the confidential version to the panel."""
    found = of_drafters(request, reference)
    if not sees_exact(request, found):
        raise Http404
    if request.method == "POST":
        try:
            operations.give(actor=request.person, report=found, today=request.today, now=moment_now(request))
        except drafting.ReportRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The members of the panel can read it now.")
        return redirect("child_deaths:panel_report", reference)
    context = {
        "report": found, "heading": "Give the confidential version to the panel?", "label": "Give it to the panel",
        "about": "It is sealed as it stands now. The chair and the members of the panel, the designated doctor and the"
        " coordinators read it; nobody else does.",
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/confirm.html", context)


@asks(Verb.READ, EXACT)
def exact(request: Request, reference: str) -> HttpResponse:
    """The confidential version as it was given."""
    found = _exact(request, reference)
    context = {
        "report": from_data(found.document), "version": found, "kind": "exact",
        "may_manage": asking.ask(request.person, Verb.MANAGE, found).yes and found.back_at is None,
        "may_leave": asking.may_leave(request.person, found).yes,
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/version.html", context)


@asks(Verb.MANAGE, EXACT)
def take_back(request: Request, reference: str) -> HttpResponse:
    """Take the confidential version back."""
    found = _exact(request, reference)
    form = forms.ReportReasonForm(posted(request))
    if form.is_valid():
        try:
            operations.take_back(
                actor=request.person, exact=found, because=form.cleaned_data["because"],
                now=moment_now(request),
            )  # fmt: skip
        except drafting.ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The panel no longer reads it.")
            return redirect("child_deaths:panel_reports")
    context = {"form": form, "heading": "Take it back from the panel", "label": "Take it back"}
    return render(request, "child_deaths/panel_report/reason.html", context)


@asks(Verb.EXPORT, EXACT, by_grant=True)
def exact_file(request: Request, reference: str, form: str) -> HttpResponse:
    """The confidential version as a file."""
    found = _exact(request, reference)
    return as_file(request, found, EXACT, from_data(found.document), form, "confidential")


@asks(Verb.WRITE, KIND)
def prepare(request: Request, reference: str) -> HttpResponse:
    """Prepare the public version."""
    found = of_drafters(request, reference)
    if request.method != "POST":
        return redirect("child_deaths:panel_report", reference)
    drafting.choose_rounding(
        actor=request.person, report=found, rounded=request.POST.get("rounded") is not None
    )
    try:
        made = operations.prepare(
            actor=request.person, report=found, today=request.today, now=moment_now(request)
        )
    except drafting.ReportRefused as refused:
        messages.error(request, str(refused))
        return redirect("child_deaths:panel_report", reference)
    messages.success(request, "The public version is prepared. Look at it, and at what is hidden in it.")
    return redirect("child_deaths:public_report", made.record.reference)


@asks(Verb.READ, PUBLIC)
def public(request: Request, reference: str) -> HttpResponse:
    """A public version as it was prepared, with what can be done with it."""
    found = _public(request, reference)
    waits = found.state == PublicState.PROPOSED
    drafts = asking.ask(request.person, Verb.WRITE, found).yes
    context = {
        "report": _dated(found), "version": found, "kind": "public",
        "state": Tag(found.get_state_display(), TONES[PublicState(found.state)]),
        "may_log": SuppressionLog.objects.filter(public=found).exists(),
        "may_send": drafts and found.state in (PublicState.PREPARED, PublicState.SENT_BACK, PublicState.PROPOSED),
        "may_decide": waits and found.approver_id == request.person.pk,
        "may_withdraw": found.state == PublicState.PUBLISHED and asking.ask(request.person, Verb.MANAGE, found).yes,
        "may_leave": asking.may_leave(request.person, found).yes, "drafts": drafts,
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/version.html", context)


@asks(Verb.LIST, KIND, by_grant=True)
def log(request: Request, reference: str) -> HttpResponse:
    """What a public version does not show, and why."""
    found = _public(request, reference)
    kept = SuppressionLog.objects.filter(public=found).first()
    if kept is None:
        raise Http404
    rows = [dict(zip(("table", "line", "column", "why"), one, strict=True)) for one in kept.lines]
    page = ListPage(
        request.GET, rows=rows, columns=LOG_COLUMNS, per_page=200, caption="What is not shown",
        empty="Every number of this version is shown.",
    )  # fmt: skip
    if page.wants_export:
        reading.must_leave(request, found)
        reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
        return page.export(request, f"What is not shown {found.year} to {found.year + 1}")
    context = {"version": found, "page": page, "log": kept}
    return render(request, "child_deaths/panel_report/log.html", context)


@asks(Verb.WRITE, PUBLIC)
def send(request: Request, reference: str) -> HttpResponse:
    """Send a prepared version to the approver."""
    found = _public(request, reference)
    if not asking.ask(request.person, Verb.WRITE, found):
        raise Http404
    if found.state not in (PublicState.PREPARED, PublicState.SENT_BACK, PublicState.PROPOSED):
        messages.error(request, "Only the version that was prepared last can be sent for approval.")
        return redirect("child_deaths:public_report", reference)
    people = [
        one for one in operations.approvers(found.report, request.today) if str(one.pk) not in found.worked_on
    ]
    form = forms.ApproverForm(posted(request), people=people)
    if form.is_valid():
        approver = next(one for one in people if str(one.pk) == form.cleaned_data["approver"])
        try:
            operations.propose(
                actor=request.person, public=found, approver=approver, today=request.today, now=moment_now(request)
            )  # fmt: skip
        except drafting.ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{approver.full_name} can read it and decide.")
            return redirect("child_deaths:public_report", reference)
    context = {"version": found, "form": form, "warnings": reads.look(found.report)}
    return render(request, "child_deaths/panel_report/send.html", context)


@asks(Verb.DECIDE, PUBLIC, by_grant=True)
def decide(request: Request, reference: str) -> HttpResponse:
    """The approver's decision."""
    found = _public(request, reference)
    if not asking.ask(request.person, Verb.DECIDE, found) or found.approver_id != request.person.pk:
        raise Http404
    form = forms.ReportDecisionForm(posted(request))
    if form.is_valid():
        said, now = form.cleaned_data, moment_now(request)
        try:
            if said["answer"] == "publish":
                operations.publish(actor=request.person, public=found, now=now)
            else:
                operations.send_back(actor=request.person, public=found, because=said["because"], now=now)
        except drafting.ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Published." if said["answer"] == "publish" else "Sent back.")
            return redirect("child_deaths:public_report", reference)
    return render(request, "child_deaths/panel_report/decide.html", {"version": found, "form": form})


@asks(Verb.MANAGE, PUBLIC)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Withdraw a published report."""
    found = _public(request, reference)
    form = forms.ReportReasonForm(posted(request))
    if form.is_valid():
        try:
            operations.withdraw(
                actor=request.person, public=found, because=form.cleaned_data["because"],
                now=moment_now(request),
            )  # fmt: skip
        except drafting.ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is no longer shown to the public. It is kept.")
            return redirect("child_deaths:public_report", reference)
    context = {
        "version": found,
        "form": form,
        "heading": "Withdraw the published report",
        "label": "Withdraw it",
    }
    return render(request, "child_deaths/panel_report/reason.html", context)


@asks(Verb.EXPORT, PUBLIC, by_grant=True)
def public_file(request: Request, reference: str, form: str) -> HttpResponse:
    """A public version as a file."""
    found = _public(request, reference)
    return as_file(request, found, PUBLIC, _dated(found), form, "public")


def _public(request: Request, reference: str) -> PublicReport:
    # The work on it is not asked for with it: whoever reads a published version alone does not see that.
    rows = PublicReport.objects.select_related(
        "record__board", "panel__board", "approver", "circle", "office"
    )
    found = reading.one(request, rows, reference=reference)
    theirs = (
        found.state in (PublicState.PROPOSED, PublicState.SENT_BACK)
        and found.approver_id == request.person.pk
    )
    # Whoever was asked to approve one draft reads no other, though all of them stand behind the same door.
    if found.state in DRAFTS and not theirs and not asking.ask(request.person, Verb.WRITE, found):
        raise Http404
    return found


def _exact(request: Request, reference: str) -> ConfidentialReport:
    rows = ConfidentialReport.objects.select_related("record__board", "panel")
    return reading.one(request, rows, reference=reference)


def _dated(found: PublicReport) -> Report:
    """The sealed document, with who approved it and what became of it in front."""
    kept = from_data(found.document)
    said = {
        PublicState.PUBLISHED: "Anybody may have this version.", PublicState.WITHDRAWN: f"Withdrawn: {found.because}",
        PublicState.REPLACED: "A newer version has replaced this one.",
    }.get(PublicState(found.state), "Draft: not approved, and not to be passed on.")  # fmt: skip
    approved = (
        f"Approved by {found.approver.full_name} on {in_words(london_day(found.decided_at))}."
        if found.decided_at and found.approver
        else ""
    )
    return replace(kept, front=tuple(line for line in (said, *kept.front, approved) if line))

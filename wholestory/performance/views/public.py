"""The published version: preparing, looking, asking for approval, deciding, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.parts import Tag
from wholestory.performance.forms.public import ApproverForm, DecideForm, WithdrawForm
from wholestory.performance.forms.reports import SureForm
from wholestory.performance.models import PublicLog, PublicState, PublicVersion, ReportState
from wholestory.performance.operations import public as publishing
from wholestory.performance.operations.reports import ReportRefused
from wholestory.performance.rules.shape import from_data
from wholestory.performance.views.files import as_file
from wholestory.performance.views.reports import find, now_of, when

KIND = publishing.PUBLIC.kind
_TONES = {
    "prepared": "in_progress", "proposed": "waiting", "sent_back": "returned", "put_aside": "not_needed",
    "published": "released", "replaced": "not_needed", "withdrawn": "not_needed",
}  # fmt: skip
_OPEN = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK)


@asks(Verb.WRITE, KIND)
def prepare(request: Request, reference: str) -> HttpResponse:
    """Prepare the published version of a report that was given."""
    report = find(request, reference)
    if report.state != ReportState.GIVEN or not asking.ask(request.person, Verb.WRITE, report):
        raise Http404
    form = SureForm(request.POST or None)
    back = reverse("performance:report", args=[report.record.reference])
    notes = [
        "It has the whole area’s figures and your words for the published version, and no agency’s own figure. Small"
        " numbers are hidden, and what would tell them, also with what was published before.",
        "Nobody reads it until somebody who did not work on the report approves it.",
    ]
    if request.method == "POST" and form.is_valid():
        try:
            made = publishing.prepare(actor=request.person, report=report, **when(request))
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("performance:public", made.record.reference)
    context = {"form": form, "heading": "Prepare the published version", "label": "Prepare it", "back": back,
               "caption": report.label, "notes": notes}  # fmt: skip
    return render(request, "performance/step.html", context)


@asks(Verb.READ, KIND)
def public(request: Request, reference: str) -> HttpResponse:
    """One published version, as it was sealed, with its log for those who prepare and approve it."""
    found = _find(request, reference)
    logged = PublicLog.objects.filter(public=found).first()
    writes = asking.ask(request.person, Verb.WRITE, found).yes
    context = {
        "found": found, "report": from_data(found.document), "log": logged, "wide": True,
        "log_heads": ("Measure", "What", "Why"), "limit_heads": ("Owner", "Not shown", "Measures"),
        "state": Tag(found.get_state_display(), _TONES[found.state]),
        "may_propose": writes and found.state in _OPEN,
        "may_decide": found.state == PublicState.PROPOSED and found.approver_id == request.person.id,
        "may_withdraw": found.state == PublicState.PUBLISHED
        and asking.ask(request.person, Verb.MANAGE, found).yes,
        "may_export": asking.ask(request.person, Verb.EXPORT, found).yes,
    }  # fmt: skip
    return render(request, "performance/public.html", context)


@asks(Verb.WRITE, KIND)
def propose(request: Request, reference: str) -> HttpResponse:
    """Ask somebody to approve it."""
    found = _find(request, reference)
    if found.state not in _OPEN or not asking.ask(request.person, Verb.WRITE, found):
        raise Http404
    people = {str(one.pk): one for one in publishing.approvers(found, request.today)}
    form = ApproverForm(request.POST or None, people=[(key, one.full_name) for key, one in people.items()])

    def do() -> None:
        publishing.propose(
            actor=request.person, public=found, approver=people[form.cleaned_data["approver"]], **when(request)
        )  # fmt: skip

    return _step(request, found, form, do, "Ask for approval", "Ask", "It waits for approval.")


@asks(Verb.READ, KIND)
def decide(request: Request, reference: str) -> HttpResponse:
    """Publish it, or send it back: whoever was asked."""
    found = _find(request, reference)
    if found.state != PublicState.PROPOSED or found.approver_id != request.person.id:
        raise Http404
    form = DecideForm(request.POST or None)

    def do() -> None:
        if form.cleaned_data["decision"] == "publish":
            publishing.publish(actor=request.person, public=found, now=now_of(request))
        else:
            publishing.send_back(
                actor=request.person, public=found, because=form.cleaned_data["because"], now=now_of(request)
            )  # fmt: skip

    return _step(request, found, form, do, "Decide about publishing", "Decide", "Your decision was kept.")


@asks(Verb.MANAGE, KIND)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Take it off the open page."""
    found = _find(request, reference)
    if found.state != PublicState.PUBLISHED or not asking.ask(request.person, Verb.MANAGE, found):
        raise Http404
    form = WithdrawForm(request.POST or None)

    def do() -> None:
        publishing.withdraw(
            actor=request.person, public=found, because=form.cleaned_data["because"], now=now_of(request)
        )  # fmt: skip

    return _step(request, found, form, do, "Withdraw it", "Withdraw it", "It was taken off the open page.")


@asks(Verb.EXPORT, KIND)
def download(request: Request, reference: str, form: str) -> HttpResponse:
    """The published version as ``pdf`` or ``word``."""
    found = _find(request, reference)
    return as_file(request, found, KIND, from_data(found.document), form, "public")


def _find(request: Request, reference: str) -> PublicVersion:
    rows = PublicVersion.objects.select_related("record", "board", "report", "approver", "decided_by")
    return reading.one(request, rows, reference=reference)


def _step(
    request: Request, found: PublicVersion, form: Any, do: Callable[[], object], heading: str, label: str, done: str
) -> HttpResponse:  # fmt: skip
    back = reverse("performance:public", args=[found.record.reference])
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "heading": heading, "label": label, "back": back, "caption": found.label}
    return render(request, "performance/step.html", context)

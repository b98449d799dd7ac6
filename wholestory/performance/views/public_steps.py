"""Sending a published version for approval, deciding on it, and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.performance.forms.public import PublicApproverForm, PublicDecisionForm, PublicReasonForm
from wholestory.performance.models import PublicState, PublicVersion
from wholestory.performance.operations import public as operations
from wholestory.performance.operations.reports import ReportRefused
from wholestory.performance.queries import public as reads
from wholestory.performance.views.public import KIND, one_version
from wholestory.performance.views.reports import now_of

_BEFORE = (
    "Read the whole of it, and what is withheld in it and why, first.",
    "Once published it is never changed. It can be replaced or withdrawn, and whoever has read it may have kept it.",
)


@asks(Verb.WRITE, KIND)
def propose(request: Request, reference: str) -> HttpResponse:
    """Send a prepared version to the approver."""
    found = one_version(request, reference)
    if not asking.ask(request.person, Verb.WRITE, found):
        raise Http404
    people = reads.approvers(found, request.today)
    form = PublicApproverForm(request.POST or None, people=people)

    def do() -> str:
        approver = next(one for one in people if str(one.pk) == form.cleaned_data["approver"])
        operations.propose(
            actor=request.person,
            public=found,
            approver=approver,
            today=request.today,
            now=now_of(request),
        )
        return f"{approver.full_name} can read it and decide."

    notes = list(reads.look(found))
    if not people:
        notes.append("Nobody who may approve it did not work on it. Ask somebody else to prepare it.")
    return _step(request, found, form, do, "Send it for approval", "Send it", notes=notes)


@asks(Verb.DECIDE, KIND)
def decide(request: Request, reference: str) -> HttpResponse:
    """The approver's decision."""
    found = one_version(request, reference)
    if not asking.ask(request.person, Verb.DECIDE, found) or found.approver_id != request.person.pk:
        raise Http404
    form = PublicDecisionForm(request.POST or None)

    def do() -> str:
        if form.cleaned_data["answer"] == "publish":
            operations.publish(actor=request.person, public=found, now=now_of(request))
            return "Published."
        operations.send_back(actor=request.person, public=found, because=form.cleaned_data["because"])
        return "Sent back."

    notes = [*_BEFORE, *reads.look(found)]
    return _step(request, found, form, do, "Publish it?", "Confirm", notes=notes)


@asks(Verb.MANAGE, KIND)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Withdraw a published version."""
    found = one_version(request, reference)
    if not asking.ask(request.person, Verb.MANAGE, found) or found.state != PublicState.PUBLISHED:
        raise Http404
    form = PublicReasonForm(request.POST or None)

    def do() -> str:
        because = form.cleaned_data["because"]
        operations.withdraw(actor=request.person, public=found, because=because, now=now_of(request))
        return "It is no longer shown to the public. It is kept."

    return _step(request, found, form, do, "Withdraw the published version", "Withdraw it", danger=True)


def _step(
    request: Request, found: PublicVersion, form: Any, do: Callable[[], str], heading: str, label: str, **more: Any
) -> HttpResponse:  # fmt: skip
    back = reverse("performance:public", args=[found.record.reference])
    if request.method == "POST" and form.is_valid():
        try:
            done = do()
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    caption = f"{found.label}, version {found.number}"
    context = {"form": form, "heading": heading, "label": label, "caption": caption, "back": back, **more}
    return render(request, "performance/step.html", context)

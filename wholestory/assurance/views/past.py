"""Bringing in a file of an earlier time: the list, a new file, what would come in, how far it is, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.forms.past import UndoForm, UploadForm
from wholestory.assurance.models import BroughtInKind, BroughtInState, Return
from wholestory.assurance.operations import past as operations
from wholestory.assurance.operations import past_actions, past_applying, past_undoing
from wholestory.assurance.operations.past import PAST, PastRefused
from wholestory.assurance.queries import past as queries
from wholestory.assurance.views.past_pages import onwards, steps_of, the_batch

#: Faults shown at once; the number of all is said.
MOST_FAULTS = 200


@asks(Verb.MANAGE, "assurance.cycle")
def home(request: Request) -> HttpResponse:
    """The files of this board, and how far each is."""
    found = queries.listed(request.board) if request.board else []
    reading.shown(request, PAST.kind, found)
    return render(request, "assurance/past_home.html", {"found": found})


@asks(Verb.MANAGE, "assurance.cycle", no_line="an empty form shows no record")
def new(request: Request) -> HttpResponse:
    """Choose a file."""
    posted = request.method == "POST"
    initial = {"kind": request.GET.get("kind", "")}
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm(initial=initial)
    if posted and form.is_valid():
        said = form.cleaned_data
        try:
            batch = operations.start(
                actor=request.person, board=request.board, kind=BroughtInKind(said["kind"]),
                name=str(said["file"].name), content=operations.read_whole(said["file"]), today=request.today,
                now=timezone.now(), why_no_child=said["why"],
            )  # fmt: skip
        except PastRefused as refused:
            form.add_error("file", str(refused))
        else:
            return onwards(batch)
    return render(request, "assurance/past_new.html", {"form": form})


@asks(Verb.MANAGE, "assurance.cycle")
def page(request: Request, reference: str) -> HttpResponse:
    """One file: how far it is, what came of it."""
    batch = the_batch(request, reference)
    if request.method == "POST":
        try:
            past_applying.again(actor=request.person, batch=batch)
        except PastRefused as refused:
            messages.error(request, str(refused))
        return redirect("assurance:past", reference)
    came = batch.state in (BroughtInState.APPLIED, BroughtInState.UNDONE, BroughtInState.APPLYING)
    rows = []
    if came and batch.kind == BroughtInKind.RETURNS:
        own = Return.objects.filter(record__in=batch.rows.values("record_id")).select_related(
            "agency", "record"
        )
        rows = list(own.order_by("agency__name"))
        reading.shown(request, "assurance.return", rows)
    return render(
        request,
        "assurance/past.html",
        {
            "batch": batch, "steps": steps_of(batch), "rows": rows, "counts": batch.counts,
            "working": batch.state == BroughtInState.APPLYING,
            "disputed": queries.disputed(rows),
        },
    )  # fmt: skip


@asks(Verb.MANAGE, "assurance.cycle")
def discard(request: Request, reference: str) -> HttpResponse:
    """Put a file aside that was not brought in."""
    batch = the_batch(request, reference)
    if request.method == "POST":
        try:
            operations.discard(actor=request.person, batch=batch)
        except PastRefused as refused:
            messages.error(request, str(refused))
            return redirect("assurance:past", reference)
        messages.success(request, f"“{batch.file_name}” was put aside. Nothing of it came in.")
        return redirect("assurance:past_home")
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Put “{batch.file_name}” aside?",
            "consequences": ["Nothing of it came in, and nothing will.", "It is no longer listed here."],
            "confirm_label": "Put it aside",
            "cancel_url": reverse("assurance:past", args=[reference]),
        },
    )


@asks(Verb.MANAGE, "assurance.cycle")
def undo(request: Request, reference: str) -> HttpResponse:
    """Take back all that came of a file, with the reason."""
    batch = the_batch(request, reference)
    if batch.state != BroughtInState.APPLIED:
        return redirect("assurance:past", reference)
    doing = past_undoing if batch.kind == BroughtInKind.RETURNS else past_actions
    rests = doing.resting_on(batch)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number = doing.undo(
                actor=request.person, batch=batch, reason=form.cleaned_data["reason"], today=request.today
            )
        except PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Taken back: {number}.")
            return redirect("assurance:past", reference)
    made = own_frameworks.published(*batch.mapping["made"]) if batch.mapping.get("made") else None
    context = {"batch": batch, "form": form, "rests": rests, "made": made.framework if made else None}
    return render(request, "assurance/past_undo.html", context)

"""The workbook of a whole cycle: ask for it, see how far it is, take it away. Works without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.models import CycleExport, ExportState
from wholestory.assurance.operations import exporting
from wholestory.assurance.views.finding import must, the_cycle
from wholestory.documents.models import StoredFile


@asks(Verb.EXPORT, "assurance.cycle")
def ask(request: Request, reference: str) -> HttpResponse:
    """Ask for the workbook; those asked for before are listed until they are removed."""
    cycle = the_cycle(request, reference)
    must(request, Verb.EXPORT, cycle)
    reading.must_leave(request, cycle)
    if request.method == "POST":
        made = exporting.ask(actor=request.person, seat=request.seat, cycle=cycle, now=timezone.now())
        messages.success(request, "Your workbook is being made.")
        return redirect("assurance:export", made.record.reference)
    own = CycleExport.objects.filter(cycle=cycle, asked_by=request.person).exclude(state=ExportState.GONE)
    found = list(own.select_related("record").order_by("-asked_at")[:10])
    return render(request, "assurance/export_ask.html", {"cycle": cycle, "own": found})


@asks(Verb.READ, "assurance.export")
def export(request: Request, reference: str) -> HttpResponse:
    """How far it is, and the file once it is there. The page asks again by itself while it is being made."""
    rows = CycleExport.objects.select_related("record", "cycle__record", "asked_by")
    found = reading.one(request, rows, reference=reference)
    file = None
    if found.state == ExportState.READY:
        kept = StoredFile.objects.filter(about=found.record_id, removed_at=None).select_related("record")
        file = kept.order_by("-version").first()
    working = found.state in (ExportState.WAITING, ExportState.MAKING)
    return render(
        request,
        "assurance/export.html",
        {"export": found, "cycle": found.cycle, "file": file, "working": working},
    )

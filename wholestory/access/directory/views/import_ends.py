"""How a spreadsheet ends: applied, taken back, or thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wholestory.access.directory.doors import Refusal, keeps
from wholestory.access.directory.models import MembershipImport
from wholestory.access.directory.operations import applying, importing
from wholestory.access.directory.views.importing import an_open_one, one_of_ours
from wholestory.access.directory.views.pages import confirm_page, done
from wholestory.access.requests import Request

State = MembershipImport.State


@keeps
def import_apply(request: Request, id: UUID) -> HttpResponse:
    """Write what the dry run said."""
    kept = an_open_one(request, id)
    if request.method != "POST":
        return redirect("partners:import_check", id)
    try:
        applying.apply(
            actor=request.person,
            kept=kept,
            mark=request.POST.get("mark", ""),
            today=request.today,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("partners:import_check", id)
    return done(request, "The spreadsheet is in the directory.", "partners:import", id)


@keeps
def import_undo(request: Request, id: UUID) -> HttpResponse:
    """Take an import back."""
    kept = one_of_ours(request, id)
    back = reverse("partners:import", args=[id])
    if kept.state != State.APPLIED:
        return redirect(back)
    if request.method == "POST":
        try:
            stays = applying.undo(actor=request.person, kept=kept, now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(back)
        for sentence in stays:
            messages.warning(request, sentence)
        return done(request, "The import is taken back.", "partners:import", id)
    said = [
        "everything it added goes again, and everything it changed says what it said before",
        "what has been used or changed since stays, and you are told what",
    ]
    return confirm_page(
        request, f"Take back {kept.file_name}?", back, label="Take it back", consequences=said
    )


@keeps
def import_discard(request: Request, id: UUID) -> HttpResponse:
    """Throw a spreadsheet away."""
    kept = an_open_one(request, id)
    if request.method == "POST":
        importing.discard(actor=request.person, kept=kept, today=request.today)
        return done(request, "The spreadsheet is thrown away.", "partners:imports")
    back = reverse("partners:import", args=[id])
    said = ["its cells and what you decided are deleted", "the directory does not change"]
    return confirm_page(
        request, f"Throw {kept.file_name} away?", back, label="Throw it away", consequences=said
    )

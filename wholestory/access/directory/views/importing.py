"""A membership spreadsheet on its way in: upload, sheet, columns, words, check, apply, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.directory.doors import keeps
from wholestory.access.directory.forms import importing as forms
from wholestory.access.directory.forms.parts import went
from wholestory.access.directory.models import MembershipImport
from wholestory.access.directory.operations import applying, importing
from wholestory.access.directory.views import shown_plan
from wholestory.access.requests import Request
from wholestory.partners.importing.lines import words_for_seats
from wholestory.partners.importing.spreadsheets import NotASpreadsheet
from wholestory.partners.rules.columns import heading_row

State = MembershipImport.State
STEPS = ("sheet", "columns", "words", "agencies", "check")
LABELS = {
    "sheet": "The sheet and its headings",
    "columns": "What each column holds",
    "words": "Words for seats",
    "agencies": "Agencies and groups",
    "check": "Check and apply",
}


@keeps
def imports(request: Request) -> HttpResponse:
    """Upload a spreadsheet, or go on with one."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = importing.upload(
                actor=request.person,
                board=request.board,
                file_name=sent.name,
                content=_content(sent),
                today=request.today,
            )
        except NotASpreadsheet as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("partners:import", kept.pk)
    mine = MembershipImport.objects.filter(board=request.board).select_related("uploaded_by", "applied_by")
    rows = list(mine.defer("sheets", "written", "choices").order_by("-created_at")[:20])
    said = {
        "form": form,
        "open": [one for one in rows if one.state == State.OPEN],
        "past": [one for one in rows if one.state != State.OPEN],
    }
    return render(request, "partners/import_upload.html", said)


def _content(sent: Any) -> bytes:
    """What was sent, no more than may be: a larger one is refused by its size, not read to its end."""
    if sent.size > 5 * 1024 * 1024:
        raise NotASpreadsheet("The file is larger than 5 MB. Save a copy with the membership sheet only.")
    return bytes(sent.read())


def an_open_one(request: Request, id: UUID) -> MembershipImport:
    """A spreadsheet of the reader's board that waits for its next step."""
    kept = one_of_ours(request, id)
    if kept.state != State.OPEN or not kept.sheets:
        raise Http404
    return kept


def one_of_ours(request: Request, id: UUID) -> MembershipImport:
    """A spreadsheet of the reader's board, whatever became of it."""
    return get_object_or_404(
        MembershipImport.objects.select_related("board", "applied_by", "undone_by"),
        board=request.board,
        pk=id,
    )


def _step(request: Request, kept: MembershipImport, step: str, **more: Any) -> HttpResponse:
    before = STEPS[: STEPS.index(step)]
    reached = [
        {"label": LABELS[one], "url": reverse(f"partners:import_{one}", args=[kept.pk])} for one in before
    ]
    back = reached[-1]["url"] if reached else reverse("partners:imports")
    said = {
        "kept": kept,
        "step": STEPS.index(step) + 1,
        "steps": len(STEPS),
        "step_label": LABELS[step],
        "back_url": back,
        "discard_url": reverse("partners:import_discard", args=[kept.pk]),
        **more,
    }
    return render(request, f"partners/import_{step}.html", said)


@keeps
def import_(request: Request, id: UUID) -> HttpResponse:
    """Go on where this spreadsheet was left; for one that was applied, what it did."""
    kept = one_of_ours(request, id)
    if kept.state == State.OPEN and kept.sheets:
        if kept.sheet is None:
            return redirect("partners:import_sheet", id)
        return redirect("partners:import_columns" if not kept.options else "partners:import_check", id)
    made = {label: len(keys) for label, keys in kept.written.get("made", {}).items()}
    said = {
        "kept": kept,
        "made": shown_plan.in_words(made),
        "changed": len(kept.written.get("changed", [])),
        "may_undo": applying.may_undo(kept, timezone.now()),
    }
    return render(request, "partners/import_done.html", said)


@keeps
def import_sheet(request: Request, id: UUID) -> HttpResponse:
    """Which sheet holds the members, and which row the headings."""
    kept = an_open_one(request, id)
    if len(kept.sheets) > 1 and "row" not in request.GET:
        return _choose_sheet(request, kept)
    rows = importing.rows_of(kept)
    form = forms.HeadingRowForm(
        request.POST or None, rows=rows, initial={"heading_row": str(kept.heading_row or 0)}
    )
    if form.is_valid() and went(
        form,
        importing.choose_sheet,
        actor=request.person,
        kept=kept,
        sheet=kept.sheet or 0,
        heading_row=form.place(),
        today=request.today,
    ):
        return redirect("partners:import_columns", id)
    return _step(request, kept, "sheet", form=form)


def _choose_sheet(request: Request, kept: MembershipImport) -> HttpResponse:
    fullest = max(
        range(len(kept.sheets)), key=lambda at: sum(1 for row in kept.sheets[at]["rows"] if any(row))
    )
    initial = {"sheet": str(fullest if kept.sheet is None else kept.sheet)}
    form = forms.SheetForm(request.POST or None, kept=kept, initial=initial)
    if form.is_valid():
        sheet = int(form.cleaned_data["sheet"])
        guess = heading_row(kept.sheets[sheet]["rows"])
        if went(
            form,
            importing.choose_sheet,
            actor=request.person,
            kept=kept,
            sheet=sheet,
            heading_row=guess,
            today=request.today,
        ):
            return redirect("partners:import_columns", kept.pk)
    return _step(request, kept, "sheet", form=form)


@keeps
def import_columns(request: Request, id: UUID) -> HttpResponse:
    """What each column holds."""
    kept = an_open_one(request, id)
    if kept.sheet is None:
        return redirect("partners:import_sheet", id)
    form = forms.ColumnsForm(request.POST or None, kept=kept, today=request.today)
    if form.is_valid() and went(
        form,
        importing.map_columns,
        actor=request.person,
        kept=kept,
        meanings=form.meanings(),
        options=form.options(),
        today=request.today,
    ):
        return redirect("partners:import_words", id)
    row_url = reverse("partners:import_sheet", args=[id]) + "?row=1"
    return _step(request, kept, "columns", form=form, row_url=row_url, heading=(kept.heading_row or 0) + 1)


@keeps
def import_words(request: Request, id: UUID) -> HttpResponse:
    """What the sheet's own words for seats mean."""
    kept = an_open_one(request, id)
    if not kept.options:
        return redirect("partners:import_columns", id)
    words = words_for_seats(importing.rows_of(kept), importing.reading_of(kept))
    if not words:
        return redirect("partners:import_agencies", id)
    form = forms.SeatWordsForm(request.POST or None, words=words)
    if form.is_valid() and went(
        form, importing.decide, actor=request.person, kept=kept, today=request.today, roles=form.roles()
    ):
        return redirect("partners:import_agencies", id)
    return _step(request, kept, "words", form=form)


@keeps
def import_agencies(request: Request, id: UUID) -> HttpResponse:
    """Which organisations the sheet speaks of."""
    kept = an_open_one(request, id)
    if not kept.options:
        return redirect("partners:import_columns", id)
    plan = importing.dry_run(actor=request.person, kept=kept, today=request.today)
    form = forms.AgenciesForm(request.POST or None, plan=plan)
    if not form.fields:
        return redirect("partners:import_check", id)
    if form.is_valid() and went(
        form, importing.decide, actor=request.person, kept=kept, today=request.today, **form.decided()
    ):
        return redirect("partners:import_check", id)
    return _step(request, kept, "agencies", form=form)


@keeps
def import_check(request: Request, id: UUID) -> HttpResponse:
    """The dry run: everything that would happen, and what somebody has to decide first."""
    kept = an_open_one(request, id)
    if not kept.options:
        return redirect("partners:import_columns", id)
    plan = importing.dry_run(actor=request.person, kept=kept, today=request.today)
    if request.GET.get("download") in {"csv", "xlsx"}:
        return shown_plan.problems_file(request, kept, plan, request.GET["download"])
    form = forms.PeopleForm(request.POST or None, plan=plan, decided=kept.choices.get("people", {}))
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            importing.decide,
            actor=request.person,
            kept=kept,
            today=request.today,
            people=form.decided(),
        )
    ):
        return redirect("partners:import_check", id)
    return _step(request, kept, "check", form=form, plan=plan, **shown_plan.tables(plan))

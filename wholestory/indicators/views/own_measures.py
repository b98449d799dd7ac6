"""Measures of a board’s own: one from a screen, several from a workbook, and a new version of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.files import measures_book
from wholestory.indicators.forms.decisions import MeasuresFileForm, OwnMeasureForm, PublishForm
from wholestory.indicators.operations import own_measures as operations
from wholestory.indicators.operations.decisions import KIND, DecisionRefused
from wholestory.indicators.views.decisions import the_measure

LARGEST_FILE = 2 * 1024 * 1024
_SALT, _KEPT_FOR = "indicators.own_measures", 24 * 60 * 60
FAULTS = (
    Column("cell", "Cell"), Column("column", "Column"), Column("sent", "As sent"), Column("words", "What is wrong"),
)  # fmt: skip


@asks(Verb.MANAGE, KIND)
def new(request: Request) -> HttpResponse:
    """Add a measure from a screen."""
    reading.listed(request, KIND, [])
    return _edited(request, OwnMeasureForm(request.POST or None, initial={"small_numbers": "board"}), "")


@asks(Verb.MANAGE, KIND)
def change(request: Request, code: str) -> HttpResponse:
    """Publish a new version of a measure of the board’s own."""
    reading.listed(request, KIND, [])
    measure = the_measure(request, code)
    if not code.startswith(operations.PREFIX):
        raise Http404
    said: dict[str, Any] = {
        name: getattr(measure, name) for name in OwnMeasureForm.base_fields if name != "because"
    }
    said |= {"providers": list(measure.providers), "breakdowns": [each.key for each in measure.breakdowns]}
    return _edited(request, OwnMeasureForm(request.POST or None, initial=said), code)


def _edited(request: Request, form: OwnMeasureForm, code: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            if code and form.definition.code != code:
                raise DecisionRefused("code", "The code of a measure never changes")
            row = operations.publish(
                actor=request.person, board=request.board, definition=form.definition,
                because=form.cleaned_data["because"], today=request.today,
            )  # fmt: skip
        except DecisionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{row.code}, version {row.version}, is published and sealed.")
            return redirect("indicators:definition", code=row.code)
    return render(request, "indicators/reading/own_measure.html", {"form": form, "code": code})


@asks(Verb.MANAGE, KIND)
def blank(request: Request) -> HttpResponse:
    """The workbook to fill in."""
    reading.listed(request, KIND, [], verb="access.downloaded")
    answer = HttpResponse(
        measures_book.blank(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = 'attachment; filename="measures-of-our-own.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


@asks(Verb.MANAGE, KIND)
def book(request: Request) -> HttpResponse:
    """Look a workbook through, and publish what it holds when nothing in it is wrong."""
    reading.listed(request, KIND, [])
    if request.method == "POST" and request.POST.get("kept"):
        return _published(request, request.POST["kept"])
    form = MeasuresFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "indicators/reading/own_book.html", {"form": form})
    sent = form.cleaned_data["file"]
    if sent.size > LARGEST_FILE:
        form.add_error("file", "The workbook is larger than 2 MB")
        return render(request, "indicators/reading/own_book.html", {"form": form})
    try:
        looked = measures_book.looked_through(sent.read())
    except measures_book.CannotBeRead as trouble:
        form.add_error("file", str(trouble))
        return render(request, "indicators/reading/own_book.html", {"form": form})
    kept = "" if looked.faults else signing.dumps(
        {"fields": list(looked.fields)}, salt=f"{_SALT}.{request.person.pk}", compress=True
    )  # fmt: skip
    return _preview(request, looked, kept, PublishForm())


def _preview(request: Request, looked: measures_book.Looked, kept: str, form: PublishForm) -> HttpResponse:
    faults = Table("What is wrong", FAULTS, looked.faults, hide_caption=True, narrow="stack", id="faults")
    context = {"looked": looked, "kept": kept, "form": form, "faults": faults}
    return render(request, "indicators/reading/own_book_check.html", context)


def _published(request: Request, kept: str) -> HttpResponse:
    try:
        said = signing.loads(kept, salt=f"{_SALT}.{request.person.pk}", max_age=_KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, "What was read is no longer at hand. Send the workbook again.")
        return redirect("indicators:own_book")
    definitions = [operations.defined(each) for each in said["fields"]]
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            rows = operations.publish_all(
                actor=request.person, board=request.board, definitions=definitions,
                because=form.cleaned_data["because"], today=request.today,
            )  # fmt: skip
        except DecisionRefused as refused:
            form.add_error("because" if refused.field == "because" else None, str(refused))
        else:
            messages.success(
                request, f"{len(rows)} measure{'' if len(rows) == 1 else 's'} published and sealed."
            )
            return redirect("indicators:catalogue")
    return _preview(request, measures_book.Looked(definitions, (), said["fields"]), kept, form)

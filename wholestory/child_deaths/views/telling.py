"""Messages that a person enters for whoever told: by telephone, on paper, or in a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths import incoming
from wholestory.child_deaths.forms.telling import TELLING, FileForm, TakeFileForm, TellingForm
from wholestory.child_deaths.models import Channel, Panel
from wholestory.child_deaths.open_notification.answers import (
    FORM_KEY,
    FORM_VERSION,
    answers_of,
    shown,
    typed,
    warnings_of,
)
from wholestory.child_deaths.open_notification.forms import Part, parts
from wholestory.child_deaths.operations import intake
from wholestory.child_deaths.queries.notified import answer_in_words
from wholestory.child_deaths.views.cases import moment_now
from wholestory.kernel.moments import Moment, shown_day
from wholestory.kernel.moments import shown as in_words

KIND = "child_deaths.notification"
WAYS_IN = "The page is empty, or shows back what this person typed; keeping it writes the line"


@asks(Verb.WRITE, KIND, no_line=WAYS_IN)
def tell(request: Request) -> HttpResponse:
    """Enter a death that was told by telephone or on paper: typed, checked, kept."""
    now, panels = moment_now(request), _panels(request)
    if request.method != "POST":
        return _form(request, TellingForm(panels=panels, now=now))
    form = TellingForm(request.POST, panels=panels, now=now)
    step = request.POST.get("step", "check")
    if not form.is_valid() or step == "change":
        return _form(request, form)
    received = form.received()
    if step != "keep":
        return _check(request, form, received)
    try:
        kept = intake.take(
            panel=form.told_panel, channel=Channel(form.cleaned_data["channel"]), answers=answers_of(form.cleaned_data),
            received=received, actor=request.person, form_key=FORM_KEY, form_version=FORM_VERSION, now=now.at,
        )  # fmt: skip
    except intake.NotTaken as refused:
        form.add_error(None, str(refused))
        return _form(request, form)
    messages.success(
        request, f"The message is kept as {kept.record.reference}. Tell the caller this reference."
    )
    return redirect("child_deaths:notification", reference=kept.record.reference)


@asks(Verb.WRITE, KIND, no_line=WAYS_IN)
def file(request: Request) -> HttpResponse:
    """Take in a file of messages: read and shown first, then kept."""
    panels = _panels(request)
    if request.method != "POST":
        return _file(request, FileForm(panels=panels))
    if "text" in request.POST:
        return _take_file(request, TakeFileForm(request.POST, panels=panels), panels)
    form = FileForm(request.POST, request.FILES, panels=panels)
    if not form.is_valid():
        return _file(request, form)
    sent = form.cleaned_data["file"]
    try:
        content = sent.read(incoming.LARGEST_FILE + 1)
        told = incoming.read_file(sent.name, content)
    except incoming.Unreadable as trouble:
        form.add_error("file", str(trouble))
        return _file(request, form)
    return _preview(request, told, form.cleaned_data["panel"], sent.name, content.decode("utf-8-sig"))


@asks(Verb.WRITE, KIND, no_line="An empty file that names the columns")
def columns(request: Request) -> HttpResponse:
    """An empty CSV file with the columns a file may have."""
    out = io.StringIO()
    csv.writer(out).writerow(incoming.columns())
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="messages-about-deaths.csv"'
    return response


def _panels(request: Request) -> list[Panel]:
    return list(Panel.objects.filter(board=request.board).order_by("name"))


def _form(request: Request, form: TellingForm) -> HttpResponse:
    telling = tuple(name for name in TELLING if name in form.fields)
    context = {"form": form, "parts": [Part("When the panel was told", telling), *parts(form)]}
    return render(request, "child_deaths/tell.html", context)


def _check(request: Request, form: TellingForm, received: Moment) -> HttpResponse:
    when = in_words(received.at) if received.timed else f"{shown_day(received.on)}, time not known"
    context = {
        "form": form,
        "told": [("First told", when), ("Panel", form.told_panel.name)],
        "note": received.note,
        "sections": list(shown(form)),
        "typed": list(typed(form)),
        "warnings": warnings_of(form.cleaned_data),
    }
    return render(request, "child_deaths/tell_check.html", context)


def _file(request: Request, form: FileForm) -> HttpResponse:
    context = {"form": form, "columns": incoming.columns(), "wide": False}
    return render(request, "child_deaths/tell_file.html", context)


def _preview(request: Request, told: list[incoming.Told], panel: str, name: str, text: str) -> HttpResponse:
    now = moment_now(request)
    for one in told:
        if one.received is not None and one.received.on > now.on:
            one.troubles.append(
                incoming.Trouble(one.line, incoming.RECEIVED, "It must not be in the future.")
            )
    context: dict[str, Any] = {
        "told": told,
        "rows": [(one, _summary(one)) for one in told],
        "troubles": [trouble for one in told for trouble in one.troubles],
        "remarks": [remark for one in told for remark in one.remarks],
        "without_time": sum(one.received is None for one in told),
        "panel": panel,
        "name": name,
        "text": text,
        "again": reverse("child_deaths:tell_file"),
    }
    return render(request, "child_deaths/tell_preview.html", context)


def _summary(told: incoming.Told) -> list[str]:
    """Enough of a message to see that it was read rightly."""

    def said(key: str) -> str:
        answer = told.answers.get(key)
        return answer_in_words(answer, key) if answer else ""

    name = " ".join(part for part in (said("forenames"), said("surname")) if part)
    received = (
        ""
        if told.received is None
        else in_words(told.received.at)
        if told.received.timed
        else shown_day(told.received.on)
    )
    return [str(told.line), name, said("born_on"), said("confirmed_on"), received, str(len(told.answers))]


def _take_file(request: Request, form: TakeFileForm, panels: list[Panel]) -> HttpResponse:
    if not form.is_valid():
        return _file(request, FileForm(panels=panels))
    said, now = form.cleaned_data, moment_now(request)
    try:
        told = incoming.read_file(said["name"], said["text"].encode())
    except incoming.Unreadable:
        return _file(request, FileForm(panels=panels))
    if any(one.troubles for one in told) or any(one.received and one.received.on > now.on for one in told):
        return _preview(request, told, said["panel"], said["name"], said["text"])
    panel = next(one for one in panels if str(one.pk) == said["panel"])
    kept = [
        intake.take(
            panel=panel, channel=Channel.FILE, answers=one.answers, received=one.received or now, actor=request.person,
            form_key=incoming.FORM_KEY, form_version=incoming.FORM_VERSION, raw=one.raw, now=now.at,
        )
        for one in told
    ]  # fmt: skip
    reading.listed(request, KIND, [one.record_id for one in kept])
    many = (
        f"{len(kept)} messages are kept."
        if len(kept) > 1
        else f"The message is kept as {kept[0].record.reference}."
    )
    messages.success(request, many)
    return redirect("child_deaths:notifications")

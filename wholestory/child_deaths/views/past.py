"""Bringing in lists of cases kept elsewhere before: read, confirmed, shown, taken; and taken back as a whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths import past_file
from wholestory.child_deaths.forms.past import (
    PastBackForm,
    PastColumnsForm,
    PastFileForm,
    PastStagesForm,
    PastTakeForm,
)
from wholestory.child_deaths.models import Panel, PastFile, PastFileState, PastKind
from wholestory.child_deaths.operations import bringing_in
from wholestory.child_deaths.operations.bringing_in_back import CannotTakeBack, take_back, worked_on
from wholestory.child_deaths.queries import past as queries
from wholestory.child_deaths.rules.brought_in import Holds
from wholestory.child_deaths.views.cases import moment_now

KIND = PastFile.record_kind
#: Problems and doubles shown on the page; the list of all of them would be longer than anybody reads.
MOST_SHOWN = 200


@asks(Verb.MANAGE, KIND)
def home(request: Request) -> HttpResponse:
    """Lists that were brought in, and the way to send another."""
    panels = list(Panel.objects.filter(board=request.board).order_by("name"))
    posted = request.method == "POST"
    form = PastFileForm(request.POST if posted else None, request.FILES if posted else None, panels=panels)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        panel = next(one for one in panels if str(one.pk) == form.cleaned_data["panel"])
        content = sent.read(past_file.MOST_BYTES + 1)
        try:
            file = bringing_in.start(
                actor=request.person, panel=panel, name=sent.name, content=content, today=request.today
            )
        except bringing_in.PastRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("child_deaths:past_columns", file.record.reference)
    files = queries.files(request.board)
    reading.shown(request, KIND, files)
    return render(request, "child_deaths/past/home.html", {"form": form, "files": files})


def _file(request: Request, reference: str) -> PastFile:
    lists = PastFile.objects.filter(kind=PastKind.LIST)
    found = lists.select_related("record", "panel__board", "by", "taken_by", "back_by")
    return reading.one(request, found, reference=reference)


@asks(Verb.MANAGE, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """What came of a list; one that is still being looked through leads on to where it is."""
    file = _file(request, reference)
    if file.state == PastFileState.READING:
        return redirect(
            "child_deaths:past_check" if "columns" in file.choices else "child_deaths:past_columns", reference
        )
    context = {"file": file, "worked_on": worked_on(file) if file.state == PastFileState.TAKEN else 0}
    return render(request, "child_deaths/past/page.html", context)


def _over(request: Request, file: PastFile) -> HttpResponse | None:
    return (
        None if file.state == PastFileState.READING else redirect("child_deaths:past", file.record.reference)
    )


@asks(Verb.MANAGE, KIND)
def columns(request: Request, reference: str) -> HttpResponse:
    """Which column holds what: guessed, and confirmed here."""
    file = _file(request, reference)
    if (over := _over(request, file)) is not None:
        return over
    layout = queries.layout_of(file)
    form = PastColumnsForm(
        request.POST if request.method == "POST" else None, headings=file.headings, guessed=layout.columns,
        rows=file.rows[:200],
    )  # fmt: skip
    if form.is_valid():
        chosen = form.columns(form.cleaned_data)
        try:
            bringing_in.choose_columns(actor=request.person, file=file, columns=chosen)
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            onwards = "child_deaths:past_stages" if Holds.STAGE in chosen else "child_deaths:past_check"
            return redirect(onwards, reference)
    return render(request, "child_deaths/past/columns.html", {"file": file, "form": form})


@asks(Verb.MANAGE, KIND)
def stages(request: Request, reference: str) -> HttpResponse:
    """What each word about a stage means: guessed, and confirmed here."""
    file = _file(request, reference)
    if (over := _over(request, file)) is not None:
        return over
    words = queries.stage_words(file)
    if not words:
        return redirect("child_deaths:past_check", reference)
    form = PastStagesForm(
        request.POST if request.method == "POST" else None, words=words, chosen=queries.layout_of(file).stages
    )
    if form.is_valid():
        try:
            bringing_in.choose_stages(actor=request.person, file=file, stages=form.stages())
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("child_deaths:past_check", reference)
    return render(request, "child_deaths/past/stages.html", {"file": file, "form": form})


@asks(Verb.MANAGE, KIND)
def check(request: Request, reference: str) -> HttpResponse:
    """Everything that would come of it, and every problem. Confirmed here, the cases are made."""
    file = _file(request, reference)
    if (over := _over(request, file)) is not None:
        return over
    if "columns" not in file.choices:
        return redirect("child_deaths:past_columns", reference)
    if "stages" not in file.choices and queries.stage_words(file):
        return redirect("child_deaths:past_stages", reference)
    plan = queries.plan_of(file, request.today)
    form = PastTakeForm(
        request.POST if request.method == "POST" else None, stopped=len(plan.stopped),
        doubles=len(plan.here_already), initial={"seen": plan.seen},
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        try:
            taken = bringing_in.take(
                actor=request.person, file=file, seen=said["seen"], without_stopped=bool(said.get("without_stopped")),
                with_doubles=said.get("doubles") == "bring", today=request.today, now=moment_now(request),
            )  # fmt: skip
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            many = taken.counts["cases"]
            messages.success(request, f"{many:,} case{'' if many == 1 else 's'} brought in.")
            return redirect("child_deaths:past", reference)
    return render(request, "child_deaths/past/check.html", _shown(file, plan, form))


def _shown(file: PastFile, plan: queries.Plan, form: PastTakeForm) -> dict[str, Any]:
    stages: dict[str, int] = {}
    for line in plan.fit:
        stages[line.stage] = stages.get(line.stage, 0) + 1
    years = sorted({line.died_on.year for line in plan.fit if line.died_on})
    problems = plan.problems
    return {
        "file": file,
        "plan": plan,
        "form": form,
        "stages": [(queries.STAGES[key], number) for key, number in stages.items()],
        "years": years,
        "problems": problems[:MOST_SHOWN],
        "more_problems": max(0, len(problems) - MOST_SHOWN),
        "doubles": plan.doubles[:MOST_SHOWN],
        "more_doubles": max(0, len(plan.doubles) - MOST_SHOWN),
        "first": plan.fit[:8],
        "wide": True,
    }


@asks(Verb.MANAGE, KIND)
def aside(request: Request, reference: str) -> HttpResponse:
    """Put a list aside that was not taken."""
    file = _file(request, reference)
    if (over := _over(request, file)) is not None:
        return over
    if request.method == "POST":
        try:
            bringing_in.put_aside(actor=request.person, file=file)
        except bringing_in.PastRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The list is put aside. Its lines are erased.")
        return redirect("child_deaths:past_home")
    return render(request, "child_deaths/past/aside.html", {"file": file})


@asks(Verb.MANAGE, KIND)
def back(request: Request, reference: str) -> HttpResponse:
    """Take back, as a whole, what a list brought in."""
    file = _file(request, reference)
    form = PastBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            many = take_back(
                actor=request.person, file=file, because=form.cleaned_data["because"], today=request.today
            )
        except CannotTakeBack as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{many:,} case{'' if many == 1 else 's'} taken back.")
            return redirect("child_deaths:past", reference)
    return render(request, "child_deaths/past/back.html", {"file": file, "form": form})

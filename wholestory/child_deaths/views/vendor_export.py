"""Bringing in what another product exported: read, columns settled, looked through, taken in; and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths import past_file
from wholestory.child_deaths.forms.past import PastBackForm, PastStagesForm
from wholestory.child_deaths.forms.vendor_export import (
    VendorColumnsForm,
    VendorFileForm,
    VendorLinesForm,
    VendorLoadForm,
)
from wholestory.child_deaths.models import Panel, PastFile, PastFileState, PastKind
from wholestory.child_deaths.operations import bringing_in
from wholestory.child_deaths.operations import vendor_export as operations
from wholestory.child_deaths.operations.bringing_in_back import CannotTakeBack, worked_on
from wholestory.child_deaths.operations.vendor_export_back import take_back
from wholestory.child_deaths.queries import past
from wholestory.child_deaths.queries import vendor_export as queries
from wholestory.child_deaths.views.cases import moment_now
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Link, Table

KIND = PastFile.record_kind
MOST_SHOWN = 200
#: Lines somebody decides on at once; what is left comes next.
MOST_DECIDED = 25
PROBLEMS = (Column("line", "Line"), Column("column", "Column"), Column("words", "What"),
            Column("out", "Stays out?"))  # fmt: skip
JOINED = (Column("line", "Line"), Column("case", "Case here"), Column("how", "Found by"),
          Column("mark", "Marked as entered"), Column("differs", "What differs", numeric=True))  # fmt: skip
DIFFERENCES = (Column("line", "Line"), Column("case", "Case here"), Column("column", "Column"),
               Column("what", "What"), Column("theirs", "The export"), Column("ours", "Here"))  # fmt: skip


@asks(Verb.MANAGE, KIND)
def home(request: Request) -> HttpResponse:
    """Exports that were brought in, and the way to send another."""
    panels = list(Panel.objects.filter(board=request.board).order_by("name"))
    mappings = queries.mappings(request.board)
    posted = request.method == "POST"
    form = VendorFileForm(
        request.POST if posted else None, request.FILES if posted else None, panels=panels, mappings=mappings
    )
    if form.is_valid():
        said = form.cleaned_data
        panel = next(one for one in panels if str(one.pk) == said["panel"])
        mapping = next((one for one in mappings if str(one.pk) == said["mapping"]), None)
        try:
            file = operations.start(
                actor=request.person, panel=panel, name=said["file"].name, mapping=mapping, today=request.today,
                content=said["file"].read(past_file.MOST_BYTES + 1),
            )  # fmt: skip
        except bringing_in.PastRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("child_deaths:vendor_columns", file.record.reference)
    files = past.files(request.board, PastKind.VENDOR)
    reading.shown(request, KIND, files)
    return render(request, "child_deaths/vendor/home.html", {"form": form, "files": files})


def _file(request: Request, reference: str) -> PastFile:
    exports = PastFile.objects.filter(kind=PastKind.VENDOR)
    found = exports.select_related("record", "panel__board", "by", "taken_by", "back_by")
    return reading.one(request, found, reference=reference)


def _over(file: PastFile) -> HttpResponse | None:
    return (
        None
        if file.state == PastFileState.READING
        else redirect("child_deaths:vendor", file.record.reference)
    )


@asks(Verb.MANAGE, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """What came of an export; one that is still being looked through leads on to where it is."""
    file = _file(request, reference)
    if file.state == PastFileState.READING:
        settled = "columns_settled" in file.choices
        return redirect("child_deaths:vendor_check" if settled else "child_deaths:vendor_columns", reference)
    taken = file.state == PastFileState.TAKEN
    return render(
        request, "child_deaths/vendor/page.html", {"file": file, "worked_on": worked_on(file) if taken else 0}
    )


@asks(Verb.MANAGE, KIND)
def columns(request: Request, reference: str) -> HttpResponse:
    """Which column holds what: proposed, settled here, and kept under a name."""
    file = _file(request, reference)
    if (over := _over(file)) is not None:
        return over
    fields = queries.fields_of(file)
    form = VendorColumnsForm(
        request.POST if request.method == "POST" else None, headings=file.headings, fields=fields,
        rows=file.rows[:200], kept_as=file.choices.get("mapping", ""),
    )  # fmt: skip
    if form.is_valid():
        chosen = form.chosen(form.cleaned_data)
        try:
            operations.choose_columns(
                actor=request.person, file=file, fields=chosen, keep_as=form.cleaned_data["keep_as"],
                today=request.today,
            )  # fmt: skip
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("child_deaths:vendor_stages", reference)
    unread = [heading for n, heading in enumerate(file.headings) if heading and n not in fields.values()]
    return render(request, "child_deaths/vendor/columns.html", {"file": file, "form": form, "unread": unread})


@asks(Verb.MANAGE, KIND)
def stages(request: Request, reference: str) -> HttpResponse:
    """What each word about a stage means."""
    file = _file(request, reference)
    if (over := _over(file)) is not None:
        return over
    words = queries.stage_words(file)
    if not words:
        return redirect("child_deaths:vendor_check", reference)
    form = PastStagesForm(
        request.POST if request.method == "POST" else None, words=words, chosen=queries.layout_of(file).stages
    )
    if form.is_valid():
        try:
            operations.choose_stages(
                actor=request.person, file=file, stages=form.stages(), today=request.today
            )
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("child_deaths:vendor_check", reference)
    return render(request, "child_deaths/vendor/stages.html", {"file": file, "form": form})


@asks(Verb.MANAGE, KIND)
def lines(request: Request, reference: str) -> HttpResponse:
    """Which case each line is of that only looks like one: a person says it."""
    file = _file(request, reference)
    if (over := _over(file)) is not None:
        return over
    undecided = queries.plan_of(file, request.today).undecided[:MOST_DECIDED]
    if not undecided:
        return redirect("child_deaths:vendor_check", reference)
    form = VendorLinesForm(request.POST if request.method == "POST" else None, undecided=undecided)
    if form.is_valid():
        operations.decide(actor=request.person, file=file, said=form.decided())
        return redirect("child_deaths:vendor_lines", reference)
    return render(request, "child_deaths/vendor/lines.html", {"file": file, "form": form})


@asks(Verb.MANAGE, KIND)
def check(request: Request, reference: str) -> HttpResponse:
    """Everything that would come of it, and every problem. Confirmed here, it is taken in."""
    file = _file(request, reference)
    if (over := _over(file)) is not None:
        return over
    if "columns_settled" not in file.choices:
        return redirect("child_deaths:vendor_columns", reference)
    if "stages" not in file.choices and queries.stage_words(file):
        return redirect("child_deaths:vendor_stages", reference)
    plan = queries.plan_of(file, request.today)
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS:
        reading.listed(request, KIND, [file.record_id], verb="access.downloaded")
        return downloads.export(request, _problems(plan), PROBLEMS, f"Problems in {file.name}", wanted)
    form = VendorLoadForm(
        request.POST if request.method == "POST" else None, stopped=len(plan.stopped),
        initial={"seen": plan.seen},
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.load(
                actor=request.person, file=file, seen=said["seen"], today=request.today,
                without_stopped=bool(said.get("without_stopped")), now=moment_now(request),
            )  # fmt: skip
        except bringing_in.PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The export is brought in.")
            return redirect("child_deaths:vendor", reference)
    return render(request, "child_deaths/vendor/check.html", _shown(file, plan, form))


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Any], name: str) -> Table:
    return Table(caption, columns, rows[:MOST_SHOWN], hide_caption=True, id=f"table-{name}")


def _case(reference: str) -> Link:
    return Link(reference, reverse("child_deaths:case", args=[reference]))


def _problems(plan: queries.Plan) -> list[dict[str, Any]]:
    return [
        {"line": one.line, "column": one.column or "–", "words": one.words,
         "out": "Stays out" if one.stops else "Remark"}
        for one in plan.problems
    ]  # fmt: skip


def _shown(file: PastFile, plan: queries.Plan, form: VendorLoadForm) -> dict[str, Any]:
    problems = _problems(plan)
    joined = [
        {"line": one.one.line.number, "case": _case(one.known.reference), "how": queries.JOINED[one.how],
         "mark": f"{one.one.marked_on:%d/%m/%Y}, version {one.version}" if one.version else "–",
         "differs": len(one.differences)}
        for one in plan.joined
    ]  # fmt: skip
    differ = [
        {"line": one.one.line.number, "case": _case(one.known.reference), "column": each.column, "what": each.what,
         "theirs": each.theirs, "ours": each.ours}
        for one in plan.joined
        for each in one.differences
    ]  # fmt: skip
    return {
        "file": file, "plan": plan, "form": form, "wide": True,
        "problems": _table("Problems by line and column", PROBLEMS, problems, "problems") if problems else "",
        "joined": _table("Cases that are here already", JOINED, joined, "joined") if joined else "",
        "differ": _table("What differs", DIFFERENCES, differ, "differs") if differ else "",
        "more": [max(0, len(one) - MOST_SHOWN) for one in (problems, joined, differ)],
    }  # fmt: skip


@asks(Verb.MANAGE, KIND)
def differences(request: Request, reference: str) -> HttpResponse:
    """Where the export and what is held here differed when it was brought in."""
    file = _file(request, reference)
    found = queries.lines_of(file)
    rows = [
        {"line": one.line, "case": _case(one.case.record.reference), "column": column, "what": what, "theirs": theirs,
         "ours": ours}
        for one in found
        for column, what, theirs, ours in one.differences
    ]  # fmt: skip
    wanted, ids = request.GET.get("download", ""), [one.case.record_id for one in found]
    if wanted in downloads.FORMATS:
        reading.listed(request, "child_deaths.case", ids, verb="access.downloaded")
        return downloads.export(request, rows, DIFFERENCES, f"Differences in {file.name}", wanted)
    reading.listed(request, "child_deaths.case", ids)
    table = Table("What differs", DIFFERENCES, rows, hide_caption=True, empty="Nothing differed.")
    return render(
        request, "child_deaths/vendor/differences.html", {"file": file, "table": table, "wide": True}
    )


@asks(Verb.MANAGE, KIND)
def aside(request: Request, reference: str) -> HttpResponse:
    """Put an export aside that was not brought in."""
    file = _file(request, reference)
    if (over := _over(file)) is not None:
        return over
    if request.method == "POST":
        try:
            bringing_in.put_aside(actor=request.person, file=file)
        except bringing_in.PastRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The export is put aside. Its lines are erased.")
        return redirect("child_deaths:vendor_home")
    return render(request, "child_deaths/vendor/aside.html", {"file": file})


@asks(Verb.MANAGE, KIND)
def back(request: Request, reference: str) -> HttpResponse:
    """Take back, as a whole, what an export brought."""
    file = _file(request, reference)
    form = PastBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            take_back(
                actor=request.person, file=file, because=form.cleaned_data["because"], today=request.today
            )
        except CannotTakeBack as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Taken back.")
            return redirect("child_deaths:vendor", reference)
    return render(request, "child_deaths/vendor/back.html", {"file": file, "form": form})

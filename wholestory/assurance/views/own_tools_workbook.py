"""A board's own audit tool from an XLSForm workbook, and any tool as such a workbook."""

from __future__ import annotations

import io
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.framework import FrameworkCannotWork
from wholestory.assurance.forms.own_tools_workbook import ScoredForm, WorkbookForm, initial_of
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations import own_tools_publishing as publishing
from wholestory.assurance.operations import own_tools_workbook as workbooks
from wholestory.assurance.operations.own_tools_sources import ToolRefused
from wholestory.assurance.views.own_tools import the_draft, the_tool, url_of
from wholestory.assurance.views.own_tools_drafts import back_to, open_draft
from wholestory.documents import scanner
from wholestory.govuk.downloads import FORMATS
from wholestory.paperwork.definitions import CannotWork, Form
from wholestory.paperwork.xlsform import CannotWrite, Finding, Reading, Spot, read_workbook, write_workbook
from wholestory.paperwork.xlsform.findings import column_name

#: Faults shown at once; the number of all is said.
MOST_FAULTS = 200
MOST_BYTES = 5 * 1024 * 1024


@asks(Verb.MANAGE, "assurance.cycle", no_line="shows what the person just sent, and no record")
def begin(request: Request) -> HttpResponse:
    """Choose a workbook: every fault with its place, or a draft that keeps what was read."""
    posted = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if posted else WorkbookForm()
    found: Reading | None = None
    if posted and form.is_valid():
        upload: UploadedFile[bytes] = form.cleaned_data["file"]
        name = str(upload.name or "")
        found = _read(upload, name)
        if found.form is not None and (why := workbooks.why_nothing(request.board, found.form)):
            found = Reading(None, tuple(Finding(Spot("survey"), each) for each in why))
        if found.form is not None:
            draft = workbooks.start(
                actor=request.person, board=request.board, reading=found, name=name,
                title=form.cleaned_data["title"].strip(), today=request.today,
            )  # fmt: skip
            return redirect("assurance:own_tool_workbook", draft.id)
        number = len(found.faults)
        form.add_error(
            "file", f"{number} thing{'' if number == 1 else 's'} to put right in “{name}”: see the list below"
        )
    context = {
        "form": form,
        "faults": _rows(found.faults) if found else [],
        "number": len(found.faults) if found else 0,
    }
    return render(request, "assurance/own_tools_xlsform_new.html", context)


def _read(upload: UploadedFile[bytes], name: str) -> Reading:
    content = upload.read(MOST_BYTES + 1)
    if scanner.scan(io.BytesIO(content)) is scanner.Verdict.INFECTED:
        return Reading(
            None, (Finding(Spot(name), "the virus scanner found something harmful in it; it was refused"),)
        )
    return read_workbook(content, name)


def _rows(faults: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    """Sheet, row, column and what is wrong, as a table shows them."""
    return [
        (
            one.spot.sheet,
            str(one.spot.row or ""),
            " ".join(
                part
                for part in (
                    column_name(one.spot.column),
                    f"({one.spot.header})" if one.spot.header else "",
                )
                if part
            ),
            one.what,
        )
        for one in faults[:MOST_FAULTS]
    ]


@asks(Verb.MANAGE, "assurance.cycle")
def made(request: Request, draft: UUID) -> HttpResponse:
    """What would be made of the workbook, what cannot be held, the scale where it cannot be told, and the button."""
    found = open_draft(request, draft)
    try:
        read = workbooks.form_of(found)
    except ToolRefused as refused:
        messages.error(request, str(refused))
        return back_to(found)
    if read is None:
        return back_to(found)
    lists, told = workbooks.choices_of(read), workbooks.told_in(found)
    tried = workbooks.made_of(found, read)
    form = ScoredForm(request.POST or None, lists=lists, initial=initial_of(told, lists))
    choosing = tried.framework is None or told is not None
    if request.method == "POST" and request.POST.get("then") == "make":
        try:
            framework = workbooks.make_questions(actor=request.person, draft=found)
        except ToolRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                f"{len(framework.items)} questions under {len(framework.standards)} headings. Read them through.",
            )
            return redirect("assurance:own_tool_draft", found.id)
    elif request.method == "POST" and form.is_valid():
        found = workbooks.choose(actor=request.person, draft=found, told=form.told())
        return redirect("assurance:own_tool_workbook", found.id)
    if request.POST.get("then") == "make":
        form = ScoredForm(lists=lists, initial=initial_of(told, lists))
    source = found.definition["source"]
    context = {
        "draft": found,
        "form": form,
        "choosing": choosing,
        "tried": tried,
        "framework": tried.framework,
        "not_held": source["not_held"],
        "told": source["told"],
        "has_questions": any(std["items"] for std in found.definition["framework"]["standards"]),
    }
    return render(request, "assurance/own_tools_xlsform_made.html", context)


@asks(Verb.MANAGE, "assurance.cycle")
def of_draft(request: Request, draft: UUID) -> HttpResponse:
    """A draft as an XLSForm workbook, with what is still at fault filled in."""
    found = the_draft(request, draft)
    try:
        form = as_form(publishing.looked_at(found))
    except (FrameworkCannotWork, CannotWork):
        messages.error(request, "There is no question to write into a workbook yet.")
        return redirect("assurance:own_tool_draft", found.id)
    return _taken(request, form, reverse("assurance:own_tool_draft", args=[found.id]), [found.id])


@asks(Verb.MANAGE, "assurance.cycle")
def of_tool(request: Request, key: str, version: int) -> HttpResponse:
    """A published tool of the board's own, or one that comes with Wholestory, as an XLSForm workbook."""
    framework, row = the_tool(request, key, version)
    form = form_of(framework.key, framework.version)
    return _taken(request, form, url_of(key, version), [row.id] if row else [])


def _taken(request: Request, form: Form, back_url: str, ids: list[UUID]) -> HttpResponse:
    """The workbook, or the page that says what another program will not see of it."""
    try:
        content, report = write_workbook(form)
    except CannotWrite as reason:
        messages.error(request, str(reason))
        return redirect(back_url)
    if request.GET.get("download") != "xlsx":
        context = {"title": form.title, "report": report, "back_url": back_url}
        return render(request, "assurance/own_tools_xlsform.html", context)
    reading.listed(request, operations.TOOL, ids, verb="access.downloaded")
    answer = HttpResponse(content, content_type=FORMATS["xlsx"])
    example = "example-" if request.board.is_example else ""
    name = f"{example}{slugify(form.title)[:80] or 'audit-tool'}-version-{form.version}-xlsform.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer

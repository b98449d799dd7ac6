"""The board's own audit tools: the list, beginning one, a published one and what can be done with it."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions import NoSuchFramework, framework_called, is_own, newest
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.forms.own_tools import EMPTY, TABLE, NewToolForm, ToolFilter
from wholestory.assurance.forms.own_tools_publishing import CopyForm
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations import own_tools_publishing as publishing
from wholestory.assurance.operations.own_tools_sources import ToolRefused, as_source
from wholestory.assurance.queries import own_tools as queries
from wholestory.assurance.rules.own_tools_list import is_table
from wholestory.assurance.tables import (
    MOST_BYTES,
    NotReadable,
    Table,
    read_paragraphs,
    read_pasted,
    read_tables,
)
from wholestory.documents import scanner
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.partners.editions import name as edition_name

COLUMNS = (
    Column("link", "Tool", sortable=True, sort_by=("title", "version")),
    Column("version", "Version", numeric=True, sortable=True),
    Column("published_on", "Published", sortable=True),
    Column("offered", "For new cycles"),
    Column("cycles", "Cycles that ask it", numeric=True),
)
UNTITLED = "New audit tool"


def the_draft(request: Request, draft: UUID) -> FrameworkDraft:
    """The draft, noted as opened; otherwise the one “not found” page, for another board's as for none at all."""
    rows = FrameworkDraft.objects.filter(board=request.board, discarded_on=None).select_related(
        "board", "started_by"
    )
    found = rows.filter(pk=draft).first()
    if found is None:
        reading.missing(request, str(draft))
    reading.listed(request, operations.TOOL, [found.id], verb="access.opened")
    return found


def the_tool(request: Request, key: str, version: int) -> tuple[Framework, FrameworkVersion | None]:
    """A framework this board may read, noted as opened: a shipped one, or a published one of its own."""
    row = FrameworkVersion.objects.filter(board=request.board, key=key, version=version).first()
    if is_own(key) and row is None:
        reading.missing(request, f"{key}.{version}")
    try:
        found = framework_called(key, version)
    except NoSuchFramework:
        reading.missing(request, f"{key}.{version}")
    reading.listed(request, operations.TOOL, [row.id] if row else [], verb="access.opened")
    return found, row


@asks(Verb.MANAGE, "assurance.cycle")
def home(request: Request) -> HttpResponse:
    """The drafts and the published tools of this board."""

    def lines(rows: list[FrameworkVersion]) -> list[dict[str, object]]:
        return [
            {**vars(one), "offered": one.offered, "link": Link(one.title, url_of(one.key, one.version))}
            for one in queries.lines_of(request.board, rows)
        ]

    page = ListPage(
        request.GET, rows=queries.published_by(request.board), columns=COLUMNS, sort="link",
        filters=ToolFilter(request.GET), caption="Published tools", shape=lines,
        empty="No tool of your own is published yet.",
    )  # fmt: skip
    drafts = queries.drafts_of(request.board)
    if page.wants_export:
        reading.listed(
            request, operations.TOOL, page.matching.values_list("id", flat=True), verb="access.downloaded"
        )
        return page.export(request, "Own audit tools")
    shown = [each["id"] for each in page.rows]
    reading.listed(request, operations.TOOL, [*[each.id for each in drafts], *shown])
    context = {"drafts": drafts, "page": page, "shipped": [(_called(one), one) for one in newest()]}
    return render(request, "assurance/own_tools.html", context)


def url_of(key: str, version: int) -> str:
    return reverse("assurance:own_tool", args=[key, version])


@asks(Verb.MANAGE, "assurance.cycle", no_line="an empty form shows no record")
def new(request: Request) -> HttpResponse:
    """Begin a tool from a list, a table or nothing."""
    posted = request.method == "POST"
    form = NewToolForm(request.POST or None, request.FILES or None) if posted else NewToolForm()
    if posted and form.is_valid():
        wanted = form.cleaned_data
        try:
            draft = _begun(request, wanted)
        except (NotReadable, ToolRefused) as refused:
            form.add_error("file" if wanted["begin"] == TABLE else "words", str(refused))
        else:
            return redirect(_first_page(draft), draft.id)
    return render(request, "assurance/own_tools_new.html", {"form": form})


def _begun(request: Request, wanted: dict[str, Any]) -> FrameworkDraft:
    title, words = str(wanted["title"] or ""), str(wanted["words"] or "")
    source: dict[str, object] = {}
    came_from = ""
    if wanted["begin"] == TABLE:
        upload: UploadedFile[bytes] = wanted["file"]
        came_from = str(upload.name or "")
        title = title or came_from.rpartition(".")[0].replace("_", " ")
        source = _read(upload, came_from)
    elif wanted["begin"] != EMPTY:
        came_from = "A pasted list"
        pasted = read_pasted(words) if is_table(words) else ()
        source = as_source(pasted, came_from) if pasted else {"kind": "list", "text": words}
    return operations.start(
        actor=request.person, board=request.board, title=title or UNTITLED, today=request.today, source=source,
        came_from=came_from,
    )  # fmt: skip


def _read(upload: UploadedFile[bytes], name: str) -> dict[str, object]:
    """The tables of an uploaded file; the paragraphs of a Word document without any. Raises NotReadable."""
    content = upload.read(MOST_BYTES + 1)
    if scanner.scan(io.BytesIO(content)) is scanner.Verdict.INFECTED:
        raise NotReadable(f"“{name}” was refused: the virus scanner found something harmful in it")
    tables: tuple[Table, ...] = read_tables(content, name)
    if tables:
        return as_source(tables, name)
    words = read_paragraphs(content, name) if name.lower().endswith(".docx") else ""
    if not words:
        raise NotReadable(f"“{name}” holds no table")
    return {"kind": "list", "text": words}


def _called(framework: Framework) -> str:
    """A tool's title with the guidance it follows: four of them have the same title."""
    if not framework.edition:
        return framework.title
    return f"{framework.title}, for {edition_name(framework.edition)}"


def _first_page(draft: FrameworkDraft) -> str:
    source = draft.definition["source"]
    if source.get("tables"):
        return "assurance:own_tool_columns"
    return "assurance:own_tool_list" if source.get("text") else "assurance:own_tool_draft"


@asks(Verb.MANAGE, "assurance.cycle", no_line="lists what comes with the system and what the board published")
def copy(request: Request) -> HttpResponse:
    """A new tool that begins as a copy of another."""
    offered = own_frameworks.offered_to(request.board)
    choices = [
        (own_frameworks.name_of(each), f"{_called(each)}: {len(each.items)} questions") for each in offered
    ]
    form = CopyForm(request.POST or None, choices=choices, initial={"copied": request.GET.get("of", "")})
    if form.is_valid():
        framework = own_frameworks.named(form.cleaned_data["copied"])
        if framework is not None:
            draft = operations.copy(
                actor=request.person, board=request.board, framework=framework, title=form.cleaned_data["title"],
                today=request.today,
            )  # fmt: skip
            return redirect("assurance:own_tool_draft", draft.id)
    return render(request, "assurance/own_tools_copy.html", {"form": form})


@asks(Verb.MANAGE, "assurance.cycle")
def tool(request: Request, key: str, version: int) -> HttpResponse:
    """A published tool: what it asks, where it came from, and what can be done with it."""
    framework, row = the_tool(request, key, version)
    before = own_frameworks.named(row.builds_on) if row else None
    return render(
        request,
        "assurance/own_tool.html",
        {
            "framework": framework,
            "row": row,
            "before": before,
            "line": queries.lines_of(request.board, [row])[0] if row else None,
            "name": own_frameworks.name_of(framework),
        },
    )


@asks(Verb.MANAGE, "assurance.cycle")
def next_version(request: Request, key: str, version: int) -> HttpResponse:
    """Begin the next version, or go on with the one somebody began."""
    framework, row = the_tool(request, key, version)
    if row is None:
        reading.missing(request, own_frameworks.name_of(framework))
    if request.method == "POST":
        draft = operations.next_version(actor=request.person, version=row, today=request.today)
        return redirect("assurance:own_tool_draft", draft.id)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Begin the next version of “{framework.title}”?",
            "consequences": [
                "A draft is made that asks what this version asks, for you to change.",
                "This version stays as it is, and cycles that ask it go on.",
                "Before you publish, you say what became of each question, so that answers come forward.",
            ],
            "confirm_label": "Begin the next version",
            "cancel_url": url_of(key, version),
        },
    )


@asks(Verb.MANAGE, "assurance.cycle")
def offer(request: Request, key: str, version: int) -> HttpResponse:
    """Stop offering a version for new cycles, or offer it again."""
    framework, row = the_tool(request, key, version)
    if row is None:
        reading.missing(request, own_frameworks.name_of(framework))
    withdrawn = row.withdrawn_on is not None
    if request.method == "POST":
        publishing.offer(actor=request.person, version=row, yes=withdrawn, today=request.today)
        messages.success(
            request,
            "New cycles can ask this tool again."
            if withdrawn
            else "New cycles are no longer offered this tool.",
        )
        return redirect(url_of(key, version))
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Offer “{framework.title}” again?"
            if withdrawn
            else f"Stop offering “{framework.title}”?",
            "consequences": ["New cycles can ask it."]
            if withdrawn
            else [
                "New cycles cannot ask this version.",
                "Cycles that ask it already go on, and nobody loses an answer.",
                "You can offer it again.",
            ],
            "confirm_label": "Offer it again" if withdrawn else "Stop offering it",
            "cancel_url": url_of(key, version),
        },
    )

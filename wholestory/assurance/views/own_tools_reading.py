"""From an officer's list or table to the questions of a draft: mended, mapped on screen, tried, then made."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.own_tools import ListForm
from wholestory.assurance.forms.own_tools_columns import ColumnsForm, initial_of
from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations.own_tools_sources import (
    ToolRefused,
    columns_of,
    found_in,
    list_of,
    tables_of,
)
from wholestory.assurance.rules.own_tools_columns import Columns, chosen_tables, roles_guessed
from wholestory.assurance.rules.own_tools_found import Taken
from wholestory.assurance.tables import Table
from wholestory.assurance.views.own_tools_drafts import open_draft

#: Rows and columns of the preview.
_PREVIEW_ROWS = 8
MAKE, GUESS = "make", "guess"
TAKINGS = (
    (Taken.HEADING, "Heading"),
    (Taken.QUESTION, "Question"),
    (Taken.GUIDANCE, "Guidance"),
    (Taken.NOTHING, "Leave out"),
)


@asks(Verb.MANAGE, "assurance.cycle")
def as_list(request: Request, draft: UUID) -> HttpResponse:
    """The pasted list, what would be made of it line by line, and the button that makes it."""
    found = open_draft(request, draft)
    if tables_of(found):
        return redirect("assurance:own_tool_columns", found.id)
    form = ListForm(request.POST or None, initial={"words": list_of(found)})
    if form.is_valid():
        try:
            found = operations.set_list(
                actor=request.person, draft=found, text=form.cleaned_data["words"], said=_said(request),
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        except ToolRefused as refused:
            form.add_error("words", str(refused))
        else:
            if request.POST.get("then") == MAKE and _made(request, found):
                return redirect("assurance:own_tool_draft", found.id)
    shown = {"takings": TAKINGS, "seen": operations.list_seen(found)}
    context = {"draft": found, "form": form, **shown, **_dry_run(found)}
    return render(request, "assurance/own_tools_list.html", context)


def _said(request: Request) -> dict[int, Taken]:
    """What was chosen for each line, by its number."""
    takings = set(Taken)
    return {
        int(name.removeprefix("line_")): Taken(value)
        for name, value in request.POST.items()
        if re.fullmatch(r"line_\d{1,6}", name) and value in takings
    }


def _made(request: Request, found: FrameworkDraft) -> bool:
    try:
        made = operations.make_questions(actor=request.person, draft=found)
    except ToolRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(
        request, f"{made.count} questions under {len(made.standards)} headings. Read them through."
    )
    return True


def _dry_run(found: FrameworkDraft) -> dict[str, object]:
    tried = found_in(found)
    has_questions = any(std["items"] for std in found.definition["framework"]["standards"])
    return {"tried": tried, "has_questions": has_questions}


@asks(Verb.MANAGE, "assurance.cycle")
def columns(request: Request, draft: UUID) -> HttpResponse:
    """Which column holds what, with the first rows; what would be made of it; and the button that makes it."""
    found = open_draft(request, draft)
    tables = tables_of(found)
    if not tables:
        return redirect("assurance:own_tool_list", found.id)
    before = columns_of(found)
    form = ColumnsForm(request.POST or None, tables=tables, columns=before, initial=initial_of(before))
    if request.method == "POST":
        valid = form.is_valid()
        chosen = form.columns() if "table" in form.cleaned_data and "header" in form.cleaned_data else before
        if _other_table(tables, before, chosen):
            chosen = roles_guessed(chosen_tables(tables, chosen.table)[0], chosen.table)
            valid = False
        elif request.POST.get("then") == GUESS:
            header = chosen.header
            chosen = roles_guessed(chosen_tables(tables, chosen.table)[0], chosen.table, header)
            valid = False
        found = operations.set_columns(actor=request.person, draft=found, columns=chosen)
        if valid and request.POST.get("then") == MAKE and _made(request, found):
            return redirect("assurance:own_tool_draft", found.id)
        if valid or chosen != form.columns():
            form = ColumnsForm(None, tables=tables, columns=chosen, initial=initial_of(chosen))
    context = {"draft": found, "form": form, **_preview(form, columns_of(found)), **_dry_run(found)}
    return render(request, "assurance/own_tools_columns.html", context)


def _other_table(tables: tuple[Table, ...], before: Columns, chosen: Columns) -> bool:
    """Whether another table was chosen, whose columns have to be looked at anew."""
    return chosen.table != before.table and (
        chosen_tables(tables, chosen.table)[0] is not chosen_tables(tables, before.table)[0]
    )


def _preview(form: ColumnsForm, chosen: Columns) -> dict[str, object]:
    table: Table = form.picked[0]
    rows = [row for row in table.rows if row.number >= chosen.header][:_PREVIEW_ROWS]
    return {
        "table": table,
        "heads": [table.column(n) for n in range(1, table.width + 1)],
        "preview": [(row.number, row.number == chosen.header, row.cells) for row in rows],
        "more": max(0, len([row for row in table.rows if row.number >= chosen.header]) - len(rows)),
    }

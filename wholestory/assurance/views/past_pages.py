"""What the pages of one file share: its steps, how a step is drawn, and the names of organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.requests import Request
from wholestory.assurance.forms.past_matching import AgenciesForm
from wholestory.assurance.models import BroughtIn, BroughtInKind
from wholestory.assurance.operations import past as operations
from wholestory.assurance.queries import past as queries
from wholestory.assurance.rules import past_tables
from wholestory.assurance.rules.past_tables import Layout
from wholestory.assurance.tables import Table

#: Names on one page of organisations.
AT_ONCE = 30
#: Steps that have to be gone through again when another changed.
RESTS: Mapping[str, Sequence[str]] = {
    "table": ("columns", "questions", "agencies", "words"),
    "columns": ("questions", "agencies", "words"),
    "questions": ("words",),
}
#: The steps of matching a file of returns, and what each is called.
STEPS = (
    ("table", "The table"),
    ("columns", "Columns"),
    ("questions", "Questions"),
    ("agencies", "Organisations"),
    ("words", "Words for scores"),
    ("about", "Which round"),
)
ACTION_STEPS = (
    ("table", "The table"),
    ("columns", "Columns"),
    ("agencies", "Organisations"),
    ("words", "Words and days"),
)


@dataclass(frozen=True)
class Step:
    """A step on the page of a file."""

    key: str
    label: str
    url: str
    is_done: bool


def the_batch(request: Request, reference: str) -> BroughtIn:
    """The file, if this person may see it; otherwise the one "not found" page."""
    rows = BroughtIn.objects.filter(board=request.board).select_related(
        "record", "board", "by", "cycle__record", "applied_by", "undone_by"
    )
    return reading.one(request, rows, reference=reference)


def steps_of(batch: BroughtIn) -> list[Step]:
    """The steps, and which of them somebody has gone through."""
    done = batch.mapping.get("done", [])
    every = STEPS if batch.kind == BroughtInKind.RETURNS else ACTION_STEPS
    return [
        Step(key, label, reverse("assurance:past_step", args=[batch.record.reference, key]), key in done)
        for key, label in every
    ]


def posted(request: Request) -> Any:
    """What was sent; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def onwards(batch: BroughtIn) -> HttpResponse:
    """The first step nobody has gone through, or the dry run."""
    for step in steps_of(batch):
        if not step.is_done:
            return redirect(step.url)
    return redirect("assurance:past_check", batch.record.reference)


def keep(request: Request, batch: BroughtIn, step: str, changes: Mapping[str, Any], **more: Any) -> BroughtIn:
    """Keep what a page said, and that this step was gone through. A step that changes undoes those that rest on it."""
    rests = RESTS.get(step, ())
    done = [
        one
        for one in batch.mapping.get("done", [])
        if one != step and not (more.get("fresh") and one in rests)
    ]
    return operations.match(
        actor=request.person, batch=batch, changes={**changes, "done": [*done, step]}, signature=more.get("signature")
    )  # fmt: skip


def drawn(request: Request, batch: BroughtIn, step: str, form: Any, **context: Any) -> HttpResponse:
    """A step's page."""
    number = [one.key for one in steps_of(batch)].index(step) + 1
    return render(
        request,
        "assurance/past_step.html",
        {"batch": batch, "form": form, "step": step, "number": number, "of": len(steps_of(batch)), "wide": True,
         **context},
    )  # fmt: skip


def preview(table: Table, layout: Layout) -> dict[str, Any]:
    """The first rows, with the headings marked."""
    rows = [
        (row.number, row.number in (layout.header, layout.above), row.cells[:30]) for row in table.rows[:8]
    ]
    heads = [table.column(n) for n in range(1, min(table.width, 30) + 1)]
    return {"rows": rows, "heads": heads, "name": table.name, "more": max(len(table.rows) - 8, 0)}


def agencies_page(request: Request, batch: BroughtIn, written: Mapping[str, str]) -> HttpResponse:
    """The names in the file nobody is sure of, some at a time; those that are known below, each to be changed."""
    if not written:
        return onwards(keep(request, batch, "agencies", {}))
    agencies = queries.agencies_of(batch.board)
    names = {str(one.id): one.name for one in agencies}
    matches = queries.agency_matches(batch, past_tables.Read(agencies=dict(written)), agencies)
    chosen = batch.mapping.get("agencies", {})
    wanted = request.GET.get("change", "")
    unsure = [key for key in written if not (matches[key].sure or matches[key].out or key in chosen)]
    asked = {key: written[key] for key in ([wanted] if wanted in written else unsure[:AT_ONCE])}
    form = AgenciesForm(posted(request), written=asked, matches=matches, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        changes = {"agencies": {**chosen, **form.chosen()}}
        if len(unsure) > len(asked) and not wanted:
            operations.match(actor=request.person, batch=batch, changes=changes)
            return redirect("assurance:past_step", batch.record.reference, "agencies")
        return onwards(keep(request, batch, "agencies", changes))
    known = [
        (key, written[key], names.get(one.id, ""), one.out)
        for key, one in matches.items()
        if key not in asked and (one.sure or one.out)
    ]
    return drawn(
        request, batch, "agencies", form, heading="Which organisation is which?", pairs=form.pairs(), known=known,
        left=len(unsure) - len(asked) if not wanted else 0, template="agencies",
    )  # fmt: skip

"""The steps of matching a file: each page keeps what was chosen, and leads to the next that is not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.forms import past as forms
from wholestory.assurance.forms import past_matching as matching_forms
from wholestory.assurance.models import BroughtIn, BroughtInKind, BroughtInState
from wholestory.assurance.operations import past as operations
from wholestory.assurance.operations import past_tools
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.queries import past as queries
from wholestory.assurance.rules import past_matching as matching
from wholestory.assurance.rules import past_plan as planning
from wholestory.assurance.rules import past_tables, past_tracker_guesses
from wholestory.assurance.rules.own_tools_columns import chosen_tables
from wholestory.assurance.rules.past_tables import Layout, Shape
from wholestory.assurance.tables import Table
from wholestory.assurance.views import past_action_steps
from wholestory.assurance.views.past_pages import (
    agencies_page,
    drawn,
    keep,
    onwards,
    posted,
    preview,
    steps_of,
    the_batch,
)

NEEDED = {
    Shape.DOWN: {
        past_tables.AGENCY: "Say which column holds the organisations",
        past_tables.SCORE: "Say which columns hold scores",
    },
    Shape.ACROSS: {past_tables.SCORE: "Say which columns hold the scores of an organisation"},
    Shape.LONG: {
        past_tables.AGENCY: "Say which column holds the organisations",
        past_tables.SCORE: "Say which column holds the scores",
    },
    Shape.COPY: {past_tables.SCORE: "Say which column holds the scores"},
}
MATRIX = (past_tables.SCORE, past_tables.COMMENT, past_tables.MODERATED)


@asks(Verb.MANAGE, "assurance.cycle")
def step(request: Request, reference: str, step: str) -> HttpResponse:
    """One step."""
    batch = the_batch(request, reference)
    if step not in [one.key for one in steps_of(batch)]:
        raise Http404
    if batch.state != BroughtInState.MATCHING:
        return redirect("assurance:past", reference)
    try:
        tables = queries.tables_in(batch)
    except PastRefused as refused:
        messages.error(request, str(refused))
        return redirect("assurance:past", reference)
    if batch.kind == BroughtInKind.ACTIONS and step != "table":
        return past_action_steps.STEPS[step](request, batch, tables)
    return PAGES[step](request, batch, tables)


def _table(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    agencies = queries.agencies_of(batch.board)
    names = queries.named(agencies)
    actions = batch.kind == BroughtInKind.ACTIONS
    layout = queries.layout_of(batch) if "table" in batch.mapping else queries.guess_of(tables, names)
    initial = {
        "table": layout.table, "shape": Shape.LONG if actions else layout.shape, "header": str(layout.header),
        "above": str(layout.above), "alone": batch.mapping.get("alone", ""),
    }  # fmt: skip
    if request.method == "POST" and request.POST.get("table", "").isdigit():
        layout = Layout(layout.shape, request.POST["table"], layout.header, layout.above)
    wanted: dict[str, Any] = {"tables_": tables, "layout": layout, "agencies": agencies}
    if actions:
        wanted["shapes"] = (Shape.LONG, Shape.COPY)
    form = forms.TableForm(posted(request), initial=initial, **wanted)
    if actions:
        past_action_steps.ask_how_it_lies(form)
    if form.is_valid() and request.POST.get("then") != "again":
        said = form.cleaned_data
        chosen = Layout(Shape(said["shape"]), said["table"], int(said["header"]), int(said["above"] or 0))
        signature = queries.signature_of(batch.kind, tables, chosen)
        every = [name for one in names for name in one.names]
        first = chosen_tables(tables, chosen.table)[0]
        guess = past_tracker_guesses.roles_guessed if actions else matching.roles_guessed
        changes = {
            "table": said["table"], "shape": said["shape"], "header": chosen.header, "above": chosen.above,
            "alone": said["alone"], "roles": list(guess(first, chosen, every)),
        }  # fmt: skip
        before = queries.before_with(batch, signature)
        if before is not None and not batch.mapping.get("as_before"):
            changes |= _as_before(before, first.width)
        fresh = queries.layout_of(batch) != Layout(
            **{**vars(chosen), "roles": queries.layout_of(batch).roles}
        )
        return onwards(keep(request, batch, "table", changes, signature=signature, fresh=fresh))
    shown = chosen_tables(tables, layout.table)[0]
    return drawn(request, batch, "table", form, preview=preview(shown, layout), heading="Which table is it?")


def _as_before(before: BroughtIn, width: int) -> dict[str, Any]:
    """What was chosen for the last file with the same headings, to be looked at again."""
    kept = ("agencies", "questions", "words", "framework", "twice", "states", "no_day")
    found = {name: before.mapping[name] for name in kept if name in before.mapping}
    if len(before.mapping.get("roles", [])) == width:
        found["roles"] = before.mapping["roles"]
    return {**found, "as_before": before.file_name}


def _columns(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    layout = queries.layout_of(batch)
    table = chosen_tables(tables, layout.table)[0]
    shape = layout.shape
    roles = [
        one
        for one in matching_forms.ROLES[Shape.LONG if shape is Shape.COPY else shape]
        if shape is not Shape.COPY or one[0] != past_tables.AGENCY
    ]
    form = matching_forms.ColumnsForm(
        posted(request), table=table, layout=layout, roles=roles, needed=NEEDED[shape],
        several=MATRIX if shape in (Shape.DOWN, Shape.ACROSS) else (),
        initial={f"role_{n}": role for n, role in enumerate(layout.roles, 1)},
    )  # fmt: skip
    if form.is_valid():
        given = form.roles(form.cleaned_data)
        changed = given != list(layout.roles)
        return onwards(keep(request, batch, "columns", {"roles": given}, fresh=changed))
    return drawn(
        request, batch, "columns", form, preview=preview(table, layout), heading="Which column holds what?"
    )


def _questions(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    """First which set of questions, then question by question."""
    read = past_tables.read(tables, queries.layout_of(batch))
    asked = list(read.questions.values())
    framework = queries.framework_for(batch)
    if framework is None or "other" in request.GET or "framework" in request.POST:
        return _framework(request, batch, asked)
    chosen = batch.mapping.get("questions", {})
    if not set(chosen) & set(read.questions):
        chosen = {key: one.id for key, one in matching.questions_guessed(asked, framework).items()}
    form = matching_forms.QuestionsForm(
        posted(request), asked=asked, framework=framework, chosen=chosen,
        initial={"twice": batch.mapping.get("twice", planning.NEITHER)},
    )  # fmt: skip
    if form.is_valid():
        changes = {"questions": form.chosen(), "twice": form.cleaned_data["twice"]}
        fresh = form.chosen() != batch.mapping.get("questions")
        return onwards(keep(request, batch, "questions", changes, fresh=fresh))
    return drawn(
        request, batch, "questions", form, heading="Which question is which?", framework=framework,
        called=matching_forms.called(framework), fields=form.questions(), rest=form["twice"], template="questions",
    )  # fmt: skip


def _framework(request: Request, batch: BroughtIn, asked: Sequence[past_tables.Asked]) -> HttpResponse:
    offered = [one for one in own_frameworks.offered_to(batch.board) if one.scored and one.compliant_from]
    names = {one.key: own_frameworks.name_of(one) for one in offered}
    initial = {"framework": batch.mapping.get("framework", ""), "title": batch.file_name.rpartition(".")[0]}
    posted = request.POST if "framework" in request.POST or request.POST.get("then") == "framework" else None
    form = matching_forms.FrameworkForm(posted, frameworks=offered, names=names, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        here = "assurance:past_step"
        if said["framework"] != matching_forms.NEW:
            framework = own_frameworks.named(said["framework"])
            if framework is not None:
                guessed = matching.questions_guessed(asked, framework)
                operations.match(
                    actor=request.person, batch=batch,
                    changes={
                        "framework": said["framework"],
                        "questions": {key: one.id for key, one in guessed.items()}, "words": {},
                        "done": [one for one in batch.mapping.get("done", []) if one not in ("questions", "words")],
                    },
                )  # fmt: skip
                return redirect(here, batch.record.reference, "questions")
        try:
            past_tools.make(
                actor=request.person, batch=batch, title=said["title"], scale=said["scale"], asked=asked,
                today=request.today,
            )  # fmt: skip
        except PastRefused as refused:
            form.add_error("framework", str(refused))
        else:
            return redirect(here, batch.record.reference, "questions")
    return drawn(
        request,
        batch,
        "questions",
        form,
        heading="Which set of questions does it answer?",
        template="framework",
    )


def _agencies(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    read = past_tables.read(tables, queries.layout_of(batch))
    return agencies_page(request, batch, read.agencies)


def _words(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    framework = queries.framework_for(batch)
    if framework is None:
        return redirect("assurance:past_step", batch.record.reference, "questions")
    read = past_tables.read(tables, queries.layout_of(batch))
    meanings = queries.word_codes(batch, read, framework)
    counts = planning.score_texts(read, batch.mapping.get("questions", {}))
    form = matching_forms.WordsForm(
        posted(request),
        meanings=meanings,
        counts=counts,
        scale=framework.scale,
    )
    if request.method == "POST" and form.is_valid():
        return onwards(keep(request, batch, "words", {"words": form.chosen()}))
    return drawn(request, batch, "words", form, heading="What does each word mean?", framework=framework)


def _about(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    framework = queries.framework_for(batch)
    same = [
        one
        for one in queries.past_cycles(batch.board)
        if framework and (one.framework, one.framework_version) == (framework.key, framework.version)
    ]
    at = batch.mapping
    initial = {
        "cycle": at.get("cycle") or forms.NEW, "title": at.get("title", ""), "opens_on": at.get("opens_on", ""),
        "due_on": at.get("due_on", ""),
    }  # fmt: skip
    form = forms.AboutForm(posted(request), cycles=same, today=request.today, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        if said["cycle"] == forms.NEW:
            changes = {
                "cycle": "", "title": said["title"], "opens_on": said["opens_on"].isoformat(),
                "due_on": said["due_on"].isoformat(),
            }  # fmt: skip
        else:
            changes = {"cycle": said["cycle"]}
        return onwards(keep(request, batch, "about", changes))
    return drawn(request, batch, "about", form, heading="Which round was it?")


PAGES: Mapping[str, Callable[[Request, BroughtIn, tuple[Table, ...]], HttpResponse]] = {
    "table": _table,
    "columns": _columns,
    "questions": _questions,
    "agencies": _agencies,
    "words": _words,
    "about": _about,
}

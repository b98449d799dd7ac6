"""The steps of matching a list of actions: columns, organisations, words for states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from wholestory.access.requests import Request
from wholestory.assurance.forms.past import TableForm
from wholestory.assurance.forms.past_actions import StatesForm
from wholestory.assurance.forms.past_matching import ColumnsForm
from wholestory.assurance.models import BroughtIn
from wholestory.assurance.queries import past as queries
from wholestory.assurance.queries import past_actions
from wholestory.assurance.rules import past_tracker
from wholestory.assurance.rules.own_tools_columns import chosen_tables
from wholestory.assurance.rules.past_tables import AGENCY, NOTHING, Shape
from wholestory.assurance.tables import Table
from wholestory.assurance.views import past_pages as pages

ROLES = (
    (NOTHING, "Leave out"),
    (AGENCY, "Name of the organisation"),
    (past_tracker.ACTION, "Action"),
    (past_tracker.DETAIL, "More about it"),
    (past_tracker.OWNER, "Who does it"),
    (past_tracker.DUE, "Due day"),
    (past_tracker.STATUS, "State"),
    (past_tracker.COMMENT, "Comment or evidence"),
    (past_tracker.CLOSED_ON, "Day it was closed"),
)

#: What becomes of each, for whoever chooses.
MEANS: Mapping[str, str] = {
    AGENCY: "Who promised it. Names that are not surely known are asked about next.",
    past_tracker.ACTION: "What is to be done, in a sentence. It becomes the title; the rest of a long one goes below.",
    past_tracker.DETAIL: "The finding or the reason behind it. It stands below the title.",
    past_tracker.OWNER: "A name, an e-mail address or a post. Somebody of that organisation becomes the owner; other"
    " words are kept as a post.",
    past_tracker.DUE: "The first day that was promised, where the file has several: it is kept as the first. 31.3.16,"
    " 31 March 2016 and March 2016 are read.",
    past_tracker.STATUS: "Open, done, a colour. What each word means is asked about next; nothing is closed by its"
    " colour alone.",
    past_tracker.COMMENT: "What was done since, or what shows it. It is the first entry of the action’s history.",
    past_tracker.CLOSED_ON: "Only for rows that come in as closed.",
}


def _columns(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    layout = queries.layout_of(batch)
    table = chosen_tables(tables, layout.table)[0]
    alone = layout.shape is Shape.COPY
    needed = {past_tracker.ACTION: "Say which column holds the actions"}
    if not alone:
        needed[AGENCY] = "Say which column holds the organisations"
    roles = [one for one in ROLES if not alone or one[0] != AGENCY]
    form = ColumnsForm(
        pages.posted(request), table=table, layout=layout, needed=needed, several=(),
        roles=roles,
        initial={f"role_{n}": role for n, role in enumerate(layout.roles, 1)},
    )  # fmt: skip
    if form.is_valid():
        given = form.roles(form.cleaned_data)
        fresh = given != list(layout.roles)
        return pages.onwards(pages.keep(request, batch, "columns", {"roles": given}, fresh=fresh))
    offered = [(label, MEANS[role]) for role, label in roles if role in MEANS]
    return pages.drawn(
        request, batch, "columns", form, preview=pages.preview(table, layout), heading="Which column holds what?",
        means=offered, alone=alone,
    )  # fmt: skip


def _agencies(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    tracker = past_tracker.read(tables, queries.layout_of(batch))
    return pages.agencies_page(request, batch, tracker.agencies)


def _states(request: Request, batch: BroughtIn, tables: tuple[Table, ...]) -> HttpResponse:
    tracker = past_tracker.read(tables, queries.layout_of(batch))
    form = StatesForm(
        pages.posted(request), counts=tracker.states(), meanings=past_actions.states_of(batch, tracker),
        initial={"no_day": batch.mapping.get("no_day", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["no_day"]
        changes: dict[str, Any] = {"states": form.chosen(), "no_day": day.isoformat() if day else ""}
        pages.keep(request, batch, "words", changes)
        return redirect("assurance:past_check", batch.record.reference)
    return pages.drawn(request, batch, "words", form, heading="What does each word mean?")


STEPS: Mapping[str, Callable[[Request, BroughtIn, tuple[Table, ...]], HttpResponse]] = {
    "columns": _columns,
    "agencies": _agencies,
    "words": _states,
}
#: How a list of actions may lie, and what each means.
SHAPES = (
    (
        Shape.LONG.value,
        "The organisation stands in a column",
        "A row for each action, with who promised it in the row",
    ),
    (Shape.COPY.value, "All of it belongs to one organisation", "Its own action plan: a row for each action"),
)


def ask_how_it_lies(form: TableForm) -> None:
    """The page of the table, in words of a list of actions."""
    form.offer("shape", [(key, label) for key, label, _ in SHAPES], {key: means for key, _, means in SHAPES})
    form.fields["alone"].label = "Whose actions are they?"
    form.fields["above"].help_text = "Such as one heading over several columns"

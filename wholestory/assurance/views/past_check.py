"""The dry run of a file: what would come in and every fault with its place. Nothing is written until it is applied."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.past_matching import called
from wholestory.assurance.models import BroughtIn, BroughtInKind, BroughtInState
from wholestory.assurance.operations import past_actions, past_applying
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.queries import past as queries
from wholestory.assurance.queries import past_actions as action_queries
from wholestory.assurance.rules import past_words as words
from wholestory.assurance.rules.past_plan import SCORED, Plan
from wholestory.assurance.rules.past_tracker import STATES, TrackerPlan
from wholestory.assurance.views.past_pages import onwards, steps_of, the_batch
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column, Table

#: Faults and actions shown at once; the number of all is said.
MOST_SHOWN = 200


@asks(Verb.MANAGE, "assurance.cycle")
def check(request: Request, reference: str) -> HttpResponse:
    """The dry run: what would come in, every fault with its place. Nothing is written until it is applied."""
    batch = the_batch(request, reference)
    if batch.state != BroughtInState.MATCHING:
        return redirect("assurance:past", reference)
    if any(not step.is_done for step in steps_of(batch)):
        return onwards(batch)
    actions = batch.kind == BroughtInKind.ACTIONS
    why = _applied(request, batch) if request.method == "POST" else ""
    if why is None:
        return redirect("assurance:past", reference)
    plan: Plan | TrackerPlan
    try:
        if actions:
            plan = action_queries.plan_of(batch)
            counts, table = past_actions.counts_of(plan), _actions(plan, batch)
        else:
            plan = queries.plan_of(batch)
            counts, table = past_applying.counts_of(plan), _coming(plan, batch)
    except PastRefused as refused:
        messages.error(request, str(refused))
        return redirect("assurance:past", reference)
    # What stops everything first.
    faults = sorted(plan.faults, key=lambda one: not one.stops)
    framework = queries.framework_for(batch)
    context = {
        "batch": batch, "plan": plan, "why": why, "steps": steps_of(batch),
        "called": called(framework) if framework else "",
        "counts": counts, "table": table, "faults": faults[:MOST_SHOWN], "more": max(len(faults) - MOST_SHOWN, 0),
        "actions": actions, "wide": True, "most": MOST_SHOWN, "settle": any(one.stops for one in plan.faults),
    }  # fmt: skip
    return render(request, "assurance/past_check.html", context, status=409 if why else 200)


def _applied(request: Request, batch: BroughtIn) -> str | None:
    """Bring it in; why not, or None when it was."""
    seen = request.POST.get("seen", "")
    try:
        if batch.kind == BroughtInKind.ACTIONS:
            past_actions.apply(actor=request.person, batch=batch, seen=seen, today=request.today)
        else:
            past_applying.apply(
                actor=request.person, batch=batch, seen=seen, today=request.today, now=timezone.now()
            )
    except PastRefused as refused:
        return str(refused)
    return None


def _coming(plan: Plan, batch: BroughtIn) -> Table:
    names = {str(one.id): one.name for one in queries.agencies_of(batch.board)}
    framework = queries.framework_for(batch)
    items = len(framework.items) if framework else 0
    columns = [Column("agency", "Organisation"), Column("written", "In the file")] + [
        Column(key, label, numeric=True)
        for key, label in (
            ("scored", "Scores"), ("na", "Does not apply"), ("blank", "Left blank"), ("unread", "Not read"),
            ("not_asked", "Not asked"),
            ("comments", "With words"), ("moderated", "Moderated"),
        )
    ]  # fmt: skip
    rows = [
        [
            names.get(key, key), "; ".join(one.written), one.count(SCORED), one.count(words.NOT_APPLICABLE),
            one.count(words.BLANK), one.count(words.NOT_READ),
            items - len(one.items) + one.count(words.NOT_ASKED), one.comments, one.moderated,
        ]
        for key, one in sorted(plan.coming.items(), key=lambda pair: names.get(pair[0], "").casefold())
    ]  # fmt: skip
    return Table("What would come in, by organisation", columns, rows, empty="Nothing would come in.")


def _actions(plan: TrackerPlan, batch: BroughtIn) -> Table:
    names = {str(one.id): one.name for one in queries.agencies_of(batch.board)}
    columns = [
        Column(key, label)
        for key, label in (
            ("agency", "Organisation"), ("title", "Action"), ("owner", "Who does it"), ("due", "Due"),
            ("state", "Comes in as"), ("place", "In the file"),
        )
    ]  # fmt: skip
    rows = [
        [names.get(one.agency, ""), one.title, one.owner, in_words(one.due_on), STATES[one.state], one.place]
        for one in plan.coming[:MOST_SHOWN]
    ]
    return Table("The actions that would come in", columns, rows, empty="Nothing would come in.")

"""Pages about what was promised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import forms, operations, queries
from wholestory.actions.models import Action, ActionState
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column

KIND = operations.ACTION.kind
COLUMNS = (
    Column("title", "Action", sortable=True),
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("owner", "Owner"),
    Column("status", "State", sortable=True, sort_by=("state",)),
    Column("due", "Due", sortable=True, sort_by=("due_on",)),
    Column("answers", "Lines answered", numeric=True),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every action this person may see, with a line per agency above."""
    rows = queries.every()
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(agency__slug=agency)
    page = ListPage(
        request.GET,
        rows=rows,
        columns=COLUMNS,
        sort="due",
        filters=forms.ActionFilter(request.GET, today=request.today),
        shape=lambda found: queries.lines(found, request.today),
        caption="Actions",
        empty="Nothing has been promised yet. Actions come from lines below compliant when a return is signed.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Actions")
    reading.shown(request, KIND, page.rows)
    return render(
        request, "actions/list.html", {"page": page, "roll": queries.by_agency(request.today), "wide": True}
    )


def find(request: Request, reference: str) -> Action:
    """The action, if this person may see it; otherwise the one "not found" page."""
    return reading.one(request, queries.every(), reference=reference)


def _may(request: Request, verb: Verb, action: Action) -> bool:
    return asking.ask(request.person, verb, action, kind=KIND).yes


@asks(Verb.READ, KIND)
def action(request: Request, reference: str) -> HttpResponse:
    """One action: what it answers, what happened, what can be done next."""
    found = find(request, reference)
    story = queries.story(found, request.today)
    return render(
        request,
        "actions/action.html",
        {
            "action": found,
            "status": queries.status_of(found, request.today),
            "story": story,
            # Everyone but the agency and the team is shown the promise itself: the database hides its steps from them.
            "inside": bool(story.steps),
            "may_write": _may(request, Verb.WRITE, found),
            "may_decide": _may(request, Verb.DECIDE, found) and found.owner_id != request.person.id,
            "is_open": found.state == ActionState.OPEN,
            "said_done": found.state == ActionState.SAID_DONE,
            "dropped": found.state == ActionState.DROPPED,
            "checks": list(found.checks.select_related("by").order_by("-on", "-created_at")),
        },
    )


def do_step(
    request: Request,
    found: Action,
    verb: Verb,
    form: Any,
    heading: str,
    label: str,
    do: Callable[[Action], object],
    done: str,
) -> HttpResponse:
    """One step of an action: the form, and once it is right the step itself and the action's page again."""
    if not _may(request, verb, found):
        raise Http404
    if form.is_valid():
        try:
            do(found)
        except operations.ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("actions:action", found.record.reference)
    return render(
        request, "actions/step.html", {"action": found, "form": form, "heading": heading, "label": label}
    )


def _do(request: Request, reference: str, *args: Any) -> HttpResponse:
    return do_step(request, find(request, reference), *args)


@asks(Verb.WRITE, KIND)
def update(request: Request, reference: str) -> HttpResponse:
    """An update, or a link that shows what was done."""
    form = forms.UpdateForm(request.POST or None)

    def do(found: Action) -> None:
        operations.update(
            actor=request.person,
            action=found,
            words=form.cleaned_data["words"],
            link=form.cleaned_data["link"],
            today=request.today,
            now=timezone.now(),
        )

    return _do(request, reference, Verb.WRITE, form, "Add an update", "Add", do, "Added.")


@asks(Verb.WRITE, KIND)
def redate(request: Request, reference: str) -> HttpResponse:
    """A new date, with its reason."""
    form = forms.RedateForm(request.POST or None)

    def do(found: Action) -> None:
        operations.redate(
            actor=request.person,
            action=found,
            due_on=form.cleaned_data["due_on"],
            reason=form.cleaned_data["reason"],
            today=request.today,
        )

    return _do(
        request,
        reference,
        Verb.WRITE,
        form,
        "Change the date",
        "Change the date",
        do,
        "The date was changed. The first date stays on the record.",
    )


def _words_step(
    verb: Verb, write: Callable[..., object], heading: str, question: str, label: str, done: str
) -> Callable[[Request, str], HttpResponse]:
    @asks(verb, KIND)
    def step(request: Request, reference: str) -> HttpResponse:
        form = forms.WordsForm(request.POST or None, label=question)

        def do(found: Action) -> object:
            return write(
                actor=request.person, action=found, today=request.today, words=form.cleaned_data["words"]
            )

        return _do(request, reference, verb, form, heading, label, do, done)

    return step


say_done = _words_step(
    Verb.WRITE,
    operations.say_done,
    "Say that it is done",
    "What was done, and what shows it?",
    "Say that it is done",
    "The board's team will look at what shows it, and close the action.",
)
close = _words_step(
    Verb.DECIDE,
    operations.close,
    "Close this action",
    "What did you see that shows it was done?",
    "Close the action",
    "The action is closed.",
)
send_back = _words_step(
    Verb.DECIDE,
    operations.send_back,
    "Ask for more",
    "What is still needed?",
    "Send back",
    "The agency can see what is still needed.",
)
drop = _words_step(
    Verb.DECIDE,
    lambda *, words, **rest: operations.drop(reason=words, **rest),
    "Drop this action",
    "Why is it no longer needed?",
    "Drop the action",
    "The action is dropped, with the reason.",
)
effect = _words_step(
    Verb.WRITE,
    lambda *, words, **rest: operations.say_what_changed(effect=words, **rest),
    "What changed",
    "What changed for children, and how do you know?",
    "Save",
    "Saved.",
)


def url_of(found: Action) -> str:
    """The action's own page."""
    return reverse("actions:action", args=[found.record.reference])

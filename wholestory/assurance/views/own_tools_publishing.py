"""What became of each question from one version to the next, and publishing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions.comparing import Mapped, mapping
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.forms.own_tools_publishing import BecameForm
from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations import own_tools_publishing as publishing
from wholestory.assurance.operations.own_tools_sources import ToolRefused
from wholestory.assurance.queries import own_tools as queries
from wholestory.assurance.rules import own_tools_draft as drafts
from wholestory.assurance.rules import own_tools_mapping as rules
from wholestory.assurance.views.own_tools import the_tool, url_of
from wholestory.assurance.views.own_tools_drafts import back_to, open_draft
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column

COLUMNS = (
    Column("number", "Number"),
    Column("text", "Question now"),
    Column("kind_label", "What became of it"),
    Column("before", "Question before"),
    Column("means", "What follows"),
)


@asks(Verb.MANAGE, "assurance.cycle")
def became(request: Request, draft: UUID) -> HttpResponse:
    """Each question with where it seems to come from: a proposal, to be confirmed or corrected."""
    found = open_draft(request, draft)
    before = own_frameworks.named(found.builds_on)
    try:
        after = publishing.looked_at(found)
    except FrameworkCannotWork:
        after = None
    if before is None or after is None:
        messages.error(request, "There is nothing to compare yet.")
        return back_to(found)
    rows = _rows(found, before, after)
    form = BecameForm(
        request.POST or None,
        items=[(key, after.numbers[key], item.text) for key, item in after.items.items()],
        earlier={key: (before.numbers[key], item.text) for key, item in before.items.items()},
        initial=_initial(rows, before),
    )
    if form.is_valid():
        try:
            found = publishing.set_mapping(actor=request.person, draft=found, came_from=form.came_from())
        except ToolRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kept. Now you can publish.")
            return redirect("assurance:own_tool_publish", found.id)
    lines = queries.became(before, after, rows)
    by_key = {row.item: line for row, line in zip(rows, lines, strict=True) if row.item}
    context = {
        "draft": found,
        "form": form,
        "before": before,
        "asked": [(form[f"from_{key}"], form[f"also_{key}"], by_key[key]) for key in form.keys],
        "dropped": [line for line in lines if not line.text],
        "confirmed": not publishing.unconfirmed(found, after),
        "counted": queries.kinds_counted(rows),
    }
    return render(request, "assurance/own_tools_became.html", context)


def _rows(found: FrameworkDraft, before: Framework, after: Framework) -> tuple[Mapped, ...]:
    """What was confirmed; for items that came since, and until then, what is proposed."""
    confirmed = rules.came_from(rules.from_json(found.mapping))
    guesses = rules.proposed(before, after)
    return rules.rebuilt(before, after, {**guesses, **confirmed})


def _initial(rows: tuple[Mapped, ...], before: Framework) -> dict[str, str]:
    initial: dict[str, str] = {}
    for row in rows:
        if row.item:
            initial[f"from_{row.item}"] = row.was[0] if row.was else ""
            initial[f"also_{row.item}"] = ", ".join(before.numbers[old] for old in row.was[1:])
    return initial


@asks(Verb.MANAGE, "assurance.cycle")
def publish(request: Request, draft: UUID) -> HttpResponse:
    """Publish, after saying what that means."""
    found = open_draft(request, draft)
    content = found.definition["framework"]
    if faults := drafts.faults_of(content):
        messages.error(request, f"Put right first: {faults[0].says}")
        return back_to(found, faults[0].about)
    after, before = publishing.looked_at(found), own_frameworks.named(found.builds_on)
    if publishing.unconfirmed(found, after):
        messages.error(request, "Say first what became of each question.")
        return redirect("assurance:own_tool_became", found.id)
    if request.method == "POST":
        try:
            made = publishing.publish(actor=request.person, draft=found, today=request.today)
        except ToolRefused as refused:
            messages.error(request, str(refused))
            return back_to(found)
        messages.success(request, "Published. You can ask it in a new cycle.")
        return redirect(url_of(made.key, made.version))
    counted = (
        queries.kinds_counted(rules.rebuilt(before, after, rules.came_from(rules.from_json(found.mapping))))
        if before
        else []
    )
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Publish “{after.title}”, version {after.version}?",
            "consequences": [
                f"{len(after.items)} questions under {len(after.standards)} headings, on the scale"
                f" “{after.scale.title}”. {after.compliant.label}",
                *([f"Since the earlier version: {_in_words(counted)}."] if counted else []),
                "New cycles of your board can ask it. No other board is offered it.",
                "This version cannot be changed any more. To change a word, publish a next version.",
            ],
            "confirm_label": "Publish",
            "cancel_url": reverse("assurance:own_tool_draft", args=[found.id]),
        },
    )


def _in_words(counted: list[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {label.lower()}" for label, number in counted)


@asks(Verb.MANAGE, "assurance.cycle")
def changes(request: Request, key: str, version: int) -> HttpResponse:
    """What became of each question since the version this one was built on; to read and to download."""
    after, row = the_tool(request, key, version)
    before = own_frameworks.named(row.builds_on) if row else None
    if before is None:
        reading.missing(request, own_frameworks.name_of(after))
    rows = mapping(before, after)
    page = ListPage(
        request.GET, rows=queries.became(before, after, rows), columns=COLUMNS, per_page=400,
        caption="What became of each question", empty="No question.",
    )  # fmt: skip
    if page.wants_export:
        reading.listed(request, operations.TOOL, [row.id] if row else [], verb="access.downloaded")
        return page.export(request, f"Changes to {after.title} version {after.version}", marking="OFFICIAL")
    context = {
        "page": page,
        "before": before,
        "after": after,
        "counted": queries.kinds_counted(rows),
        "back": url_of(key, version),
    }
    return render(request, "assurance/own_tools_changes.html", context)


@asks(Verb.MANAGE, "assurance.cycle")
def discard(request: Request, draft: UUID) -> HttpResponse:
    """Put a draft aside."""
    found = open_draft(request, draft)
    if request.method == "POST":
        operations.discard(actor=request.person, draft=found, today=request.today)
        messages.success(request, f"The draft “{found.title}” is discarded.")
        return redirect("assurance:own_tools")
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Discard the draft “{found.title}”?",
            "consequences": [
                "It is no longer listed, and nobody can publish it.",
                "Published tools stay as they are.",
            ],
            "confirm_label": "Discard the draft",
            "danger": True,
            "cancel_url": reverse("assurance:own_tool_draft", args=[found.id]),
        },
    )

"""Editing a draft: headings and questions, in order, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
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
from wholestory.assurance.forms.own_tools import AboutForm, level_value
from wholestory.assurance.forms.own_tools_parts import HeadingForm, QuestionForm, question_initial
from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations.own_tools_sources import Json, ToolRefused
from wholestory.assurance.rules import own_tools_draft as rules
from wholestory.assurance.rules.scales import scale_called
from wholestory.assurance.views.own_tools import the_draft
from wholestory.govuk import forms

ABOUT = ("title", "edition", "scale", "compliant_from", "commentary_required", "usual_titles", "signatures")


def open_draft(request: Request, draft: UUID) -> FrameworkDraft:
    """A draft that can still be changed; a finished one is like a missing one."""
    found = the_draft(request, draft)
    if found.published_on:
        reading.missing(request, str(draft))
    return found


def back_to(draft: FrameworkDraft, part: str = "") -> HttpResponse:
    """The draft's page, at the part that was changed."""
    where = reverse("assurance:own_tool_draft", args=[draft.id])
    return redirect(f"{where}#part-{part}" if part else where)


@asks(Verb.MANAGE, "assurance.cycle")
def draft(request: Request, draft: UUID) -> HttpResponse:
    """The whole draft, with each fault beside what it concerns."""
    found = open_draft(request, draft)
    content: Json = found.definition["framework"]
    faults: dict[str, list[str]] = {}
    every = rules.faults_of(content)
    for each in every:
        faults.setdefault(each.about, []).append(each.says)
    scale = scale_called(content["scale"])
    return render(
        request,
        "assurance/own_tools_draft.html",
        {
            "draft": found,
            "content": content,
            "scale": scale,
            "level": scale.point(content["compliant_from"]).label if content.get("compliant_from") else "",
            "standards": _ends([_shown(n, std, faults) for n, std in enumerate(content["standards"], 1)]),
            "about_all": faults.get("", []),
            "faults": len(every),
            "number_of_items": sum(len(std["items"]) for std in content["standards"]),
            "before": own_frameworks.named(found.builds_on),
            "source": found.definition.get("source", {}),
        },
    )


def _shown(n: int, std: Json, faults: dict[str, list[str]]) -> Json:
    items = [
        {**item, "number": f"{n}.{m}", "faults": faults.get(item["key"], [])}
        for m, item in enumerate(std["items"], 1)
    ]
    return {**std, "number": n, "faults": faults.get(std["key"], []), "lines": items}


def _ends(standards: list[Json]) -> list[Json]:
    """Mark the very first and the very last question: they cannot go further."""
    lines = [line for std in standards for line in std["lines"]]
    if lines and lines[0] in standards[0]["lines"]:
        lines[0]["is_first"] = True
    if lines and lines[-1] in standards[-1]["lines"]:
        lines[-1]["is_last"] = True
    return standards


def _save(
    request: Request,
    found: FrameworkDraft,
    form: forms.Form,
    how: Callable[[Json], Json],
    part: Callable[[Json], object] | None = None,
) -> bool:
    """Save, or say beside the form why not; what was typed stays."""
    try:
        operations.change(
            actor=request.person, draft=found, how=how, seen=request.POST.get("seen", ""), part=part
        )
    except ToolRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _stands(found: FrameworkDraft, part: Callable[[Json], object]) -> Json:
    """A part as it stands now, by what its fields are called, for whoever was overtaken."""
    fresh = FrameworkDraft.objects.get(pk=found.pk)
    try:
        now = part(fresh.definition["framework"])
    except rules.NoSuchPart:
        return {}
    named = {"title": "Title", "intro": "Sentence", "text": "Question", "guidance": "Guidance"}
    held = now if isinstance(now, dict) else {}
    return {words: held[name] for name, words in named.items() if held.get(name)}


def _page(
    request: Request, found: FrameworkDraft, form: forms.Form, heading: str, **more: Any
) -> HttpResponse:
    picked = more.pop("picked", None)
    overtaken = picked is not None and form.is_bound and bool(form.non_field_errors())
    context = {"draft": found, "form": form, "heading": heading, **more}
    context["stands"] = _stands(found, picked) if overtaken else {}
    context["seen"] = _seen(found, picked) if picked is not None else ""
    return render(request, "assurance/own_tools_part.html", context)


@asks(Verb.MANAGE, "assurance.cycle")
def about(request: Request, draft: UUID) -> HttpResponse:
    """Title, guidance, scale."""
    found = open_draft(request, draft)

    def part(content: Json) -> object:
        return {name: content.get(name) for name in ABOUT}

    content = found.definition["framework"]
    initial = {
        **{name: content.get(name) for name in ABOUT},
        "compliant_from": level_value(content["scale"], content.get("compliant_from", "")),
        "usual_titles": bool(content.get("usual_titles")),
        "signatures": "\n".join(content.get("signatures", [])),
    }
    form = AboutForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ABOUT}
        if _save(request, found, form, lambda now: rules.with_about(now, values), part):
            messages.success(request, "Saved.")
            return back_to(found)
    return _page(request, found, form, "About this tool", picked=part)


def _seen(found: FrameworkDraft, part: Callable[[Json], object]) -> str:
    fresh = FrameworkDraft.objects.get(pk=found.pk)
    try:
        return operations.seen_as(part(fresh.definition["framework"]))
    except rules.NoSuchPart:
        return ""


@asks(Verb.MANAGE, "assurance.cycle")
def heading(request: Request, draft: UUID, part: str = "") -> HttpResponse:
    """Word a heading anew, or add one."""
    found = open_draft(request, draft)

    def picked(content: Json) -> Json:
        std = rules.standard_of(content, part)
        return {name: std.get(name, "") for name in ("title", "intro")}

    form = HeadingForm(request.POST or None, initial=_initial(request, found, picked) if part else {})
    if form.is_valid():
        values = {"title": form.cleaned_data["title"].strip(), "intro": form.cleaned_data["intro"].strip()}
        saved = _save(
            request, found, form, lambda now: rules.with_standard(now, part, values), picked if part else None
        )
        if saved:
            messages.success(
                request, "Saved." if part else "The heading is added. Now add questions under it."
            )
            return back_to(found, part)
    return _page(
        request, found, form, "Change a heading" if part else "Add a heading", part=part,
        picked=picked if part else None,
    )  # fmt: skip


def _initial(request: Request, found: FrameworkDraft, picked: Callable[[Json], Json]) -> Json:
    try:
        return picked(found.definition["framework"])
    except rules.NoSuchPart:
        reading.missing(request, str(found.id))


@asks(Verb.MANAGE, "assurance.cycle")
def question(request: Request, draft: UUID, part: str = "") -> HttpResponse:
    """Word a question anew, with its guidance, points and place; or add one."""
    found = open_draft(request, draft)
    content: Json = found.definition["framework"]
    headings = [(std["key"], f"{n} {std['title']}") for n, std in enumerate(content["standards"], 1)]
    if not headings:
        messages.error(request, "Add a heading first: every question stands under one.")
        return redirect("assurance:own_tool_heading_new", found.id)

    def picked(now: Json) -> object:
        return rules.item_of(now, part)[1]

    initial: Json = {"standard": request.GET.get("under", headings[-1][0])}
    if part:
        try:
            std, item = rules.item_of(content, part)
        except rules.NoSuchPart:
            reading.missing(request, part)
        initial = question_initial(item, std["key"], content["scale"])
    form = QuestionForm(request.POST or None, scale=content["scale"], headings=headings, initial=initial)
    if form.is_valid():
        under = form.cleaned_data["standard"]
        values = form.values()
        if _save(
            request,
            found,
            form,
            lambda now: rules.with_item(now, part, values, under),
            picked if part else None,
        ):
            if request.POST.get("then") == "another":
                messages.success(request, "The question is added.")
                there = reverse("assurance:own_tool_question_new", args=[found.id])
                return redirect(f"{there}?under={under}")
            messages.success(request, "Saved.")
            return back_to(found, part)
    return _page(
        request, found, form, "Change a question" if part else "Add a question", part=part, adds=not part,
        picked=picked if part else None,
    )  # fmt: skip


@asks(Verb.MANAGE, "assurance.cycle")
def move(request: Request, draft: UUID, part: str) -> HttpResponse:
    """One place up or down."""
    found = open_draft(request, draft)
    if request.method == "POST":
        by = -1 if request.POST.get("by") == "up" else 1
        try:
            operations.change(actor=request.person, draft=found, how=lambda now: rules.moved(now, part, by))
        except ToolRefused as refused:
            messages.error(request, str(refused))
    return back_to(found, part)


@asks(Verb.MANAGE, "assurance.cycle")
def remove(request: Request, draft: UUID, part: str) -> HttpResponse:
    """Take a question or a heading out, after saying what goes with it."""
    found = open_draft(request, draft)
    content: Json = found.definition["framework"]
    what, consequences = _what(request, content, part)
    if request.method == "POST":
        try:
            operations.change(actor=request.person, draft=found, how=lambda now: rules.without(now, part))
        except ToolRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Removed.")
        return back_to(found)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Remove “{what}”?",
            "consequences": consequences,
            "confirm_label": "Remove",
            "danger": True,
            "cancel_url": reverse("assurance:own_tool_draft", args=[found.id]),
        },
    )


def _what(request: Request, content: Json, part: str) -> tuple[str, list[str]]:
    try:
        std = rules.standard_of(content, part)
    except rules.NoSuchPart:
        try:
            return str(rules.item_of(content, part)[1]["text"]), [
                "The question goes, with its guidance and points."
            ]
        except rules.NoSuchPart:
            reading.missing(request, part)
    number = len(std["items"])
    return str(std["title"]), [
        f"The heading goes, and the {number} question{'' if number == 1 else 's'} under it."
    ]

"""A tool as the agencies will see it: published ones, and drafts with what is still missing said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.operations import own_tools_publishing as publishing
from wholestory.assurance.rules import own_tools_draft as rules
from wholestory.assurance.views.own_tools import the_draft, the_tool, url_of
from wholestory.paperwork import showing
from wholestory.paperwork.form import Form
from wholestory.paperwork.printing import Leaf, as_pdf


@asks(Verb.MANAGE, "assurance.cycle")
def printed(request: Request, key: str, version: int) -> HttpResponse:
    """A published tool as agencies see it, on paper."""
    framework, _ = the_tool(request, key, version)
    leaf = leaf_of(request, form_of(framework.key, framework.version), framework, "Published")
    if request.GET.get("download") == "pdf":
        return pdf_of(leaf)
    return as_leaf(request, leaf, url_of(key, version), "Back to the tool")


def leaf_of(request: Request, form: Form, framework: Framework, status: str) -> Leaf:
    """The empty form of a tool, to be read or printed."""
    return Leaf(
        title=framework.title, about="", intro=form.intro,
        reference=f"Version {framework.version}", version=framework.version, marking="Blank form",
        made_by=", ".join(str(each) for each in (request.person, request.seat) if each),
        made_at=timezone.localtime(timezone.now()), status=status, content_hash="",
        is_example=request.board.is_example, board=request.board.name, is_blank=True,
        pages=showing.blank_pages(form),
    )  # fmt: skip


def as_leaf(request: Request, leaf: Leaf, back_url: str, back_text: str, note: str = "") -> HttpResponse:
    """The form on a page, with the way back."""
    context = {"leaf": leaf, "back_url": back_url, "back_text": back_text, "note": note}
    return render(request, "assurance/own_tools_preview.html", context)


def pdf_of(leaf: Leaf) -> HttpResponse:
    """The form as an accessible PDF."""
    answer = HttpResponse(as_pdf(leaf), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="audit-tool-blank.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@asks(Verb.MANAGE, "assurance.cycle")
def preview(request: Request, draft: UUID) -> HttpResponse:
    """A draft as agencies would see it, with what is still at fault filled in and said."""
    found = the_draft(request, draft)
    try:
        framework = publishing.looked_at(found)
        form = as_form(framework)
    except FrameworkCannotWork:
        return redirect("assurance:own_tool_draft", found.id)
    leaf = leaf_of(request, form, framework, "Draft")
    if request.GET.get("download") == "pdf":
        return pdf_of(leaf)
    faults = rules.faults_of(found.definition["framework"])
    note = (
        f"{len(faults)} thing{'' if len(faults) == 1 else 's'} to put right before this can be published."
        if faults
        else ""
    )
    back = reverse("assurance:own_tool_draft", args=[found.id])
    return as_leaf(request, leaf, back, "Back to the draft", note)

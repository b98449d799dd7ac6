"""Adding, describing, replacing and removing files and links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from wholestory.access import Verb, reading
from wholestory.access.asking import NotForYou, require
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.documents import forms, gates, operations, queries, shelf
from wholestory.documents.models import EvidenceLink, Marking, RemovedBecause, StoredFile
from wholestory.documents.rules.content import NotTaken
from wholestory.documents.rules.links import caution
from wholestory.records.models import Record

KIND = StoredFile.record_kind


@asks(Verb.READ, KIND)
def add(request: Request, reference: str) -> HttpResponse:
    """Add files to a record. Those that hold are kept even when another of them is refused."""
    record = _to_write(request, reference)
    form = forms.AddFiles(*sent(request))
    forms.limit_dates(form, request.today)
    kept: list[StoredFile] = []
    if request.method == "POST" and form.is_valid():
        for upload in form.cleaned_data["uploads"]:
            try:
                kept.append(
                    operations.keep(
                        actor=request.person,
                        about=record,
                        upload=upload,
                        today=request.today,
                        now=timezone.now(),
                        described=form.described(),
                        not_about_a_child=form.why,
                    )
                )
            except operations.LooksLikeAChild as looks:
                form.ask_why(looks, field="uploads")
            except NotTaken as refused:
                form.add_error("uploads", str(refused))
            except shelf.Unreachable as away:
                form.add_error("uploads", str(away))
        for file in kept:
            messages.success(request, f"“{file.name}” was added.")
        if kept and not form.errors:
            return redirect(_back(request) or reverse("documents:about", args=[kept[-1].record.reference]))
    return render(request, "documents/add.html", {"form": form, "record": record, "back": _back(request)})


@asks(Verb.READ, KIND)
def link(request: Request, reference: str) -> HttpResponse:
    """Add a link to a record."""
    record = _to_write(request, reference)
    form = forms.AddLink(posted(request))
    if request.method == "POST" and form.is_valid():
        with _sentence_on(form, "label"):
            added = operations.add_link(
                actor=request.person, about=record, today=request.today, url=form.cleaned_data["url"],
                label=form.cleaned_data["label"],
            )  # fmt: skip
            messages.success(request, f"The link “{added.label}” was added. {caution(added.url)}".strip())
            return redirect(_back(request) or reverse("documents:link", args=[record.reference]))
    return render(
        request,
        "documents/link.html",
        {"form": form, "record": record, "back": _back(request), "links": queries.evidence(record).links},
    )


@asks(Verb.READ, KIND)
def remove_link(request: Request, reference: str, link_id: UUID) -> HttpResponse:
    """Take a link away."""
    record = _to_write(request, reference)
    found = (
        EvidenceLink.objects.select_related("about").filter(pk=link_id, about=record, removed_at=None).first()
    )
    if found is None:
        raise Http404
    if request.method == "POST":
        operations.remove_link(actor=request.person, link=found, now=timezone.now())
        messages.success(request, f"The link “{found.label}” was removed.")
        return redirect(_back(request) or reverse("documents:link", args=[record.reference]))
    context = {
        "question": f"Remove the link “{found.label}”?",
        "consequences": ["It is no longer shown as evidence", "Who added and who removed it stays on record"],
        "confirm_label": "Remove the link",
        "cancel_url": _back(request) or reverse("documents:link", args=[record.reference]),
    }
    return render(request, "govuk/confirm.html", context)


@asks(Verb.READ, KIND)
def describe(request: Request, reference: str) -> HttpResponse:
    """Change what is said about a file."""
    file = _file_to_write(request, reference)
    said = {"marking": file.marking, "document_on": file.document_on, "review_on": file.review_on}
    form = forms.Describe(posted(request), initial=said)
    forms.limit_dates(form, request.today)
    if request.method == "POST" and form.is_valid():
        described = operations.Description(
            Marking(form.cleaned_data["marking"]), form.cleaned_data["document_on"], form.cleaned_data["review_on"],
            file.owner,
        )  # fmt: skip
        with _sentence_on(form):
            operations.describe(actor=request.person, file=file, described=described)
            messages.success(request, "Your change was saved.")
            return redirect("documents:about", reference=file.record.reference)
    return render(request, "documents/describe.html", {"form": form, "file": queries.line(file)})


@asks(Verb.READ, KIND)
def new_version(request: Request, reference: str) -> HttpResponse:
    """A later file in place of this one."""
    file = _file_to_write(request, reference)
    form = forms.AddVersion(*sent(request), initial={"marking": file.marking})
    forms.limit_dates(form, request.today)
    if request.method == "POST" and form.is_valid():
        with _sentence_on(form, "file"):
            added = operations.keep(
                actor=request.person, about=file.about, upload=form.cleaned_data["file"], today=request.today,
                now=timezone.now(), described=form.described(), instead_of=file, not_about_a_child=form.why,
            )  # fmt: skip
            messages.success(request, f"Version {added.version} was added.")
            return redirect("documents:about", reference=added.record.reference)
    return render(request, "documents/new_version.html", {"form": form, "file": queries.line(file)})


@asks(Verb.READ, KIND)
def remove(request: Request, reference: str) -> HttpResponse:
    """Take a file's content away for good."""
    file = _file_to_write(request, reference)
    form = forms.Remove(posted(request))
    if request.method == "POST" and form.is_valid():
        with _sentence_on(form):
            operations.remove(
                actor=request.person,
                file=file,
                because=RemovedBecause(form.cleaned_data["because"]),
                now=timezone.now(),
            )
            messages.success(request, f"“{file.name}” was removed.")
            return redirect("documents:about", reference=file.record.reference)
    context = {
        "question": f"Remove “{file.name}”?",
        "consequences": [
            "Its content is deleted and cannot be brought back",
            "Where it is shown with another record too, it stays there",
            "Its name, who added it and who removed it, when and why, stay on record",
            "Where it says more about somebody than it should, its name goes too",
        ],
        "form": form,
        "danger": True,
        "confirm_label": "Remove the file",
        "cancel_url": reverse("documents:about", args=[file.record.reference]),
    }
    return render(request, "govuk/confirm.html", context)


def posted(request: Request) -> Any:
    """What was sent, for a form; None when nothing was."""
    return request.POST if request.method == "POST" else None


def sent(request: Request) -> tuple[Any, Any]:
    """The same with the files that came along."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@contextmanager
def _sentence_on(
    form: forms.AddVersion | forms.Describe | forms.Remove | forms.AddLink, field: str | None = None
) -> Iterator[None]:
    """What was refused becomes an error on the form, beside its field where it has one."""
    try:
        yield
    except operations.LooksLikeAChild as looks:
        if isinstance(form, forms.WithReason):
            form.ask_why(looks, field=field or "")
    except (NotTaken, operations.NotNow) as refused:
        form.add_error(field, str(refused))
    except shelf.Unreachable as away:
        form.add_error(field, str(away))


def _to_write(request: Request, reference: str) -> Record:
    """The record files are added to, by those who may write to it; anyone else finds nothing."""
    record = reading.one(request, Record.objects.select_related("board"), reference=reference)
    _or_not_found(request, record)
    return record


def _file_to_write(request: Request, reference: str) -> StoredFile:
    file = reading.one(request, queries.files(), reference=reference)
    _or_not_found(request, file.about)
    return file


def _or_not_found(request: Request, record: Record) -> None:
    try:
        require(request.person, Verb.WRITE, record)
    except NotForYou as refused:
        raise Http404 from refused
    gates.must_have_come_in(request, record)
    try:
        gates.must_be_open(record)
    except gates.Closed as closed:
        raise PermissionDenied(str(closed)) from closed


def _back(request: Request) -> str:
    """Where the person came from, when it is a page of ours."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""

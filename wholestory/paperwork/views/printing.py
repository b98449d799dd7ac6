"""The form on paper and as a PDF, filled in or blank."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.paperwork import showing
from wholestory.paperwork.aside import under_lines
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.printing import Leaf, as_pdf
from wholestory.paperwork.views.opening import Opened, opened, permitted


def _to_take_away(filling: Filling, request: Request, reference: str) -> Opened:
    """Open the form for somebody who may take a copy, blank ones included: they carry the agency's name."""
    form = opened(filling, request, reference)
    reading.must_leave(request, form.around.form_set.record)
    return form


def printed(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The filled-in form, black on white."""
    form = _to_take_away(filling, request, reference)
    return _print(form, _filled(form), is_blank=False)


def printed_blank(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The empty form, with room to write."""
    form = _to_take_away(filling, request, reference)
    return _print(form, showing.blank_pages(form.filled.form), is_blank=True)


def pdf(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The filled-in form as an accessible PDF; for those who may take it out of the system."""
    form = _to_take_away(filling, request, reference)
    with permitted():
        asking.require(request.person, Verb.EXPORT, form.around.form_set.record)
    ledger.line("paperwork.made_pdf", form.around.form_set.record, writes=False)
    return _pdf(form, _filled(form), is_blank=False)


def blank_pdf(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The empty form as an accessible PDF."""
    form = _to_take_away(filling, request, reference)
    return _pdf(form, showing.blank_pages(form.filled.form), is_blank=True)


def _filled(form: Opened) -> tuple[showing.ShownPage, ...]:
    """The answers, with what the room keeps beside each line."""
    return under_lines(showing.filled_pages(form.filled.sheet, form.since), form.around.aside)


def _leaf(form: Opened, pages: tuple[showing.ShownPage, ...], *, is_blank: bool) -> Leaf:
    board = form.around.form_set.record.board
    return Leaf(
        title=form.around.title,
        about=form.around.about,
        intro=form.filled.form.intro,
        reference=form.reference,
        version=form.filled.form.version,
        marking=form.around.marking,
        made_by=", ".join(str(each) for each in (form.request.person, form.request.seat) if each),
        made_at=timezone.localtime(form.now),
        status=str(form.around.form_set.get_status_display()),
        content_hash=form.around.form_set.content_hash,
        is_example=board.is_example,
        board=board.name,
        is_blank=is_blank,
        pages=pages,
        since="" if is_blank else form.since.counted(form.filled.sheet).in_words(),
    )


def _print(form: Opened, pages: tuple[showing.ShownPage, ...], *, is_blank: bool) -> HttpResponse:
    context = form.context(
        leaf=_leaf(form, pages, is_blank=is_blank), page_url=form.url("blank" if is_blank else "print")
    )
    return render(form.request, "paperwork/print.html", context)


def _pdf(form: Opened, pages: tuple[showing.ShownPage, ...], *, is_blank: bool) -> HttpResponse:
    leaf = _leaf(form, pages, is_blank=is_blank)
    parts = (
        "example" if leaf.is_example else "",
        slugify(leaf.title) or "form",
        "blank" if is_blank else leaf.reference,
    )
    name = "-".join(part for part in parts if part)
    answer = HttpResponse(as_pdf(leaf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer

"""The form as a Word or Excel copy to fill in away from here, with its answers or blank."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.downloads import FORMATS
from wholestory.paperwork.copies import excel, rows, word
from wholestory.paperwork.copies.queries import earlier_answers
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.printing import Leaf
from wholestory.paperwork.views.opening import Opened, opened, permitted

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Writer = Callable[[rows.Copy, Leaf], bytes]


def word_copy(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The form with its answers, as a Word document; for those who may take it out of the system."""
    return _filled(filling, request, reference, word.as_docx, "docx")


def excel_copy(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The form with its answers, as an Excel workbook; for those who may take it out of the system."""
    return _filled(filling, request, reference, excel.as_xlsx, "xlsx")


def blank_word(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The empty form as a Word document."""
    return _blank(filling, request, reference, word.as_docx, "docx")


def blank_excel(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The empty form as an Excel workbook."""
    return _blank(filling, request, reference, excel.as_xlsx, "xlsx")


def _filled(filling: Filling, request: Request, reference: str, write: Writer, ending: str) -> HttpResponse:
    form = opened(filling, request, reference)
    record = form.around.form_set.record
    reading.must_leave(request, record)
    with permitted():
        asking.require(request.person, Verb.EXPORT, record)
    ledger.line("paperwork.made_copy", record, reason=ending, writes=False)
    return _sent(form, write, ending, is_blank=False)


def _blank(filling: Filling, request: Request, reference: str, write: Writer, ending: str) -> HttpResponse:
    form = opened(filling, request, reference)
    record = form.around.form_set.record
    # A blank copy carries the agency's name, so it is read like the form itself.
    reading.must_leave(request, record)
    ledger.line("paperwork.made_blank_copy", record, reason=ending, writes=False)
    return _sent(form, write, ending, is_blank=True)


def _sent(form: Opened, write: Writer, ending: str, *, is_blank: bool) -> HttpResponse:
    around, filled = form.around, form.filled
    copy = rows.copy_of(
        filled.sheet,
        {place: standing.revision for place, standing in filled.standing.items()},
        seal=around.form_set.form_version.seal,
        reference=form.reference,
        is_blank=is_blank,
        may_write=lambda page: bool(around.may_load_for) or around.may_write_page(page),
        earlier=() if is_blank else earlier_answers(filled),
        aside=None if is_blank else around.aside,
    )
    leaf = _leaf(form, is_blank=is_blank)
    parts = ("example" if leaf.is_example else "", slugify(leaf.title) or "form", form.reference)
    name = "-".join(part for part in (*parts, "blank" if is_blank else "") if part)
    answer = HttpResponse(write(copy, leaf), content_type=FORMATS.get(ending, WORD_TYPE))
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _leaf(form: Opened, *, is_blank: bool) -> Leaf:
    around, board = form.around, form.around.form_set.record.board
    return Leaf(
        title=around.title,
        about=around.about,
        intro=form.filled.form.intro,
        reference=form.reference,
        version=form.filled.form.version,
        marking=around.marking,
        made_by=", ".join(str(each) for each in (form.request.person, form.request.seat) if each),
        made_at=timezone.localtime(form.now),
        status=str(around.form_set.get_status_display()),
        content_hash=around.form_set.content_hash,
        is_example=board.is_example,
        board=board.name,
        is_blank=is_blank,
        pages=(),
    )

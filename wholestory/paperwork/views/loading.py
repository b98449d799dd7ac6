"""Loading a filled copy back: the file is checked first, every cell is shown, and only then is anything changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import forms
from wholestory.paperwork import operations, queries, uploads
from wholestory.paperwork.copies import loading
from wholestory.paperwork.copies.found import Compared, Stands
from wholestory.paperwork.copies.reading import Copied, NotACopy, read
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.models import CopyLoad, Status
from wholestory.paperwork.operations import NotOpen
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.naming import PersonQ
from wholestory.paperwork.views.opening import Opened, clock, opened, permitted

COPIES = ("xlsx", "docx")
SIGN_OFFS = ("pdf", "docx", "png", "jpg", "jpeg", "txt")
NOT_YOURS = "You can read this form, and somebody else answers it. Send your copy to them."


class LoadForm(forms.Form):
    """A filled copy; from the board's team also the agency's sign-off."""

    copy = forms.FileField(
        label="The filled copy",
        accept=".xlsx,.docx",
        hint="The Word or Excel file you downloaded from this form",
    )
    sign_off = forms.FileField(
        label="What the agency sent with it",
        accept=",".join(f".{end}" for end in SIGN_OFFS),
        hint="The e-mail, saved as a PDF or text, or the signed page as a PDF or picture. It is kept with the copy.",
    )


class Why(forms.LongTextField):
    """Asked once a file looks like a record about a child."""

    def __init__(self) -> None:
        super().__init__(
            label="If it is not about a child: why not?",
            hint="Choose the file again above, and say it here in a sentence. It is kept with the file.",
            required=False,
            rows=2,
            max_length=500,
        )


def load(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """Choose a file to load; what it would change is shown next."""
    form = opened(filling, request, reference)
    if why := why_not(form):
        context = form.context(why=why, on_behalf="", form=None)
        return render(
            request, "paperwork/load.html", context, status=409 if request.method == "POST" else 200
        )
    on_behalf = _on_behalf(form)
    asked = LoadForm(request.POST or None, request.FILES or None) if request.method == "POST" else LoadForm()
    if not on_behalf:
        del asked.fields["sign_off"]
    if request.method == "POST" and asked.is_valid():
        made = _take(form, asked, on_behalf=bool(on_behalf))
        if made is not None:
            return redirect(form.url("load_check", load=str(made.pk)))
    context = form.context(form=asked, on_behalf=on_behalf, why="")
    return render(request, "paperwork/load.html", context)


def _on_behalf(form: Opened) -> str:
    """The agency this person loads for; empty for somebody who answers the form themselves."""
    return "" if form.around.may_write else form.around.may_load_for


def why_not(form: Opened) -> str:
    """Why nothing can be loaded now, and what to do next. Raises PermissionDenied for who only reads."""
    around, form_set = form.around, form.around.form_set
    if form_set.status == Status.SUBMITTED:
        by = form_set.submitted_by.full_name if form_set.submitted_by else "Somebody"
        at = f" ({clock(form_set.submitted_at)})" if form_set.submitted_at else ""
        return (
            f"{by} {around.sent_words} this form{at}, so no copy can be loaded into it. It has to be opened again"
            " first: ask whoever signs for it, or the board’s team. Keep your file until then."
        )
    if around.closed_because:
        return f"{around.closed_because} Keep your file, and ask the board’s team whether it still needs your answers."
    if form_set.status != Status.DRAFT:
        return "This form is closed, so no copy can be loaded into it. Ask the board’s team what to do with your file."
    if not (around.may_write or around.may_load_for):
        raise PermissionDenied(NOT_YOURS)
    return ""


def _keep(
    form: Opened, key: str, sent: UploadedFile, accepts: tuple[str, ...], *, verb: Verb
) -> uploads.Card:
    sent.seek(0)
    why = form.request.POST.get("why", "").strip()
    return uploads.uploader().keep(
        actor=form.request.person,
        form_set=form.around.form_set,
        key=key,
        sent=sent,
        accepts=accepts,
        today=form.request.today,
        verb=verb,
        why=why,
    )


def _take(form: Opened, asked: LoadForm, *, on_behalf: bool) -> CopyLoad | None:
    """Read the file, keep it, and note what it says. None, with the reason at its field, when it is not taken."""
    copy: UploadedFile = asked.cleaned_data["copy"]
    sign_off: UploadedFile | None = asked.cleaned_data.get("sign_off")
    field = "copy"
    keep = partial(_keep, form, verb=Verb.MANAGE if on_behalf else Verb.WRITE)
    try:
        keeper = uploads.uploader()
        keeper.check(copy, COPIES)
        copied = read(str(copy.name), copy)
        compared = compared_with(form, form.filled, copied, on_behalf=on_behalf)
        if sign_off is not None:
            field = "sign_off"
            keeper.check(sign_off, SIGN_OFFS)
        with permitted():
            field = "copy"
            copy.seek(0)
            digest = hashlib.sha256(copy.read()).hexdigest()
            kept = keep("copy", copy, COPIES)
            signed = None
            if sign_off is not None:
                field = "sign_off"
                signed = keep("sign_off", sign_off, SIGN_OFFS)
            return operations.record_load(
                actor=form.request.person, set_id=form.around.form_set.id, copied=copied, file_reference=kept.ref,
                file_name=kept.name, sha256=digest, now=form.now, counts=compared.counts(), on_behalf=on_behalf,
                sign_off_reference=signed.ref if signed else "",
            )  # fmt: skip
    except (uploads.FileRefused, NotACopy, NotOpen) as refused:
        asked.add_error(field, str(refused))
        if isinstance(refused, uploads.FileRefused) and refused.may_say_why:
            asked.fields["why"] = Why()
    except uploads.NoUploader:
        asked.add_error("copy", "Files cannot be added here yet")
    return None


def compared_with(form: Opened, filled: queries.Filled, copied: Copied, *, on_behalf: bool) -> Compared:
    """A copy against the answers as they stand: one query at most. Raises NotACopy for a copy of another form."""
    around = form.around
    offers = form.filling.offers(form.request, around.form_set)

    def names(question: Question) -> list[tuple[str, str]]:
        return list((offers.people if isinstance(question, PersonQ) else offers.agencies)(question))

    stands = Stands(
        filled.sheet,
        {place: standing.revision for place, standing in filled.standing.items()},
        around.form_set.form_version.seal,
        form.reference,
        may_write=(lambda page: True) if on_behalf else around.may_write_page,
        names=names,
    )
    needed = loading.wanted(copied.marks, copied.cells, stands)
    began = queries.as_they_began(around.form_set, needed)
    return loading.compare(copied.marks, copied.cells, replace(stands, began=began))

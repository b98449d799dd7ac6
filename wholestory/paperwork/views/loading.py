"""Loading a filled copy back: the file is checked first, every cell is shown, and only then is anything changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import forms
from wholestory.paperwork import operations, queries, uploads
from wholestory.paperwork.copies import loading
from wholestory.paperwork.copies.loading import Compared, Found, Pick, Stands, What
from wholestory.paperwork.copies.reading import Copied, NotACopy, from_json, read
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import CopyLoad, LoadState, Status
from wholestory.paperwork.operations import CannotUndo, Chosen, NotChosen, NotOpen, Overtaken
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.naming import PersonQ
from wholestory.paperwork.views.opening import Opened, clock, opened, permitted

COPIES = ("xlsx", "docx")
SIGN_OFFS = ("pdf", "docx", "png", "jpg", "jpeg", "txt")
MOVED = (
    "Somebody changed an answer while you were looking at this page. What stands now is shown below:"
    " look at it once more."
)
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


@dataclass(frozen=True)
class _Said:
    """What was sent back from the check page: decisions, and what is wrong with them, by place."""

    chosen: dict[Place, Chosen]
    wrong: dict[Place, str]


def load(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """Choose a file to load; what it would change is shown next."""
    form = opened(filling, request, reference)
    if why := _why_not(form):
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


def _why_not(form: Opened) -> str:
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


def _take(form: Opened, asked: LoadForm, *, on_behalf: bool) -> CopyLoad | None:
    """Read the file, keep it, and note what it says. None, with the reason at its field, when it is not taken."""
    copy: UploadedFile = asked.cleaned_data["copy"]
    sign_off: UploadedFile | None = asked.cleaned_data.get("sign_off")
    field = "copy"
    verb = Verb.MANAGE if on_behalf else Verb.WRITE
    keeping = {"actor": form.request.person, "form_set": form.around.form_set, "today": form.request.today}
    try:
        keeper = uploads.uploader()
        keeper.check(copy, COPIES)
        copied = read(str(copy.name), copy)
        compared = _compared(form, form.filled, copied, on_behalf=on_behalf)
        if sign_off is not None:
            field = "sign_off"
            keeper.check(sign_off, SIGN_OFFS)
        with permitted():
            field = "copy"
            copy.seek(0)
            digest = hashlib.sha256(copy.read()).hexdigest()
            copy.seek(0)
            kept = keeper.keep(**keeping, key="copy", sent=copy, accepts=COPIES, verb=verb)
            signed = None
            if sign_off is not None:
                field = "sign_off"
                sign_off.seek(0)
                signed = keeper.keep(**keeping, key="sign_off", sent=sign_off, accepts=SIGN_OFFS, verb=verb)
            return operations.record_load(
                actor=form.request.person, set_id=form.around.form_set.id, copied=copied, file_reference=kept.ref,
                file_name=kept.name, sha256=digest, now=form.now, counts=compared.counts(), on_behalf=on_behalf,
                sign_off_reference=signed.ref if signed else "",
            )  # fmt: skip
    except (uploads.FileRefused, NotACopy, NotOpen) as refused:
        asked.add_error(field, str(refused))
    except uploads.NoUploader:
        asked.add_error("copy", "Files cannot be added here yet")
    return None


def load_check(filling: Filling, request: Request, reference: str, load: UUID) -> HttpResponse:
    """What a copy says, what stands now, and what will happen; then loading it, and taking it back."""
    form = opened(filling, request, reference)
    found = (
        CopyLoad.objects.select_related("loaded_by").filter(pk=load, answer_set=form.around.form_set).first()
    )
    if found is None:
        raise Http404
    if request.method == "POST":
        if not _may_change(form, found):
            raise PermissionDenied(_why_not(form) or NOT_YOURS)
        if request.POST.get("_do") == "undo":
            return _undo(form, found)
        return _apply(form, found)
    return _draw(form, found)


def _may_change(form: Opened, found: CopyLoad) -> bool:
    """Whether this person may load it, or take it back; what was loaded for an agency it may take back itself."""
    around = form.around
    if around.form_set.status != Status.DRAFT:
        return False
    if around.may_write:
        return not found.on_behalf or found.state == LoadState.APPLIED
    return found.on_behalf and bool(around.may_load_for)


def _compared(form: Opened, filled: queries.Filled, copied: Copied, *, on_behalf: bool) -> Compared:
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
    return loading.compare(copied.marks, copied.cells, Stands(**{**vars(stands), "began": began}))


def _draw(
    form: Opened, found: CopyLoad, said: _Said | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    request = form.request
    card = uploads.cards(ref for ref in (found.file_reference, found.sign_off_reference) if ref)
    context = form.context(
        load=found,
        loaded_at=clock(found.applied_at or found.loaded_at),
        file=card.get(found.file_reference),
        sign_off=card.get(found.sign_off_reference),
        may_change=_may_change(form, found),
        problem=problem,
        is_checked=found.state == LoadState.CHECKED,
        is_applied=found.state == LoadState.APPLIED,
        undone_at=clock(found.undone_at) if found.undone_at else "",
    )
    if found.state == LoadState.CHECKED:
        compared = _compared(form, form.filled, from_json(found.proposal), on_behalf=found.on_behalf)
        wrong = said.wrong if said else {}
        context |= {
            "compared": compared,
            "before": _loaded_before(found),
            "clashes": [_shown(one, request, wrong) for one in compared.of(What.CLASH)],
            "emptied": [_shown(one, request, wrong) for one in compared.of(What.EMPTIED)],
            "taken": compared.of(What.NEW, What.CHANGED),
            "refused": compared.of(What.REFUSED),
            "same": [one for one in compared.of(What.SAME) if one.place],
            "wrong": [(f"pick-{one.name}", f"{one.line}: {wrong[one.place]}")
                      for one in compared.found if one.place and one.place in wrong],
        }  # fmt: skip
    return render(request, "paperwork/load_check.html", context, status=status)


def _loaded_before(found: CopyLoad) -> str:
    """When the very same file was loaded already; empty when it was not."""
    same = CopyLoad.objects.filter(
        answer_set=found.answer_set_id, sha256=found.sha256, state=LoadState.APPLIED
    ).first()
    return clock(same.applied_at) if same and same.applied_at else ""


@dataclass(frozen=True)
class _Shown:
    """A cell somebody decides about, with what they decided so far."""

    found: Found
    pick: str
    text: str
    wrong: str


def _shown(one: Found, request: Request, wrong: dict[Place, str]) -> _Shown:
    posted = request.POST
    text = posted.get(f"text-{one.name}") or one.joined
    return _Shown(
        one, posted.get(f"pick-{one.name}", ""), text, wrong.get(one.place, "") if one.place else ""
    )


def _apply(form: Opened, found: CopyLoad) -> HttpResponse:
    copied = from_json(found.proposal)
    compared = _compared(form, form.filled, copied, on_behalf=found.on_behalf)
    said = _read(form, compared)
    if compared.other_record and "_belongs" not in form.request.POST:
        return _draw(form, found, said, "Tick that this copy belongs to this form, or choose another file")
    if said.wrong:
        return _draw(form, found, said)
    with permitted():
        try:
            many = operations.apply_load(
                actor=form.request.person, load=found, chosen=said.chosen, seen=form.request.POST.get("_seen", ""),
                compare=lambda filled: _compared(form, filled, copied, on_behalf=found.on_behalf), now=form.now,
            )  # fmt: skip
        except Overtaken:
            found.refresh_from_db()
            form.again()
            return _draw(form, found, None, MOVED, status=409)
        except NotChosen as undecided:
            wrong = dict.fromkeys(undecided.places, "choose what to keep")
            return _draw(form, found, _Said(said.chosen, wrong))
        except NotOpen as closed:
            return _draw(form, found, said, str(closed), status=409)
    if not found.on_behalf:
        form.around.after_load()
    words = "1 answer was loaded" if many == 1 else f"{many} answers were loaded"
    messages.success(
        form.request, f"{words}. Nothing else changed; what stood before is in each answer’s history."
    )
    return redirect(form.url("load_check", load=str(found.pk)))


def _read(form: Opened, compared: Compared) -> _Said:
    chosen: dict[Place, Chosen] = {}
    wrong: dict[Place, str] = {}
    for one in compared.of(What.CLASH, What.EMPTIED):
        if one.place is None:
            continue
        picked = form.request.POST.get(f"pick-{one.name}", "")
        if picked not in set(Pick):
            continue
        given = Given()
        if picked == Pick.TOGETHER:
            try:
                question = form.filled.form.question(one.place.key)
                given = Given(question.understand(form.request.POST.get(f"text-{one.name}", "")))
            except NotThat as reason:
                wrong[one.place] = str(reason)
            if given.is_blank:
                wrong.setdefault(one.place, "write the answer you want to keep")
        chosen[one.place] = Chosen(Pick(picked), given)
    return _Said(chosen, wrong)


def _undo(form: Opened, found: CopyLoad) -> HttpResponse:
    own = form.around.may_write
    with permitted():
        try:
            many = operations.undo_load(
                actor=form.request.person, load=found, now=form.now, pages=form.around.pages if own else None,
                on_behalf=not own,
            )  # fmt: skip
        except (CannotUndo, NotOpen) as refused:
            return _draw(form, found, None, str(refused), status=409)
    words = "1 answer is" if many == 1 else f"{many} answers are"
    messages.success(form.request, f"The load was taken back: {words} as before.")
    return redirect(form.url("load_check", load=str(found.pk)))

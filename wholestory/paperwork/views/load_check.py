"""A filled copy on its way in: every cell with what it says, what stands now and what will happen; then loading it,
and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.paperwork import operations, uploads
from wholestory.paperwork.copies.found import Compared, Found, Pick, What
from wholestory.paperwork.copies.queries import names_file
from wholestory.paperwork.copies.reading import from_json
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import CopyLoad, LoadState, Status
from wholestory.paperwork.operations import CannotUndo, Chosen, NotChosen, NotOpen, Overtaken
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.views.loading import NOT_YOURS, compared_with, why_not
from wholestory.paperwork.views.opening import Opened, clock, opened, permitted

MOVED = (
    "Somebody changed an answer while you were looking at this page. What stands now is shown below:"
    " look at it once more."
)


@dataclass(frozen=True)
class _Said:
    """What was sent back from the check page: decisions, and what is wrong with them, by place."""

    chosen: dict[Place, Chosen]
    wrong: dict[Place, str]


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
            raise PermissionDenied(why_not(form) or NOT_YOURS)
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


def _draw(
    form: Opened, found: CopyLoad, said: _Said | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    request = form.request
    card = uploads.cards(ref for ref in (found.file_reference, found.sign_off_reference) if ref)
    context = form.context(
        load=found,
        file_name=found.file_name if names_file(found, request.person, answers=form.answers) else "",
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
        compared = compared_with(form, form.filled, from_json(found.proposal), on_behalf=found.on_behalf)
        wrong = said.wrong if said else {}
        context |= {
            "compared": compared,
            "before": _loaded_before(found),
            "clashes": [_shown(one, request, wrong) for one in compared.of(What.CLASH)],
            "emptied": [_shown(one, request, wrong) for one in compared.of(What.EMPTIED)],
            "taken": compared.of(What.NEW, What.CHANGED),
            "refused": compared.of(What.REFUSED),
            "same": [one for one in compared.of(What.SAME) if one.place and not one.waits],
            "waiting": compared.waiting,
            "is_still_true": _says_still(form, compared),
            "wrong": [(f"pick-{one.name}", f"{one.line}: {wrong[one.place]}")
                      for one in compared.found if one.place and one.place in wrong],
        }  # fmt: skip
    return render(request, "paperwork/load_check.html", context, status=status)


def _says_still(form: Opened, compared: Compared) -> bool:
    """Whether the box that confirms what came from last time is ticked: as it was sent, or else as the copy says."""
    if form.request.method == "POST":
        return "_still_true" in form.request.POST
    return compared.says_still.casefold().rstrip(".") == "yes"


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
    compared = compared_with(form, form.filled, copied, on_behalf=found.on_behalf)
    said = _read(form, compared)
    if compared.other_record and "_belongs" not in form.request.POST:
        return _draw(form, found, said, "Tick that this copy belongs to this form, or choose another file")
    if said.wrong:
        return _draw(form, found, said)
    with permitted():
        try:
            many = operations.apply_load(
                actor=form.request.person, load=found, chosen=said.chosen, seen=form.request.POST.get("_seen", ""),
                compare=lambda filled: compared_with(form, filled, copied, on_behalf=found.on_behalf), now=form.now,
                still_true="_still_true" in form.request.POST,
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
    if "_still_true" in form.request.POST:
        found.refresh_from_db(fields=["counts"])
        words += f", and {found.counts['confirmed']} confirmed as still true"
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

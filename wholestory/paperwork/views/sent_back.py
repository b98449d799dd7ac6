"""Text that came too late is shown to whoever sent it, with the reason, the line it belongs to and a way to copy it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from wholestory.access.asking import NotForYou
from wholestory.access.requests import Request
from wholestory.paperwork import page_form, queries, showing
from wholestory.paperwork.faces import face_of
from wholestory.paperwork.faces.base import Posted, revision_name
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.form import Page
from wholestory.paperwork.given import BLANK, Place
from wholestory.paperwork.models import AnswerSet, Clash, Status
from wholestory.paperwork.operations import NotOpen, NotYourPage, Save
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.sheet import Sheet
from wholestory.paperwork.views.opening import Opened, clock

Refused = (NotOpen, NotYourPage, NotForYou)
"""What a save may be answered with, after which the text is shown again."""


@dataclass(frozen=True)
class SentBack:
    """One answer as it was sent, with the line and the question it belongs to."""

    line: str
    label: str
    words: str


def not_saved(form: Opened, asked: Page, why: str = "") -> HttpResponse:
    """The page that holds what somebody sent and nobody could take. ``why`` is for a reason the form cannot see."""
    offers = form.filling.offers(form.request, form.around.form_set)
    saves = page_form.read(form.filled, asked, offers, form.request.POST)
    never = form.around.form_set.status == Status.DRAFT and not form.around.may_write
    status = 403 if never and not form.around.closed_because else 409
    return show(form, _typed(form.filled, saves), why or because(form, asked), asked, status)


def show(
    form: Opened, sent: Sequence[SentBack], why: str, asked: Page | None = None, status: int = 409
) -> HttpResponse:
    """Draw the page. 409: what was sent does not fit what now stands; 403: it was not this person's to send."""
    whole = "\n\n".join(f"{each.line}\n{each.label}\n{each.words}" for each in sent)
    page_url = form.url("page", page=asked.key) if asked and form.filled.sheet.page_applies(asked) else ""
    context = form.context(
        page=asked, why=why, sent=sent, whole=whole, page_url=page_url, had_files=bool(form.request.FILES)
    )
    return render(form.request, "paperwork/not_saved.html", context, status=status)


def because(form: Opened, asked: Page) -> str:
    """Why this page cannot be saved by this person now, in words."""
    around, form_set = form.around, form.around.form_set
    if form_set.status == Status.SUBMITTED and form_set.submitted_at is not None:
        by = form_set.submitted_by.full_name if form_set.submitted_by else ""
        return f"{by} {around.sent_words} this form ({clock(form_set.submitted_at)}), so it can no longer be changed."
    if around.closed_because:
        return around.closed_because
    if form_set.status != Status.DRAFT:
        return "This form is closed, so it can no longer be changed."
    if not form.filled.sheet.page_applies(asked):
        return f"“{asked.title}” is no longer asked, because another answer of this form has changed."
    if not around.may_write:
        return "You can read this form, and somebody else answers it."
    owner = around.owners.get(asked.key, "")
    return f"“{asked.title}” was given to {owner or 'somebody else'} to answer."


def _typed(filled: queries.Filled, saves: Sequence[Save]) -> tuple[SentBack, ...]:
    """What somebody wrote themselves: neither what stands nor what stood when they began is theirs."""
    sheet = filled.sheet
    changed = [each for each in saves if _is_text(sheet, each) and each.given != sheet.at(each.place)]
    older = [(each.place, each.base) for each in changed if each.base != filled.revision(each.place)]
    began = queries.as_they_began(filled.answer_set, older)
    return tuple(_sent(sheet, each) for each in changed if began.get((each.place, each.base)) != each.given)


def _is_text(sheet: Sheet, save: Save) -> bool:
    return not save.given.is_untouched and not isinstance(sheet.question(save.place), (File, Repeat))


def _sent(sheet: Sheet, save: Save) -> SentBack:
    words = queries.in_words(sheet.form, save.place, save.given)
    return SentBack(showing.line_of(sheet, save.place), sheet.question(save.place).label, words)


def says_back(
    filling: Filling, request: Request, where: Mapping[str, object], posted: QueryDict
) -> tuple[SentBack, ...] | None:
    """The same for text that came after the person's time had run out: what was sent to the page at ``where``.

    None when the form cannot be seen, or the text is not a page's. Shows no answer but the person's own, so it opens
    nothing.
    """
    found = (
        AnswerSet.objects.select_related("form_version")
        .filter(record__kind=filling.kind, record__reference=where.get("reference", ""))
        .order_by("-created_at", "-id")
        .first()
    )
    if found is None:
        return None
    filled = queries.filled(found)
    if "clash" in posted:
        return _put_together(filled, posted)
    offers = filling.offers(request, found)
    saves = [
        Save(place, face_of(filled.form.question(place.key), place, offers).read(posted, BLANK))
        for place in _places(filled, posted)
    ]
    return tuple(_sent(filled.sheet, each) for each in saves if _is_text(filled.sheet, each)) or None


def _places(filled: queries.Filled, posted: Posted) -> Iterable[Place]:
    for page in filled.form.pages:
        for place in page_form.every_place(filled, page):
            if revision_name(place) in posted:
                yield place


def _put_together(filled: queries.Filled, posted: QueryDict) -> tuple[SentBack, ...] | None:
    try:
        clash = Clash.objects.filter(answer_set=filled.answer_set, pk=UUID(posted.get("clash", ""))).first()
    except ValueError:
        return None
    return put_together(filled, clash, posted.get("text", "")) if clash else None


def put_together(filled: queries.Filled, clash: Clash, text: str) -> tuple[SentBack, ...]:
    """The text somebody made of two versions."""
    if not text.strip():
        return ()
    label = filled.form.question(clash.key).label
    return (SentBack(showing.line_of(filled.sheet, clash.place), label, text.strip()),)

"""What the page's script asks for: saving as one types, and who else is here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from wholestory.access.asking import NotForYou
from wholestory.access.requests import Request
from wholestory.paperwork import operations, page_form, presence, queries
from wholestory.paperwork.faces import Offers, face_of
from wholestory.paperwork.faces.base import name_of, revision_name
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import BLANK, Place
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.views.opening import clock, permitted, sentences
from wholestory.paperwork.views.sent_back import Refused

MOST_AT_ONCE = 200


def save(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """Keep what was typed into the questions named in ``q``. Answers with the revisions that stand now."""
    if request.method != "POST":
        return HttpResponse(status=405)
    set_id = _uuid(request.POST.get("set", ""))
    now = timezone.now()
    with permitted():
        try:
            saved = operations.save_draft(
                actor=request.person,
                set_id=set_id,
                saves=lambda form_set: _read(filling, request, form_set),
                now=now,
                window=request.POST.get("_window", ""),
                pages=filling.pages_to_write(request, set_id),
            )
        except Refused as closed:
            status = 403 if isinstance(closed, NotForYou) else 409
            return JsonResponse({"refused": str(closed)}, status=status)
        except KeyError as unknown:
            raise Http404 from unknown
    answer: dict[str, object] = {
        "saved_at": clock(now),
        "revisions": {name_of(place): revision for place, revision in saved.revisions.items()},
        "clashes": [name_of(place) for place in saved.clashes],
    }
    answer.update(_follows(saved, request.POST.get("page", "")))
    return JsonResponse(answer)


def here(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """Note that the page is open; say who else is in the form. Brings a fresh token for the page's next save."""
    now = timezone.now()
    with permitted():
        form_set = queries.answer_set(_uuid(request.GET.get("set", "")))
    if request.GET.get("leaving"):
        presence.left(form_set=form_set, person=request.person)
        return JsonResponse({})
    pages = queries.form_of(form_set.form_version).page_by_key
    page = request.GET.get("page", "")
    if page in pages:
        presence.note(form_set=form_set, person=request.person, page=page, now=now)
    others = presence.others(form_set=form_set, person=request.person, now=now)
    return JsonResponse({"others": sentences(others, page, pages), "token": get_token(request)})


def _read(filling: Filling, request: Request, form_set: AnswerSet) -> Sequence[operations.Save]:
    form = queries.form_of(form_set.form_version)
    offers: Offers | None = None
    saves = []
    for name in request.POST.getlist("q")[:MOST_AT_ONCE]:
        key, _hyphen, item = name.partition("-")
        place = Place(key, int(item) if item.isascii() and item.isdigit() else 0)
        question = form.question(place.key)
        if isinstance(question, (File, Repeat)):
            continue
        if offers is None:
            needs = isinstance(question, (PersonQ, AgencyQ))
            offers = filling.offers(request, form_set) if needs else None
        face = face_of(question, place, offers or Offers())
        if face.is_sent(request.POST):
            base = request.POST.get(revision_name(place), "")
            saves.append(operations.Save(place, face.read(request.POST, BLANK), base=page_form.number(base)))
    return saves


def _follows(saved: operations.Saved, page: str) -> dict[str, object]:
    """What else on the page follows from the changed answers: which questions are asked now (``shown``), what is
    worked out from them (``worked_out``), what their columns add up to (``totals``). No query where none can have
    changed."""
    if saved.form_set is None:
        return {}
    form = queries.form_of(saved.form_set.form_version)
    changed = {place.key for place in saved.changed}
    decides = changed & form.controlling
    feeds = any(read & changed for key, read in form.worked_out.items() if form.asked[key].page.key == page)
    added_up = {
        key: question.totals
        for key in changed
        if isinstance(question := form.question(key), Grid) and question.totals
    }
    if page not in form.page_by_key or not (decides or feeds or added_up):
        return {}
    filled = queries.filled(saved.form_set)
    places = list(page_form.every_place(filled, form.page_by_key[page]))
    found: dict[str, object] = {}
    if decides:
        found["shown"] = {name_of(place): filled.sheet.applies(place) for place in places}
    if feeds:
        found["worked_out"] = {
            name_of(place): filled.sheet.question(place).in_words(filled.sheet.at(place))
            for place in places
            if place.key in form.worked_out
        }
    if added_up:
        found["totals"] = {
            name_of(place): {
                column: grid.total_in_words(filled.sheet.at(place).value, column) for column in grid.totals
            }
            for place in saved.changed
            if isinstance(grid := form.question(place.key), Grid)
        }
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as unknown:
        raise Http404 from unknown

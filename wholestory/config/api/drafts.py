"""Answers as they come in: understood against the form, then kept by paperwork like anything typed on a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Literal

from wholestory.assurance.models import Return
from wholestory.assurance.operations import returns
from wholestory.assurance.operations.moving import CannotMove, CycleClosed
from wholestory.assurance.status import can_be_answered, closed_words
from wholestory.assurance.views.filling import FORM
from wholestory.config.api import shapes
from wholestory.config.api.doors import ApiRequest
from wholestory.config.api.failures import ApiError, Fault, in_body, wrong
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries
from wholestory.paperwork.form import Form
from wholestory.paperwork.given import Given, Json, Nothing, Place
from wholestory.paperwork.models import Answer
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import MOST_ITEMS, Repeat
from wholestory.paperwork.questions.writing import tidy

NOT_OPEN = "This return is not open. It has to be opened again on the page before anything can be changed."
HIGHEST_ITEM = 10_000


def save(
    request: ApiRequest, ret: Return, given: Sequence[shapes.AnswerGiven], now: datetime
) -> list[shapes.AnswerSaved]:
    """Keep these answers as drafts. Raises ApiError with every answer that cannot be, and then keeps none.

    A return nobody has begun is begun: last time's answers come forward, and what is sent here replaces them.
    """
    if not can_be_answered(ret):
        raise wrong(HTTPStatus.CONFLICT, "not_open", closed_words(ret.record) or NOT_OPEN)
    form = queries.form_of(ret.answers.form_version)
    saves = _understood(form, given, FORM.pages_to_write(request, ret.answers_id))
    try:
        saves = _on_last_times(request, ret, saves, now)
        saved = paperwork.save_draft(actor=request.person, set_id=ret.answers_id, saves=saves, now=now)
    except CycleClosed as closed:
        raise wrong(HTTPStatus.CONFLICT, "not_open", str(closed)) from closed
    except (paperwork.NotOpen, CannotMove) as closed:
        raise wrong(HTTPStatus.CONFLICT, "not_open", NOT_OPEN) from closed
    sheet = queries.filled(ret.answers).sheet
    return [
        shapes.AnswerSaved(
            key=one.place.key,
            item=one.place.item,
            outcome=_outcome(one.place, saved),
            revision=saved.revisions[one.place],
            applies=sheet.applies(one.place),
            problems=list(form.question(one.place.key).faults(one.given, request.today)),
        )
        for one in saves
    ]


def _outcome(place: Place, saved: paperwork.Saved) -> Literal["saved", "unchanged", "kept_aside"]:
    if place in saved.clashes:
        return "kept_aside"
    return "saved" if place in saved.changed else "unchanged"


def _on_last_times(
    request: ApiRequest, ret: Return, saves: list[paperwork.Save], now: datetime
) -> list[paperwork.Save]:
    """Begin a return that waits. Answers that come forward this moment were seen by nobody, so base 0 means them."""
    before = ret.stage
    returns.begin(actor=request.person, ret=ret, today=request.today, now=now)
    if ret.stage == before:
        return saves
    forward = {one.place: one.revision for one in Answer.objects.filter(answer_set=ret.answers_id)}
    return [
        paperwork.Save(one.place, one.given, one.base or forward.get(one.place, 0), confirm=True)
        for one in saves
    ]


def _understood(
    form: Form, given: Sequence[shapes.AnswerGiven], pages: Collection[str] | None
) -> list[paperwork.Save]:
    """The answers against their questions. Raises ApiError: what nobody could have typed on the page is not kept."""
    saves: dict[Place, paperwork.Save] = {}
    faults: list[Fault] = []
    for number, one in enumerate(given):
        place = Place(one.key, one.item)
        found = _fault(form, one, place, pages, f"answers[{number}]")
        if found is None and place in saves:
            found = _said("twice", f"“{place}” is answered twice in this request.", f"answers[{number}].key")
        if found is not None:
            faults.append(found)
            continue
        value, kind = _value(form.question(one.key), one)
        answer = Given(value, kind, tidy(one.reason))
        saves[place] = paperwork.Save(place, answer, one.base, confirm=True)
    if faults:
        not_yours = all(fault.code == "not_your_page" for fault in faults)
        status = HTTPStatus.FORBIDDEN if not_yours else HTTPStatus.UNPROCESSABLE_ENTITY
        raise ApiError(status, faults[0], *faults[1:])
    return list(saves.values())


def _fault(
    form: Form, one: shapes.AnswerGiven, place: Place, pages: Collection[str] | None, at: str
) -> Fault | None:
    asked = form.asked.get(one.key)
    if asked is None:
        return _said("no_such_question", f"The form asks no question “{one.key}”.", f"{at}.key")
    if bool(one.item) != (asked.inside is not None):
        inside = (
            "It stands in a repeating group: give the number of the item."
            if asked.inside
            else "Leave item at 0."
        )
        return _said("no_such_question", inside, f"{at}.item")
    if pages is not None and asked.page.key not in pages:
        return _said("not_your_page", f"Other people answer “{asked.page.title}”.", f"{at}.key")
    question = asked.question
    if isinstance(question, (File, PersonQ, AgencyQ)):
        return _said("on_screen_only", "Files, people and agencies are chosen on the page.", f"{at}.key")
    try:
        _, kind = _value(question, one)
    except NotThat as unreadable:
        return _said("unreadable", f"{unreadable}.", f"{at}.value")
    if kind is not None and not question.offers(kind):
        return _said("not_offered", f"This question does not take “{kind.value}”.", f"{at}.nothing")
    return None


def _value(question: Question, one: shapes.AnswerGiven) -> tuple[Json, Nothing | None]:
    """What stands for it in the form. Raises NotThat."""
    if one.nothing is not None:
        return None, None if one.nothing == "blank" else Nothing(one.nothing)
    value = question.understand(_as_typed(one.value))
    if value is None:
        raise NotThat("This says nothing; to empty the answer, send the kind of nothing “blank”")
    if isinstance(question, Repeat):
        items = question.items(value)
        if len(items) > MOST_ITEMS or any(item > HIGHEST_ITEM for item in items):
            raise NotThat(f"A list holds at most {MOST_ITEMS} items, numbered up to {HIGHEST_ITEM}")
    return value, None


def _as_typed(value: object) -> Json:
    """JSON as a page would have sent it: a number with a point is read from its digits."""
    if isinstance(value, float):
        return str(value)
    if isinstance(value, list):
        return [_as_typed(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _as_typed(one) for name, one in value.items()}
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def _said(code: str, message: str, field: str) -> Fault:
    return Fault(code=code, message=message, place=in_body(field))

"""Self-audit returns of the token's agency: list, read, the form, and draft answers."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from wholestory.access import reading
from wholestory.access.tokens.models import Scope
from wholestory.assurance.models import Return, Stage
from wholestory.assurance.operations.cycles import RETURN
from wholestory.assurance.status import can_be_answered, status_of
from wholestory.assurance.views.finding import the_return
from wholestory.config.api import drafts, shapes
from wholestory.config.api.described import answers, needs
from wholestory.config.api.doors import AgencyToken, ApiRequest, may_list
from wholestory.config.api.filled import facts_of, places_of, problems_of, progress_of
from wholestory.config.api.paging import cut
from wholestory.config.api.shapes import PageNumber, PerPage, Reference
from wholestory.paperwork import queries as paperwork
from wholestory.paperwork.models import Clash

router = Router(tags=["Returns"])
_READ, _WRITE = Scope.RETURNS_READ, Scope.RETURNS_WRITE


def line(ret: Return, request: ApiRequest) -> shapes.ReturnLine:
    """A return as a list shows it."""
    return shapes.ReturnLine(
        reference=ret.record.reference,
        title=ret.title,
        agency=ret.agency.name,
        stage=ret.stage,
        stage_words=status_of(ret, request.today).label,
        issued_on=ret.issued_on,
        due_on=ret.due_on,
        extended_to=ret.extended_to,
        is_overdue=can_be_answered(ret) and request.today > (ret.extended_to or ret.due_on),
        url=reverse("api:get_return", args=[ret.record.reference]),
    )


@router.get(
    "/returns", auth=AgencyToken(_READ), response=answers({200: shapes.Returns}, 404, 422), openapi_extra=needs(_READ),
    operation_id="list_returns", url_name="list_returns", summary="List the agency's returns",
)  # fmt: skip
def list_returns(request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 25) -> shapes.Returns:
    """Every self-audit return the agency was asked for, newest first; those withdrawn are left out."""
    asking = cast(ApiRequest, request)
    may_list(asking, RETURN.kind)
    rows = Return.objects.select_related("record", "agency").exclude(stage=Stage.WITHDRAWN)
    found, after = cut(request, rows.order_by("-issued_on", "-id"), page, per_page)
    reading.shown(asking, RETURN.kind, found)
    return shapes.Returns(returns=[line(ret, asking) for ret in found], next=after)


@router.get(
    "/returns/{reference}", auth=AgencyToken(_READ), response=answers({200: shapes.Return}, 404, 422),
    openapi_extra=needs(_READ), operation_id="get_return", url_name="get_return", summary="Read a return",
)  # fmt: skip
def get_return(request: HttpRequest, reference: Reference) -> shapes.Return:
    """Its facts, the form's questions in order, and what stands at each, every kind of nothing by its own name."""
    asking = cast(ApiRequest, request)
    ret = the_return(asking, reference)
    filled = paperwork.filled(ret.answers)
    aside = Clash.objects.filter(answer_set=ret.answers, settled_at=None).count()
    return shapes.Return(
        **line(ret, asking).model_dump(),
        signed_off_on=ret.signed_off_on,
        released_on=ret.released_on,
        can_be_answered=can_be_answered(ret),
        form=facts_of(ret.answers.form_version),
        progress=progress_of(filled, asking.today),
        problems=problems_of(filled, asking.today) if can_be_answered(ret) else [],
        versions_kept_aside=aside,
        answers=places_of(filled),
    )


@router.get(
    "/returns/{reference}/form", auth=AgencyToken(_READ), response=answers({200: shapes.FormDefinition}, 404, 422),
    openapi_extra=needs(_READ), operation_id="get_form", url_name="get_form", summary="Read a return's form",
)  # fmt: skip
def get_form(request: HttpRequest, reference: Reference) -> shapes.FormDefinition:
    """The sealed definition: pages, sections, questions with their options and scales, conditions and checks."""
    ret = the_return(cast(ApiRequest, request), reference)
    version = ret.answers.form_version
    facts = facts_of(version).model_dump()
    return shapes.FormDefinition(**facts, edition=version.edition, definition=version.definition)


@router.put(
    "/returns/{reference}/answers", auth=AgencyToken(_WRITE),
    response=answers({200: shapes.AnswersSaved}, 400, 404, 409, 415, 422), openapi_extra=needs(_WRITE),
    operation_id="save_answers", url_name="save_answers", summary="Save draft answers",
)  # fmt: skip
def save_answers(
    request: HttpRequest, reference: Reference, given: shapes.AnswersGiven
) -> shapes.AnswersSaved:
    """Keep answers as drafts, as if typed on the page. Nothing is ever signed off here: a person does that.

    All answers are understood or none is kept. An answer somebody else saved since your `base` is never overwritten:
    yours is kept beside it (`kept_aside`) until a person settles the two. Sending the same again changes nothing. An
    answer that came forward from last time counts as confirmed when it is sent again.
    """
    asking = cast(ApiRequest, request)
    ret = the_return(asking, reference)
    now = timezone.now()
    with transaction.atomic():
        saved = drafts.save(asking, ret, given.answers, now)
    return shapes.AnswersSaved(reference=ret.record.reference, stage=ret.stage, saved_at=now, answers=saved)

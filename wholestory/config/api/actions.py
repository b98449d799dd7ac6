"""Actions of the token's agency: list, read, say how one is going."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, cast

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status

from wholestory.access import reading
from wholestory.access.tokens.models import Scope
from wholestory.actions import models, operations, queries
from wholestory.actions.models import ActionState
from wholestory.config.api import shapes
from wholestory.config.api.described import answers, needs
from wholestory.config.api.doors import AgencyToken, ApiRequest, may_list
from wholestory.config.api.failures import in_body, wrong
from wholestory.config.api.paging import cut
from wholestory.config.api.shapes import PageNumber, PerPage, Reference
from wholestory.paperwork.questions.writing import tidy

router = Router(tags=["Actions"])
KIND = operations.ACTION.kind
_READ, _WRITE = Scope.ACTIONS_READ, Scope.ACTIONS_WRITE
WantedState = Annotated[ActionState | None, Query(description="Only actions in this state.")]


def line(action: models.Action, request: ApiRequest) -> shapes.ActionLine:
    """An action as a list shows it."""
    return shapes.ActionLine(
        reference=action.record.reference,
        title=action.title,
        agency=action.agency.name,
        owner=action.owner.full_name if action.owner else action.owner_title,
        state=action.state,
        state_words=queries.status_of(action, request.today).label,
        first_due_on=action.first_due_on,
        due_on=action.due_on,
        is_overdue=action.state == ActionState.OPEN and action.due_on < request.today,
        url=reverse("api:get_action", args=[action.record.reference]),
    )


@router.get(
    "/actions", auth=AgencyToken(_READ), response=answers({200: shapes.Actions}, 404, 422), openapi_extra=needs(_READ),
    operation_id="list_actions", url_name="list_actions", summary="List the agency's actions",
)  # fmt: skip
def list_actions(
    request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 25, state: WantedState = None
) -> shapes.Actions:
    """What the agency promised, the soonest due first."""
    asking = cast(ApiRequest, request)
    may_list(asking, KIND)
    rows = queries.every().filter(state=state) if state else queries.every()
    found, after = cut(request, rows.order_by("due_on", "id"), page, per_page)
    reading.shown(asking, KIND, found)
    return shapes.Actions(actions=[line(action, asking) for action in found], next=after)


def _find(request: ApiRequest, reference: str) -> models.Action:
    return reading.one(request, queries.every(), reference=reference)


@router.get(
    "/actions/{reference}", auth=AgencyToken(_READ), response=answers({200: shapes.Action}, 404, 422),
    openapi_extra=needs(_READ), operation_id="get_action", url_name="get_action", summary="Read an action",
)  # fmt: skip
def get_action(request: HttpRequest, reference: Reference) -> shapes.Action:
    """What it answers and everything that happened to it, in order."""
    asking = cast(ApiRequest, request)
    action = _find(asking, reference)
    story = queries.story(action, asking.today)
    return shapes.Action(
        **line(action, asking).model_dump(),
        detail=action.detail,
        opened_on=action.opened_on,
        said_done_on=action.said_done_on,
        closed_on=action.closed_on,
        effect=action.effect,
        days_late=story.days_late,
        answers=[
            shapes.ActionSource(item=one.item, item_title=one.item_title, score_before=one.score_before)
            for one in story.sources
        ],
        steps=[_step(one) for one in story.steps],
    )


def _step(step: models.Step) -> shapes.Step:
    return shapes.Step(
        kind=step.kind,
        words=step.words,
        link=step.link,
        from_due_on=step.from_due_on,
        to_due_on=step.to_due_on,
        by=step.by.full_name,
        on=step.on,
    )


@router.post(
    "/actions/{reference}/updates", auth=AgencyToken(_WRITE),
    response=answers({201: shapes.Step}, 400, 404, 409, 415, 422), openapi_extra=needs(_WRITE),
    operation_id="add_update", url_name="add_update", summary="Add an update to an action",
)  # fmt: skip
def add_update(request: HttpRequest, reference: Reference, given: shapes.Update) -> Status[shapes.Step]:
    """Say how it is going. An update with a link counts as evidence. Only people say that an action is done."""
    asking = cast(ApiRequest, request)
    action = _find(asking, reference)
    words = tidy(given.words)
    if not words:
        raise wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Write an update.", in_body("words"))
    try:
        with transaction.atomic():
            step = operations.update(
                actor=asking.person,
                action=action,
                words=words,
                link=given.link,
                today=asking.today,
                now=timezone.now(),
            )
    except operations.ActionRefused as refused:
        raise wrong(HTTPStatus.CONFLICT, "refused", str(refused)) from refused
    return Status(HTTPStatus.CREATED, _step(step))

"""Telling a panel of a death from another computer system: it sends, and reads nothing back."""

from __future__ import annotations

import json
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from wholestory.access import open_doors
from wholestory.access.tokens.models import Scope
from wholestory.child_deaths import incoming
from wholestory.child_deaths.models import Panel
from wholestory.config.api.described import answers, needs
from wholestory.config.api.doors import AgencyToken
from wholestory.config.api.failures import ApiError, Fault, in_body, wrong
from wholestory.correspondence.clock import moment_of

router = Router(tags=["Deaths"])
_NOTIFY = Scope.DEATHS_NOTIFY
LARGEST = 200_000


class NotificationGiven(BaseModel):
    """A message about the death of one child."""

    model_config = ConfigDict(extra="forbid")

    panel: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,60}$")] = Field(
        description="The panel's short name, as at the end of the address of its page."
    )
    received_at: AwareDatetime | None = Field(
        default=None,
        description="When the panel was first told of it, if it was before now and in another way.",
    )
    answers: dict[str, JsonValue] = Field(
        description="By the keys of the notification form: a value, {“value”: ...} or {“nothing”: “not_known”}."
    )
    sent: JsonValue = Field(
        default=None, description="Whatever else your system holds of it. Kept with the message, unread."
    )


class Remark(BaseModel):
    """Something kept as it was sent that cannot be right."""

    key: str
    message: str


class NotificationTaken(BaseModel):
    """What was kept. It says nothing of what is held besides."""

    reference: str
    received_at: datetime
    was_there: bool = Field(
        description="Whether this very message came within the last ten minutes, and was not kept again."
    )
    remarks: list[Remark]


@router.post(
    "/notifications", auth=AgencyToken(_NOTIFY),
    response=answers({201: NotificationTaken, 200: NotificationTaken}, 400, 415, 422), openapi_extra=needs(_NOTIFY),
    operation_id="send_notification", url_name="send_notification", summary="Tell a panel of a death",
)  # fmt: skip
def send_notification(request: HttpRequest, given: NotificationGiven) -> Any:
    """Keep a message about the death of a child, for the coordinator of the panel to look at in working hours.

    Sending alerts nobody: what cannot wait is telephoned. An NHS number or a postcode that cannot be right is kept as
    it was sent, with a remark. Anything else that cannot be read is refused with its place, and then nothing is kept.
    """
    if len(request.body) > LARGEST:
        raise wrong(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"A message holds at most {LARGEST // 1000} kB."
        )
    panel = Panel.objects.select_related("board").filter(slug=given.panel, takes_notifications=True).first()
    if panel is None or panel.board is None:
        raise _wrong("panel", "No panel of this name takes messages here.")
    if given.received_at is not None and given.received_at > moment_of(panel.board, timezone.now()):
        raise _wrong("received_at", "It cannot be later than now.")
    told = incoming.read_one(given.answers)
    if told.troubles:
        first, *others = [_fault(one) for one in told.troubles]
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, first, *others)
    form = (incoming.FORM_KEY, incoming.FORM_VERSION)
    values = (given.panel, told.answers, _as_sent(request), *form, given.received_at, "exact")
    try:
        with transaction.atomic():
            said: str | None = open_doors.ask("child_deaths_notify_by_system", *values)
    except IntegrityError as trouble:
        raise _wrong("answers", "Together the answers are too long.") from trouble
    if said is None:
        raise _wrong("panel", "No panel of this name takes messages here.")
    kept: dict[str, Any] = json.loads(said)
    remarks = [Remark(key=one.key, message=one.words) for one in told.remarks]
    taken = NotificationTaken(
        reference=kept["reference"],
        received_at=kept["received"],
        was_there=kept["was_there"],
        remarks=remarks,
    )
    return Status(200 if taken.was_there else 201, taken)


def _as_sent(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.body.decode("utf-8-sig"))
    return found


def _fault(trouble: incoming.Trouble) -> Fault:
    code = "no_such_question" if trouble.key not in incoming.questions() else "unreadable"
    where = f"answers.{trouble.key}" if trouble.key else "answers"
    return Fault(code=code if trouble.key else "invalid", message=trouble.words, place=in_body(where))


def _wrong(field: str, message: str) -> ApiError:
    return wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message, in_body(field))

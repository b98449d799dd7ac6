"""What the API answers when something is wrong: a code that never changes, a sentence, and the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from django.http import JsonResponse
from pydantic import BaseModel, Field

#: Every code, and what it means. A code once given keeps its meaning.
CODES: dict[str, str] = {
    "no_token": "The request has no `Authorization: Bearer` header.",
    "unknown_token": "No such token was ever given.",
    "token_expired": "The token's time has passed. The board's team makes a new one.",
    "token_revoked": "The token was revoked, or its agency's seat on the board has ended.",
    "service_changed": "The service was given more than its agency's one seat, and opens nothing until that is undone.",
    "scope": "The token was not made for this. The message names the scope it lacks.",
    "not_found": "No such record, or one closed to this token: the two are never told apart.",
    "no_such_address": "The API has no such address.",
    "method": "The address does not take this method. The `Allow` header says which it takes.",
    "too_large": "The body is larger than the API takes at once.",
    "not_json_type": "The body must be sent as `application/json`.",
    "not_json": "The body is not JSON. The place has the line and the column.",
    "invalid": "Something in the request is missing, of the wrong kind, or unknown. The place says where.",
    "no_such_question": "The form asks no such question, or none at this item.",
    "unreadable": "The value cannot be read as an answer to its question. The message says why.",
    "not_offered": "The question does not offer this kind of nothing.",
    "on_screen_only": "This answer can be given only on the page, not through the API.",
    "twice": "The same place is answered twice in one request.",
    "not_open": "The return is not open: it has been signed off, withdrawn, or stands elsewhere by now.",
    "not_your_page": "The agency has given this standard to named people to answer, and the API is not among them.",
    "not_for_you": "The record can be read, and not changed, with this token.",
    "refused": "The record does not allow this now. The message says what to do instead.",
    "too_many": "Too many requests, or too many for records that were not found. `Retry-After` says when to try again.",
    "broken": "Something broke on our side. Nothing of the request was kept.",
}


class Place(BaseModel):
    """Where it is wrong."""

    where: Literal["body", "path", "query", "header"]
    field: str = Field(default="", description="Such as `answers[3].value`; empty for the whole.")
    line: int | None = Field(default=None, description="For a body that is not JSON, counted from 1.")
    column: int | None = Field(default=None, description="For a body that is not JSON, counted from 1.")


class Fault(BaseModel):
    """One thing that is wrong."""

    code: str = Field(description="One of a fixed list; see the documentation.")
    message: str = Field(description="A sentence for a person.")
    place: Place | None = None


class FaultWithMore(Fault):
    """The first thing that is wrong, and the others."""

    also: list[Fault] = Field(default=[], description="Everything else that is wrong, in order.")


class Failure(BaseModel):
    """The body of every answer that is not a success."""

    error: FaultWithMore


class ApiError(Exception):
    """Stops a request with ``status`` and one or more faults."""

    def __init__(self, status: int, first: Fault, *also: Fault) -> None:
        super().__init__(first.code)
        self.status, self.first, self.also = status, first, also


def wrong(status: int, code: str, message: str, place: Place | None = None) -> ApiError:
    """One fault."""
    return ApiError(status, Fault(code=code, message=message, place=place))


def in_body(field: str, line: int | None = None, column: int | None = None) -> Place:
    """A place in the body."""
    return Place(where="body", field=field, line=line, column=column)


def answer(error: ApiError, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """The response for an error."""
    first = FaultWithMore(**error.first.model_dump(), also=list(error.also))
    failure = Failure(error=first)
    return JsonResponse(failure.model_dump(mode="json"), status=error.status, headers=dict(headers or {}))


#: Pydantic's names for what is wrong, in our words. Others keep Pydantic's own sentence.
_WORDS = {
    "missing": "This is missing.",
    "extra_forbidden": "There is no such field.",
    "string_type": "This must be text.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "list_type": "This must be a list.",
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "dict_type": "This must be an object.",
}


def from_validation(errors: Sequence[Mapping[str, Any]]) -> ApiError:
    """What Pydantic found, each with its place."""
    faults = [_fault(one) for one in errors]
    return ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, faults[0], *faults[1:])


def _fault(error: Mapping[str, Any]) -> Fault:
    source, *path = error["loc"]
    where: Literal["body", "path", "query", "header"] = (
        source if source in ("path", "query", "header") else "body"
    )
    if where == "body":
        path = path[1:]  # the first is our own name for the whole body
    message = (
        _WORDS.get(str(error["type"])) or str(error["msg"]).removeprefix("Value error, ").rstrip(".") + "."
    )
    return Fault(code="invalid", message=message, place=Place(where=where, field=_field(path)))


def _field(path: Sequence[str | int]) -> str:
    field = ""
    for part in path:
        field += f"[{part}]" if isinstance(part, int) else f".{part}" if field else str(part)
    return field

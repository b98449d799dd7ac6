"""The API put together: its operations, its errors, its description and its addresses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from wholestory.access.asking import NotForYou
from wholestory.config.api import actions, deaths, failures, figures, me, returns
from wholestory.config.api.body import StrictParser
from wholestory.config.api.doors import by_token
from wholestory.config.api.failures import ApiError, Place, wrong

ABOUT = """\
What an agency's own system may read and send. A token stands for one agency on one board and acts as a named service
with a contributor's seat: it sees what the agency's contributors see, and everything it opens or changes is in the
access record. It never signs a return off and never says that an action is done: people do."""
VERSION = "1.0"
#: Operations that show no record; of what one sends, the database writes the line itself.
WITHOUT_A_LINE = frozenset({"get_me", "send_notification"})

api = NinjaAPI(
    title="Wholestory", version=VERSION, description=ABOUT, openapi_url=None, docs_url=None, parser=StrictParser(),
    urls_namespace="api",
)  # fmt: skip
for router in (me.router, returns.router, figures.router, actions.router, deaths.router):
    api.add_router("", router)


def _in_our_words(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    if isinstance(error, HttpError) and isinstance(error.__cause__, ApiError):
        error = error.__cause__  # the library wraps what its parser raises
    if isinstance(error, ApiError):
        return failures.answer(error)
    if isinstance(error, ValidationError):
        return failures.answer(failures.from_validation(error.errors))
    if isinstance(error, Http404):
        said = "There is nothing here for this token."
        return failures.answer(
            wrong(HTTPStatus.NOT_FOUND, "not_found", said, Place(where="path", field="reference"))
        )
    if isinstance(error, NotForYou):
        return failures.answer(wrong(HTTPStatus.FORBIDDEN, "not_for_you", str(error)))
    raise error


for kind in (ApiError, HttpError, ValidationError, Http404, NotForYou, Exception):
    api.add_exception_handler(kind, _in_our_words)


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 description. Each operation names the scope its token needs."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/")
    for methods in found["paths"].values():
        for operation in methods.values():
            if scope := operation.get("x-scope"):
                operation["security"] = [{"AgencyToken": [scope]}]
    found["components"]["securitySchemes"]["AgencyToken"]["description"] = "The token of an agency."
    return found


def _no_such_address(request: HttpRequest, **rest: str) -> JsonResponse:
    return failures.answer(wrong(HTTPStatus.NOT_FOUND, "no_such_address", "The API has no such address."))


def addresses() -> list[URLPattern]:
    """Every operation behind the door that asks for a token; anything else below is answered in JSON too."""
    taken = {
        operation["operationId"]: {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        for methods in description()["paths"].values()
        for operation in methods.values()
    }
    found = []
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and one.name in taken:
            view = by_token(one.callback, writes_lines=one.name not in WITHOUT_A_LINE, query=taken[one.name])
            found.append(path(str(one.pattern), view, name=one.name))
    nowhere = by_token(_no_such_address, writes_lines=False, query=None)
    return [*found, path("<path:rest>", nowhere, name="no_such_address")]

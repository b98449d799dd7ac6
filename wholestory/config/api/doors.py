"""The way in: a token, and then the same transaction, rules and access record as for anybody with a seat."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.asks import public
from wholestory.access.middleware import LineMissing
from wholestory.access.models import Membership
from wholestory.access.requests import Request
from wholestory.access.signing_in.limits import NOT_FOUND
from wholestory.access.tokens.bearer import REQUESTS, Bearer
from wholestory.access.tokens.models import Scope, Token
from wholestory.access.tokens.operations import KIND
from wholestory.access.verbs import Verb
from wholestory.config.api import failures
from wholestory.config.api.failures import Place, wrong
from wholestory.partners.models import Role

log = logging.getLogger("wholestory.api")

View = Callable[..., HttpResponseBase]
WHY = "Opened by an agency's token, never by a session: the token says who acts"
HEADER = Place(where="header", field="Authorization")
_FAULTS = {
    "no_token": "Send the token of your agency in the header “Authorization: Bearer …”.",
    "unknown_token": "This token was never given. Check that it was copied whole.",
    "token_expired": "This token has expired. Ask the board's team for another.",
    "token_revoked": "This token no longer works. Ask the board's team.",
}


class ApiRequest(Request):
    """A request as the operations see it: who acts is the token's service, in the token's seat."""

    bearer: Bearer
    token: Token


class AgencyToken(HttpBearer):
    """Checks the scope; who the token belongs to was found out before anybody acted."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Token:
        token = cast(ApiRequest, request).token
        if self.scope is not None and not token.allows(self.scope):
            message = f"This token was not made for “{self.scope.value}”."
            raise wrong(HTTPStatus.FORBIDDEN, "scope", message, HEADER)
        return token

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Never asked: the header was read above sessions."""
        return self(request)


def by_token(view: View, *, writes_lines: bool = True, query: Collection[str] | None = ()) -> View:
    """A view of the API as the site's middleware knows views. ``writes_lines`` is off for what shows no record;
    ``query`` names the parameters it takes (None: any)."""

    @csrf_exempt
    @public(WHY)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = _enter(request, view, writes_lines, query, kwargs)
        except failures.ApiError as refused:
            response = failures.answer(refused, _headers(refused))
        except Exception:
            # Logged with its place in the code; the status makes the middleware undo everything.
            log.exception("an operation of the API broke")
            message = "Something went wrong on our side. Nothing of this request was kept; try again later."
            response = failures.answer(wrong(HTTPStatus.INTERNAL_SERVER_ERROR, "broken", message))
        response["Cache-Control"] = "no-store"
        return response

    opened.__name__ = getattr(view, "__name__", "api")
    return opened


def may_list(request: ApiRequest, kind: str) -> None:
    """Stop with the "not found" answer unless the token's seat ever lists this kind of record."""
    if not asking.may(request.seats, Verb.LIST, kind, request.board):
        raise Http404


def _enter(
    request: Any, view: View, writes_lines: bool, query: Collection[str] | None, kwargs: dict[str, Any]
) -> HttpResponseBase:
    bearer: Bearer = request.bearer
    token = bearer.token
    if bearer.fault == "too_many":
        raise _too_many()
    if token is None or bearer.fault:
        if token is not None:
            _note_refusal(token, bearer.fault)
        raise wrong(HTTPStatus.UNAUTHORIZED, bearer.fault, _FAULTS[bearer.fault], HEADER)
    if NOT_FOUND.passed(_limit_key(token)):
        raise _too_many()
    _read(request)
    if query is not None:
        _know(request, query)
    _introduce(request, token)
    with acting.acting_as(token.person, token.seat):
        if Membership.objects.filter(person=token.person, refused=False).exclude(_own(token)).exists():
            raise wrong(HTTPStatus.FORBIDDEN, "service_changed", failures.CODES["service_changed"], HEADER)
        response = view(request, **kwargs)
        if writes_lines and response.status_code < 300 and ledger.written.get() == 0:
            raise LineMissing(f"{request.path_info} was answered without a line")
    if response.status_code == HTTPStatus.NOT_FOUND:
        NOT_FOUND.note(_limit_key(token))
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = f"This address does not take {request.method}."
        return failures.answer(wrong(405, "method", message), {"Allow": response.headers.get("Allow", "")})
    return response


def _introduce(request: Any, token: Token) -> None:
    """What views expect of a request: who asks, in which seat, for which board, on which day."""
    request.token, request.person, request.seat, request.seats = token, token.person, token.seat, [token.seat]
    request.board, request.today = token.board, token.board.today()


def _own(token: Token) -> Q:
    """What a service may be in: its agency's circles on its board, as a contributor, and nothing else."""
    seat = Q(seat__role=Role.CONTRIBUTOR, seat__agency=token.agency_id, seat__board=token.board_id)
    return seat & Q(board=token.board_id, because=f"seat.{Role.CONTRIBUTOR}")


def _read(request: HttpRequest) -> None:
    try:
        _size(request)
    except RequestDataTooBig as trouble:
        message = "The body is too large. Send fewer answers at once."
        raise wrong(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", message) from trouble


def _know(request: HttpRequest, query: Collection[str]) -> None:
    """Refuse parameters it does not take: a slip of the keyboard would otherwise be answered as another question."""
    for name, values in request.GET.lists():
        place = Place(where="query", field=name)
        if name not in query:
            raise wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "There is no such parameter.", place)
        if len(values) > 1:
            raise wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Give this once.", place)


def _size(request: HttpRequest) -> int:
    return len(request.body)


def _note_refusal(token: Token, fault: str) -> None:
    with acting.acting_as(token.person, token.seat):
        ledger.line(
            "access.token_refused",
            kind=KIND,
            ids=[token.id],
            reason=fault,
            writes=False,
            board_id=token.board_id,
        )


def _limit_key(token: Token) -> str:
    return f"token {token.id}"


def _too_many() -> failures.ApiError:
    return wrong(
        HTTPStatus.TOO_MANY_REQUESTS, "too_many", "Too many requests. Wait a little, then go on more slowly."
    )


def _headers(refused: failures.ApiError) -> dict[str, str]:
    if refused.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="wholestory"'}
    if refused.status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"Retry-After": str(REQUESTS.seconds)}
    return {}

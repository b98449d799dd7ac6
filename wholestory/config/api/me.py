"""Whose token this is: the first thing a system asks, to see that it is set up right."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router

from wholestory.config.api import shapes
from wholestory.config.api.described import answers
from wholestory.config.api.doors import AgencyToken, ApiRequest

router = Router(tags=["The token"])


@router.get(
    "/me", auth=AgencyToken(), response=answers({200: shapes.Me}), operation_id="get_me", url_name="get_me",
    summary="See what the token opens",
)  # fmt: skip
def get_me(request: HttpRequest) -> shapes.Me:
    """The agency and board the token is for, what it may be used for, and until when. Any token may ask."""
    asking = cast(ApiRequest, request)
    token = asking.token
    return shapes.Me(
        acts_as=token.person.full_name,
        agency=token.agency.name,
        board=token.board.name,
        scopes=token.scopes.split(),
        expires_at=token.expires_at,
        today=asking.today,
    )

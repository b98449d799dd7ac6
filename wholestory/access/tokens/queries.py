"""Reads of tokens, shaped for their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from wholestory.access.tokens.models import Scope, Token
from wholestory.govuk.parts import Link, Tag
from wholestory.govuk.templatetags.govuk import moment
from wholestory.partners.models import Agency, Board


@dataclass(frozen=True)
class TokenLine:
    """A token in the list. Times are real ones, whatever day the board thinks it is."""

    agency: str
    used_by: str
    ending: str
    may: str
    made: str
    expires: str
    last_used: str
    state: Any
    do: Any


def of_board(board: Board) -> QuerySet[Token]:
    """The board's tokens, those revoked or expired included."""
    return Token.objects.filter(board=board).select_related("agency", "made_by", "revoked_by")


def lines(tokens: Sequence[Token], now: datetime) -> list[TokenLine]:
    """Lines of the list."""
    return [_line(token, now) for token in tokens]


def _line(token: Token, now: datetime) -> TokenLine:
    works = token.revoked_at is None and not token.is_over(now)
    return TokenLine(
        agency=token.agency.name,
        used_by=token.used_by,
        ending=f"…{token.ending}",
        may="; ".join(scope.label for scope in Scope if token.allows(scope)),
        made=f"{token.made_by.full_name}, {moment(token.created_at)}",
        expires=moment(token.expires_at),
        last_used=moment(token.last_used_at) if token.last_used_at else "Never",
        state=_state(token, now),
        do=_revoke_link(token) if works else "",
    )


def _state(token: Token, now: datetime) -> Any:
    if token.revoked_at is not None:
        return Tag("Revoked", "not_needed")
    return Tag("Expired", "not_needed") if token.is_over(now) else Tag("Works", "done")


def _revoke_link(token: Token) -> Any:
    return Link(
        "Revoke", reverse("access:token_revoke", args=[token.id]), hidden=f"token of {token.agency.name}"
    )


def agencies_without(board: Board, now: datetime) -> list[Agency]:
    """Agencies that answer to the board and hold no token that works, in the order people look for them."""
    day = board.today()
    holding: set[UUID] = set(
        Token.objects.filter(board=board, revoked_at=None, expires_at__gt=now).values_list(
            "agency_id", flat=True
        )
    )
    links = Agency.objects.filter(board_links__board=board, board_links__starts_on__lte=day)
    found = (
        links.exclude(board_links__board=board, board_links__ends_on__lt=day)
        .exclude(pk__in=holding)
        .distinct()
    )
    return sorted(found, key=lambda agency: (agency.name.casefold(), str(agency.pk)))

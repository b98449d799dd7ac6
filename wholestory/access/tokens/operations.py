"""Making and revoking tokens. Each works out at once what the service may see."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from wholestory import ledger
from wholestory.access import derive
from wholestory.access.asking import Answer, NotForYou, may
from wholestory.access.directory.doors import acting_seats
from wholestory.access.signing_in.limits import digest
from wholestory.access.tokens import telling
from wholestory.access.tokens.models import Scope, Token
from wholestory.access.verbs import Verb
from wholestory.partners.models import Agency, AgencyBoard, Board, Person, Role, Seat

KIND = "access.token"
#: So that a token left in a file or a message is recognised for what it is.
BEGINS = "wholestory_"
MOST_DAYS = 365


class TokenRefused(ValueError):
    """The token cannot be made like that; ``field`` is where on the form the sentence belongs."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Made:
    """A token with its secret, which is in no database and is shown once."""

    token: Token
    secret: str
    told: int
    """How many people of the agency were told."""


@transaction.atomic
def make(
    *,
    actor: Person,
    board: Board,
    agency: Agency,
    used_by: str,
    scopes: Collection[Scope],
    days: int,
    now: datetime,
) -> Made:
    """A token of ``agency`` for ``days`` (real days, at most a year), with the service's seat on the board.

    The agency's own people are told. Raises TokenRefused; NotForYou for whoever does not keep tokens.
    """
    _require(actor, board)
    _can_be(board, agency, scopes, days, now, actor)
    secret = BEGINS + secrets.token_urlsafe(32)
    service = _service(board, agency)
    today = board.today()
    seat = Seat(
        person=service, board=board, agency=agency, role=Role.CONTRIBUTOR, starts_on=today,
        ends_on=today + timedelta(days=days),
    )  # fmt: skip
    token = Token(
        board=board, agency=agency, person=service, seat=seat, used_by=" ".join(used_by.split())[:80],
        scopes=" ".join(scope.value for scope in Scope if scope in scopes), digest=digest(secret), ending=secret[-4:],
        made_by=actor, created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    ledger.line(
        "access.token_made", kind=KIND, ids=[token.id, service.id, seat.id], board_id=board.id, reason="token"
    )
    service.save()
    seat.save(force_insert=True)
    token.save(force_insert=True)
    derive.rewrite(service)
    return Made(token, secret, telling.made(token))


@transaction.atomic
def revoke(*, actor: Person, token: Token, now: datetime) -> None:
    """From this moment it opens nothing, and the service's seat ends. Twice is the same as once."""
    _require(actor, token.board)
    _revoke(
        actor,
        Token.objects.select_for_update(of=("self",)).select_related("seat", "board").get(pk=token.pk),
        now,
    )


def _revoke(actor: Person, token: Token, now: datetime) -> None:
    if token.revoked_at is not None:
        return
    ledger.line("access.token_revoked", kind=KIND, ids=[token.id, token.person_id], board_id=token.board_id)
    token.revoked_at, token.revoked_by = now, actor
    token.save(update_fields=["revoked_at", "revoked_by"])
    yesterday = token.board.today() - timedelta(days=1)
    token.seat.ends_on = max(token.seat.starts_on, min(yesterday, token.seat.ends_on or yesterday))
    token.seat.save(update_fields=["ends_on"])
    derive.rewrite(token.person)


def _can_be(
    board: Board, agency: Agency, scopes: Collection[Scope], days: int, now: datetime, actor: Person
) -> None:
    """Raise TokenRefused with the field, or make room where an earlier token's time has passed."""
    if not scopes:
        raise TokenRefused("Choose at least one thing it may do", "scopes")
    if not 1 <= days <= MOST_DAYS:
        raise TokenRefused(f"Choose between 1 and {MOST_DAYS} days", "days")
    today = board.today()
    if not any(link.starts_on <= today <= (link.ends_on or today) for link in _links(board, agency)):
        raise TokenRefused(f"{agency.name} does not answer to this board today", "agency")
    earlier = (
        Token.objects.select_for_update(of=("self",))
        .select_related("seat", "board")
        .filter(board=board, agency=agency, revoked_at=None)
        .first()
    )
    if earlier is None:
        return
    if not earlier.is_over(now):
        raise TokenRefused(f"{agency.name} has a token already. Revoke that one first", "agency")
    _revoke(actor, earlier, now)


def _links(board: Board, agency: Agency) -> list[AgencyBoard]:
    # Locked, so that of two people who make one at the same time the second is told.
    return list(AgencyBoard.objects.select_for_update().filter(board=board, agency=agency))


def _service(board: Board, agency: Agency) -> Person:
    """The named service: one for each agency and board, so that the access record reads the same over the years."""
    earlier = Token.objects.filter(board=board, agency=agency).select_related("person").first()
    if earlier is not None:
        return earlier.person
    return Person(
        full_name=f"API of {agency.name}"[:120], job_title="A computer system, not a person",
        is_service=True, is_invented=agency.is_invented,
    )  # fmt: skip


def _require(actor: Person, board: Board) -> None:
    if not may(acting_seats(actor), Verb.MANAGE, KIND, board):
        raise NotForYou(Answer(False, "not_for_them", "They do not keep the tokens of this board."))

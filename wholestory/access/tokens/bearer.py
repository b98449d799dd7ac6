"""Who a request with a token is. Asked once, before anybody acts; every limit here is counted apart for each token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wholestory.access.signing_in.limits import Limit, digest
from wholestory.access.tokens.models import Token

#: Requests of one token. Plenty for a nightly exchange, too few to slow the people who sit at a screen.
REQUESTS = Limit("api_requests", 300, 60)
#: Tokens nobody was given, from one network address. They cannot be guessed; this only keeps the noise down.
UNKNOWN = Limit("api_unknown", 60, 10 * 60)
#: Noting when a token was last used need not cost a write at every request.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Bearer:
    """The token of a request. ``fault`` is empty, or says in a code why it opens nothing: ``no_token``,
    ``unknown_token``, ``token_expired``, ``token_revoked``, ``too_many``."""

    token: Token | None
    fault: str = ""


def read(authorization: str, address: str, now: datetime) -> Bearer:
    """The bearer of an ``Authorization`` header, sent from ``address``."""
    scheme, _, secret = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return Bearer(None, "no_token")
    related = ("board", "agency", "person", "seat__board", "seat__agency")
    found = Token.objects.select_related(*related).filter(digest=digest(secret.strip())).first()
    if found is None:
        return Bearer(None, "too_many" if UNKNOWN.note(address) > UNKNOWN.most else "unknown_token")
    if REQUESTS.note(str(found.id)) > REQUESTS.most:
        return Bearer(found, "too_many")
    return Bearer(found, _fault(found, now))


def _fault(token: Token, now: datetime) -> str:
    if token.is_over(now):
        return "token_expired"
    if token.revoked_at is not None:
        return "token_revoked"
    # The seat may be ended, or moved to somebody else, in the directory: then the token opens nothing either.
    held = token.seat.person_id == token.person_id and token.seat.agency_id == token.agency_id
    return "" if held and token.seat.holds_on(token.board.today()) else "token_revoked"


def note_use(token: Token, now: datetime) -> None:
    """Remember that it was used, to the minute."""
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)

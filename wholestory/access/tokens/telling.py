"""The agency hears of its token: whoever holds one reads what the agency's own contributors read."""

from __future__ import annotations

from django.db.models import Q

from wholestory.access import acting
from wholestory.access.signing_in.ports import Mail, deliver
from wholestory.access.tokens.models import Scope, Token
from wholestory.partners.models import Person, Role, Seat

SUBJECT = "A system may now use your organisation's self-audits"
BODY = """\
The team of {board} has made an API token for {agency}.

It is for: {used_by}
It may: {scopes}
It was made by: {made_by}
It stops working on: {until}

Nobody can sign in with it, and it can never sign a return off. If you did not ask for it, tell the board's team at
once: they can revoke it in a minute.
"""


def made(token: Token) -> int:
    """Tell the agency's leads and whoever confirms its people; how many there were."""
    until = token.expires_at
    body = BODY.format(
        board=token.board.name,
        agency=token.agency.name,
        used_by=token.used_by,
        scopes="; ".join(scope.label.lower() for scope in Scope if token.allows(scope)),
        made_by=token.made_by.full_name,
        until=f"{until.day} {until:%B %Y}",
    )
    with acting.as_system(token.board, "postroom"):
        leads = _leads(token)
        for person in leads:
            deliver(Mail("api_token_made", person.email or "", SUBJECT, body, person.id, token.board_id))
    return len(leads)


def _leads(token: Token) -> list[Person]:
    today = token.board.today()
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    seats = Seat.objects.filter(lasting, board=token.board_id, agency=token.agency_id, starts_on__lte=today)
    wanted = Q(role=Role.AGENCY_LEAD) | Q(is_account_owner=True)
    people = Person.objects.filter(pk__in=seats.filter(wanted).values("person"))
    return list(people.exclude(pk=token.person_id).exclude(email=None).order_by("full_name", "pk"))

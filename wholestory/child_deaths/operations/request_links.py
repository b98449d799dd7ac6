"""Links by which whoever was asked comes to the request: made, found again, withdrawn.

A link opens nothing by itself. It says which account it was made for, and a code goes to that account's own address;
then the session remembers that it came by a link of this request. Only the hash of a token is kept.

Links run by the real clock, also for an example board whose day stands still: what was sent has to run out.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wholestory.access.models import Account
from wholestory.access.signing_in.sealing import seal
from wholestory.child_deaths.models import Addressee, AgencyRequest, RequestLink
from wholestory.child_deaths.rules.requests import LINK_DAYS

#: How soon after one link another may be asked for from the page.
PAUSE = timedelta(minutes=10)


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(f"wholestory.asked:{token}".encode()).hexdigest()


def issue(*, request: AgencyRequest, addressee: Addressee, why: str) -> RequestLink | None:
    """Make a link and have it sent to the addressee. None where the same reminder went before."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    account = Account.objects.get(person=addressee.person_id)
    link = RequestLink(
        digest=digest(token), account=account, board_id=request.record.board_id, request_record=request.record_id,
        addressee=addressee.id, why=why, issued_at=now, expires_at=now + timedelta(days=LINK_DAYS),
    )  # fmt: skip
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:
        return None
    _send(link, token)
    return link


def again(*, request: AgencyRequest, addressee: Addressee) -> bool:
    """Send somebody their link once more, to the address it was made for, and withdraw none. False where one was made
    a few minutes ago: it is on its way."""
    if RequestLink.objects.filter(addressee=addressee.id, issued_at__gt=timezone.now() - PAUSE).exists():
        return False
    return issue(request=request, addressee=addressee, why="again") is not None


def live(token: str) -> RequestLink | None:
    """The link a token belongs to, while it works."""
    found = known(token)
    if found is None or found.revoked_at is not None or found.expires_at <= timezone.now():
        return None
    return found


def known(token: str) -> RequestLink | None:
    """The link a token belongs to, whether it works or not."""
    return RequestLink.objects.select_related("account", "board").filter(digest=digest(token)).first()


def came_by(*, link_id: str, record_id: UUID, account: Account) -> bool:
    """Whether this account came by a link of this request that still works. One query."""
    try:
        key = UUID(link_id)
    except ValueError:
        return False
    return RequestLink.objects.filter(
        pk=key, request_record=record_id, account=account, revoked_at=None, expires_at__gt=timezone.now()
    ).exists()


def revoke(*, record_id: UUID, addressee: UUID | None = None) -> int:
    """Withdraw every link of a request, or those of one addressee."""
    links = RequestLink.objects.filter(request_record=record_id, revoked_at=None)
    if addressee is not None:
        links = links.filter(addressee=addressee)
    return links.update(revoked_at=timezone.now())


def note_opened(link: RequestLink) -> None:
    """Somebody came by it and showed the code."""
    if link.opened_at is None:
        RequestLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


def _send(link: RequestLink, token: str) -> None:
    from wholestory.child_deaths.request_jobs import send_request_link

    # The token is in the queue only sealed, with a key that the database does not hold.
    send_request_link.defer(sealed=seal(json.dumps({"link": str(link.pk), "token": token})))

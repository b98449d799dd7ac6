"""The one-time link by which the first person gets in, before any mail can be sent. It works once, for a day."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from wholestory.access.models import Account

LIVES = timedelta(hours=24)
_SALT = "wholestory.start"


def make(account: Account) -> str:
    """The whole address. Signing in by it, or in any other way, spends it."""
    token = signing.dumps({"account": str(account.pk), "after": _stamp(account)}, salt=_SALT)
    return f"{settings.SITE_ADDRESS}{reverse('start:sign_in', args=[token])}"


def read(token: str) -> Account | None:
    """Whose link this is; None when it is spent, too old or not ours."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=LIVES)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=said["account"], is_active=True).select_related("person").first()
    return account if account is not None and _stamp(account) == said["after"] else None


def _stamp(account: Account) -> str:
    return account.last_login.isoformat() if account.last_login else ""

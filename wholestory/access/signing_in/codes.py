"""One-time codes by e-mail.

Nothing an outsider does with somebody's address closes that person's way in: an address asked for again and again
is sent at most one message in a while, every code that has not run out stays good, and wrong guesses only make the
next codes longer. Whether an address is known shows nowhere: not in the page, not in the time it takes (the work is
done by a job), not in a limit.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from wholestory.access.models import Account
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import limits, ports
from wholestory.access.signing_in.models import SignInCode

LIVES = timedelta(minutes=20)
#: Between two messages to one address: short at first, longer when nobody uses what was sent.
PAUSE, LONG_PAUSE, BEFORE_LONG = timedelta(minutes=2), timedelta(minutes=10), 3
#: Eight digits against 120 tries an hour from one network; sixteen when somebody has been guessing.
DIGITS, MORE_DIGITS = 8, 16


def find_account(email: str) -> Account | None:
    """The open account with this address."""
    return (
        Account.objects.filter(email=email.strip().lower(), is_active=True).select_related("person").first()
    )


def _digest(account: Account, code: str) -> str:
    return salted_hmac("wholestory.sign-in-code", f"{account.pk}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def send(email: str, now: datetime, *, signed_in: bool = False) -> bool:
    """Make and send a code when the address belongs to an open account and none was sent just now.

    A code that could not be handed over was never made, so that trying again does not have to wait. ``signed_in`` is
    for somebody who shows once more who they are: their organisation's own sign-in has let them in already.
    """
    account = find_account(email)
    if account is None:
        return False
    if not signed_in and (through := binding.only_through(account)):
        _lead_to(account, through.name)
        return False
    recent = list(
        account.codes.filter(expires_at__gt=now).order_by("-created_at").values_list("created_at", flat=True)
    )
    pause = LONG_PAUSE if len(recent) >= BEFORE_LONG else PAUSE
    if recent and now - recent[0] < pause:
        return False
    guessed = limits.WRONG_FOR_ACCOUNT.passed(str(account.pk))
    digits = MORE_DIGITS if guessed else DIGITS
    if guessed:
        account.codes.all().delete()
    code = "".join(secrets.choice("0123456789") for _ in range(digits))
    SignInCode.objects.create(
        account=account, digest=_digest(account, code), created_at=now, expires_at=now + LIVES
    )
    ports.deliver(
        ports.Mail(
            kind="sign_in_code",
            to=account.email,
            subject="Your sign-in code for Wholestory",
            body=(
                f"Your sign-in code is {in_fours(code)}\n\n"
                f"It can be used once, within {LIVES.seconds // 60} minutes. "
                "Type it on the page where you asked for it.\n\n"
                "We never ask for this code by telephone or e-mail. If you did not ask for it, you need do nothing."
            ),
            person=account.person_id,
            confidential=True,
        )
    )
    return True


def _lead_to(account: Account, organisation: str) -> None:
    """Whose organisation has its own sign-in, and wants no other, is led there instead of being sent a code."""
    if not limits.LED_AWAY.passed(str(account.pk)):
        limits.LED_AWAY.note(str(account.pk))
        body = (
            f"You sign in through {organisation}: choose its name on {settings.SITE_ADDRESS}/sign-in/."
            " No code is needed."
        )
        subject = "How to sign in to Wholestory"
        ports.deliver(
            ports.Mail("sign_in_code", account.email, subject, body, account.person_id, confidential=True)
        )


def in_fours(code: str) -> str:
    """A code as people read it out: 1234 5678."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def accept(email: str, code: str, now: datetime) -> Account | None:
    """The account that ``code`` opens, or None. A code opens once; its companions end with it."""
    account = find_account(email)
    expected = _digest(account or Account(), code)
    if account is None:
        # The same work as for a known address, so that the time taken tells nothing.
        SignInCode.objects.filter(digest=expected, expires_at__gt=now).exists()
        return None
    live = account.codes.filter(expires_at__gt=now).values_list("digest", flat=True)
    if sum(constant_time_compare(one, expected) for one in live):
        account.codes.all().delete()
        return account
    limits.WRONG_FOR_ACCOUNT.note(str(account.pk))
    return None


def forget_old(now: datetime) -> int:
    """Remove the codes that have run out."""
    return SignInCode.objects.filter(expires_at__lte=now).delete()[0]

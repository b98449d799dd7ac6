"""Second factors: an authenticator app, passkeys, and recovery codes for when neither is at hand.

The arithmetic and the storage are django-allauth's; what is asked when, and what is written down, is ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from wholestory.access.models import Account
from wholestory.access.signing_in.adapters import SecondFactorAdapter

APP, PASSKEY, RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
MOST_PASSKEYS = 6
LONGEST_ANSWER = 20_000


@dataclass(frozen=True)
class Factor:
    """One second factor as its owner sees it."""

    key: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


def of(account: Account) -> list[Factor]:
    """The app and the passkeys of an account; recovery codes are not a factor of their own."""
    found = Authenticator.objects.filter(user=account, type__in=[APP, PASSKEY]).order_by("created_at", "pk")
    return [
        Factor(
            one.pk,
            "app" if one.type == APP else "passkey",
            "Authenticator app" if one.type == APP else str(one.data["name"]),
            one.created_at,
            one.last_used_at,
        )
        for one in found
    ]


def any_of(account: Account) -> bool:
    """Whether the account has a second factor."""
    return bool(Authenticator.objects.filter(user=account, type__in=[APP, PASSKEY]).exists())


# The app


def new_secret() -> str:
    """A fresh secret for an app, as the app takes it."""
    return str(generate_totp_secret())


def picture(account: Account, secret: str) -> tuple[str, str]:
    """The square code to scan (SVG) and the address it holds."""
    adapter = SecondFactorAdapter()
    address = adapter.build_totp_url(account, secret)
    return adapter.build_totp_svg(address), address


def add_app(account: Account, secret: str, code: str) -> bool:
    """Keep the app when it shows the right code; an earlier app goes."""
    if not validate_totp_code(secret, code):
        return False
    Authenticator.objects.filter(user=account, type=APP).delete()
    TOTP.activate(account, secret)
    return True


def app_shows(account: Account, code: str) -> bool:
    """Whether ``code`` is the app's now. Each code is taken once."""
    one = Authenticator.objects.filter(user=account, type=APP).first()
    if one is None or not TOTP(one).validate_code(code):
        return False
    one.record_usage()
    return True


# Passkeys


def passkey_wanted(account: Account) -> str:
    """What the browser needs to make a passkey, as JSON."""
    return json.dumps(webauthn.begin_registration(account, passwordless=False), default=dict)


def add_passkey(account: Account, answer: str, name: str) -> bool:
    """Keep the passkey the browser made; False when its answer does not hold."""
    credential = _parsed(answer)
    if (
        credential is None
        or Authenticator.objects.filter(user=account, type=PASSKEY).count() >= MOST_PASSKEYS
    ):
        return False
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, InvalidSignature, ValueError, KeyError, TypeError):
        return False
    webauthn.WebAuthn.add(account, name, credential)
    return True


def passkey_asked(account: Account) -> str:
    """What the browser needs to show a passkey, as JSON; empty when the account has none."""
    if not Authenticator.objects.filter(user=account, type=PASSKEY).exists():
        return ""
    return json.dumps(webauthn.begin_authentication(account), default=dict)


def passkey_shown(account: Account, answer: str) -> bool:
    """Whether the browser's answer proves one of the account's passkeys."""
    credential = _parsed(answer)
    if credential is None:
        return False
    try:
        webauthn.parse_authentication_response(credential)
        webauthn.complete_authentication(account, credential).record_usage()
    except (ValidationError, InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return True


def _parsed(answer: str) -> dict[str, Any] | None:
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        told = json.loads(answer)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


# Recovery codes


def new_recovery_codes(account: Account) -> list[str]:
    """Ten fresh codes, each good for one time; earlier ones go."""
    Authenticator.objects.filter(user=account, type=RECOVERY).delete()
    return list(RecoveryCodes.activate(account).generate_codes())


def recovery_codes_left(account: Account) -> int:
    """How many of them have not been used."""
    one = Authenticator.objects.filter(user=account, type=RECOVERY).first()
    return len(RecoveryCodes(one).get_unused_codes()) if one else 0


def recovery_code_shown(account: Account, code: str) -> bool:
    """Whether ``code`` is one of them; it is used up."""
    one = Authenticator.objects.filter(user=account, type=RECOVERY).first()
    return one is not None and bool(RecoveryCodes(one).validate_code(code))


# Taking away


def remove(account: Account, key: int) -> bool:
    """Take away one factor; the last one takes the recovery codes with it."""
    gone = Authenticator.objects.filter(user=account, pk=key, type__in=[APP, PASSKEY]).delete()[0]
    if gone and not any_of(account):
        Authenticator.objects.filter(user=account).delete()
    return bool(gone)


def remove_all(account: Account) -> int:
    """Take away everything: what recovery by the board's team does."""
    return int(Authenticator.objects.filter(user=account).delete()[0])

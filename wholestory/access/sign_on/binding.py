"""Whom a provider may vouch for: people of the agencies that use it, under addresses of its own, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from wholestory.access.asking import seats_today
from wholestory.access.models import Account
from wholestory.access.signing_in import limits
from wholestory.partners.models import TEAM_ROLES, Seat


class Provider(Protocol):
    """What the settings say of one organisation's sign-in."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    @property
    def email_domains(self) -> tuple[str, ...]: ...
    @property
    def addresses_are_verified(self) -> bool: ...
    @property
    def claims_from_userinfo(self) -> bool: ...
    @property
    def required_claims(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def only(self) -> bool: ...


@dataclass(frozen=True)
class NotBound(Exception):
    """What the provider said opens nothing here. ``code`` is a fixed word, for the page and for the log."""

    code: str

    def __str__(self) -> str:
        return self.code


def offered() -> tuple[Provider, ...]:
    """The providers people may sign in through. None in the demo, whose people are invented."""
    return () if settings.DEMO else tuple(settings.SINGLE_SIGN_ON)


def provider(key: str) -> Provider | None:
    """The provider with this key, when it is offered."""
    return next((one for one in offered() if one.key == key), None)


def _seats(account: Account) -> list[Seat]:
    return seats_today(account.person, also_group=True)


def _uses(seat: Seat) -> str:
    """The key of the provider that a seat's agency uses; empty when it uses none."""
    return seat.agency.sign_on if seat.agency else ""


@transaction.atomic
def bound(known: Provider, claims: dict[str, Any]) -> Account:
    """The account that these claims of the provider ``known`` open; no account is ever made. Raises NotBound.

    The address must be one the provider may vouch for and be verified; the person must hold a seat today at an
    agency that uses this provider; and the provider's own mark for the person, remembered at the first sign-in,
    must not have changed, so that an address handed on to a successor opens nothing of its former owner's.
    ``claims`` must have been proved already.
    """
    email = _vouched_for(known, claims)
    # Locked, so that of two first sign-ins at once the second finds the mark of the first.
    account = (
        Account.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(email=email, is_active=True)
        .first()
    )
    if account is None or not any(_uses(seat) == known.key for seat in _seats(account)):
        raise NotBound("no_seat")
    # A digest: the mark may be of any length, and need not be readable here.
    mark = limits.digest(f"{known.issuer}\n{claims['sub']}")
    marks = SocialAccount.objects.filter(provider=known.key)
    mine = marks.filter(user=account).first()
    if mine is None:
        # The mark of an entry that was closed, or joined to another, may come back under the one that is kept.
        marks.filter(uid=mark, user__is_active=False).delete()
        if marks.filter(uid=mark).exists():
            raise NotBound("other_person")
        SocialAccount.objects.create(user=account, provider=known.key, uid=mark, extra_data={})
    elif mine.uid != mark:
        raise NotBound("other_person")
    return account


def _vouched_for(known: Provider, claims: dict[str, Any]) -> str:
    """The address in the claims, in small letters, when the provider may vouch for it. Raises NotBound."""
    email = claims.get("email")
    # Other alphabets have letters that turn into ours when made small.
    if not isinstance(email, str) or not email.isascii() or "@" not in email:
        raise NotBound("no_address")
    email = email.strip().lower()
    if email.rpartition("@")[2] not in known.email_domains:
        raise NotBound("foreign_address")
    verified = claims.get("email_verified")
    said = verified is True or (isinstance(verified, str) and verified.lower() == "true")
    if not said and not (verified is None and known.addresses_are_verified):
        raise NotBound("unverified_address")
    return email


def is_known(account: Account) -> bool:
    """Whether some provider’s mark for this person is remembered."""
    return bool(SocialAccount.objects.filter(user=account).exists())


def forget(account: Account) -> int:
    """Forget every provider's mark for somebody, so that the next sign-in sets a new one."""
    return int(SocialAccount.objects.filter(user=account).delete()[0])


def only_through(account: Account) -> Provider | None:
    """The provider by which alone this account signs in; None when codes by e-mail are sent to it too.

    All its seats must be at agencies of one provider that says so, and its address one that provider vouches for:
    otherwise nothing would open the account. The board's team keeps codes, and shows a second factor in any case.
    """
    strict = [one for one in offered() if one.only]
    if not strict:
        return None
    seats = _seats(account)
    if any(seat.role in TEAM_ROLES for seat in seats):
        return None
    keys, domain = {_uses(seat) for seat in seats}, account.email.rpartition("@")[2].lower()
    return next((one for one in strict if keys == {one.key} and domain in one.email_domains), None)

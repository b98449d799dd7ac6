"""An account follows the person: it opens with their first seat, follows their address, and closes when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from wholestory.access.directory.doors import Refusal
from wholestory.access.models import Account, Token
from wholestory.access.signing_in import ports
from wholestory.partners.models import LeaveCover, Person, Seat


def open_for(people: Sequence[Person], on: date, *, again: bool = True) -> list[Account]:
    """Open accounts for those of the people who have an address and a seat (or cover for one) that has not ended.

    ``again`` opens closed ones too; without it only those who have none get one. Gives back the new ones.
    """
    ids = [
        person.id
        for person in people
        if person.email and not person.is_system and person.joined_to_id is None
    ]
    # A service acts by its token alone and never signs in, even when somebody gives it an address.
    services = set(Token.objects.filter(person__in=ids).values_list("person_id", flat=True))
    ids = [key for key in ids if key not in services]
    lasting = Q(ends_on=None) | Q(ends_on__gte=on)
    seated = set(Seat.objects.filter(lasting, person__in=ids).values_list("person_id", flat=True))
    seated |= set(LeaveCover.objects.filter(lasting, person__in=ids).values_list("person_id", flat=True))
    there = dict(Account.objects.filter(person__in=seated).values_list("person_id", "is_active"))
    closed = [person for person, active in there.items() if not active]
    if closed and again:
        Account.objects.filter(person__in=closed).update(is_active=True, closed_at=None)
    new = [person for person in people if person.id in seated and person.id not in there]
    accounts = [Account(person=person, email=(person.email or "").lower()) for person in new]
    for account in accounts:
        account.set_unusable_password()
    return Account.objects.bulk_create(accounts)


def follow_address(person: Person) -> None:
    """The address somebody signs in with is the one in the directory. Without one the account closes."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    if not person.email:
        raise Refusal("This person signs in with their e-mail address, so it cannot be emptied.", "email")
    if account.email != person.email.lower():
        before = account.email
        if Account.objects.filter(email=person.email.lower()).exclude(pk=account.pk).exists():
            raise Refusal("Somebody else signs in with this address. Join the two entries instead.", "email")
        account.email = person.email.lower()
        account.save(update_fields=["email"])
        _tell_the_old_address(person, before)


def _tell_the_old_address(person: Person, before: str) -> None:
    """Whoever loses an address by somebody else's doing hears of it there, and can object at once."""
    ports.deliver(
        ports.Mail(
            kind="address_changed",
            to=before,
            subject="Your sign-in address was changed",
            body=(
                "The e-mail address you sign in with was changed by the board's team. This is the last message to the"
                " old address.\n\nIf you did not expect this, telephone the board's team now."
            ),
            person=person.id,
        )
    )


def close(person: Person, at: datetime) -> bool:
    """Close somebody's account; they are signed out at their next page. False when there was none open."""
    return bool(Account.objects.filter(person=person, is_active=True).update(is_active=False, closed_at=at))


def reopen(person: Person) -> bool:
    """Open a closed account again, with the same address."""
    return bool(Account.objects.filter(person=person, is_active=False).update(is_active=True, closed_at=None))


def hand_over(giver: Person, taker: Person) -> None:
    """The account that belongs to an address goes with it, when the taker has none of their own."""
    if not Account.objects.filter(person=taker).exists():
        Account.objects.filter(person=giver).update(person=taker, is_active=True, closed_at=None)

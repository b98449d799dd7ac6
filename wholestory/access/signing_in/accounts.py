"""Inviting people, and starting somebody's second factor afresh: what the board's team does for accounts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access.asking import NotForYou, judged
from wholestory.access.directory.operations import accounts as directory
from wholestory.access.models import Account, Recovery
from wholestory.access.policy import MAY
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import factors, ports
from wholestory.access.verbs import Verb
from wholestory.partners.models import Board, Counterpart, LeaveCover, Person, Role, Seat

KIND = "access.account"


class CannotDo(ValueError):
    """Something about an account that makes no sense, with a sentence fit for a person."""


def line(verb: str, board: Board, *about: UUID, reason: str = "") -> None:
    """A line about accounts: the ids are of people, never of records."""
    ledger.line(verb, kind=KIND, ids=about, reason=reason, board_id=board.id)


def _manages(actor: Person, board: Board) -> bool:
    today = board.today()
    enough = MAY[KIND][Verb.MANAGE]
    held = Seat.objects.filter(person=actor, board=board, group=None)
    covered = LeaveCover.objects.filter(person=actor, seat__board=board).select_related("seat")
    return any(f"seat.{seat.role}" in enough and seat.holds_on(today) for seat in held) or any(
        f"seat.{cover.seat.role}" in enough
        and cover.seat.holds_on(today)
        and cover.starts_on <= today
        and (cover.ends_on is None or today <= cover.ends_on)
        for cover in covered
    )


def _require(actor: Person, board: Board) -> None:
    if not _manages(actor, board):
        raise NotForYou(judged([], [], Verb.MANAGE, KIND))


def second_may_be(actor: Person, board: Board) -> bool:
    """Whether somebody may be the second of two: they manage accounts too, or are the sister board's counterpart."""
    today = board.today()
    named = Counterpart.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), board=board, person=actor)
    return _manages(actor, board) or named.filter(starts_on__lte=today).exists()


def invitation(person: Person, board: Board, agency: str, through: str = "") -> tuple[str, str]:
    """Subject and text of an invitation: the whole instruction in five lines.

    ``through`` names the organisation by whose own sign-in alone this person comes in.
    """
    where = f" for {agency}" if agency else ""
    way = [
        f"2. Type this address: {person.email}",
        "3. We send a code to it. Type the code. There is no password.",
    ]
    if through:
        way = [
            f"2. Choose “{through}”.",
            "3. Sign in there as you do for your other work. We send no code.",
        ]
    lines = [
        f"You have been asked to work with {board.name}{where}, in Wholestory.",
        f"1. Go to {settings.SITE_ADDRESS}/sign-in/",
        *way,
        "4. The first page shows what is waiting for you, and until when.",
        f"5. If anything is unclear, answer this message{f' or write to {board.mailbox}' if board.mailbox else ''}.",
    ]
    return f"Your account with {board.name}", "\n".join(lines)


@transaction.atomic
def invite(*, actor: Person, board: Board, person: Person, now: datetime) -> None:
    """Send somebody who holds a seat the five lines that bring them in; the account is made or opened again first."""
    _require(actor, board)
    today = board.today()
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    seat = Seat.objects.filter(lasting, person=person, board=board).select_related("agency").first()
    if not person.email:
        raise CannotDo("There is no e-mail address for this person. Add one in the directory first.")
    if seat is None:
        raise CannotDo("This person holds no seat on this board. Give them one first.")
    line("access.invited", board, person.id)
    directory.open_for([person], today)
    account = Account.objects.select_related("person").filter(person=person).first()
    Account.objects.filter(person=person).update(invited_at=now)
    through = binding.only_through(account) if account else None
    subject, body = invitation(
        person, board, seat.agency.name if seat.agency else "", through.name if through else ""
    )
    ports.deliver(ports.Mail("invitation", person.email, subject, body, person.id, board.id))


@transaction.atomic
def close(*, actor: Person, board: Board, person: Person, now: datetime) -> None:
    """Close an account by hand: they are signed out at their next page. Their seats are the directory's matter."""
    _require(actor, board)
    if person == actor:
        raise CannotDo("Somebody else has to close your account.")
    line("access.account_closed", board, person.id)
    directory.close(person, now)


@transaction.atomic
def open_again(*, actor: Person, board: Board, person: Person) -> None:
    """Open a closed account of somebody who still holds a seat."""
    _require(actor, board)
    line("access.account_opened", board, person.id)
    if not directory.open_for([person], board.today()) and not Account.objects.filter(
        person=person, is_active=True
    ):
        raise CannotDo("This person holds no seat that lasts. Give them one first.")


@transaction.atomic
def forget_sign_on(*, actor: Person, board: Board, person: Person) -> None:
    """Forget how a person's organisation knows them: their next sign-in through it is taken as the first.

    For an organisation that made somebody a new account of its own. Nobody does it for themselves.
    """
    _require(actor, board)
    if person == actor:
        raise CannotDo("Somebody else of the team has to do this for you.")
    line("access.sign_on_forgotten", board, person.id)
    if not binding.forget(person.account):
        raise CannotDo("They have not signed in through their organisation yet.")


# Starting a second factor afresh


@transaction.atomic
def ask_to_start_afresh(
    *, actor: Person, board: Board, account: Account, reason: str, alone_because: str, now: datetime
) -> Recovery:
    """Ask that somebody's second factor be taken away; done at once only with a reason for doing it alone.

    ``reason`` says how one knows that it is really them who asks.
    """
    _require(actor, board)
    if account.person_id == actor.id:
        raise CannotDo("Somebody else of the team has to start your second factor afresh.")
    if not factors.any_of(account):
        raise CannotDo("This person has no second factor. They set one up when they next sign in.")
    line("access.recovery_asked", board, account.person_id)
    recovery = Recovery.objects.create(
        board=board, account=account, asked_by=actor, reason=reason, alone_because=alone_because
    )
    if alone_because:
        line("access.recovery_done", board, account.person_id, reason="alone")
        _start_afresh(recovery, now)
    else:
        _tell_the_others(recovery)
    return recovery


@transaction.atomic
def confirm_start_afresh(*, actor: Person, recovery: Recovery, now: datetime) -> None:
    """The second person agrees, and it is done."""
    if not second_may_be(actor, recovery.board):
        raise NotForYou(judged([], [], Verb.MANAGE, KIND))
    if actor.id in {recovery.asked_by_id, recovery.account.person_id}:
        raise CannotDo("The second person has to be somebody else.")
    if recovery.done_at:
        raise CannotDo("This was done already.")
    line("access.recovery_done", recovery.board, recovery.account.person_id, reason="by_two")
    recovery.confirmed_by = actor
    _start_afresh(recovery, now)


def _start_afresh(recovery: Recovery, now: datetime) -> None:
    recovery.done_at = now
    recovery.save(update_fields=["confirmed_by", "done_at"])
    account = recovery.account
    factors.remove_all(account)
    # Every session hangs on this value: whoever holds one is signed out at the next page.
    account.set_unusable_password()
    account.save(update_fields=["password"])
    ports.deliver(
        ports.Mail(
            "second_step_removed",
            account.email,
            "Your second factor was removed",
            "The board’s team has removed your authenticator app and passkeys, because somebody asked for it in your"
            " name.\n\nSign in again to set up another. If you did not ask for this, answer this message at once.",
            account.person_id,
            recovery.board_id,
        )
    )
    if recovery.alone_because:
        _tell_the_others(recovery)


def _tell_the_others(recovery: Recovery) -> None:
    """The others who could be second are told: to agree, or that one did it alone."""
    board, today = recovery.board, recovery.board.today()
    roles = [Role.BUSINESS_MANAGER, Role.ADMINISTRATOR, Role.INDEPENDENT_CHAIR]
    seats = Seat.objects.filter(board=board, role__in=roles, group=None).select_related("person")
    people = {
        s.person
        for s in seats
        if s.holds_on(today) and s.person.email and s.person_id != recovery.asked_by_id
    }
    if recovery.done_at:
        words = "did this alone and said why. Please look at it under “Accounts”."
    else:
        words = "asks for a second person to agree. Please look at it under “Accounts”, and ask them first."
    for person in people - {recovery.account.person}:
        body = f"Somebody’s second factor is to start afresh. {recovery.asked_by.full_name} {words}"
        subject = "A second factor starts afresh"
        ports.deliver(ports.Mail("recovery", person.email or "", subject, body, person.id, board.id))


@transaction.atomic
def close_those_who_hold_nothing(*, today_of: dict[UUID, date], now: datetime) -> int:
    """Close accounts whose last seat and cover have ended. Safe to run twice; run each night by the system."""
    gone = 0
    for account in Account.objects.filter(is_active=True, person__is_system=False).select_related("person"):
        seats = list(Seat.objects.filter(person=account.person))
        seats += [
            cover.seat for cover in LeaveCover.objects.filter(person=account.person).select_related("seat")
        ]
        if not seats or any(s.ends_on is None or s.ends_on >= today_of[s.board_id] for s in seats):
            continue
        ledger.line("access.account_closed", kind=KIND, ids=[account.person_id], board_id=seats[-1].board_id)
        directory.close(account.person, now)
        gone += 1
    return gone

"""Writes of the pages about access: refusals, and access taken in an emergency."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.asking import NotForYou, judged, require
from wholestory.access.models import EmergencyAccess, Grant, Refusal, RefusalReason
from wholestory.access.policy import MAY
from wholestory.access.signing_in import ports
from wholestory.access.verbs import Verb
from wholestory.ledger.reading import Cover
from wholestory.partners.models import Board, Person, Role, Seat
from wholestory.records.models import Record

EMERGENCY_LASTS = timedelta(minutes=60)


class CannotRefuse(ValueError):
    """A refusal that makes no sense, with a sentence fit for a person."""


class CannotReview(ValueError):
    """Emergency access is reviewed once, and by somebody else."""


def _keeps_refusals(actor: Person, record: Record) -> None:
    """Whoever manages refusals holds such a seat on the record's board and can read the record."""
    enough = MAY["access.refusal"][Verb.MANAGE]
    today = record.board.today()
    seats = Seat.objects.filter(person=actor, board=record.board, group=None)
    if not any(f"seat.{seat.role}" in enough and seat.holds_on(today) for seat in seats):
        raise NotForYou(judged([], [], Verb.MANAGE, "access.refusal"))


@transaction.atomic
def declare_own(*, actor: Person, record: Record, reason: str, today: date) -> None:
    """Somebody keeps themselves out of a record they can see: a conflict of interest, or it is about them."""
    require(actor, Verb.READ, record)
    if reason not in {RefusalReason.CONFLICT, RefusalReason.SUBJECT}:
        raise CannotRefuse("Choose why you should not see this.")
    _refuse(actor, actor, record, reason, today, None)


@transaction.atomic
def refuse(
    *, actor: Person, person: Person, record: Record, reason: str, starts_on: date, ends_on: date | None
) -> None:
    """Keep ``person`` out of everything in the record's circle, whatever else lets them in."""
    require(actor, Verb.READ, record)
    _keeps_refusals(actor, record)
    if person == actor:
        raise CannotRefuse("Use “I should not see this” on the record’s own page to keep yourself out.")
    if ends_on and ends_on < starts_on:
        raise CannotRefuse("The last day must be the first day or later.")
    if Refusal.objects.filter(circle=record.circle_id, person=person, reason=reason, lifted_at=None).exists():
        raise CannotRefuse("They are kept out for this reason already.")
    _refuse(actor, person, record, reason, starts_on, ends_on)


def _refuse(
    actor: Person, person: Person, record: Record, reason: str, starts_on: date, ends_on: date | None
) -> None:
    ledger.line("access.refused", record, reason=f"refusal.{reason}")
    Refusal.objects.create(
        circle_id=record.circle_id,
        office_id=record.office_id,
        person=person,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=actor,
    )
    derive.rewrite(person)


@transaction.atomic
def lift(*, actor: Person, refusal: Refusal, record: Record, at: datetime) -> None:
    """Let somebody in again as far as the rules do. Nobody lifts their own: the database hides it from them too."""
    require(actor, Verb.READ, record)
    _keeps_refusals(actor, record)
    if refusal.person_id == actor.id:
        raise CannotRefuse("Somebody else has to lift a refusal about you.")
    ledger.line("access.refusal_lifted", record, reason=f"refusal.{refusal.reason}")
    refusal.lifted_at = at
    refusal.save(force_update=True, update_fields=["lifted_at"])
    derive.rewrite(refusal.person)


def find_for_emergency(reference: str) -> Cover | None:
    """The record with exactly this reference, for whoever could take emergency access to it; else None."""
    with connection.cursor() as cursor:
        cursor.execute("select record, kind, board from access_emergency_find(%s)", [reference])
        row = cursor.fetchone()
    return Cover(row[0], reference, row[1], row[2]) if row else None


@transaction.atomic
def take_emergency_access(*, actor: Person, reference: str, reason: str) -> UUID | None:
    """Let ``actor`` read the record for an hour and tell its office at once. None when there is nothing for them.

    The database finds the record, because the actor cannot, and checks seat and refusals again before it lets them in.
    """
    cover = find_for_emergency(reference)
    if cover is None:
        return None
    ledger.line("access.emergency_taken", cover, reason="grant.emergency")
    minutes = int(EMERGENCY_LASTS.total_seconds() // 60)
    with connection.cursor() as cursor:
        cursor.execute("select access_emergency_take(%s, %s, %s)", [reference, reason, minutes])
        taken: UUID | None = cursor.fetchone()[0]
    if taken is not None:
        _tell_the_office(cover, actor)
    return taken


def _tell_the_office(cover: Cover, taker: Person) -> None:
    """Whoever reviews emergency access is told; the message names neither the record's content nor anybody in it."""
    board = Board.objects.get(pk=cover.board_id)
    today = board.today()
    told = [Role.BUSINESS_MANAGER, Role.INDEPENDENT_CHAIR]
    seats = (
        Seat.objects.filter(board=board, role__in=told, group=None)
        .exclude(person=taker)
        .select_related("person")
    )
    with acting.as_system(board, "postroom"):
        for person in {seat.person for seat in seats if seat.holds_on(today) and seat.person.email}:
            ports.deliver(
                ports.Mail(
                    kind="emergency_access",
                    to=person.email or "",
                    subject="Emergency access was taken",
                    body=(
                        f"{taker.full_name} has taken emergency access to {cover.reference} for"
                        f" {int(EMERGENCY_LASTS.total_seconds() // 60)} minutes, for reading only.\n\n"
                        "Their reason, and what they opened, is under “Emergency access” in Wholestory."
                        " Please review it there; somebody else than the person who took it has to."
                    ),
                    person=person.id,
                    board=board.id,
                )
            )


@transaction.atomic
def end_emergency_access(*, actor: Person, emergency: EmergencyAccess, at: datetime) -> None:
    """The person who took it gives it back before its time."""
    if emergency.person_id != actor.id or emergency.ended_at or emergency.expires_at <= at:
        raise NotForYou(judged([], [], Verb.WRITE, "access.emergency"))
    board = emergency.record.board
    ledger.line("access.emergency_ended", emergency.record)
    # The circle is for reading only to the person who is in it by emergency: the keeper closes it for them.
    with acting.as_system(board, "keeper"):
        EmergencyAccess.objects.filter(pk=emergency.pk).update(ended_at=at)
        grants = Grant.objects.filter(
            circle=emergency.circle_id, person=actor, role="emergency", withdrawn_at=None
        )
        grants.update(withdrawn_at=at)
        derive.rewrite(actor)


@transaction.atomic
def review_emergency_access(
    *, actor: Person, emergency: EmergencyAccess, outcome: str, note: str, at: datetime
) -> None:
    """Somebody else says whether it was justified."""
    require(actor, Verb.DECIDE, emergency.record, kind="access.emergency")
    if emergency.person_id == actor.id:
        raise CannotReview("Somebody else has to review emergency access that you took.")
    if emergency.reviewed_at:
        raise CannotReview("This was reviewed already.")
    ledger.line("access.emergency_reviewed", emergency.record, reason=outcome)
    emergency.reviewed_by, emergency.reviewed_at = actor, at
    emergency.outcome, emergency.review_note = outcome, note
    emergency.save(force_update=True, update_fields=["reviewed_by", "reviewed_at", "outcome", "review_note"])

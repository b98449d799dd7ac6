"""Recording why a board may hold files about children, and ending it: with it, everything loaded under it is erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.indicators.models import ErasedBecause, LawfulBasis
from wholestory.indicators.operations import circles, erasing
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Record

BASIS = opening.Opening(LawfulBasis.record_kind, "LB", "governance")
_ONE_ALREADY = "A lawful basis is in force already. End it first; its files are erased then."


class BasisRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead."""


@transaction.atomic
def record(*, actor: Person, board: Board, said: Mapping[str, Any], today: date) -> LawfulBasis:
    """Write down what the board decided: from now on files about children can be sent. ``said`` holds law, why,
    decided_by, decided_on, assessment, review_on and keep_days. Raises BasisRefused, NotForYou."""
    circle, office = circles.of_basis(board)
    kind = LawfulBasis.record_kind
    asking.require(actor, Verb.DECIDE, Record(kind=kind, circle=circle, office=office), kind=kind)
    if said["decided_on"] > today:
        raise BasisRefused("The decision cannot be later than today.")
    if said["review_on"] <= today:
        raise BasisRefused("The review must be later than today.")
    if LawfulBasis.objects.filter(board=board, ended_on=None).exists():
        raise BasisRefused(_ONE_ALREADY)
    sheet = opening.sheet(BASIS, board, circle, office, today, verb="indicators.basis_recorded")
    try:
        with transaction.atomic():
            return LawfulBasis.objects.create(
                record=sheet, circle=circle, office=office, board=board, recorded_by=actor, recorded_on=today, **said
            )  # fmt: skip
    except IntegrityError as twice:
        # Two of them pressed at once.
        raise BasisRefused(_ONE_ALREADY) from twice


@transaction.atomic
def end(*, actor: Person, basis: LawfulBasis, because: str, today: date) -> int:
    """End it, and erase every file and finding loaded under it; how many loads that were. Counts that were accepted
    stay: they name nobody. Raises BasisRefused, NotForYou."""
    asking.require(actor, Verb.DECIDE, basis.record)
    fresh = (
        LawfulBasis.objects.select_for_update(of=("self",)).select_related("record", "board").get(pk=basis.pk)
    )
    if fresh.ended_on is not None:
        raise BasisRefused("It was ended already.")
    ledger.line("indicators.basis_ended", fresh.record)
    fresh.ended_by, fresh.ended_on, fresh.ended_because = actor, today, because
    fresh.save(update_fields=["ended_by", "ended_on", "ended_because"])
    # Whoever ends it sees none of those files, and erases them all the same.
    with acting.as_system(fresh.board, "keeper"):
        return erasing.of_basis(fresh, ErasedBecause.BASIS, today)

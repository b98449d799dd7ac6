"""Who is not asked in a cycle, and why: what keeps the response rate honest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Cycle, CycleState, OutOfScope, Return, Stage
from wholestory.assurance.operations.moving import count
from wholestory.correspondence.operations.writing import team_doors
from wholestory.partners.models import Agency, Person
from wholestory.records import opening

LONGEST_REASON = 300


class ScopeRefused(ValueError):
    """The agency cannot be left out, or brought back, like that; the message says what to do."""


@transaction.atomic
def leave_out(
    *, actor: Person, cycle: Cycle, agencies: Sequence[Agency], reason: str, today: date
) -> list[OutOfScope]:
    """Say that these agencies are out of scope in this cycle, with one reason for all of them.

    The team and the chair read the reason; the board is told how many. Raises ScopeRefused for an agency that was
    asked: its request has to be taken back first.
    """
    asking.require(actor, Verb.MANAGE, cycle.record)
    words = " ".join(reason.split())
    if not words:
        raise ScopeRefused("Say why these agencies are out of scope")
    if len(words) > LONGEST_REASON:
        raise ScopeRefused(f"The reason must be {LONGEST_REASON} characters or fewer")
    if not agencies:
        raise ScopeRefused("Choose at least one agency")
    _must_be_open(cycle)
    asked = _asked(cycle, agencies)
    if asked:
        raise ScopeRefused(
            f"{asked[0]} was asked already. Open its return and stop asking it before you leave it out"
        )
    circle, _ = team_doors(cycle.board)
    office = opening.office(cycle.board, "assurance")
    ledger.line("assurance.left_out", cycle.record)
    OutOfScope.objects.filter(cycle=cycle, agency__in=agencies).delete()
    made = OutOfScope.objects.bulk_create(
        [
            OutOfScope(
                cycle=cycle, agency=agency, circle=circle, office=office, reason=words, by=actor, on=today
            )
            for agency in agencies
        ]
    )
    count(cycle.id, cycle.board_id)
    return made


@transaction.atomic
def bring_back(*, actor: Person, cycle: Cycle, agencies: Sequence[Agency]) -> int:
    """These agencies are no longer out of scope: not yet decided again. How many were."""
    asking.require(actor, Verb.MANAGE, cycle.record)
    _must_be_open(cycle)
    ledger.line("assurance.brought_back", cycle.record)
    gone, _ = OutOfScope.objects.filter(cycle=cycle, agency__in=agencies).delete()
    count(cycle.id, cycle.board_id)
    return gone


def no_longer_left_out(cycle: Cycle, agencies: Sequence[Agency]) -> None:
    """Whoever is asked is in scope. Part of issuing, under the line it writes."""
    OutOfScope.objects.filter(cycle=cycle, agency__in=agencies).delete()


def _must_be_open(cycle: Cycle) -> None:
    if Cycle.objects.select_for_update().only("state").get(pk=cycle.pk).state == CycleState.CLOSED:
        raise ScopeRefused("This cycle is closed. What it counted stays as it is")


def _asked(cycle: Cycle, agencies: Sequence[Agency]) -> list[str]:
    returns = Return.objects.filter(cycle=cycle, agency__in=agencies).exclude(stage=Stage.WITHDRAWN)
    return list(returns.order_by("agency__name").values_list("agency__name", flat=True))

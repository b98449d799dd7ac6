"""Noting that a case was entered in the national database by hand. Nothing is sent from here."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Identifier
from wholestory.child_deaths.models.national import NationalEntry
from wholestory.child_deaths.queries import national as reads
from wholestory.child_deaths.rules import national
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways.models import Standing
from wholestory.pathways.operations.moves import move


class NotEntered(ValueError):
    """It cannot be marked as entered; the sentence says why."""


@transaction.atomic
def entered(
    *, actor: Person, case: Case, reference: str, on: date, today: date, now: Moment
) -> NationalEntry:
    """Mark the newest final version as entered on ``on``. Their reference is kept with the child's numbers."""
    asking.require(actor, Verb.MANAGE, case.record)
    final = reads.final_of(case)
    because = national.why_not(
        final_version=final.version if final else None, reviewed_on=reads.reviewed_on(case),
        entered=reads.entered_versions(case),
    )  # fmt: skip
    if because is not None or final is None or final.final_on is None:
        raise NotEntered(because.words if because else "The review is not saved as final.")
    if not final.final_on <= on <= today:
        raise NotEntered("It cannot have been entered before it was final, or later than today.")
    ledger.line("child_deaths.entered_nationally", case.record)
    made = NationalEntry.objects.create(
        case=case, circle_id=case.circle_id, office_id=case.office_id, version=final.version,
        reference=reference.strip()[:60], on=on, by=actor,
    )  # fmt: skip
    if reference.strip():
        Identifier.objects.get_or_create(
            child=case.child, kind=Identifier.Kind.NATIONAL, value=reference.strip()[:60],
            defaults={"circle_id": case.circle_id, "office_id": case.office_id, "since_on": on},
        )  # fmt: skip
    if Standing.objects.get(record=case.record).stage == "finalised":
        move(actor=actor, record=case.record, name="entered", today=today, now=now)
    return made

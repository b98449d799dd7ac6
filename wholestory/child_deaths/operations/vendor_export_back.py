"""Taking back what an export brought: its marks and references go out of force, the cases it made are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import (
    Case,
    Identifier,
    NationalEntry,
    PastFile,
    PastFileState,
    VendorLine,
)
from wholestory.child_deaths.operations import bringing_in_back
from wholestory.child_deaths.operations.bringing_in_back import CannotTakeBack
from wholestory.child_deaths.operations.opening import CASE
from wholestory.partners.models import Person
from wholestory.pathways.models import StageChange, Standing


@transaction.atomic
def take_back(*, actor: Person, file: PastFile, because: str, today: date) -> int:
    """Take an export back; how many cases it had made. What it kept of each case stays readable as history.

    Raises CannotTakeBack without a reason, and while somebody has worked on a case it made; NotForYou.
    """
    asking.require(actor, Verb.MANAGE, file.record)
    fresh = PastFile.objects.select_for_update(of=("self",)).select_related("record").get(pk=file.pk)
    if fresh.state != PastFileState.TAKEN:
        raise CannotTakeBack(f"This export is at “{fresh.get_state_display()}” by now.")
    entries = NationalEntry.objects.filter(file=fresh, back_on=None)
    marked = list(entries.exclude(case__past_row__file=fresh).values_list("case", flat=True))
    lines = list(VendorLine.objects.filter(file=fresh).exclude(case__past_row__file=fresh))
    cases = Case.objects.filter(pk__in={one.case_id for one in lines}).values_list("record_id", flat=True)
    ledger.line(
        "child_deaths.vendor_taken_back", kind=CASE.kind, ids=list(cases), board_id=fresh.record.board_id
    )
    entries.update(back_on=today)
    _stand_as_final(actor, marked, today, because)
    _numbers_gone(lines)
    return bringing_in_back.take_back(actor=actor, file=fresh, because=because, today=today)


def _stand_as_final(actor: Person, cases: Sequence[UUID], today: date, because: str) -> None:
    """Cases that stand at “entered nationally” by a mark of the export alone stand at “final” again."""
    others = NationalEntry.objects.filter(case__in=cases, back_on=None).values("case")
    found = Case.objects.filter(pk__in=cases, record__standing__stage="submitted").exclude(pk__in=others)
    kept = list(found.select_related("record"))
    StageChange.objects.bulk_create(
        [
            StageChange(
                record=case.record, circle_id=case.circle_id, office_id=case.office_id, pathway=pathway.CASE.key,
                version=pathway.CASE.version, move="entry_taken_back", from_stage="submitted", to_stage="finalised",
                by=actor, on=today, reason=because.strip(),
            )
            for case in kept
        ],
        batch_size=1_000,
    )  # fmt: skip
    records = [case.record_id for case in kept]
    Standing.objects.filter(record__in=records).update(stage="finalised", since_on=today)


def _numbers_gone(lines: list[VendorLine]) -> None:
    """References the export gave are gone, unless somebody entered the same one by hand since."""
    gave = {one.case_id: one.gave for one in lines if one.gave}
    children = dict(Case.objects.filter(pk__in=gave).values_list("pk", "child"))
    by_hand = set(NationalEntry.objects.filter(case__in=gave, back_on=None).values_list("case", "reference"))
    wanted = Q(pk__in=[])
    for case, value in gave.items():
        if case in children and (case, value) not in by_hand:
            wanted |= Q(child=children[case], value=value)
    Identifier.objects.filter(wanted, kind=Identifier.Kind.NATIONAL).delete()

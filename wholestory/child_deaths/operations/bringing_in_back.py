"""Taking back what a list brought in, as one and with the reason, while nobody has worked on any of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import (
    AgencyRequest,
    Analysis,
    Case,
    ChildrenTogether,
    Disclosure,
    FamilyRecord,
    Hold,
    LeadDecision,
    Merge,
    NotificationStep,
    OtherProcess,
    PastFile,
    PastFileState,
    PastRow,
    ResponseDecision,
    ResponseStep,
    Transfer,
)
from wholestory.child_deaths.models.matching import MatchKey
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.operations.bringing_in_rows import BROUGHT_IN
from wholestory.child_deaths.operations.opening import CASE
from wholestory.child_deaths.queries.past import TAKEN_BACK
from wholestory.partners.models import Person
from wholestory.pathways.models import StageChange, Standing
from wholestory.records.models import Record


class CannotTakeBack(ValueError):
    """Somebody has worked on what came in; the sentence says on how much."""


def worked_on(file: PastFile) -> int:
    """On how many cases of a list somebody has worked since: those keep it from being taken back."""
    cases = PastRow.objects.filter(file=file).values_list("case_id", flat=True)
    records = Case.objects.filter(pk__in=cases).values_list("record_id", flat=True)
    found = set(
        Case.objects.filter(
            record__in=StageChange.objects.filter(record__in=records)
            .exclude(move=BROUGHT_IN)
            .values("record")
        ).values_list("pk", flat=True)
    )
    of_case: tuple[tuple[type[Any], str], ...] = (
        (NotificationStep, "case"), (LeadDecision, "case"), (Hold, "case"), (Transfer, "case"), (AgencyRequest, "case"),
        (FamilyRecord, "case"), (OtherProcess, "case"), (Disclosure, "case"), (ResponseDecision, "case"),
        (ResponseStep, "case"), (Merge, "into_case"), (Merge, "from_case"),
    )  # fmt: skip
    for kind, name in of_case:
        rows = kind._default_manager.filter(**{f"{name}__in": cases})
        found |= set(rows.values_list(name, flat=True))
    together = ChildrenTogether.objects.filter(one__case__in=cases).values_list("one__case", flat=True)
    found |= set(together) | set(
        ChildrenTogether.objects.filter(other__case__in=cases).values_list("other__case", flat=True)
    )
    later = Analysis.objects.filter(review__case__in=cases, version__gt=1)
    return len(found | set(later.values_list("review__case", flat=True)))


@transaction.atomic
def take_back(*, actor: Person, file: PastFile, because: str, today: date) -> int:
    """Take back every case a list brought in; how many. Nothing is erased: each stands at “taken back”, is in no list
    of open or finished cases, and is not offered as a duplicate any more.

    Raises CannotTakeBack without a reason, and while somebody has worked on one of them; NotForYou.
    """
    asking.require(actor, Verb.MANAGE, file.record)
    fresh = PastFile.objects.select_for_update(of=("self",)).select_related("record").get(pk=file.pk)
    if fresh.state != PastFileState.TAKEN:
        raise CannotTakeBack(f"This list is at “{fresh.get_state_display()}” by now.")
    if not because.strip():
        raise CannotTakeBack("Say why it is taken back.")
    if many := worked_on(fresh):
        cases = "one of its cases" if many == 1 else f"{many} of its cases"
        raise CannotTakeBack(f"It cannot be taken back as a whole: somebody has worked on {cases} since.")
    cases_of = Case.objects.filter(past_row__file=fresh).select_related("record__standing")
    found = list(cases_of)
    ledger.line(
        "child_deaths.past_taken_back", kind=CASE.kind, ids=[case.record_id for case in found],
        board_id=fresh.record.board_id,
    )  # fmt: skip
    ledger.line("child_deaths.past_taken_back", fresh.record)
    StageChange.objects.bulk_create(
        [
            StageChange(
                record=case.record, circle_id=case.circle_id, office_id=case.office_id, pathway=pathway.CASE.key,
                version=pathway.CASE.version, move="taken_back", from_stage=case.record.standing.stage,
                to_stage=TAKEN_BACK, by=actor, on=today, reason=because.strip(),
            )
            for case in found
        ],
        batch_size=1_000,
    )  # fmt: skip
    Standing.objects.filter(record__in=[case.record_id for case in found]).update(
        stage=TAKEN_BACK, since_on=today
    )
    Record.objects.filter(pk__in=[case.record_id for case in found]).update(closed_on=today)
    children = [case.child_id for case in found]
    MatchKey.objects.filter(child__in=children).delete()
    transaction.on_commit(partial(figures.rebuild, file.panel), robust=True)
    fresh.state, fresh.back_by, fresh.back_on = PastFileState.TAKEN_BACK, actor, today
    fresh.back_because = because.strip()[:300]
    fresh.save(update_fields=["state", "back_by", "back_on", "back_because"])
    return len(found)

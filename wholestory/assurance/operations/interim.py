"""An interim year: agencies change what changed and bring their actions up to date; the baseline stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory.assurance.models import Cycle, CycleKind, CycleState
from wholestory.assurance.operations import cycles
from wholestory.assurance.queries.interim import can_stand_on
from wholestory.assurance.rules.chosen import rules_in
from wholestory.partners.models import Agency, Person


@transaction.atomic
def prepare(
    *, actor: Person, baseline: Cycle, title: str, opens_on: date, due_on: date, today: date
) -> Cycle:
    """A new interim round on ``baseline``: the same questions, scale and rules. Nobody is asked yet.

    Raises CycleRefused when the baseline asked nobody or was brought in from files.
    """
    if baseline.state == CycleState.DRAFT or baseline.kind == CycleKind.PAST:
        raise cycles.CycleRefused(
            "An interim year stands on a cycle that was answered and signed here. Choose such a cycle."
        )
    made = cycles.prepare(
        actor=actor, board=baseline.board, title=title, framework=baseline.framework,
        framework_version=baseline.framework_version, opens_on=opens_on, due_on=due_on,
        rules=rules_in(baseline), previous=baseline, today=today,
    )  # fmt: skip
    made.kind = CycleKind.INTERIM
    # What counts as compliant stays that of the baseline, whatever the framework says by now.
    made.compliant_from = baseline.compliant_from
    made.save(update_fields=["kind", "compliant_from"])
    return made


def askable(cycle: Cycle, agencies: Sequence[Agency]) -> list[Agency]:
    """Those of the agencies that can be asked in this round."""
    if cycle.kind != CycleKind.INTERIM:
        return list(agencies)
    stands = can_stand_on(cycle)
    return [agency for agency in agencies if agency.id in stands]

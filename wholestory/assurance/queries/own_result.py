"""An agency's own result: its sheets, those of its earlier returns, and what it is shown of the others.

Read from the return's own circle only, so that whoever looks, the page is what the agency itself sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wholestory.access import acting
from wholestory.assurance.answers import framework_of, rules_of, scores_of, test_of
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Comparison, Return, ScoreSheet, Stage, Whose
from wholestory.assurance.queries.figures import MOST_CYCLES
from wholestory.assurance.rules.chosen import cap_under
from wholestory.assurance.rules.figures import Line
from wholestory.assurance.rules.rollup import StandardScore
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.assurance.sheets import standard_of, stored_items


@dataclass(frozen=True)
class Own:
    """One return of the agency with the scores it may see."""

    ret: Return
    is_moderated: bool
    items: Mapping[str, Line]
    standards: Mapping[str, StandardScore]

    @property
    def framework(self) -> Framework:
        """What was asked."""
        return framework_of(self.ret)

    @property
    def test(self) -> CompliantTest:
        """What counts as compliant."""
        return test_of(self.ret)


@dataclass(frozen=True)
class OwnResult:
    """The return looked at, the agency's earlier ones (newest first), and the others without names."""

    now: Own | None
    earlier: tuple[Own, ...]
    others: Mapping[str, Any]
    alone: bool = False
    """Nobody else was asked in this round."""


def own_result(ret: Return) -> OwnResult:
    """Three queries, and one more where nothing of others is shown, whatever the number of items."""
    before = Return.objects.filter(agency=ret.agency_id, board=ret.board_id, issued_on__lt=ret.issued_on)
    rows = [ret, *before.exclude(signed_off_on=None).order_by("-issued_on", "-id")[: MOST_CYCLES - 1]]
    circles = [row.circle_id for row in rows]
    kept = ScoreSheet.objects.filter(return_of__in=[row.pk for row in rows], circle__in=circles)
    sheets = {
        one.return_of_id: one for one in kept.order_by("return_of_id", "-whose").distinct("return_of_id")
    }
    found = [_own(row, sheets[row.pk]) for row in rows if row.pk in sheets]
    comparison = Comparison.objects.filter(return_of=ret.pk).first()
    now = found[0] if found and found[0].ret.pk == ret.pk else None
    others = comparison.figures if comparison else {}
    return OwnResult(
        now, tuple(one for one in found if one is not now), others, "all" not in others and _alone(ret)
    )


def _alone(ret: Return) -> bool:
    """Whether no other organisation was asked in the same round. The others' returns are closed to this one: the system
    looks whether there are any, and hands out nothing else."""
    with acting.as_system(ret.board_id, "tally"):
        rows = Return.objects.filter(cycle=ret.cycle_id).exclude(pk=ret.pk)
        return not rows.exclude(stage=Stage.WITHDRAWN).exists()


def _own(ret: Return, sheet: ScoreSheet) -> Own:
    moderated = sheet.whose == Whose.MODERATED
    try:
        standards = {key: standard_of(key, row) for key, row in sheet.standards.items()}
    except ValueError:  # kept by an earlier edition, and the night's job has not been round yet
        return _worked_out(ret, moderated)
    return Own(ret, moderated, sheet.items, standards)


def _worked_out(ret: Return, moderated: bool) -> Own:
    """The same from the answers, with no judgement where the agency is not shown one."""
    rules, framework = rules_of(ret), framework_of(ret)
    cap = cap_under(rules, framework.scale) if framework.scored else None
    scores = scores_of([ret], cap=cap, reweight=rules.reweight, judgements=moderated)[ret.pk]
    return Own(ret, moderated, stored_items(scores, own=not moderated), scores.standards)

"""Which of a board's cycles a new one follows: the last that asked largely the same."""

from __future__ import annotations

from wholestory.assurance.definitions import NoSuchFramework, framework_called
from wholestory.assurance.definitions.comparing import mapping
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, CycleKind
from wholestory.partners.models import Board


def before(board: Board, asks: Framework) -> Cycle | None:
    """The newest cycle of which at least half of the items can be compared with what is asked now: a schools audit
    follows the last schools audit, and not the section 11 round in between. None where there is none."""
    for cycle in Cycle.objects.filter(board=board).exclude(kind=CycleKind.PAST).order_by("-opens_on", "-id"):
        try:
            earlier = framework_called(cycle.framework, cycle.framework_version)
        except NoSuchFramework:
            continue
        comparable = sum(row.kind.is_comparable for row in mapping(earlier, asks) if row.item)
        if 2 * comparable >= len(earlier.items):
            return cycle
    return None

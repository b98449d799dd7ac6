"""Which of a board's cycles a new one follows: the last that asked largely the same."""

from __future__ import annotations

from fractions import Fraction

from wholestory.assurance.definitions import NoSuchFramework, framework_called
from wholestory.assurance.definitions.comparing import mapping
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, CycleKind
from wholestory.partners.models import Board


def before(board: Board, asks: Framework) -> Cycle | None:
    """The cycle of which the largest part can be compared with what is asked now, the newest of several.

    A schools audit follows the last schools audit, and not the section 11 round in between. None where less than half
    can be compared.
    """
    found: Cycle | None = None
    best = Fraction(1, 2)
    for cycle in Cycle.objects.filter(board=board).exclude(kind=CycleKind.PAST).order_by("opens_on", "id"):
        try:
            earlier = framework_called(cycle.framework, cycle.framework_version)
        except NoSuchFramework:
            continue
        comparable = sum(row.kind.is_comparable for row in mapping(earlier, asks) if row.item)
        share = Fraction(comparable, max(len(earlier.items), len(asks.items)))
        if share >= best:
            found, best = cycle, share
    return found

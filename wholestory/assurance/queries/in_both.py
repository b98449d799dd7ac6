"""Which agencies stand behind the figures of two rounds: the same, or not. One query for any number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wholestory.assurance.models import ResultRow, ScoreSheet, Stage
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.rules.cells import CellState

#: A row of the board's map that is a result, and so counts in what the board is shown.
_RESULT = (CellState.SCORED, CellState.NOT_APPLICABLE, CellState.UNANSWERED, CellState.NOT_SCORED)


@dataclass(frozen=True)
class InBoth:
    """How many agencies have scores in both rounds, and the names of those in one of them only."""

    both: int
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]

    @property
    def are_the_same(self) -> bool:
        """Whether nobody came and nobody left."""
        return not self.only_now and not self.only_before


def in_both(now: Round, before: Round) -> InBoth:
    """Who is counted in these two rounds, as the acting person may know: the team by the score sheets it sees, the
    board by the results it was shown."""
    cycles = [now.cycle.pk, before.cycle.pk]
    pairs: Iterable[tuple[UUID, UUID, str]]
    if now.for_board:
        shown = ResultRow.objects.filter(cycle__in=cycles, state__in=[state.value for state in _RESULT])
        pairs = shown.order_by().values_list("cycle_id", "agency_id", "agency__name").distinct()
    else:
        # A return that was sent back with a question has no score until it is answered.
        kept = ScoreSheet.objects.filter(cycle__in=cycles).exclude(return_of__stage=Stage.RETURNED_WITH_QUERY)
        pairs = kept.order_by().values_list("cycle_id", "agency_id", "agency__name").distinct()
    named: dict[UUID, dict[UUID, str]] = {cycle: {} for cycle in cycles}
    for cycle, agency, name in pairs:
        named[cycle][agency] = name
    new, old = named[cycles[0]], named[cycles[1]]
    return InBoth(
        len(new.keys() & old.keys()),
        tuple(sorted((new[one] for one in new.keys() - old.keys()), key=str.casefold)),
        tuple(sorted((old[one] for one in old.keys() - new.keys()), key=str.casefold)),
    )

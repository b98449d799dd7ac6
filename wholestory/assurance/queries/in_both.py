"""Which agencies stand behind the figures of two rounds and, for the team, the figures of those in both.

A change over different agencies says as much of who answered as of what they do. So where they differ the team's change
is worked out over those in both. The board keeps the figures it was shown: from others beside them it could take the
few that came or went.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from wholestory.assurance import sheets
from wholestory.assurance.models import ResultRow, ScoreSheet, Stage
from wholestory.assurance.queries.asked import asked
from wholestory.assurance.queries.figures import Round, marks_of
from wholestory.assurance.rules.cells import CellState
from wholestory.assurance.rules.figures import Figures, ItemFigure, item_figures

#: A row of the board's map that is a result, and so counts in what the board is shown.
_RESULT = (CellState.SCORED, CellState.NOT_APPLICABLE, CellState.UNANSWERED, CellState.NOT_SCORED)


@dataclass(frozen=True)
class InBoth:
    """How many agencies have scores in both rounds, and the names of those in one of them only. ``now`` and ``before``
    are the figures of those in both, by item; empty where everybody is, and for the board."""

    both: int
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]
    now: Mapping[str, ItemFigure] = field(default_factory=dict, compare=False)
    before: Mapping[str, ItemFigure] = field(default_factory=dict, compare=False)

    @property
    def are_the_same(self) -> bool:
        """Whether nobody came and nobody left."""
        return not self.only_now and not self.only_before

    def compared(self, rounds: Sequence[Round]) -> list[Round]:
        """The last two rounds as a change is worked out over them: those in both, where that can be said."""
        newest, earlier = rounds[:2]
        if not self.now:
            return [newest, earlier]
        return [
            replace(newest, figures=Figures(self.both, newest.figures.moderated, self.now)),
            replace(earlier, figures=Figures(self.both, earlier.figures.moderated, self.before)),
        ]


def in_both(now: Round, before: Round) -> InBoth:
    """Who is counted in these two rounds, as the acting person may know: the team by the score sheets it sees, the
    board by the results it was shown. One query; where a team's rounds differ one for the marks, and a few more,
    however many agencies there are, for what is new to the process.
    """
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
    both = new.keys() & old.keys()
    found = InBoth(
        len(both),
        tuple(sorted((new[one] for one in new.keys() - old.keys()), key=str.casefold)),
        tuple(sorted((old[one] for one in old.keys() - new.keys()), key=str.casefold)),
    )
    if found.are_the_same or now.for_board or not both:
        return found
    figures = _figures(now, before, both)
    return replace(found, now=figures[cycles[0]], before=figures[cycles[1]])


Items = dict[UUID, dict[str, ItemFigure]]
#: What was added up, by the rounds and the marks of the sheets it rests on: whoever sees other sheets has other marks.
_ADDED_UP: dict[tuple[Any, ...], Items] = {}
MOST_KEPT = 200


def _figures(now: Round, before: Round, agencies: Iterable[UUID]) -> Items:
    marks = marks_of([now.cycle, before.cycle])
    wanted = sorted(agencies)
    mark = (now.cycle.pk, marks[now.cycle.pk], before.cycle.pk, marks[before.cycle.pk], tuple(wanted))
    if mark not in _ADDED_UP:
        if len(_ADDED_UP) >= MOST_KEPT:
            _ADDED_UP.clear()
        _ADDED_UP[mark] = _added_up(now, before, wanted)
    return _ADDED_UP[mark]


def _added_up(now: Round, before: Round, agencies: Iterable[UUID]) -> Items:
    counted = set(agencies)
    found: Items = {}
    for one in (now, before):
        rows = [
            row for row in asked([one.cycle])
            if row.agency_id in counted and row.stage != Stage.RETURNED_WITH_QUERY
        ]  # fmt: skip
        scores = sheets.read(one.cycle, rows, whole=False).values()
        lines = (sheet.items for sheet in scores)
        found[one.cycle.pk] = item_figures(one.framework.items, lines, one.framework.scale)
    return found

"""Records about agencies' figures for the walk over every route."""

from __future__ import annotations

from functools import cached_property

from tests.indicators.counted import a_file, council
from tests.indicators.people import NOW, Figures, bring_in_figures_people
from tests.personas import TODAY, World
from wholestory.indicators.operations import aggregates, scorecards
from wholestory.indicators.rules.periods import Year

SCORECARD = b"Measure,Q1 2014/15,Q2 2014/15\nC06 Referrals,310,402\nC06 again,x9,1\n"


class FigureRecords:
    """References of what the performance report's rooms keep."""

    def __init__(self, world: World) -> None:
        bring_in_figures_people(world)
        self.made = Figures(world)

    @cached_property
    def scorecard(self) -> str:
        """A scorecard that is being looked through."""
        with self.made.acting() as actor:
            sent = scorecards.start(
                actor=actor, board=self.made.world.board, name="scorecard.csv", content=SCORECARD,
                years=Year.FINANCIAL, whose="board", now=NOW, today=TODAY,
            )  # fmt: skip
        return str(sent.record.reference)

    @cached_property
    def aggregate(self) -> str:
        """A file of counts that is being looked through."""
        of = council(self.made.world)
        with self.made.acting() as actor:
            sent = aggregates.start(
                actor=actor, board=self.made.world.board, agency=of, name="counts.json", content=a_file(), now=NOW,
                today=TODAY,
            )  # fmt: skip
        return str(sent.record.reference)

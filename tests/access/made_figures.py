"""Records about agencies' figures for the walk over every route."""

from __future__ import annotations

from functools import cached_property

from tests.challenge.putting import put
from tests.indicators.counted import a_file, council
from tests.indicators.people import NOW, Figures, bring_in_figures_people
from tests.performance.quarter import begun, figures_of_quarter, given
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.challenge.challenges import settling
from wholestory.indicators.operations import aggregates, scorecards
from wholestory.indicators.rules.periods import Year
from wholestory.performance.models import AgencyPage

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

    @cached_property
    def challenge(self) -> str:
        """A challenge to the police, which waits for its answer."""
        return str(put(self.made, agency="police").record.reference)

    @cached_property
    def promise(self) -> str:
        """An action the police agreed to because of a challenge."""
        made = put(self.made, agency="police")
        with self.made.acting("group_chair") as actor:
            agreed = settling.agree_action(
                actor=actor, challenge=made, title="A second officer", owner_title="Superintendent", due_on=TODAY,
                today=TODAY, now=NOW,
            )  # fmt: skip
        return str(agreed.record.reference)

    @cached_property
    def report(self) -> str:
        """A report that is being written."""
        return str(begun(self.made).record.reference)

    @cached_property
    def agency_page(self) -> str:
        """The police's page of a report that was given."""
        figures_of_quarter(self.made)
        given(self.made)
        with acting.as_system(self.made.world.board):
            return str(AgencyPage.objects.get(agency__slug="police").record.reference)

"""Records about agencies' figures for the walk over every route."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.challenge.putting import put
from tests.indicators.child_files import SAID, a_census
from tests.indicators.counted import a_file, council
from tests.indicators.people import NOW, Figures, bring_in_figures_people
from tests.performance.quarter import WHEN, begun, figures_of_quarter, given
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.challenge.challenges import settling
from wholestory.indicators.models import ChildSource
from wholestory.indicators.operations import aggregates, children, counting_children, lawful_basis, scorecards
from wholestory.indicators.rules.periods import Period, Year
from wholestory.performance.models import AgencyPage, QuarterlyReport
from wholestory.performance.operations import public as publishing

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
    def _holding(self) -> tuple[str, str]:
        """Why the board may hold files about children, and a load that was counted."""
        of, board = council(self.made.world), self.made.world.board
        with self.made.acting("business_manager") as actor:
            basis = lawful_basis.record(actor=actor, board=board, said=SAID, today=TODAY)
        year, file = Period(date(2014, 4, 1), date(2015, 3, 31)), SimpleUploadedFile("cin.xml", a_census())
        with self.made.acting() as actor:
            sent = children.Sent(ChildSource.CENSUS, year, of, [file])
            load = children.send(actor=actor, board=board, sent=sent, now=NOW, today=TODAY)
        assert counting_children.count(board, load.pk)
        return str(basis.record.reference), str(load.record.reference)

    @cached_property
    def lawful_basis(self) -> str:
        """Why the board may hold files about children."""
        return self._holding[0]

    @cached_property
    def children(self) -> str:
        """A load of files about children, counted and not accepted yet."""
        return self._holding[1]

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
    def given_report(self) -> QuarterlyReport:
        """A report that was given to the group."""
        figures_of_quarter(self.made)
        return given(self.made)

    @cached_property
    def public(self) -> str:
        """The published version of it, as it is prepared."""
        with self.made.acting() as actor:
            return str(publishing.prepare(actor=actor, report=self.given_report, **WHEN).record.reference)

    @cached_property
    def agency_page(self) -> str:
        """The police's page of a report that was given."""
        assert self.given_report
        with acting.as_system(self.made.world.board):
            return str(AgencyPage.objects.get(agency__slug="police").record.reference)

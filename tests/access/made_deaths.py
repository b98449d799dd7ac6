"""Records about deaths of children for the walk over every route."""

from __future__ import annotations

from functools import cached_property

from tests.access import made_families
from tests.access.made_families import FamilyRecords
from tests.child_deaths.gathering import ask
from tests.child_deaths.past_lists import FINISHED, as_csv
from tests.child_deaths.people import NOW, Deaths, bring_in_panels
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY, World
from wholestory.child_deaths.models import Case, Factor, Notification, PackPart, Recommendation
from wholestory.child_deaths.operations import bringing_in, transfers, triage, vendor_export
from wholestory.child_deaths.operations.analysis import Recommended, write_recommendation
from wholestory.partners.models import Agency

#: Who runs child death reviews for the board of the example.
RUNS_DEATHS = frozenset({"coordinator", "designated_doctor"})
#: The people of child death review whom the walk tries everything as; the others are tried in tests/child_deaths.
WALKED = ("coordinator", "designated_doctor", "analyst", "panel_police", "sister_coordinator")


class DeathRecords:
    """References of a message, a case being sorted, and one on its way to another panel."""

    def __init__(self, world: World) -> None:
        bring_in_panels(world)
        self.made = Deaths(world)

    def _reference(self, row: Case | Notification) -> str:
        return str(row.record.reference)

    @cached_property
    def message(self) -> str:
        return self._reference(self.made.told(forenames="Wren", surname="Colley"))

    @cached_property
    def case(self) -> str:
        return self._reference(self.made.case())

    @cached_property
    def other_case(self) -> str:
        return self._reference(self.made.case(surname="Ashbey"))

    @cached_property
    def request(self) -> str:
        """What an agency was asked; its link stays in the post."""
        case = self.made.case(forenames="Teal", surname="Wicken", nhs_number="9990000034")
        made = ask(self.made, case, post=False).new[0]
        self.request_case = self._reference(case)
        with self.made.acting():
            self.request_set = str(made.forms.get().answers_id)
        return str(made.record.reference)

    @cached_property
    def past(self) -> str:
        """A list of earlier cases that is being looked through."""
        with self.made.acting() as actor:
            file = bringing_in.start(
                actor=actor, panel=self.made.panel, name="cases.csv", content=as_csv(FINISHED), today=TODAY
            )
        return str(file.record.reference)

    @cached_property
    def vendor(self) -> str:
        """What another product exported, which is being looked through."""
        with self.made.acting() as actor:
            file = vendor_export.start(
                actor=actor, panel=self.made.panel, name="export.csv", content=as_csv(FINISHED), mapping=None,
                today=TODAY,
            )  # fmt: skip
        return str(file.record.reference)

    @cached_property
    def transfer(self) -> str:
        case = self.made.case(forenames="Linnet", surname="Marlow", nhs_number="9990000026")
        with self.made.acting() as actor:
            triage.decide_lead(
                actor=actor, case=case, coordinates="us", leads=self.made.south,
                home_area=self.made.south.areas.get(), rule="lived_here",
                evidence="The GP's register.", today=TODAY,
            )  # fmt: skip
            sent = transfers.send(actor=actor, case=case, words="", now=self.made.now, today=TODAY)
        return str(sent.record.reference)

    @cached_property
    def beside(self) -> FamilyRecords:
        """A case with its first response, a process and a hold beside it, and its family's record."""
        return made_families.make(self.made)

    @cached_property
    def review(self) -> str:
        """A review that is listed, with a factor, a recommendation and a piece of its papers."""
        reviews = Reviews(self.made)
        found = reviews.ready(forenames="Perrin", surname="Dunnock", nhs_number="9990000042")
        reviews.listed(found)
        with self.made.acting() as actor:
            self.reviewed_case = self._reference(found.case)
            said = Recommended("Fence every pond", "local", Agency.objects.get(slug="health"))
            write_recommendation(actor=actor, review=found, said=said, now=NOW)
            self.factor = str(Factor.objects.get(analysis__review=found).pk)
            self.recommendation = str(Recommendation.objects.get(analysis__review=found).pk)
            self.piece = str(PackPart.objects.filter(review=found)[0].pk)
        return str(found.record.reference)

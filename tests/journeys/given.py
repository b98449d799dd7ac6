"""Bringing the board to where a journey begins: every state is reached through the operations people use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.correspondence.operations import sorting
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given as Answer
from wholestory.paperwork.given import Place
from wholestory.partners.models import Person

SHORT = "short_self_assessment"
FIRST_PAGE, ITEMS = "leading", tuple(framework_called(SHORT).items)
DUE_ON = date(2016, 3, 31)
SAID = "It is in our policy and people know it."


def at(day: date) -> datetime:
    """Ten o'clock that day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


class Given:
    """The personas' board. ``cycle`` and ``returns`` are of the newest cycle."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cycle: Cycle | None = None
        self.returns: dict[str, Return] = {}

    @contextmanager
    def acting(self, persona: str) -> Iterator[Person]:
        """As this persona, in their seat."""
        with acting.acting_as(self.world.people[persona], self.world.seats.get(persona)):
            yield self.world.people[persona]

    def name(self, persona: str) -> str:
        return self.world.people[persona].full_name

    # ---- the cycle ----

    def a_cycle(self, *agencies: str, title: str = "Self-audit 2016", on: date = date(2016, 1, 11)) -> Given:
        """Ten questions asked of these agencies (keys of the personas), due on the last of March."""
        with self.acting("business_manager") as actor:
            self.cycle = cycles.prepare(
                actor=actor, board=self.world.board, title=title, framework=SHORT, opens_on=on,
                due_on=date(on.year, 3, 31), previous=self.cycle, today=on,
            )  # fmt: skip
            asked = [self.world.agencies[name] for name in agencies]
            made = cycles.issue(actor=actor, cycle=self.cycle, agencies=asked, today=on)
        self.returns = {ret.agency.slug: ret for ret in made}
        return self

    def last_years_answers(self, agency: str, lead: str, signatory: str) -> Given:
        """A cycle of the year before, which this agency answered, signed and had released."""
        on = date(2015, 2, 2)
        self.a_cycle(agency, title="Self-audit 2015", on=on)
        self.answered(agency, lead, on=on).signed(agency, signatory, on=on).released(agency, on=on)
        with self.acting("business_manager") as actor:
            cycles.release_to_board(actor=actor, cycle=self._cycle(), today=on)
            cycles.close(actor=actor, cycle=self._cycle(), today=on)
        return self

    def _cycle(self) -> Cycle:
        assert self.cycle is not None
        return Cycle.objects.select_related("record", "board").get(pk=self.cycle.pk)

    def cycle_reference(self) -> str:
        with acting.as_system(self.world.board):
            return self._cycle().record.reference

    # ---- one return ----

    def fresh(self, agency: str) -> Return:
        """The return as it stands, for whoever acts now."""
        found = Return.objects.select_related("record", "answers", "agency", "board")
        return found.get(pk=self.returns[agency].pk)

    def reference(self, agency: str) -> str:
        with acting.as_system(self.world.board):
            return self.fresh(agency).record.reference

    def form_page(self, agency: str, page: str = FIRST_PAGE) -> str:
        """The address of a page of the agency's form."""
        return f"/self-audits/returns/{self.reference(agency)}/form/page/{page}/"

    def begun(self, agency: str, lead: str, on: date = TODAY) -> Given:
        with self.acting(lead) as actor:
            returns.begin(actor=actor, ret=self.fresh(agency), today=on, now=at(on))
        return self

    def answered(
        self, agency: str, lead: str, scores: Mapping[str, int] | None = None, on: date = TODAY
    ) -> Given:
        """The whole form filled in: 2 everywhere but for ``scores``, with a plan beside what is below."""
        saves = []
        for item in ITEMS:
            score, keys = (scores or {}).get(item, 2), item_keys(item)
            saves += [
                paperwork.Save(Place(keys.score), Answer(score)),
                paperwork.Save(Place(keys.said), Answer(SAID)),
            ]
            if score < 2:
                saves += [
                    paperwork.Save(Place(keys.plan), Answer("Train everybody before the summer.")),
                    paperwork.Save(Place(keys.plan_due), Answer("2016-09-30")),
                ]
        self.begun(agency, lead, on)
        with self.acting(lead) as actor:
            set_id = self.returns[agency].answers_id
            paperwork.save_draft(actor=actor, set_id=set_id, saves=saves, now=at(on))
        return self

    def signed(self, agency: str, signatory: str, on: date = TODAY) -> Given:
        with self.acting(signatory) as actor:
            returns.sign_off(
                actor=actor, ret=self.fresh(agency), post="Chair of governors", today=on, now=at(on)
            )
        return self

    def assigned(self, agency: str, moderator: str, on: date = TODAY) -> Given:
        with self.acting("business_manager") as actor:
            moderation.assign(
                actor=actor, ret=self.fresh(agency), moderator=self.world.people[moderator], today=on
            )
        return self

    def released(self, agency: str, on: date = TODAY) -> Given:
        with self.acting("quality_officer") as actor:
            moderation.finish(actor=actor, ret=self.fresh(agency), note="Thank you.", today=on)
        with self.acting("business_manager") as actor:
            moderation.release(actor=actor, ret=self.fresh(agency), today=on)
        return self

    # ---- the post ----

    def the_post_goes_out(self) -> Given:
        """What the worker does each minute: messages of the last while are put together and handed on."""
        with acting.as_system(self.world.board, "postroom"):
            sorting.sort_post(self.world.board, datetime.now(UTC))
        return self

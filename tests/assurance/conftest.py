"""A cycle of ten short questions asked of four agencies, reached through the operations themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.partners.models import Person

NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)
SHORT = "short_self_assessment"


class Round:
    """The cycle, and short ways for each persona to do their part in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        with self.acting("business_manager") as actor:
            self.cycle: Cycle = cycles.prepare(
                actor=actor, board=world.board, title="Spring 2016", framework=SHORT,
                opens_on=date(2016, 1, 11), due_on=date(2016, 3, 31), today=TODAY,
            )  # fmt: skip
            asked = [world.agencies[name] for name in ("school", "police", "health", "charity")]
            issued = cycles.issue(actor=actor, cycle=self.cycle, agencies=asked, today=TODAY)
        self.returns: dict[str, Return] = {ret.agency.slug: ret for ret in issued}

    @contextmanager
    def acting(self, name: str) -> Iterator[Person]:
        """As this persona, in their seat."""
        with acting.acting_as(self.world.people[name], self.world.seats.get(name)):
            yield self.world.people[name]

    def fresh(self, agency: str) -> Return:
        """The return as it stands, read by the system."""
        with acting.as_system(self.world.board):
            return Return.objects.select_related("record", "answers", "agency", "cycle", "board").get(
                pk=self.returns[agency].pk
            )

    def answer(
        self, agency: str, who: str, scores: dict[str, int] | int = 2, plan: str = "Write it down"
    ) -> None:
        """Fill the whole form: ``scores`` by item key, or one score for all."""
        framework = framework_called(SHORT)
        saves = []
        for item in framework.items:
            score = scores if isinstance(scores, int) else scores.get(item, 2)
            keys = item_keys(item)
            saves.append(paperwork.Save(Place(keys.score), Given(score)))
            saves.append(paperwork.Save(Place(keys.said), Given("It is in our policy and people know it.")))
            if score < 2:
                saves.append(paperwork.Save(Place(keys.plan), Given(plan)))
                saves.append(paperwork.Save(Place(keys.plan_due), Given("2016-09-30")))
        with self.acting(who) as actor:
            returns.begin(actor=actor, ret=self.fresh(agency), today=TODAY, now=NOW)
            paperwork.save_draft(actor=actor, set_id=self.returns[agency].answers_id, saves=saves, now=NOW)

    def sign(self, agency: str, who: str) -> None:
        with self.acting(who) as actor:
            returns.sign_off(actor=actor, ret=self.fresh(agency), post="Headteacher", today=TODAY, now=NOW)

    def release(self, agency: str) -> None:
        with self.acting("quality_officer") as actor:
            moderation.finish(actor=actor, ret=self.fresh(agency), note="Thank you.", today=TODAY)
            moderation.release(actor=actor, ret=self.fresh(agency), today=TODAY)


@pytest.fixture
def cycle_round(world: World) -> Round:
    return Round(world)


@pytest.fixture
def signed_school(cycle_round: Round) -> Round:
    """The school's return, answered and signed, with two items below compliant and one plan for both."""
    items = list(framework_called(SHORT).items)
    cycle_round.answer("school", "head", {items[0]: 1, items[1]: 0})
    cycle_round.sign("school", "head_signatory")
    return cycle_round

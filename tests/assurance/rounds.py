"""A cycle on any framework, asked and answered through the operations themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.assurance.rules.chosen import CycleRules
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.partners.models import Person

NOT_HERE = Given(nothing=Nothing.NOT_APPLICABLE, reason="No such work here.")


class RoundOn(Round):
    """A round on another framework, or under other rules, than the usual one."""

    def __init__(
        self, world: World, framework: str, *asked: str, rules: CycleRules | None = None, version: int | None = None,
        title: str = "Autumn 2016", opens_on: date = date(2016, 1, 11),
    ) -> None:  # fmt: skip
        self.world = world
        with self.acting("business_manager") as actor:
            self.cycle = cycles.prepare(
                actor=actor, board=world.board, title=title, framework=framework, framework_version=version,
                opens_on=opens_on, due_on=date(2016, 3, 31), today=TODAY, rules=rules,
            )  # fmt: skip
            agencies = [world.agencies[name] for name in asked]
            issued = cycles.issue(actor=actor, cycle=self.cycle, agencies=agencies, today=opens_on)
        self.returns = {ret.agency.slug: ret for ret in issued}

    @staticmethod
    @contextmanager
    def acting_in(world: World, name: str) -> Iterator[Person]:
        """As this persona, without a round."""
        with acting.acting_as(world.people[name], world.seats.get(name)):
            yield world.people[name]

    def fill(
        self, agency: str, who: str, usual: int | str, other: Mapping[str, int | str | Given] | None = None
    ) -> None:
        """Answer every line with ``usual``, or with what ``other`` says of it."""
        framework = framework_of(self.fresh(agency))
        saves = []
        for key in framework.items:
            keys, value = item_keys(key), (other or {}).get(key, usual)
            given = value if isinstance(value, Given) else Given(value)
            saves.append(paperwork.Save(Place(keys.score), given))
            if given.value is None:
                continue
            saves.append(paperwork.Save(Place(keys.said), Given("People know it.")))
            if not framework.compliant.passes(str(given.value)):
                saves.append(paperwork.Save(Place(keys.plan), Given(f"Mend {key}")))
                saves.append(paperwork.Save(Place(keys.plan_due), Given("2016-09-30")))
        with self.acting(who) as actor:
            returns.begin(actor=actor, ret=self.fresh(agency), today=TODAY, now=NOW)
            paperwork.save_draft(actor=actor, set_id=self.returns[agency].answers_id, saves=saves, now=NOW)

    def release_result(self, agency: str = "school") -> None:
        """Show the agency the result of a moderation that is finished."""
        with self.acting("quality_officer") as actor:
            moderation.release(actor=actor, ret=self.fresh(agency), today=TODAY)

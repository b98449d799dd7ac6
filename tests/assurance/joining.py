"""Two boards that ask the police together: Northmarsh leads, Southfen joins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tests.assurance.conftest import NOW
from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import acting, derive
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles, joint, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Person, Role, Seat


class Two:
    """Northmarsh leads a round that Southfen joins with questions on neglect; both ask the police."""

    def __init__(self, world: World) -> None:
        self.world = world
        for name, role in (("police_lead", Role.AGENCY_LEAD), ("police_signatory", Role.SIGNATORY)):
            Seat.objects.create(
                person=world.people[name], board=world.boards["south"], role=role, agency=world.agencies["police"],
                starts_on=LONG_AGO,
            )  # fmt: skip
        derive.rewrite(world.people["police_lead"], world.people["police_signatory"])
        self.core = framework_called("section_11_wt2015", 1)
        with self.acting("business_manager") as actor:
            self.north = cycles.prepare(
                actor=actor, board=world.board, title="Spring 2016", framework=self.core.key, framework_version=1,
                opens_on=date(2016, 1, 11), due_on=date(2016, 5, 31), today=TODAY,
            )  # fmt: skip
            self.joint = joint.propose(
                actor=actor, cycle=self.north, boards=[world.boards["south"]], today=TODAY
            )

    @contextmanager
    def acting(self, name: str, seat: Seat | None = None) -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], seat or self.world.seats.get(name)):
            yield self.world.people[name]

    def ask_north(self) -> Return:
        with self.acting("business_manager") as actor:
            wanted = [self.world.agencies["police"]]
            return cycles.issue(actor=actor, cycle=self.north, agencies=wanted, today=TODAY)[0]

    def join(self, module: str = "neglect", due_on: date = date(2016, 4, 29)) -> Cycle:
        key = f"{self.core.key}__{module}" if module else self.core.key
        with self.acting("sister_manager") as actor:
            return joint.join(
                actor=actor, joint=self.joint, board=self.world.boards["south"], title="Southfen 2016", framework=key,
                framework_version=1, opens_on=date(2016, 2, 1), due_on=due_on, today=TODAY,
            )  # fmt: skip

    def ask_south(self, cycle: Cycle) -> Return:
        with self.acting("sister_manager") as actor:
            wanted = [self.world.agencies["police"], self.world.agencies["elsewhere"]]
            issued = cycles.issue(actor=actor, cycle=cycle, agencies=wanted, today=TODAY)
        return next(ret for ret in issued if ret.agency.slug == "police")

    def fresh(self, ret: Return) -> Return:
        with acting.as_system(ret.board_id):
            rows = Return.objects.select_related("record", "answers", "agency", "cycle", "board")
            return rows.get(pk=ret.pk)

    def answer(self, ret: Return, score: int, standards: frozenset[str] | None = None) -> None:
        framework = framework_called(ret.framework, ret.framework_version)
        saves = []
        for standard in framework.standards:
            if standards is not None and standard.key not in standards:
                continue
            for item in standard.items:
                keys = item_keys(item.key)
                saves.append(paperwork.Save(Place(keys.score), Given(score)))
                saves.append(paperwork.Save(Place(keys.said), Given("We do this.")))
        with self.acting("police_lead") as actor:
            returns.begin(actor=actor, ret=self.fresh(ret), today=TODAY, now=NOW)
            paperwork.save_draft(actor=actor, set_id=ret.answers_id, saves=saves, now=NOW)

    def sign(self, ret: Return) -> None:
        with self.acting("police_signatory") as actor:
            returns.sign_off(actor=actor, ret=self.fresh(ret), post="Chief Constable", today=TODAY, now=NOW)

    def said(self, ret: Return, key: str) -> object:
        with acting.as_system(ret.board_id):
            return (
                Answer.objects.filter(answer_set=ret.answers_id, key=key)
                .values_list("value", flat=True)
                .first()
            )

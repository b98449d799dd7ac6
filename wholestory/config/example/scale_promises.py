"""What made-up agencies promised when they signed, and how far they have come with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from wholestory import ledger
from wholestory.actions.models import Action, ActionState, Source, Step, StepKind
from wholestory.actions.operations import ACTION
from wholestory.assurance.models import Stage
from wholestory.config.example.scale_answers import Plan
from wholestory.config.example.scale_cycles import AT_ONCE, Told, Years
from wholestory.config.example.scale_directory import key
from wholestory.config.example.scale_fates import moment
from wholestory.config.example.scale_sizes import TODAY
from wholestory.partners.models import Person
from wholestory.records import opening
from wholestory.records.models import Circle, Record

#: How many of a hundred promises stand where, by whether their cycle is closed.
OLD = {ActionState.CLOSED: 70, ActionState.SAID_DONE: 10, ActionState.OPEN: 15, ActionState.DROPPED: 5}
NEW = {ActionState.OPEN: 88, ActionState.SAID_DONE: 8, ActionState.CLOSED: 4}


@dataclass
class Rows:
    """The rows of many promises, in the order in which they refer to each other."""

    records: list[Record] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


class Promises:
    """Makes the actions of one board."""

    def __init__(self, years: Years, chosen: random.Random) -> None:
        self.years, self.made, self.chosen = years, years.made, chosen
        circles = opening.circles(self.made.board, "agency", self.made.agencies)
        self.circles: dict[object, Circle] = {circle.agency_id: circle for circle in circles}

    def of(self, told: list[Told], *, live: bool) -> None:
        """The actions that came from these returns' plans."""
        rows = Rows()
        for one in told:
            if one.fate.signed:
                for plan in one.answers.plans:
                    self._promise(rows, one, plan, live=live)
        ledger.line(
            "example.made_up",
            kind=ACTION.kind,
            board_id=self.made.board.id,
            ids=[record.id for record in rows.records],
        )
        for some in (rows.records, rows.actions, rows.sources, rows.steps):
            if some:
                type(some[0])._default_manager.bulk_create(some, batch_size=AT_ONCE)  # type: ignore[arg-type]  # four lists, each of one kind

    def _promise(self, rows: Rows, one: Told, plan: Plan, *, live: bool) -> None:
        on, circle = one.fate.signed_on, self.circles[one.ret.agency_id]
        shown = not live and one.fate.stage == Stage.RELEASED
        record = self.years.sheet(
            ACTION.kind, "AC", circle, "released" if shown else "actions", on, "assurance"
        )
        weights = NEW if live else OLD
        state = self.chosen.choices(list(weights), weights=list(weights.values()))[0]
        later = self.chosen.random() < 0.2
        due_on = plan.due_on + timedelta(days=92) if later else plan.due_on
        done_on = min(due_on - timedelta(days=self.chosen.randrange(1, 60)), TODAY - timedelta(days=3))
        done_on = max(done_on, on + timedelta(days=2))
        closed = state == ActionState.CLOSED
        said_done = closed or state == ActionState.SAID_DONE
        doors: dict[str, Any] = {"circle": circle, "office": record.office, "created_at": moment(on)}
        action = Action(
            id=key(self.chosen), record=record, agency=one.ret.agency, title=plan.words[:120], detail=plan.words,
            owner=one.signatory, first_due_on=plan.due_on, due_on=due_on, state=state, opened_on=on,
            said_done_on=done_on if said_done else None, closed_on=done_on + timedelta(days=1) if closed else None,
            closed_by=self.made.manager if closed else None, **doors,
        )  # fmt: skip
        rows.records.append(record)
        rows.actions.append(action)
        rows.sources += self._sources(action, one, plan, doors)
        rows.steps += self._steps(action, one, plan, later=later, done_on=done_on)

    def _sources(self, action: Action, one: Told, plan: Plan, doors: dict[str, Any]) -> Iterator[Source]:
        framework = self.years.framework
        for item in plan.items:
            yield Source(
                id=key(self.chosen), action=action, record=one.ret.record, item=item,
                item_title=f"{framework.numbers[item]} {framework.items[item].text}"[:300],
                standard=framework.standard_of[item].key, score_before=one.answers.scores[item], **doors,
            )  # fmt: skip

    def _steps(self, action: Action, one: Told, plan: Plan, *, later: bool, done_on: date) -> Iterator[Step]:
        """Every step is left by somebody, in order; the last fits the state."""
        on = action.opened_on

        def step(kind: StepKind, day: date, by: Person, words: str = "", **more: Any) -> Step:
            return Step(
                id=key(self.chosen), action=action, circle_id=action.circle_id, office_id=action.office_id, kind=kind,
                words=words, by=by, on=day, created_at=moment(day, self.chosen), **more,
            )  # fmt: skip

        yield step(StepKind.OPENED, on, one.signatory, to_due_on=plan.due_on)
        if later:
            day = on + timedelta(days=1)
            words = "It takes longer than we thought: the person who was to do it has left."
            yield step(
                StepKind.REDATED, day, one.writer, words, from_due_on=plan.due_on, to_due_on=action.due_on
            )
        if action.state in (ActionState.SAID_DONE, ActionState.CLOSED):
            words = "Done, and gone through with every team. The register shows it."
            yield step(StepKind.SAID_DONE, done_on, one.writer, words)
        if action.state == ActionState.CLOSED:
            yield step(StepKind.CLOSED, done_on + timedelta(days=1), self.made.manager, "Seen: the register.")
        if action.state == ActionState.DROPPED:
            day = on + timedelta(days=60)
            yield step(StepKind.DROPPED, day, self.made.manager, "The organisation no longer does this work.")

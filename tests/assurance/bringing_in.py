"""Short ways to bring made-up files in. Example: everything is invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.assurance.conftest import NOW, SHORT
from tests.assurance.made_tables import Rows, workbook
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import BroughtIn, BroughtInKind, Return
from wholestory.assurance.operations import past, past_actions, past_applying
from wholestory.assurance.queries import past as queries
from wholestory.assurance.queries import past_actions as action_queries
from wholestory.documents import shelf
from wholestory.partners.models import Person

FRAMEWORK = framework_called(SHORT)
ITEMS = list(FRAMEWORK.items)
NAME = f"{FRAMEWORK.key}.{FRAMEWORK.version}"


@pytest.fixture
def own_shelf(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A shelf of the test's own."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield
    shelf.storage.cache_clear()


def matrix(scores: dict[str, list[object]], items: int = 3) -> bytes:
    """Agencies down; the first questions of the short self-assessment across."""
    heads = [f"{FRAMEWORK.numbers[key]} {FRAMEWORK.items[key].text}" for key in ITEMS[:items]]
    rows: list[list[object]] = [["Organisation", *heads]]
    return workbook({"2014": [*rows, *[[name, *given] for name, given in scores.items()]]})


class Bringing:
    """A file brought in by the quality officer."""

    def __init__(self, world: World) -> None:
        self.world = world

    @contextmanager
    def acting(self, name: str = "quality_officer") -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], self.world.seats.get(name)):
            yield self.world.people[name]

    def start(
        self, content: bytes, name: str = "audit-2014.xlsx", kind: BroughtInKind = BroughtInKind.RETURNS
    ) -> BroughtIn:
        with self.acting() as actor:
            return past.start(
                actor=actor,
                board=self.world.board,
                kind=kind,
                name=name,
                content=content,
                today=TODAY,
                now=NOW,
            )

    def match(self, batch: BroughtIn, **changes: Any) -> BroughtIn:
        with self.acting() as actor:
            return past.match(actor=actor, batch=batch, changes=changes)

    def matched(self, content: bytes, name: str = "audit-2014.xlsx", **more: Any) -> BroughtIn:
        """A matrix of the short self-assessment, agencies down, matched to its end."""
        batch = self.start(content, name)
        with self.acting():
            tables = queries.tables_in(batch)
        wide = tables[0].width
        roles = ["agency", *["score"] * (wide - 1)]
        steps = ["table", "columns", "questions", "agencies", "words", "about"]
        batch = self.match(
            batch, shape="down", table="0", header=1, roles=roles, framework=NAME, title="Section 11, 2014",
            opens_on="2014-01-06", due_on="2014-03-31", done=steps, **more,
        )  # fmt: skip
        if "questions" not in more:
            keys = [queries.past_tables.key_of(head) for head in tables[0].rows[0].cells[1:]]
            batch = self.match(batch, questions=dict(zip(keys, ITEMS, strict=False)))
        return batch

    def apply(self, batch: BroughtIn) -> BroughtIn:
        with self.acting() as actor:
            fresh = BroughtIn.objects.select_related("record", "board").get(pk=batch.pk)
            if fresh.kind == BroughtInKind.ACTIONS:
                seen = action_queries.plan_of(fresh).seen
                return past_actions.apply(actor=actor, batch=fresh, seen=seen, today=TODAY)
            seen = queries.plan_of(fresh).seen
            return past_applying.apply(actor=actor, batch=fresh, seen=seen, today=TODAY, now=NOW)

    def bring(self, scores: dict[str, list[object]], **more: Any) -> BroughtIn:
        return self.apply(self.matched(matrix(scores), **more))

    def returns(self, batch: BroughtIn) -> dict[str, Return]:
        """What came of it, by the agency's slug."""
        with acting.as_system(self.world.board):
            found = Return.objects.filter(record__in=batch.rows.values("record_id"))
            rows = found.select_related("agency", "record", "answers", "board", "cycle")
            return {ret.agency.slug: ret for ret in rows}

    def tracker(self, rows: Rows, name: str = "actions-2015.xlsx", **more: Any) -> BroughtIn:
        """A list of actions with the columns organisation, action, owner, due, status, comment."""
        head = ["Agency", "Action", "Owner", "Due date", "Status", "Comments"]
        batch = self.start(workbook({"Tracker": [head, *rows]}), name, BroughtInKind.ACTIONS)
        given = {
            "shape": "long", "table": "0", "header": 1, "done": ["table", "columns", "agencies", "words"],
            "roles": ["agency", "action", "owner", "due", "status", "comment"], **more,
        }  # fmt: skip
        return self.match(batch, **given)


@pytest.fixture
def bringing(world: World, own_shelf: None) -> Bringing:
    return Bringing(world)

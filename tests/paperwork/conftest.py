"""A school's form, and two of its people to fill it in. Everybody here is invented."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.verbs import Verb
from wholestory.paperwork import operations, queries
from wholestory.paperwork.definitions import Form, Given, Place
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person
from wholestory.records.models import Circle, Office, Record

NINE = datetime(2016, 3, 14, 9, 0, tzinfo=UTC)
TODAY = date(2016, 3, 14)


@dataclass
class Desk:
    """Where a test fills in the school's form: who acts is said by name."""

    world: World
    record: Record
    form_set: AnswerSet
    minutes: int = 0

    def person(self, name: str) -> Person:
        return self.world.people[name]

    def acting(self, name: str) -> AbstractContextManager[None]:
        return acting.acting_as(self.world.people[name], self.world.seats.get(name))

    def now(self) -> datetime:
        """A minute later each time."""
        self.minutes += 1
        return NINE + timedelta(minutes=self.minutes)

    def save(
        self, name: str, window: str = "", pages: Any = None, base: int | None = None, **answers: Any
    ) -> Any:
        """``name`` saves plain values (or a Given), over what stands there unless ``base`` says otherwise. A place in
        a repeating group is written ``key__3``."""
        with self.acting(name):
            filled = queries.filled(queries.answer_set(self.form_set.id))
            saves = []
            for key, value in answers.items():
                place = Place.of(key.replace("__", "."))
                given = value if isinstance(value, Given) else Given(value)
                saves.append(operations.Save(place, given, filled.revision(place) if base is None else base))
            return operations.save_draft(
                actor=self.person(name),
                set_id=self.form_set.id,
                saves=saves,
                now=self.now(),
                window=window,
                pages=pages,
            )

    def filled(self, name: str = "head") -> queries.Filled:
        """The form as ``name`` sees it."""
        with self.acting(name):
            found = queries.filled(queries.answer_set(self.form_set.id))
            assert found.sheet.places
            return found

    def value(self, key: str) -> Any:
        """What stands at a place."""
        return self.filled().sheet.at(Place.of(key.replace("__", "."))).value


def a_record(world: World, agency: str, reference: str) -> Record:
    """A return of an agency, opened by the quality officer, who must be acting."""
    circle = Circle.objects.create(board=world.board, kind="return", agency=world.agencies[agency])
    derive.open_circle(circle)
    ledger.line("assurance.issued", board_id=world.board.id)
    return Record.objects.create(
        kind="assurance.return",
        reference=reference,
        board=world.board,
        circle=circle,
        office=Office.objects.get(board=world.board, key="assurance"),
        edition="WT2015",
        opened_on=date(2016, 1, 11),
        retention="assurance",
    )


@pytest.fixture
def open_desk(world: World) -> Callable[..., Desk]:
    """Makes a desk for an agency and a form."""

    def opened(agency: str = "school", form: Form = KITCHEN_SINK, reference: str = "SA-SCHA0001") -> Desk:
        with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
            record = a_record(world, agency, reference)
            form_set = operations.start(
                actor=world.people["quality_officer"],
                record=record,
                version=operations.publish(form),
                verb=Verb.MANAGE,
            )
        return Desk(world, record, form_set)

    return opened


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """The school's form, just begun."""
    return open_desk()

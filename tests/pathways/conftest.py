"""Records to hang clocks and stages on, as the assurance room would make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.records import references
from wholestory.records.models import Circle, Office, Record


@pytest.fixture
def make_record(world: World) -> Callable[..., Record]:
    """A cover sheet about one agency; called inside a transaction in which somebody acts."""

    def make(agency: str = "school", edition: str = "WT2015", board: str = "north") -> Record:
        circle = Circle.objects.create(
            board=world.boards[board], kind="return", agency=world.agencies[agency]
        )
        derive.open_circle(circle)
        ledger.line("assurance.issued", board_id=world.boards[board].id)
        return Record.objects.create(
            kind="assurance.return",
            reference=references.new("SA"),
            board=world.boards[board],
            circle=circle,
            office=Office.objects.get(board=world.boards[board], key="assurance"),
            edition=edition,
            opened_on=date(2016, 1, 11),
            retention="assurance",
        )

    return make


@pytest.fixture
def acts(world: World) -> Callable[[str], object]:
    """``with acts("head"):`` a transaction in which that persona acts."""

    def as_persona(name: str) -> object:
        return acting.acting_as(world.people[name], world.seats.get(name))

    return as_persona

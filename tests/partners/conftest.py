"""What tests of the directory share: acting as one of the personas, and what a seat opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from tests.personas import World, issued_return
from wholestory.access import acting
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.partners.models import Agency, Person, Role
from wholestory.records.models import Record

TODAY = date(2016, 3, 14)
NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)

As = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def as_(world: World) -> As:
    """``with as_("business_manager"): ...``"""
    return lambda name: acting.acting_as(world.people[name], world.seats.get(name))


@pytest.fixture
def police_return(world: World, as_: As) -> Record:
    return issued_return(world, world.agencies["police"], "SA-TESTPOLC")


def sees(person: Person, record: Record) -> bool:
    with acting.acting_as(person):
        return Record.objects.filter(pk=record.pk).exists()


def contributor(agency: Agency, **more: object) -> SeatDetails:
    return SeatDetails(role=Role.CONTRIBUTOR, starts_on=TODAY, agency=agency, **more)

"""A cycle follows the last one that asked largely the same, whatever was asked in between."""

from __future__ import annotations

from datetime import date

import pytest

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import cycles
from wholestory.assurance.queries.predecessors import before

pytestmark = pytest.mark.django_db


def prepared(world: World, framework: str, title: str, opens_on: date) -> Cycle:
    return cycles.prepare(
        actor=world.people["business_manager"], board=world.board, title=title, framework=framework,
        opens_on=opens_on, due_on=date(2016, 12, 31), today=TODAY,
    )  # fmt: skip


def test_a_schools_audit_follows_the_last_schools_audit(world: World) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        schools = prepared(world, "schools_and_colleges", "Schools 2015", date(2015, 1, 5))
        prepared(world, "section_11_wt2015", "Section 11, 2015/16", date(2016, 1, 11))
        assert before(world.board, framework_called("schools_and_colleges")) == schools


def test_a_later_edition_follows_the_earlier_one(world: World) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        earlier = prepared(world, "section_11_wt2013", "2013/14", date(2014, 1, 6))
        assert before(world.board, framework_called("section_11_wt2015")) == earlier


def test_the_first_of_its_kind_follows_nothing(world: World) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        prepared(world, "light_check", "Small groups", date(2015, 1, 5))
        assert before(world.board, framework_called("section_11_wt2015")) is None

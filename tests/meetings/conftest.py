"""A group that meets, with its chair, members, a lay member, and somebody who keeps its meetings. All invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.personas import LONG_AGO, TODAY, World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Account, Grant
from wholestory.documents import shelf
from wholestory.meetings.models import Item, Meeting, Part, Purpose
from wholestory.meetings.operations import agenda, attending, planning
from wholestory.partners.models import Group, Person, Role, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Record

NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)
#: A duty's record, for a room that knows none: closed, with people let in one by one.
CASE = opening.Opening("assurance.brought_in", "TC", "governance")


class Table:
    """The group and its people. ``chair`` sits in nothing but the group; the others hold seats of the board too."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group = Group.objects.create(name="Case Review Group", slug="crg", quorum=3)
        self.group.boards.add(world.board)
        self.chair = Person.objects.create(full_name="Ellis Farrow", email="group_chair@people.example")
        Account.objects.create_user("group_chair@people.example", person=self.chair)
        world.people["group_chair"] = self.chair
        self.seats: dict[str, Seat] = {}
        for name, role, agency in (
            ("group_chair", Role.PANEL_CHAIR, None),
            ("police_member", Role.MEMBER, "police"),
            ("health_member", Role.MEMBER, "health"),
            ("lay_member", Role.LAY_MEMBER, None),
        ):
            self.seats[name] = self.seat(name, role, agency)
        self.seats["former_member"] = self.seat("former_member", Role.MEMBER, "health", date(2016, 3, 13))
        derive.rewrite(*(world.people[name] for name in self.seats))

    def seat(self, name: str, role: str, agency: str | None, until: date | None = None) -> Seat:
        return Seat.objects.create(
            person=self.world.people[name], board=self.world.board, group=self.group, role=role,
            agency=self.world.agencies[agency] if agency else None, starts_on=LONG_AGO, ends_on=until,
        )  # fmt: skip

    @contextmanager
    def acting(self, name: str) -> Iterator[Person]:
        person = self.world.people[name]
        with acting.acting_as(person, self.world.seats.get(name)):
            yield person

    def meeting(self, on: date = TODAY, title: str = "Case Review Group", **said: Any) -> Meeting:
        with self.acting("business_manager") as actor:
            return planning.plan(
                actor=actor, group=self.group, board=self.world.board, today=TODAY,
                said=planning.Plan(title, on, start_time=time(14, 0), place="Bayard Place", **said),
            )  # fmt: skip

    def item(self, meeting: Meeting, title: str = "The year’s plan", part: str = Part.A) -> Item:
        with self.acting("business_manager") as actor:
            return agenda.add_item(
                actor=actor, meeting=meeting, part=part, title=title, purpose=Purpose.DECISION, today=TODAY
            )

    def case(self, *let_in: str) -> Record:
        """A record of a duty: its office is nobody's, these people come in by grant."""
        with self.acting("quality_officer") as actor:
            circle = Circle.objects.create(board=self.world.board, kind="closed")
            office = opening.office(self.world.board, "nobody")
            ledger.line("access.refused", board_id=self.world.board.id, kind=CASE.kind)
            grants = [
                Grant(
                    circle=circle, office=office, person=self.world.people[name], role="panel", purpose="test",
                    starts_on=LONG_AGO, given_by=actor,
                )
                for name in {*let_in, "quality_officer", "business_manager"}
            ]  # fmt: skip
            derive.add_grants(grants)
            record = opening.sheet(CASE, self.world.board, circle, office, TODAY, verb="access.refused")
            Grant.objects.bulk_create(grants)
            return record

    def listed(self, meeting: Meeting, record: Record, title: str = "TC-1: a child of 5 to 9 years") -> Item:
        with self.acting("business_manager") as actor:
            return agenda.list_item(
                actor=actor, meeting=meeting, record=record, neutral_title=title, today=TODAY
            )

    def came(self, meeting: Meeting, **status: str) -> None:
        """``came(meeting, police_member="present", health_member="deputy:Kim Rowe")``."""
        marks = []
        for name, said in status.items():
            kind, _, deputy = said.partition(":")
            marks.append(attending.SeatMark(self.seats[name], kind, deputy, bool(deputy)))
        with self.acting("business_manager") as actor:
            attending.record(actor=actor, meeting=meeting, marks=marks, visitors=(), today=TODAY, now=NOW)

    def everybody_came(self, meeting: Meeting) -> None:
        self.came(
            meeting,
            group_chair="present",
            police_member="present",
            health_member="present",
            lay_member="present",
        )


@pytest.fixture
def own_shelf(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Files go to a folder of this test's own, and nothing scans them."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield tmp_path
    shelf.storage.cache_clear()


@pytest.fixture
def table(world: World) -> Table:
    return Table(world)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)

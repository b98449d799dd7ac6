"""A group whose meetings another office keeps: a duty says so, and the board's own team sees nothing of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.meetings.conftest import Table
from tests.personas import LONG_AGO, TODAY
from wholestory.access import acting, derive
from wholestory.access.models import Account
from wholestory.meetings import registry
from wholestory.meetings.models import Meeting
from wholestory.meetings.operations import planning
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Group, Person, Role, Seat


@pytest.fixture
def kept_by_the_coordinator(table: Table) -> Iterator[Table]:
    """A duty has named its office for the group, and there is somebody in that office."""
    person = Person.objects.create(full_name="Wren Halloran", email="coordinator@people.example")
    Account.objects.create_user("coordinator@people.example", person=person)
    seat = Seat.objects.create(
        person=person, board=table.world.board, role=Role.CHILD_DEATH_COORDINATOR, starts_on=LONG_AGO
    )
    table.world.people["coordinator"], table.world.seats["coordinator"] = person, seat
    derive.rewrite(person)

    def keeper(group: Group) -> str:
        return "child_deaths" if group.slug == "crg" else ""

    registry.register_keeper(keeper)
    yield table
    registry._KEEPERS.remove(keeper)


def planned(table: Table) -> Meeting:
    with table.acting("coordinator") as actor:
        return planning.plan(
            actor=actor, group=table.group, board=table.world.board, said=planning.Plan("The panel meets", TODAY),
            today=TODAY,
        )  # fmt: skip


def test_its_meetings_are_under_that_office(kept_by_the_coordinator: Table) -> None:
    table = kept_by_the_coordinator
    meeting = planned(table)
    assert meeting.office.key == "child_deaths"
    for name, sees in (
        ("coordinator", True), ("group_chair", True), ("lay_member", True), ("business_manager", False),
        ("chair", False), ("quality_officer", False), ("administrator", False),
    ):  # fmt: skip
        with table.acting(name):
            assert Meeting.objects.exists() is sees, name


def test_the_boards_team_is_not_offered_the_group(
    kept_by_the_coordinator: Table, browse: Callable[[str], Client]
) -> None:
    plan = reverse("meetings:plan")
    before = browse("business_manager").get(plan).content.decode()
    assert 'value="qeg"' in before
    assert 'value="crg"' not in before
    meeting = planned(kept_by_the_coordinator)
    assert 'value="crg"' not in browse("business_manager").get(plan).content.decode()
    mine = browse("coordinator").get(plan).content.decode()
    assert 'value="crg"' in mine
    assert 'value="qeg"' not in mine
    page = reverse("meetings:meeting", args=[meeting.record.reference])
    assert browse("business_manager").get(page).status_code == 404
    assert browse("coordinator").get(page).status_code == 200


def test_nobody_takes_it_over_by_planning_first(kept_by_the_coordinator: Table) -> None:
    table = kept_by_the_coordinator
    planned(table)
    with (
        table.acting("business_manager") as actor,
        pytest.raises(MeetingRefused, match="kept by other people"),
    ):
        planning.plan(
            actor=actor,
            group=table.group,
            board=table.world.board,
            said=planning.Plan("Ours", TODAY),
            today=TODAY,
        )
    with acting.as_system(table.world.board):
        assert Meeting.objects.count() == 1

"""Planning and agendas: who may, what is refused in words, and what stays hidden."""

from __future__ import annotations

from datetime import date

import pytest

from tests.meetings.conftest import NOW, Table
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.meetings.models import Arrangement, Item, Meeting, Part, Purpose
from wholestory.meetings.operations import agenda, planning
from wholestory.meetings.refusing import MeetingRefused
from wholestory.partners.models import Role, Seat

INSIDE = {"business_manager", "group_chair", "police_member", "health_member", "lay_member"}
#: Everybody else: other members of the board, the team, other agencies, another board, nobody at all.
OUTSIDE = {
    "chair", "quality_officer", "administrator", "ig_lead", "head", "police_lead", "former_member", "sister_manager",
    "sister_head", "stranger",
}  # fmt: skip


def sees(table: Table, name: str, what: type[Meeting] | type[Item], key: object) -> bool:
    with table.acting(name):
        return what._default_manager.filter(pk=key).exists()


def test_the_seats_of_the_group_and_who_keeps_meetings_see_it(table: Table) -> None:
    meeting = table.meeting()
    seen = {name for name in INSIDE | OUTSIDE if sees(table, name, Meeting, meeting.pk)}
    assert seen == INSIDE


def test_the_holder_of_the_chair_chairs_unless_somebody_else_is_named(table: Table) -> None:
    assert table.meeting().chair == table.chair
    police = table.world.people["police_member"]
    assert table.meeting(chair=police).chair == police


@pytest.mark.parametrize("name", sorted((INSIDE | OUTSIDE) - {"business_manager"}))
def test_only_who_keeps_meetings_plans_them(table: Table, name: str) -> None:
    table.meeting()
    with pytest.raises((NotForYou, MeetingRefused)), table.acting(name) as actor:
        planning.plan(
            actor=actor, group=table.group, board=table.world.board, said=planning.Plan("Ours", TODAY), today=TODAY
        )  # fmt: skip


def test_a_group_kept_by_another_office_is_not_planned_here(table: Table) -> None:
    with table.acting("administrator") as actor, pytest.raises(NotForYou):
        planning.arrange(
            actor=actor, group=table.group, board=table.world.board, today=TODAY, office="administration"
        )
    table.meeting()
    with acting.as_system(table.world.board):
        kept = Arrangement.objects.get()
        other = acting.current()
        assert other
        office = planning.derive.ensure_offices(table.world.board)["administration"]
        ledger.line("meetings.arranged", kept.record)
        Arrangement.objects.update(
            office=office, circle=planning.Circle.objects.create(board=table.world.board, kind="closed")
        )
    with (
        table.acting("business_manager") as actor,
        pytest.raises(MeetingRefused, match="kept by other people"),
    ):
        planning.plan(
            actor=actor, group=table.group, board=table.world.board, said=planning.Plan("Ours", TODAY), today=TODAY
        )  # fmt: skip


def test_whoever_takes_the_minutes_keeps_the_groups_meetings(table: Table) -> None:
    officer = table.world.people["quality_officer"]
    meeting = table.meeting(secretary=officer)
    assert sees(table, "quality_officer", Meeting, meeting.pk)
    with table.acting("quality_officer") as actor:
        item = agenda.add_item(
            actor=actor, meeting=meeting, part=Part.B, title="Staffing", purpose=Purpose.DECISION, today=TODAY
        )
    assert sees(table, "lay_member", Item, item.pk)
    with table.acting("business_manager") as actor:
        planning.change(
            actor=actor,
            meeting=meeting,
            said=planning.Plan("CRG", TODAY, chair=table.chair),
            today=TODAY,
            now=NOW,
        )
    assert not sees(table, "quality_officer", Meeting, meeting.pk)


def test_a_cancelled_meeting_says_why_and_takes_nothing_more(table: Table) -> None:
    meeting = table.meeting()
    with table.acting("business_manager") as actor:
        with pytest.raises(MeetingRefused, match="Say why"):
            planning.cancel(actor=actor, meeting=meeting, because=" ")
        planning.cancel(actor=actor, meeting=meeting, because="Too few can come")
        with pytest.raises(MeetingRefused, match="cancelled"):
            agenda.add_item(
                actor=actor, meeting=meeting, part=Part.A, title="X", purpose=Purpose.DECISION, today=TODAY
            )


def test_an_item_about_a_closed_record_is_not_there_for_whoever_is_outside(table: Table) -> None:
    meeting = table.meeting()
    table.item(meeting, "First")
    case = table.case("police_member", "group_chair")
    hidden = table.listed(meeting, case)
    seen = {name for name in INSIDE if sees(table, name, Item, hidden.pk)}
    assert seen == {"business_manager", "police_member", "group_chair"}
    with table.acting("lay_member"):
        assert [one.title for one in Item.objects.filter(meeting=meeting)] == ["First"]


def test_a_record_is_listed_once_under_a_title_that_names_nobody(table: Table) -> None:
    meeting, case = table.meeting(), table.case()
    table.listed(meeting, case)
    with pytest.raises(MeetingRefused, match="on this agenda already"):
        table.listed(meeting, case)
    with pytest.raises(MeetingRefused, match="names nobody"):
        table.listed(meeting, table.case(), " ")


def test_a_member_lists_nothing(table: Table) -> None:
    meeting, case = table.meeting(), table.case("police_member")
    with table.acting("police_member") as actor, pytest.raises(NotForYou):
        agenda.list_item(actor=actor, meeting=meeting, record=case, neutral_title="x", today=TODAY)


def test_moving_an_item_changes_places_with_its_neighbour(table: Table) -> None:
    meeting = table.meeting()
    one, two, three = (table.item(meeting, title) for title in ("One", "Two", "Three"))
    with table.acting("business_manager") as actor:
        assert agenda.move_item(actor=actor, item=three, earlier=True)
        assert not agenda.move_item(actor=actor, item=one, earlier=True)
        found = Item.objects.filter(meeting=meeting).order_by("place")
        assert [item.title for item in found] == ["One", "Three", "Two"]
    assert two.pk


def test_a_joint_group_is_kept_by_one_board_only(table: Table) -> None:
    table.group.boards.add(table.world.boards["south"])
    table.meeting()
    with table.acting("sister_manager") as actor, pytest.raises(MeetingRefused, match="kept by other people"):
        planning.plan(
            actor=actor, group=table.group, board=table.world.boards["south"], said=planning.Plan("Ours", TODAY),
            today=TODAY,
        )  # fmt: skip


def test_a_member_of_the_sister_board_sits_in_the_joint_group(table: Table) -> None:
    table.group.boards.add(table.world.boards["south"])
    Seat.objects.create(
        person=table.world.people["sister_head"], board=table.world.boards["south"], group=table.group,
        role=Role.MEMBER, starts_on=date(2015, 1, 1),
    )  # fmt: skip
    meeting = table.meeting()
    item = table.item(meeting, "Pay", Part.B)
    assert sees(table, "sister_head", Meeting, meeting.pk)
    assert sees(table, "sister_head", Item, item.pk)
    assert not sees(table, "sister_manager", Meeting, meeting.pk)

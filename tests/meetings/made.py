"""A group's meeting with an item, a question between meetings and draft minutes, for the walk over every route."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import derive
from wholestory.meetings.models import Arrangement, Meeting, Part, Purpose
from wholestory.meetings.operations import agenda, between, minutes, planning
from wholestory.partners.models import Group, Person, Role, Seat


class Making(Protocol):
    """What makes records for the walk: the personas, and acting as one of them."""

    world: World

    def acting(self, name: str) -> AbstractContextManager[Person]: ...


class GroupMeeting:
    """A meeting of the Quality and Effectiveness Group: the board's chair holds its chair, a lay member sits in it."""

    def __init__(self, made: Making) -> None:
        world = made.world
        group = Group.objects.get(slug="qeg")
        for name, role in (("chair", Role.INDEPENDENT_CHAIR), ("lay_member", Role.LAY_MEMBER)):
            Seat.objects.create(
                person=world.people[name], board=world.board, group=group, role=role, starts_on=LONG_AGO
            )
        derive.rewrite(world.people["chair"], world.people["lay_member"])
        with made.acting("business_manager") as actor:
            said = planning.Plan("The group meets", TODAY)
            planned = planning.plan(actor=actor, group=group, board=world.board, said=said, today=TODAY)
            meeting = Meeting.objects.select_related("record__board", "group").get(pk=planned.pk)
            item = agenda.add_item(
                actor=actor,
                meeting=meeting,
                part=Part.A,
                title="The plan",
                purpose=Purpose.DECISION,
                today=TODAY,
            )
            begun = minutes.draft(actor=actor, meeting=meeting, today=TODAY)
            minutes.write(
                actor=actor, minutes=begun, words="All were welcomed.", of_items={item.pk: "Discussed."}
            )
            arrangement = Arrangement.objects.select_related("record__board").get()
            asked = between.ask(
                actor=actor, arrangement=arrangement, words="Write now?", why="It ends on Friday.",
                reply_by=TODAY + timedelta(days=3), today=TODAY,
            )  # fmt: skip
            self.reference, self.item = meeting.record.reference, item.pk
            self.arrangement, self.decision = arrangement.record.reference, asked.record.reference

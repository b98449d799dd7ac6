"""The example's meetings: one that was held, with what it decided, and the next one planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from wholestory.meetings import authority
from wholestory.meetings.models import Arrangement, Effect, Item, Meeting, Part, Purpose
from wholestory.meetings.operations import agenda, attending, deciding, interests, minutes, planning

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

GROUP, BOARD = "quality_and_effectiveness", "peterborough"
FIRST, NEXT = date(2016, 3, 2), date(2016, 5, 4)
CHAIR, MEMBER, ABSENT = "rachel_amadi_stone", "dilys_crane", "mair_penhallow"
NEGLECT = "Joint audit of neglect: what the files showed"
#: Part, title, what is asked, who speaks to it.
ITEMS = (
    (Part.A, "Minutes of the last meeting, and matters arising", Purpose.DECISION, ""),
    (Part.A, "Performance report, third quarter", Purpose.ASSURANCE, "Imran Delacourt"),
    (Part.A, "Section 11: how moderation goes", Purpose.INFORMATION, "Tobias Renn"),
    (Part.B, NEGLECT, Purpose.DECISION, "Tobias Renn"),
)
DECIDED = (
    "Supervisors look at the voice of the child in three files each month; the audit is repeated in a year."
)
MINUTED = {
    "Performance report, third quarter": "Members asked why fewer plans are looked at in time, and for how long.",
    NEGLECT: "In four of the twelve files the child’s own words were missing. Health asked for a smaller sample.",
}


def meeting_events(story: Story) -> Iterator[tuple[date, Callable[[], None]]]:
    """Planned in February, held on 2 March, minutes drafted a week later; the next one in May."""
    yield date(2016, 2, 10), partial(_plan, story, FIRST, date(2016, 2, 10))
    yield date(2016, 2, 26), partial(_declare, story)
    yield FIRST, partial(_hold, story)
    yield date(2016, 3, 9), partial(_minute, story)
    yield date(2016, 3, 11), partial(_plan, story, NEXT, date(2016, 3, 11))


def _meeting(on: date) -> Meeting:
    return Meeting.objects.select_related("record__board", "group").get(
        meets_on=on, group__slug=GROUP.replace("_", "-")
    )


def _plan(story: Story, meets_on: date, on: date) -> None:
    from wholestory.config.example.story import as_person

    board, group = story.directory.boards[BOARD], story.directory.groups[GROUP]
    with as_person(story.manager(), board.id) as actor:
        said = planning.Plan(
            title=f"{group.name}, {meets_on:%B}", meets_on=meets_on, start_time=time(14), place="Bayard Place, room 4",
            chair=story.person(CHAIR), secretary=story.manager(),
        )  # fmt: skip
        made = planning.plan(actor=actor, group=group, board=board, said=said, today=on)
        if meets_on != FIRST:
            return
        needs = [
            {"kind": "sector", "key": key, "label": label}
            for key, label in (("health", "Health"), ("police", "Police"))
        ]
        planning.set_quorum(
            actor=actor, arrangement=Arrangement.objects.select_related("record").get(group=group), number=5, share="",
            needs=needs, virtual_counts=True, deputies_count=True, target=75, today=on,
        )  # fmt: skip
        for part, title, purpose, lead in ITEMS:
            agenda.add_item(
                actor=actor,
                meeting=made,
                part=part,
                title=title,
                purpose=purpose,
                lead=lead,
                today=on,
                minutes_allowed=20,
            )


def _declare(story: Story) -> None:
    """The member of the police says what they had to do with one of the files."""
    from wholestory.config.example.story import as_person, morning

    board = story.directory.boards[BOARD]
    with as_person(story.person(MEMBER), board.id) as actor:
        meeting = _meeting(FIRST)
        item = Item.objects.select_related("meeting").get(meeting=meeting, title=NEGLECT)
        said = interests.Said(item, Effect.NO_VOTE, "My team worked on one of the twelve files.")
        interests.declare(actor=actor, meeting=meeting, answers=[said], now=morning(date(2016, 2, 26)))


def _hold(story: Story) -> None:
    from wholestory.config.example.story import as_person, morning

    board = story.directory.boards[BOARD]
    with as_person(story.manager(), board.id) as actor:
        meeting = _meeting(FIRST)
        away = story.person(ABSENT)
        marks = [
            attending.SeatMark(seat, "apologies_deputy", "Hetty Marchbanks", True)
            if seat.person == away
            else attending.SeatMark(seat, "present")
            for seat in authority.seats_on(meeting.group_id, FIRST)
        ]
        guest = attending.Visitor("A student social worker", "observer")
        attending.record(
            actor=actor, meeting=meeting, marks=marks, today=FIRST, now=morning(FIRST),
            visitors=[guest],
        )  # fmt: skip
    with as_person(story.person(CHAIR), board.id) as actor:
        item = Item.objects.select_related("meeting__record__board", "about").get(
            meeting=_meeting(FIRST), title=NEGLECT
        )
        view = deciding.Said(
            "minority",
            story.person("colm_barraclough"),
            None,
            "Three files each are too many for small teams.",
        )
        deciding.decide(
            actor=actor, item=item, words=DECIDED, why="The audit found it missing in a third of the files.",
            voices=[view], today=FIRST, now=morning(FIRST),
        )  # fmt: skip


def _minute(story: Story) -> None:
    from wholestory.config.example.story import as_person

    on = date(2016, 3, 9)
    with as_person(story.manager(), story.directory.boards[BOARD].id) as actor:
        meeting = _meeting(FIRST)
        begun = minutes.draft(actor=actor, meeting=meeting, today=on)
        items = {item.title: item.pk for item in Item.objects.filter(meeting=meeting)}
        minutes.write(
            actor=actor, minutes=begun, words="The chair welcomed everybody.",
            of_items={items[title]: words for title, words in MINUTED.items()},
        )  # fmt: skip
        minutes.send_to_chair(actor=actor, minutes=minutes.newest(meeting) or begun)

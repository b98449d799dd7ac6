"""The clocks of a record and those that fall due soon, as a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from django.template.loader import render_to_string

from tests.personas import World
from wholestory.kernel.moments import parse
from wholestory.pathways import jobs, operations, register
from wholestory.pathways.models import RunningClock
from wholestory.pathways.queries import clocks
from wholestory.records.models import Record

Acts = Callable[[str], AbstractContextManager[None]]
Make = Callable[..., Record]
NOW = parse("2016-03-14 10:00")


def start(world: World, record: Record, key: str, when: str) -> RunningClock:
    fact = register.clock(key, record.edition).starts[0].key
    return operations.start_clock(
        actor=world.people["quality_officer"], record=record, key=key, starts={fact: parse(when)}, now=NOW
    )


def test_a_record_s_clocks_with_those_still_open_first(world: World, acts: Acts, make_record: Make) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        record = make_record()
        done = start(world, record, "scr_decision_told", "2016-01-04")
        operations.meet_clock(actor=actor, clock=done, met=parse("2016-01-12"), now=NOW)
        start(world, record, "scr_completed", "2016-01-04")
        start(world, record, "incident_notification", "2016-03-01")
        gone = start(world, record, "scr_decision", "2016-01-04")
        operations.cancel_clock(actor=actor, clock=gone, reason="duplicate", now=NOW)
        start(world, record, "death_told_together", "2016-03-01 10:00")
        rows = clocks.of_record(record, NOW)
        assert [(row.title.partition(":")[0], row.outcome) for row in rows] == [
            ("Serious incident", "overdue"),
            ("Serious case review", "running"),
            ("Unexpected death", "running"),
            ("Serious case review", "met_late"),
            ("Serious case review", "cancelled"),
        ]
        page = render_to_string("pathways/clocks_of_record.html", {"clocks": rows})
        assert "Overdue" in page
        assert "Due 8 March 2016" in page
        assert "No day is given by the rule" in page


def test_what_falls_due_soon_is_what_the_reader_may_see(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        soon = start(world, make_record("school"), "incident_notification", "2016-03-14")
        start(world, make_record("police"), "incident_notification", "2016-03-15")
        start(world, make_record("health"), "scr_completed", "2016-03-14")
    with acts("quality_officer"):
        found = clocks.falling_due(world.board, NOW)
        assert [row.due_on for row in found] == [date(2016, 3, 21), date(2016, 3, 22)]
    with acts("head"):
        assert [row.id for row in clocks.falling_due(world.board, NOW)] == [str(soon.id)]
    with acts("sister_head"):
        assert clocks.falling_due(world.board, NOW) == []


def test_hours_are_judged_to_the_minute(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = start(world, make_record(), "return_interview", "2016-03-11 10:00")
        assert clocks.standing(clock, parse("2016-03-14 10:00")).value == "running"
        assert clocks.standing(clock, parse("2016-03-14 10:01")).value == "overdue"
        guess = start(world, make_record("police"), "return_interview", "about 2016-03-11 10:00")
        assert clocks.standing(guess, parse("2016-03-15")).value == "cannot_say"


def test_the_timekeeper_uses_each_board_s_own_day(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        late = start(world, make_record("school"), "incident_notification", "2016-03-01")
        running = start(world, make_record("police"), "incident_notification", "2016-03-14")
    jobs.note_passed_limits(timestamp=0)
    with acts("quality_officer"):
        late.refresh_from_db()
        running.refresh_from_db()
        assert (late.breached, running.breached) == (True, False)

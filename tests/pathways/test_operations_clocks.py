"""A clock is a record: what it started with stays, what happened to it is history, how it ended is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.personas import World
from wholestory import ledger
from wholestory.access import asking
from wholestory.kernel.moments import Moment, parse
from wholestory.pathways import operations, register
from wholestory.pathways.models import ClockEvent, RunningClock
from wholestory.pathways.operations import CannotChangeClock
from wholestory.pathways.rules.judging import Outcome
from wholestory.records.models import Record

Acts = Callable[[str], AbstractContextManager[None]]
Make = Callable[..., Record]
NOW = parse("2016-03-14 10:00")


def started(
    world: World, record: Record, key: str = "incident_notification", at: str = "2015-12-23", **more: str
) -> RunningClock:
    rule = register.clock(key, record.edition)
    starts: dict[str, Moment] = {rule.starts[0].key: parse(at)}
    starts.update({name: parse(when) for name, when in more.items()})
    return operations.start_clock(
        actor=world.people["quality_officer"], record=record, key=key, starts=starts, now=NOW
    )


def test_a_clock_carries_its_law(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = started(world, make_record())
        clock.refresh_from_db()
        assert clock.due_on == date(2016, 1, 4)
        assert clock.rule == "incident_notification@WT2015"
        assert clock.edition == "WT2015"
        assert clock.rule_as_started["source"]["evidence"] == "S"
        assert {"day": "2015-12-28", "why": "Boxing Day (substitute day), a bank holiday"} in clock.skipped
        assert clock.first_due_on == clock.due_on
        assert [event.kind for event in clock.events.all()] == ["started"]


def test_the_edition_is_the_record_s_own(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        with pytest.raises(register.NotInEdition, match="WT2018, WT2023"):
            started(world, make_record(), "rapid_review", "2026-04-01")
        clock = started(world, make_record("police", "WT2023"), "rapid_review", "2026-04-01")
        assert clock.due_on == date(2026, 4, 24)


def test_a_clock_runs_once_at_a_time(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        record = make_record()
        clock = started(world, record)
        with pytest.raises(CannotChangeClock, match="running already"):
            started(world, record)
        actor = world.people["quality_officer"]
        operations.meet_clock(actor=actor, clock=clock, met=parse("2016-01-04"), now=NOW)
        assert started(world, record).pk != clock.pk


@pytest.mark.parametrize(
    ("met", "outcome", "breached"),
    [("2016-01-04", Outcome.MET_IN_TIME, False), ("2016-01-05", Outcome.MET_LATE, True)],
)
def test_how_it_ended(
    world: World, acts: Acts, make_record: Make, met: str, outcome: Outcome, breached: bool
) -> None:
    with acts("quality_officer"):
        clock = operations.meet_clock(
            actor=world.people["quality_officer"],
            clock=started(world, make_record()),
            met=parse(met),
            now=NOW,
        )
        clock.refresh_from_db()
        assert (clock.outcome, clock.breached) == (outcome.value, breached)
        assert clock.closed_at == NOW.at


def test_it_cannot_be_met_before_it_began_or_in_the_future(
    world: World, acts: Acts, make_record: Make
) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        clock = started(world, make_record())
        with pytest.raises(CannotChangeClock, match="before the clock started"):
            operations.meet_clock(actor=actor, clock=clock, met=parse("2015-12-22"), now=NOW)
        with pytest.raises(CannotChangeClock, match="in the future"):
            operations.meet_clock(actor=actor, clock=clock, met=parse("2016-03-15"), now=NOW)


def test_a_pause_is_shown_and_does_not_move_the_day(world: World, acts: Acts, make_record: Make) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        clock = started(world, make_record(), "scr_completed", "2015-12-01")
        clock = operations.pause_clock(
            actor=actor, clock=clock, begins=parse("2016-01-04"), reason="criminal_trial", now=NOW
        )
        assert clock.paused
        assert clock.due_on == date(2016, 6, 1)
        assert clock.net_due_on is None
        with pytest.raises(CannotChangeClock, match="paused already"):
            operations.pause_clock(
                actor=actor, clock=clock, begins=parse("2016-01-05"), reason="criminal_trial", now=NOW
            )
        clock = operations.resume_clock(actor=actor, clock=clock, ends=parse("2016-01-14"), now=NOW)
        assert not clock.paused
        assert (clock.due_on, clock.net_due_on) == (date(2016, 6, 1), date(2016, 6, 11))
        with pytest.raises(CannotChangeClock, match="not paused"):
            operations.resume_clock(actor=actor, clock=clock, ends=parse("2016-01-14"), now=NOW)
        with pytest.raises(CannotChangeClock, match="paused at that time already"):
            operations.pause_clock(
                actor=actor, clock=clock, begins=parse("2016-01-10"), reason="criminal_trial", now=NOW
            )
        assert [event.kind for event in clock.events.order_by("created_at")] == [
            "started",
            "paused",
            "resumed",
        ]


def test_a_hold_for_a_themed_panel_moves_the_day(world: World, acts: Acts, make_record: Make) -> None:
    actor = world.people["quality_officer"]
    now = parse("2026-06-01")
    with acts("quality_officer"):
        clock = started(world, make_record(edition="CDR2018"), "death_panel", "2026-03-02")
        operations.pause_clock(
            actor=actor, clock=clock, begins=parse("2026-03-10"), reason="themed_panel", now=now
        )
        clock.refresh_from_db()
        assert clock.due_on is None
        assert clock.gross_due_on == date(2026, 4, 13)
        clock = operations.resume_clock(actor=actor, clock=clock, ends=parse("2026-03-24"), now=now)
        assert clock.due_on == date(2026, 4, 27)


def test_a_corrected_start_keeps_what_was_known_first(world: World, acts: Acts, make_record: Make) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        clock = started(world, make_record())
        with pytest.raises(CannotChangeClock, match="needs its reason"):
            operations.correct_start(
                actor=actor, clock=clock, starts={"aware": parse("2015-12-29")}, reason="", now=NOW
            )
        clock = operations.correct_start(
            actor=actor, clock=clock, starts={"aware": parse("2015-12-29")}, reason="typing_mistake", now=NOW
        )
        clock.refresh_from_db()
        assert clock.start_on == date(2015, 12, 29)
        assert clock.first_due_on == date(2016, 1, 4)
        assert clock.due_on == date(2016, 1, 6)
        event = clock.events.get(kind="start_corrected")
        assert (event.due_before_on, event.due_after_on) == (date(2016, 1, 4), date(2016, 1, 6))


def test_the_later_fact_may_come_later(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = started(world, make_record(edition="CDR2018"), "death_panel", "2026-03-02")
        clock = operations.correct_start(
            actor=world.people["quality_officer"], clock=clock, starts={"inquest_result": parse("2026-04-13")},
            reason="inquest_concluded", now=parse("2026-04-14"),
        )  # fmt: skip
        assert clock.start_fact == "inquest_result"
        assert clock.due_on == date(2026, 5, 25)


def test_a_clock_may_end_without_being_met_and_be_opened_again(
    world: World, acts: Acts, make_record: Make
) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        clock = started(world, make_record())
        clock = operations.cancel_clock(actor=actor, clock=clock, reason="notification_withdrawn", now=NOW)
        with pytest.raises(CannotChangeClock, match="keeps the result"):
            operations.meet_clock(actor=actor, clock=clock, met=parse("2016-01-04"), now=NOW)
        clock = operations.reopen_clock(actor=actor, clock=clock, reason="closed_by_mistake", now=NOW)
        assert clock.closed_at is None
        operations.meet_clock(actor=actor, clock=clock, met=parse("2016-01-04"), now=NOW)
        kinds = [event.kind for event in ClockEvent.objects.filter(clock=clock).order_by("created_at")]
        assert kinds == ["started", "cancelled", "reopened", "met"]


def test_people_outside_cannot_touch_it(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = started(world, make_record("school"))
    with acts("police_lead"):
        assert RunningClock.objects.count() == 0
        with pytest.raises(asking.NotForYou):
            operations.cancel_clock(actor=world.people["police_lead"], clock=clock, reason="x", now=NOW)
    with acts("head"):
        assert RunningClock.objects.count() == 1


def refused(world: World, acts: Acts, change: Callable[[], object], message: str) -> None:
    def tamper() -> None:
        with acts("quality_officer"), transaction.atomic():
            ledger.line("pathways.tampered", board_id=world.board.id)
            change()

    with pytest.raises(DatabaseError, match=message):
        tamper()


def test_the_database_keeps_history_and_closed_clocks(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = started(world, make_record())
    mine = RunningClock.objects.filter(pk=clock.pk)
    refused(world, acts, lambda: mine.update(first_due_on=date(2016, 2, 1)), "never changes")
    refused(world, acts, lambda: ClockEvent.objects.update(reason="changed"), "history")
    refused(world, acts, lambda: ClockEvent.objects.all().delete(), "history")
    refused(world, acts, lambda: mine.delete(), "never deleted|protected|violates")
    with acts("quality_officer"):
        operations.meet_clock(
            actor=world.people["quality_officer"], clock=clock, met=parse("2016-02-04"), now=NOW
        )
    refused(world, acts, lambda: mine.update(outcome="met_in_time"), "keeps the result")
    refused(world, acts, lambda: mine.update(due_on=date(2016, 3, 1)), "keeps the result")
    refused(
        world,
        acts,
        lambda: mine.update(closed_at=None, outcome="", met_at=None, breached=False),
        "keeps the result",
    )

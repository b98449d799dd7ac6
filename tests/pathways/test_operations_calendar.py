"""A day is proclaimed: open clocks are worked out again with a line each; closed ones keep what they had."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.personas import World
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.kernel.bank_holidays import Effect, Nation
from wholestory.kernel.moments import parse
from wholestory.pathways import operations, register
from wholestory.pathways.models import (
    CheckedYear,
    ClockEvent,
    Finding,
    ProclaimedDay,
    RuleCheck,
    RunningClock,
)
from wholestory.pathways.operations.calendar import CannotCheckYear, CannotProclaim
from wholestory.pathways.operations.checks import CannotMark
from wholestory.pathways.queries import calendars as calendar_queries
from wholestory.records.models import Record

Acts = Callable[[str], AbstractContextManager[None]]
Make = Callable[..., Record]
NOW = parse("2016-03-14 10:00")
ENGLAND = frozenset({Nation.ENGLAND_AND_WALES})
DAY = date(2016, 3, 18)


def running(world: World, record: Record, key: str, when: str) -> RunningClock:
    fact = register.clock(key, record.edition).starts[0].key
    return operations.start_clock(
        actor=world.people["quality_officer"], record=record, key=key, starts={fact: parse(when)}, now=NOW
    )


def proclaimed(world: World, **changed: Any) -> tuple[ProclaimedDay, int]:
    given: dict[str, Any] = {
        "actor": world.people["business_manager"], "board": world.board, "day": DAY, "nations": ENGLAND,
        "name": "A royal day", "source": "The London Gazette",
    }  # fmt: skip
    return operations.proclaim(**{**given, **changed})


def test_a_proclaimed_day_moves_open_clocks_that_count_across_it(
    world: World, acts: Acts, make_record: Make
) -> None:
    with acts("quality_officer"):
        across = running(world, make_record(), "incident_notification", "2016-03-14")
        before = running(world, make_record("police"), "incident_notification", "2016-03-07")
        back = running(world, make_record("health"), "copies_before_publication", "2016-03-24")
        hours = running(world, make_record("charity"), "return_interview", "2016-03-17 10:00")
        closed = running(world, make_record("school"), "incident_notification", "2016-03-14")
        operations.meet_clock(
            actor=world.people["quality_officer"], clock=closed, met=parse("2016-03-14 09:00"), now=NOW
        )
    with acts("business_manager"):
        assert proclaimed(world)[1] == 2
        for clock, due in (
            (across, date(2016, 3, 22)),
            (back, date(2016, 3, 14)),
            (before, date(2016, 3, 14)),
            (closed, date(2016, 3, 21)),
            (hours, date(2016, 3, 20)),
        ):
            clock.refresh_from_db()
            assert clock.due_on == due
        assert {"day": "2016-03-18", "why": "A royal day, a bank holiday"} in across.skipped
        event = ClockEvent.objects.get(clock=across, kind="rederived")
        assert (event.due_before_on, event.due_after_on) == (date(2016, 3, 21), date(2016, 3, 22))
        assert event.by.is_system
        assert across.first_due_on == date(2016, 3, 21)


def test_each_clock_that_moves_has_a_line_of_its_own(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = running(world, make_record(), "incident_notification", "2016-03-14")
    with acts("business_manager"):
        before = ledger.written.get()
        proclaimed(world)
        assert ledger.written.get() == before + 2
        assert ClockEvent.objects.filter(clock=clock, kind="rederived").count() == 1


def test_a_day_of_another_board_changes_nothing_here(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = running(world, make_record(), "incident_notification", "2016-03-14")
    with acts("sister_manager"):
        proclaimed(world, actor=world.people["sister_manager"], board=world.boards["south"])
        with pytest.raises(NotForYou):
            proclaimed(world, actor=world.people["sister_manager"])
    with acts("quality_officer"):
        clock.refresh_from_db()
        assert clock.due_on == date(2016, 3, 21)


def test_a_withdrawn_day_moves_them_back(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        clock = running(world, make_record(), "incident_notification", "2016-03-14")
    with acts("business_manager"):
        entry, _ = proclaimed(world)
        now = datetime(2016, 3, 14, 11, tzinfo=UTC)
        assert operations.withdraw_day(actor=world.people["business_manager"], entry=entry, now=now) == 1
        assert operations.withdraw_day(actor=world.people["business_manager"], entry=entry, now=now) == 0
        clock.refresh_from_db()
        assert clock.due_on == date(2016, 3, 21)
        assert [row.name for row in calendar_queries.year(world.board, 2016) if row.entered] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nations": frozenset()}, "at least one nation"),
        ({"day": date(2016, 3, 19)}, "Saturday or Sunday"),
        ({"day": date(2016, 3, 25)}, "a bank holiday in England and Wales already"),
        ({"effect": Effect.OPEN}, "a working day in England and Wales already"),
    ],
)
def test_what_cannot_be_proclaimed(world: World, acts: Acts, changed: dict[str, Any], said: str) -> None:
    with acts("business_manager"), pytest.raises(CannotProclaim, match=said):
        proclaimed(world, **changed)


def test_a_day_is_entered_once(world: World, acts: Acts) -> None:
    with acts("business_manager"):
        proclaimed(world)
        with pytest.raises(CannotProclaim, match="entered already"):
            proclaimed(world)


@pytest.mark.parametrize("name", ["quality_officer", "chair", "head", "administrator", "lay_member"])
def test_only_the_business_manager_keeps_the_calendar(world: World, acts: Acts, name: str) -> None:
    with acts(name), pytest.raises(NotForYou):
        proclaimed(world, actor=world.people[name])


def test_a_checked_year_ends_being_provisional(world: World, acts: Acts, make_record: Make) -> None:
    manager = world.people["business_manager"]
    with acts("quality_officer"):
        clock = running(world, make_record(edition="WT2023"), "rapid_review", "2029-03-01")
        assert clock.provisional
    with acts("business_manager"):
        today = date(2026, 11, 22)
        assert operations.check_year(
            actor=manager, board=world.board, year=2029, against="https://www.gov.uk/bank-holidays", today=today
        ) == 1  # fmt: skip
        clock.refresh_from_db()
        assert not clock.provisional
        assert calendar_queries.table_to(world.board) == date(2029, 12, 31)
        for year, said in ((2029, "checked already"), (2028, "known up to 2028"), (2050, "that far ahead")):
            with pytest.raises(CannotCheckYear, match=said):
                operations.check_year(actor=manager, board=world.board, year=year, against="x", today=today)
        # A year further on does not help while the one between is not checked.
        operations.check_year(actor=manager, board=world.board, year=2031, against="x", today=today)
        assert calendar_queries.table_to(world.board) == date(2029, 12, 31)
        assert CheckedYear.objects.count() == 2


def test_passed_limits_are_noted_once(world: World, acts: Acts, make_record: Make) -> None:
    with acts("quality_officer"):
        late = running(world, make_record(), "incident_notification", "2016-03-01")
        running(world, make_record("police"), "incident_notification", "2016-03-14")
    assert operations.note_breaches(board=world.board, now=parse("2016-03-08 23:00")) == 0
    assert operations.note_breaches(board=world.board, now=parse("2016-03-09 00:30")) == 1
    assert operations.note_breaches(board=world.board, now=parse("2016-03-10 00:30")) == 0
    with acts("quality_officer"):
        late.refresh_from_db()
        assert late.breached
        assert late.events.get(kind="breached").by.is_system


def test_a_rule_is_marked_with_who_when_and_against_what(world: World, acts: Acts) -> None:
    manager, today = world.people["business_manager"], date(2016, 3, 14)
    rule = "scr_decision_told@WT2015"
    with acts("business_manager"):
        found = operations.mark_rule(
            actor=manager, board=world.board, rule=rule, finding=Finding.CHECKED, today=today,
            against="Working Together 2015, chapter 4, paragraph 14",
        )  # fmt: skip
        assert (found.checked_by, found.checked_on) == (manager, today)
        for changed, said in (
            ({"against": " "}, "which link or document"),
            ({"checked_on": date(2016, 3, 15)}, "in the future"),
            ({"finding": Finding.DIFFERS}, "what the guidance says instead"),
        ):
            given = {"finding": Finding.CHECKED, "against": "A link", **changed}
            with pytest.raises(CannotMark, match=said):
                operations.mark_rule(actor=manager, board=world.board, rule=rule, today=today, **given)
    with acts("chair"), pytest.raises(NotForYou):
        operations.mark_rule(
            actor=world.people["chair"], board=world.board, rule=rule, finding=Finding.LOCAL, today=today
        )


def test_checks_and_entries_are_never_changed_and_never_without_a_line(world: World, acts: Acts) -> None:
    with acts("business_manager"):
        proclaimed(world)
        operations.mark_rule(
            actor=world.people["business_manager"], board=world.board, rule="data_due@WT2015",
            finding=Finding.LOCAL, today=date(2016, 3, 14),
        )  # fmt: skip

    def tamper(change: Callable[[], object], *, line: bool = True) -> None:
        with acts("business_manager"), transaction.atomic():
            if line:
                ledger.line("pathways.tampered", board_id=world.board.id)
            else:
                with connection.cursor() as cursor:
                    cursor.execute("select set_config('app.ledgered', '', true)")
            change()

    with pytest.raises(DatabaseError, match="history"):
        tamper(lambda: RuleCheck.objects.update(note="changed"))
    with pytest.raises(DatabaseError, match="history"):
        tamper(lambda: ProclaimedDay.objects.update(day=date(2016, 3, 21)))
    with pytest.raises(DatabaseError, match="needs a line"):
        tamper(lambda: ProclaimedDay.objects.update(withdrawn_at=None), line=False)

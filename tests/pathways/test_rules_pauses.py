"""Paused time: gross and net side by side, and never a way of hiding a late result."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathways.made_up import worked
from wholestory.kernel.moments import parse, shown
from wholestory.kernel.working_days import CALENDARS
from wholestory.pathways.rules.building import days, hours, months, weeks, working_days
from wholestory.pathways.rules.judging import Outcome, elapsed, judge
from wholestory.pathways.rules.pauses import Pause, PauseNotPossible, merged
from wholestory.pathways.rules.terms import Sense


def test_a_pause_explains_a_late_result_and_does_not_move_the_day() -> None:
    found = worked(months(6), "2016-08-31", ("2016-10-03", "2016-11-02"))
    assert found.due == found.gross
    assert found.gross is not None
    assert found.net is not None
    assert found.gross.on == date(2017, 2, 28)
    assert found.net.on == date(2017, 3, 30)
    assert judge(found, met=parse("2017-03-10"), now=parse("2017-04-01")) is Outcome.MET_LATE


def test_where_the_rule_allows_it_the_net_day_counts() -> None:
    found = worked(weeks(6), "2026-03-02", ("2026-03-10", "2026-03-24"), pause_moves_due=True)
    assert found.due is not None
    assert found.due.on == date(2026, 4, 27)
    assert sum(day.why == "paused: police asked" for day in found.skipped) == 14


def test_paused_on_monday_and_taken_up_on_wednesday_leaves_out_two_working_days() -> None:
    found = worked(working_days(10), "2016-04-04", ("2016-04-11", "2016-04-13"))
    assert found.gross is not None
    assert found.net is not None
    assert found.gross.on == date(2016, 4, 18)
    assert found.net.on == date(2016, 4, 20)
    assert [day.why for day in found.net.skipped].count("paused: police asked") == 2


def test_a_pause_over_a_holiday_loses_only_the_working_days() -> None:
    found = worked(working_days(15), "2016-03-14", ("2016-03-24", "2016-03-30"))
    assert found.net is not None
    # Thursday 24 and Tuesday 29 March are lost; the holiday and the weekend were never counted.
    assert found.net.on == date(2016, 4, 8)


def test_an_open_pause_leaves_the_net_day_unknown() -> None:
    found = worked(weeks(6), "2026-03-02", ("2026-03-10", None), pause_moves_due=True)
    assert found.paused
    assert found.due is None
    assert found.gross is not None
    assert judge(found, met=None, now=parse("2027-01-01")) is Outcome.PAUSED


def test_an_open_pause_does_not_stop_a_clock_whose_rule_does_not_allow_it() -> None:
    found = worked(weeks(6), "2026-03-02", ("2026-03-10", None))
    assert judge(found, met=None, now=parse("2026-04-14")) is Outcome.OVERDUE


def test_a_pause_after_the_day_changes_nothing() -> None:
    found = worked(days(7), "2016-03-14", ("2016-04-14", "2016-04-20"))
    assert found.net is not None
    assert found.gross is not None
    assert found.net.on == found.gross.on


def test_hours_are_paused_to_the_minute() -> None:
    found = worked(hours(72), "2016-03-25 22:00", ("2016-03-26 10:00", "2016-03-26 13:30"))
    assert found.net is not None
    assert shown(found.net.at) == "Tuesday 29 March 2016 at 02:30 BST"
    assert worked(hours(72), "2016-03-25 22:00", ("2016-03-26 10:00", None)).net is None


def test_pauses_that_overlap_are_counted_once() -> None:
    joined = merged(
        [
            Pause(parse("2016-03-10"), parse("2016-03-14"), "a"),
            Pause(parse("2016-03-12"), parse("2016-03-16"), "b"),
            Pause(parse("2016-03-20"), None, "c"),
        ]
    )
    assert [(p.begins.on.day, p.ends.on.day if p.ends else None, p.reason) for p in joined] == [
        (10, 16, "a; b"),
        (20, None, "c"),
    ]


def test_a_pause_cannot_end_before_it_begins_or_stop_a_count_back() -> None:
    with pytest.raises(PauseNotPossible, match="before it begins"):
        Pause(parse("2016-03-14"), parse("2016-03-10"))
    with pytest.raises(PauseNotPossible, match="not a limit that can be paused"):
        worked(working_days(7), "2022-04-21", ("2022-04-10", "2022-04-11"), sense=Sense.BEFORE)


def test_elapsed_gross_and_net() -> None:
    by_days = worked(working_days(15), "2016-03-14", ("2016-03-24", "2016-03-30"))
    took = elapsed(by_days, parse("2016-04-06"), calendars=CALENDARS)
    assert (took.gross, took.net, took.unit) == (15, 13, "working days")
    by_hours = worked(hours(72), "2016-03-25 22:00", ("2016-03-26 10:00", "2016-03-26 13:30"))
    took = elapsed(by_hours, parse("2016-03-28 23:00"), calendars=CALENDARS)
    assert (took.gross, took.net) == (72, 68.5)
    by_months = worked(months(6), "2016-08-31", ("2016-10-03", "2016-11-02"))
    took = elapsed(by_months, parse("2017-03-10"), calendars=CALENDARS)
    assert (took.gross, took.net, took.unit) == (191, 161, "calendar days")
    with pytest.raises(ValueError, match="earlier"):
        elapsed(by_months, parse("2016-03-10"), calendars=CALENDARS)


@settings(deadline=None)
@given(
    st.dates(date(2014, 1, 1), date(2026, 1, 1)),
    st.integers(1, 30),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_pause_never_brings_a_limit_forward(start: date, number: int, after: int, length: int) -> None:
    begins = start + timedelta(days=after)
    ends = begins + timedelta(days=length)
    for limit in (working_days(number), days(number)):
        found = worked(limit, start.isoformat(), (begins.isoformat(), ends.isoformat()))
        assert found.net is not None
        assert found.gross is not None
        assert found.gross.on <= found.net.on
        assert (found.net.on - start).days == number + len(found.net.skipped)

"""When a limit falls: months, hours across clock changes, counting back, the later of several facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathways.made_up import clock, worked
from wholestory.kernel.moments import on_day, parse, shown
from wholestory.kernel.working_days import CALENDARS, NotAWorkingDay
from wholestory.pathways.rules.building import (
    AT_ONCE,
    SAME_DAY,
    SAME_WORKING_DAY,
    day_of_year,
    days,
    hours,
    months,
    weeks,
    working_days,
    years,
)
from wholestory.pathways.rules.reckoning import CannotWorkOut, add_months, work_out
from wholestory.pathways.rules.terms import Length, Sense, StartFact


@pytest.mark.parametrize(
    ("began", "number", "due"),
    [
        ("2017-01-31", 1, date(2017, 2, 28)),
        ("2016-01-31", 1, date(2016, 2, 29)),
        ("2016-08-31", 6, date(2017, 2, 28)),
        ("2016-02-29", 12, date(2017, 2, 28)),
        ("2016-03-14", 1, date(2016, 4, 14)),
        ("2015-12-31", 2, date(2016, 2, 29)),
        ("2016-05-31", 1, date(2016, 6, 30)),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(began: str, number: int, due: date) -> None:
    found = worked(months(number), began)
    assert found.due is not None
    assert found.due.on == due


def test_a_clipped_month_says_so() -> None:
    assert any("last day of the month" in note for note in worked(months(1), "2017-01-31").notes)
    assert worked(months(1), "2017-01-15").notes == ()


def test_seventy_two_hours_run_through_easter_and_the_clock_change() -> None:
    found = worked(hours(72), "2016-03-25 22:00")
    assert found.due is not None
    assert shown(found.due.at) == "Monday 28 March 2016 at 23:00 BST"
    assert any("forward an hour" in note for note in found.notes)


def test_hours_when_the_clocks_go_back_are_still_elapsed_hours() -> None:
    found = worked(hours(24), "2016-10-29 12:00")
    assert found.due is not None
    assert shown(found.due.at) == "Sunday 30 October 2016 at 11:00 GMT"


def test_a_date_alone_runs_from_the_end_of_that_day() -> None:
    found = worked(hours(48), "2026-03-02")
    assert found.due is not None
    assert shown(found.due.at) == "Wednesday 4 March 2026 at 23:59 GMT"
    assert any("end of that day" in note for note in found.notes)
    unknown = worked(hours(48), "2026-03-02 ??")
    assert unknown.due == found.due
    assert any("23:59 is used" in note for note in unknown.notes)


@pytest.mark.parametrize(
    ("limit", "began", "due"),
    [
        (days(14), "2016-03-14", date(2016, 3, 28)),
        (weeks(6), "2026-03-02", date(2026, 4, 13)),
        (years(100), "2016-02-29", date(2116, 2, 29)),
        (years(75), "2016-02-29", date(2091, 2, 28)),
        (SAME_DAY, "2016-03-26", date(2016, 3, 26)),
        (SAME_WORKING_DAY, "2016-03-24", date(2016, 3, 24)),
        (SAME_WORKING_DAY, "2016-03-25", date(2016, 3, 29)),
        (day_of_year(9, 30), "2025-03-31", date(2025, 9, 30)),
        (day_of_year(9, 30), "2025-10-01", date(2026, 9, 30)),
        (day_of_year(3, 31), "2025-03-31", date(2025, 3, 31)),
    ],
)
def test_other_units(limit: Length, began: str, due: date) -> None:
    found = worked(limit, began)
    assert found.due is not None
    assert found.due.on == due


def test_at_once_has_no_day() -> None:
    found = worked(AT_ONCE, "2016-03-14 10:00")
    assert found.due is None
    assert not found.paused
    assert any("gives no number" in note for note in found.notes)


def test_a_range_has_a_near_end_too() -> None:
    found = worked(days(7), "2016-03-14", opens=days(5))
    assert found.opens is not None
    assert found.opens.on == date(2016, 3, 19)
    mixed = worked(days(5), "2016-03-14 10:00", opens=hours(48))
    assert mixed.opens is not None
    assert shown(mixed.opens.at) == "Wednesday 16 March 2016 at 10:00 GMT"


def test_counting_back_needs_a_working_day_where_the_rule_says_so() -> None:
    found = worked(working_days(7), "2022-04-21", sense=Sense.BEFORE, start_on_working_day=True)
    assert found.due is not None
    assert found.due.on == date(2022, 4, 8)
    with pytest.raises(NotAWorkingDay, match="2022-04-14 and 2022-04-19"):
        worked(working_days(7), "2022-04-15", sense=Sense.BEFORE, start_on_working_day=True)


def test_looking_back_counts_both_ends() -> None:
    """An event on 29 February looks back to 28 February a year earlier, inclusive."""
    found = worked(months(12), "2020-02-29", sense=Sense.LOOK_BACK)
    assert found.due is not None
    assert found.due.on == date(2019, 2, 28)
    back = worked(days(89), "2016-03-30", sense=Sense.LOOK_BACK)
    assert back.due is not None
    assert (date(2016, 3, 30) - back.due.on).days + 1 == 90


def test_a_limit_may_roll_to_the_next_working_day() -> None:
    """A month from Thursday 25 February 2016 ends on Good Friday; so it runs to the Tuesday."""
    found = worked(months(1), "2016-02-25", rolls_to_working_day=True)
    assert found.due is not None
    assert found.due.on == date(2016, 3, 29)
    assert found.skipped[0].why == "Good Friday, a bank holiday"
    assert not any("last day of the month" in note for note in found.notes)


def test_the_later_of_two_facts_counts() -> None:
    made = clock(weeks(6), starts=(StartFact("meeting", "the meeting"), StartFact("inquest", "the inquest")))
    meeting, inquest = parse("2026-03-02"), parse("2026-04-13")
    both = work_out(made, {"meeting": meeting, "inquest": inquest}, calendars=CALENDARS)
    assert both.start_fact.key == "inquest"
    assert both.due is not None
    assert both.due.on == date(2026, 5, 25)
    one = work_out(made, {"meeting": meeting}, calendars=CALENDARS)
    assert one.due is not None
    assert one.due.on == date(2026, 4, 13)
    assert any("If that comes later" in note for note in one.notes)


def test_what_cannot_be_worked_out_says_why() -> None:
    made = clock(days(1))
    with pytest.raises(CannotWorkOut, match="needs the day of: it began"):
        work_out(made, {}, calendars=CALENDARS)
    with pytest.raises(CannotWorkOut, match="not counted from nothing"):
        work_out(made, {"nothing": parse("2016-03-14")}, calendars=CALENDARS)
    with pytest.raises(CannotWorkOut, match="beyond the end"):
        worked(years(8000), "2016-03-14")
    with pytest.raises(CannotWorkOut, match="only counted on"):
        worked(hours(5), "2016-03-14 10:00", sense=Sense.BEFORE)


def test_a_weekend_start_is_day_nought() -> None:
    assert any("is day 0" in note for note in worked(working_days(20), "2017-04-01").notes)


def test_a_start_before_the_duty_began_is_told() -> None:
    found = worked(working_days(1), "2015-10-30", from_on=date(2015, 10, 31))
    assert any("began on Saturday 31 October 2015" in note for note in found.notes)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-240, 240))
def test_months_never_leave_the_target_month(day: date, number: int) -> None:
    found = add_months(day, number)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == number
    assert found.day <= day.day


@settings(deadline=None)
@given(st.dates(date(2013, 1, 1), date(2027, 1, 1)), st.integers(1, 60))
def test_later_starts_never_fall_due_earlier(day: date, number: int) -> None:
    for limit in (working_days(number), days(number), months(number)):
        made = clock(limit)
        first = work_out(made, {"began": on_day(day)}, calendars=CALENDARS).due
        after = work_out(
            made, {"began": on_day(date.fromordinal(day.toordinal() + 1))}, calendars=CALENDARS
        ).due
        assert first is not None
        assert after is not None
        assert first.on <= after.on

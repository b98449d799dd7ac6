"""Working days against every worked example we hold, and the rules that must hold for any date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wholestory.kernel.bank_holidays import Change, Effect, Nation
from wholestory.kernel.working_days import (
    ANY_PART_OF_UK,
    CALENDARS,
    ENGLAND_AND_WALES,
    CalendarName,
    NotAWorkingDay,
)

DAYS = st.dates(date(2012, 1, 1), date(2028, 10, 1))
EVERYWHERE = frozenset(Nation)


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        # Aware on the Wednesday before Christmas: notify by the first Monday of January.
        (date(2015, 12, 23), 5, date(2016, 1, 4)),
        # The chair decides on a Friday: the May holiday is waited for.
        (date(2016, 4, 29), 5, date(2016, 5, 9)),
        # Notification sent before Easter 2026.
        (date(2026, 4, 1), 15, date(2026, 4, 24)),
        # Received on a Saturday: the Saturday is day 0.
        (date(2017, 4, 1), 20, date(2017, 5, 3)),
        # Strategy discussion two weeks before Easter 2016; three calendar weeks would say 4 April.
        (date(2016, 3, 14), 15, date(2016, 4, 6)),
        # Looked after ten days before Christmas 2015; 28 calendar days would say 11 January.
        (date(2015, 12, 14), 20, date(2016, 1, 14)),
        (date(2015, 12, 14), 5, date(2015, 12, 21)),
        # One-off holidays: VE day moved, two jubilee days, a funeral, a coronation.
        (date(2020, 5, 1), 5, date(2020, 5, 11)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2023, 5, 5), 1, date(2023, 5, 9)),
        # Substitute days.
        (date(2015, 12, 24), 1, date(2015, 12, 29)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2021, 12, 24), 1, date(2021, 12, 29)),
        (date(2016, 1, 1), 0, date(2016, 1, 1)),
    ],
)
def test_counting_on(start: date, number: int, due: date) -> None:
    assert ENGLAND_AND_WALES.after(start, number) == due


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2024, 3, 27), date(2024, 4, 19), 15),
        (date(2024, 12, 2), date(2025, 2, 6), 45),
        (date(2022, 5, 30), date(2022, 6, 6), 3),
        (date(2023, 5, 5), date(2023, 5, 9), 1),
        (date(2025, 12, 24), date(2026, 1, 2), 4),
        (date(2027, 12, 24), date(2028, 1, 4), 4),
        # A Saturday start and the Monday after.
        (date(2016, 4, 9), date(2016, 4, 11), 1),
        (date(2016, 4, 11), date(2016, 4, 11), 0),
    ],
)
def test_counting_between(start: date, end: date, number: int) -> None:
    assert ENGLAND_AND_WALES.between(start, end) == number


def test_counting_back_leaves_the_day_itself_out() -> None:
    """Published on Thursday 21 April 2022, seven working days before: Friday 8 April (Easter intervenes)."""
    counted = ENGLAND_AND_WALES.count_back(date(2022, 4, 21), 7)
    assert counted.day == date(2022, 4, 8)
    assert {day.day: day.why for day in counted.skipped}[date(2022, 4, 15)] == "Good Friday, a bank holiday"


def test_freedom_of_information_leaves_out_a_holiday_of_any_nation() -> None:
    """Received on Friday 28 November 2025: St Andrew's Day is kept on the Monday in Scotland."""
    received = date(2025, 11, 28)
    assert ENGLAND_AND_WALES.after(received, 20) == date(2025, 12, 30)
    counted = ANY_PART_OF_UK.count_on(received, 20)
    assert counted.day == date(2025, 12, 31)
    why = {day.day: day.why for day in counted.skipped}
    assert why[date(2025, 12, 1)] == "St Andrew's Day (substitute day), a bank holiday in Scotland"


def test_a_day_closed_in_two_nations_names_both() -> None:
    assert (
        ANY_PART_OF_UK.why_off(date(2026, 4, 6))
        == "Easter Monday, a bank holiday in England and Wales and Northern Ireland"
    )
    assert ANY_PART_OF_UK.why_off(date(2026, 12, 25)) == "Christmas Day, a bank holiday"


def test_reversed_dates_are_refused() -> None:
    with pytest.raises(ValueError, match="earlier"):
        ENGLAND_AND_WALES.between(date(2016, 4, 12), date(2016, 4, 11))
    with pytest.raises(ValueError, match="negative"):
        ENGLAND_AND_WALES.after(date(2016, 4, 12), -1)


def test_a_day_that_must_be_working_names_the_nearest() -> None:
    with pytest.raises(NotAWorkingDay, match=r"2016-03-24 and 2016-03-29"):
        ENGLAND_AND_WALES.require_working(date(2016, 3, 28), "The day of publication")


def test_a_proclaimed_day_is_counted_at_once_and_only_where_it_holds() -> None:
    day = date(2027, 6, 4)
    royal = Change(day, frozenset({Nation.ENGLAND_AND_WALES}), "A royal day", source="Proclamation")
    calendars = CALENDARS.with_changes([royal])
    assert ENGLAND_AND_WALES.is_working(day)
    assert calendars.england_and_wales.why_off(day) == "A royal day, a bank holiday"
    assert calendars.any_part_of_uk.why_off(day) == "A royal day, a bank holiday in England and Wales"
    scotland = CALENDARS.with_changes([Change(day, frozenset({Nation.SCOTLAND}), "A Scottish day")])
    assert scotland.named(CalendarName.ENGLAND_AND_WALES).is_working(day)
    assert not scotland.named(CalendarName.ANY_PART_OF_UK).is_working(day)


def test_a_day_can_be_taken_away() -> None:
    moved = Change(date(2027, 5, 3), EVERYWHERE, "Early May bank holiday, moved", Effect.OPEN)
    assert not ENGLAND_AND_WALES.is_working(date(2027, 5, 3))
    assert CALENDARS.with_changes([moved]).england_and_wales.is_working(date(2027, 5, 3))


def test_beyond_the_checked_table_a_result_is_provisional() -> None:
    inside, outside = date(2028, 12, 1), date(2028, 12, 29)
    assert not ENGLAND_AND_WALES.count_on(inside, 5).provisional
    assert ENGLAND_AND_WALES.count_on(outside, 5).provisional
    assert ENGLAND_AND_WALES.count_on(date(2011, 12, 30), 1).provisional
    further = CALENDARS.with_changes([], table_to=date(2029, 12, 31)).england_and_wales
    assert not further.count_on(outside, 5).provisional


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_on_and_back_and_between_agree(start: date, number: int) -> None:
    due = ENGLAND_AND_WALES.after(start, number)
    assert ENGLAND_AND_WALES.between(start, due) == number
    if number:
        assert ENGLAND_AND_WALES.is_working(due)
        back = ENGLAND_AND_WALES.before(due, number)
        # Counting back from a working day reaches the start, or the last working day before it.
        assert back == ENGLAND_AND_WALES.roll_back(start).day


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_every_day_on_the_way_is_either_counted_or_explained(start: date, number: int) -> None:
    counted = ANY_PART_OF_UK.count_on(start, number)
    assert (counted.day - start).days == number + len(counted.skipped)
    assert all(day.why for day in counted.skipped)
    assert ANY_PART_OF_UK.days_off(start + timedelta(days=1), counted.day) == counted.skipped


@settings(deadline=None)
@given(DAYS, st.integers(0, 40))
def test_the_freedom_of_information_calendar_is_never_quicker(start: date, number: int) -> None:
    assert ANY_PART_OF_UK.after(start, number) >= ENGLAND_AND_WALES.after(start, number)

"""Reading and showing moments: what people type, clock changes, and what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wholestory.kernel.moments import (
    LONDON,
    Moment,
    NotAMoment,
    Precision,
    at_instant,
    end_of,
    london_day,
    parse,
    parse_day,
    shown,
    shown_day,
    zone_changes,
)


@pytest.mark.parametrize(
    "text",
    [
        "2016-03-14",
        "14/03/2016",
        "14.03.2016",
        "14 March 2016",
        "14 mar 2016",
        "Monday 14th March 2016",
        " 14  March 2016 ",
    ],
)
def test_a_day_may_be_written_in_several_ways(text: str) -> None:
    moment = parse(text)
    assert (moment.on, moment.precision) == (date(2016, 3, 14), Precision.DATE)
    assert moment.at == datetime(2016, 3, 14, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2016-07-14 22:05",
        "2016-07-14T22:05",
        "2016-07-14T21:05:00Z",
        "2016-07-14T21:05:00+00:00",
        "14 July 2016 at 22:05",
        "14/07/2016 22.05",
        "2016-07-14 22:05 BST",
    ],
)
def test_a_moment_is_london_wall_clock_kept_in_utc(text: str) -> None:
    moment = parse(text)
    assert moment.at == datetime(2016, 7, 14, 21, 5, tzinfo=UTC)
    assert moment.precision is Precision.EXACT
    assert shown(moment.at) == "Thursday 14 July 2016 at 22:05 BST"


def test_the_day_is_the_london_day() -> None:
    assert parse("2016-07-14T23:30:00Z").on == date(2016, 7, 15)
    assert london_day(datetime(2016, 1, 14, 23, 30, tzinfo=UTC)) == date(2016, 1, 14)


def test_an_hour_that_happens_twice_takes_the_first_and_says_so() -> None:
    first, second = parse("2016-10-30 01:30"), parse("2016-10-30 01:30 GMT")
    assert (second.at - first.at).total_seconds() == 3600
    assert "happened twice" in first.note
    assert second.note == ""
    assert shown(first.at).endswith("01:30 BST")
    assert shown(second.at).endswith("01:30 GMT")


def test_an_hour_that_never_happened_is_refused() -> None:
    with pytest.raises(NotAMoment, match="the clocks went forward"):
        parse("2016-03-27 01:30")
    with pytest.raises(NotAMoment, match="was BST, not GMT"):
        parse("2016-07-01 10:00 GMT")


@pytest.mark.parametrize("text", ["2016-03-14 ??", "14 March 2016 time unknown", "14/03/2016 unknown"])
def test_an_unknown_time_is_the_last_minute_of_the_day(text: str) -> None:
    moment = parse(text)
    assert moment.precision is Precision.TIME_UNKNOWN
    assert moment.at == end_of(date(2016, 3, 14))


@pytest.mark.parametrize("text", ["about 2016-03-14 22:05", "~2016-03-14 22:05", "About 14 March 2016"])
def test_an_estimate_stays_an_estimate(text: str) -> None:
    assert parse(text).precision is Precision.ABOUT


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2016-02-30", "31/04/2016", "14 Brumaire 2016", "2016", "2016-03-14 25:00"]
)
def test_what_cannot_be_read_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        parse(text)
    assert len(str(refused.value)) > 20


def test_days_and_months_of_other_habits_are_not_guessed() -> None:
    with pytest.raises(NotAMoment, match="not a day in the calendar"):
        parse_day("03/14/2016")


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2016-03-14T00:00:00")
    with pytest.raises(ValueError, match="time zone"):
        at_instant(naive)
    with pytest.raises(ValueError, match="time zone"):
        Moment(naive, date(2016, 3, 14), Precision.EXACT)


def test_clock_changes_between_two_moments_are_named() -> None:
    assert zone_changes(parse("2016-03-25 22:00").at, parse("2016-03-28 23:00").at) == [
        "The clocks went forward an hour on Sunday 27 March 2016; elapsed hours are counted."
    ]
    assert "back" in zone_changes(parse("2016-10-29 12:00").at, parse("2016-10-30 12:00").at)[0]
    assert zone_changes(parse("2016-03-27 09:00").at, parse("2016-03-28 09:00").at) == []


@settings(deadline=None)
@given(st.integers(946_684_800, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_what_is_shown_can_be_read_again(instant: datetime) -> None:
    minute = instant.replace(second=0, microsecond=0)
    assert parse(shown(minute)).at == minute
    assert parse(shown_day(minute.astimezone(LONDON).date())).on == minute.astimezone(LONDON).date()

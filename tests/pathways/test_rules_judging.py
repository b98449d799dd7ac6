"""On time, late, or not to be said."""

from __future__ import annotations

import pytest

from tests.pathways.made_up import worked
from wholestory.kernel.moments import parse
from wholestory.pathways.rules.building import AT_ONCE, hours, months, working_days
from wholestory.pathways.rules.judging import Outcome, judge
from wholestory.pathways.rules.terms import Sense

NOW = parse("2016-12-31")


@pytest.mark.parametrize(
    ("met", "outcome"),
    [
        ("2016-04-06", Outcome.MET_IN_TIME),
        ("2016-04-06 23:59", Outcome.MET_IN_TIME),
        ("2016-04-07 00:01", Outcome.MET_LATE),
        ("2016-04-07", Outcome.MET_LATE),
    ],
)
def test_a_limit_in_days_is_judged_by_the_day(met: str, outcome: Outcome) -> None:
    assert judge(worked(working_days(15), "2016-03-14"), met=parse(met), now=NOW) is outcome


@pytest.mark.parametrize(
    ("met", "outcome"),
    [
        ("2016-03-28 23:00", Outcome.MET_IN_TIME),
        ("2016-03-28T22:00:30Z", Outcome.MET_IN_TIME),
        ("2016-03-28 23:01", Outcome.MET_LATE),
        ("2016-03-27", Outcome.MET_IN_TIME),
        ("2016-03-29", Outcome.MET_LATE),
        # Known only by its day, and it is the very day of the limit.
        ("2016-03-28", Outcome.CANNOT_SAY),
    ],
)
def test_a_limit_in_hours_is_judged_by_the_minute(met: str, outcome: Outcome) -> None:
    assert judge(worked(hours(72), "2016-03-25 22:00"), met=parse(met), now=NOW) is outcome


def test_an_approximate_return_is_neither_on_time_nor_late() -> None:
    found = worked(hours(72), "about 2016-03-25 22:00")
    assert judge(found, met=parse("2016-03-27 10:00"), now=NOW) is Outcome.CANNOT_SAY
    assert judge(found, met=None, now=NOW) is Outcome.CANNOT_SAY
    assert judge(found, met=None, now=parse("2016-03-26 10:00")) is Outcome.RUNNING
    exact = worked(hours(72), "2016-03-25 22:00")
    assert judge(exact, met=parse("about 2016-03-27 10:00"), now=NOW) is Outcome.CANNOT_SAY


def test_running_and_overdue() -> None:
    found = worked(working_days(15), "2016-03-14")
    assert judge(found, met=None, now=parse("2016-04-06 23:58")) is Outcome.RUNNING
    assert judge(found, met=None, now=parse("2016-04-07 00:01")) is Outcome.OVERDUE


def test_a_minimum_may_be_broken_by_being_early() -> None:
    """Published on 14 March 2016 for at least twelve months."""
    found = worked(months(12), "2016-03-14", sense=Sense.NOT_BEFORE)
    assert judge(found, met=parse("2017-03-14"), now=NOW) is Outcome.TOO_EARLY
    assert judge(found, met=parse("2017-03-15"), now=NOW) is Outcome.MET_IN_TIME
    assert judge(found, met=None, now=parse("2020-01-01")) is Outcome.RUNNING


def test_at_once_cannot_be_late() -> None:
    found = worked(AT_ONCE, "2016-03-14 10:00")
    assert judge(found, met=parse("2016-03-14 10:05"), now=NOW) is Outcome.CANNOT_SAY
    assert judge(found, met=None, now=NOW) is Outcome.RUNNING

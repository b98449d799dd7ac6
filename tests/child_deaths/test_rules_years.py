"""Years and durations: section 1.5 (bands) and edge case 12 of the domain notes."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.years import BANDS, CountedBy, Days, Took, Year, took


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2016, 3, 31), "2015 to 2016"),
        (date(2016, 4, 1), "2016 to 2017"),
        (date(2016, 1, 1), "2015 to 2016"),
    ],
)
def test_years_end_on_31_march(day, label):
    assert Year.of(day).label == label
    assert Year.of(day).first <= day <= Year.of(day).last


def test_edge_case_12_one_case_in_three_calendars():
    days = Days(died_on=date(2015, 3, 31), notified_on=date(2015, 4, 1), reviewed_on=date(2016, 4, 2))
    assert [days.year(each).label for each in CountedBy] == ["2014 to 2015", "2015 to 2016", "2016 to 2017"]
    assert Days(date(2015, 3, 31), None).year(CountedBy.REVIEW) is None


@pytest.mark.parametrize(
    ("reviewed_on", "band"),
    [
        (date(2015, 9, 9), Took.UNDER_6),
        (date(2015, 9, 10), Took.M6_7),
        (date(2015, 11, 9), Took.M6_7),
        (date(2015, 11, 10), Took.M8_9),
        (date(2016, 1, 9), Took.M8_9),
        (date(2016, 1, 10), Took.M10_11),
        (date(2016, 3, 9), Took.M10_11),
        (date(2016, 3, 10), Took.M12_OVER),
        (None, Took.NOT_REVIEWED),
    ],
)
def test_bands_are_calendar_months(reviewed_on, band):
    assert took(date(2015, 3, 10), reviewed_on) is band


def test_the_day_itself_completes_the_month():
    assert took(date(2015, 2, 28), date(2015, 8, 27)) is Took.UNDER_6
    assert took(date(2015, 2, 28), date(2015, 8, 28)) is Took.M6_7
    assert took(date(2015, 8, 31), date(2016, 2, 29)) is Took.UNDER_6
    assert took(date(2015, 8, 31), date(2016, 3, 1)) is Took.M6_7


def test_a_review_before_the_death_is_refused_and_the_bands_are_not_cited():
    with pytest.raises(ValueError):
        took(date(2016, 1, 2), date(2016, 1, 1))
    assert not BANDS.may_be_cited

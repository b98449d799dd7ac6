"""Which days a heading of an old scorecard means."""

from __future__ import annotations

from datetime import date

import pytest

from wholestory.indicators.rules.periods import Period, Year, meant, quarter_of

Q1 = Period(date(2014, 4, 1), date(2014, 6, 30))
Q4 = Period(date(2015, 1, 1), date(2015, 3, 31))


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Q1 2014/15", Q1), ("2014-15 Q1", Q1), ("Qtr 1 14/15", Q1), ("Quarter 1, 2014 to 2015", Q1),
        ("1st quarter 2014/15", Q1), ("Apr-Jun 2014", Q1), ("April to June 14", Q1), ("Q1 (Apr-Jun) 2014/15", Q1),
        ("2014/15 Quarter 4", Q4), ("Q4\n2014-2015", Q4), ("Jan - Mar 2015", Q4), ("Jan to Mar 2014/15", Q4),
        ("2014/15", Period(date(2014, 4, 1), date(2015, 3, 31))),
        ("Jun 14", Period(date(2014, 6, 1), date(2014, 6, 30))),
        ("Sept 2014", Period(date(2014, 9, 1), date(2014, 9, 30))),
        ("2016-02-01", Period(date(2016, 2, 1), date(2016, 2, 29))),
        ("Dec-Feb 2015", Period(date(2014, 12, 1), date(2015, 2, 28))),
    ],
)  # fmt: skip
def test_a_heading_means_its_days(words: str, period: Period) -> None:
    assert meant(words) == period


@pytest.mark.parametrize(
    "words",
    ["Q1", "Q5 2014/15", "2014", "Target", "2014/16", "Q1 2014", "Actual YTD", "", "Apr-Jun", "Mayor 2014",
     "31/02/2014", "YTD 2014/15"],
)  # fmt: skip
def test_what_could_mean_two_things_means_none(words: str) -> None:
    assert meant(words) is None


def test_calendar_and_school_years_begin_elsewhere() -> None:
    assert meant("Q1 2014", Year.CALENDAR) == Period(date(2014, 1, 1), date(2014, 3, 31))
    assert meant("2014", Year.CALENDAR) == Period(date(2014, 1, 1), date(2014, 12, 31))
    assert meant("2014/15", Year.ACADEMIC) == Period(date(2014, 9, 1), date(2015, 8, 31))
    assert meant("Q2 2014/15", Year.ACADEMIC) == Period(date(2014, 12, 1), date(2015, 2, 28))
    assert meant("Apr-Jun 2014/15", Year.ACADEMIC) == Period(date(2015, 4, 1), date(2015, 6, 30))


def test_quarters_of_days() -> None:
    assert quarter_of(date(2016, 2, 29)) == Period(date(2016, 1, 1), date(2016, 3, 31))
    assert quarter_of(date(2015, 12, 31)) == Period(date(2015, 10, 1), date(2015, 12, 31))

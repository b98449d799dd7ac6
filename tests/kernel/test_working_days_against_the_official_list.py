"""The library's bank holidays, day by day, against the list the government publishes.

When the official list reaches further than ``TABLE_TO`` this fails, which is the reminder to look at the
new years and move the end of the table.
"""

from __future__ import annotations

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from wholestory.kernel.bank_holidays import TABLE_FROM, TABLE_TO, Nation, listed

DIVISIONS = {
    Nation.ENGLAND_AND_WALES: BankHolidays.ENGLAND_AND_WALES,
    Nation.SCOTLAND: BankHolidays.SCOTLAND,
    Nation.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}

# Days the library knows and this copy of the official list does not. The copy is older than the
# proclamation of 3 February 2026, which made this day a bank holiday in Scotland only.
PROCLAIMED_SINCE = {Nation.SCOTLAND: {date(2026, 6, 15)}}


def official(nation: Nation) -> set[date]:
    holidays = BankHolidays(use_cached_holidays=True)  # the bundled list: nothing is fetched
    return {entry["date"] for entry in holidays.get_holidays(division=DIVISIONS[nation])}


@pytest.mark.parametrize("nation", Nation)
def test_every_weekday_agrees(nation: Nation) -> None:
    published = official(nation)
    years = range(TABLE_FROM.year, TABLE_TO.year + 1)
    ours = {day for year in years for day in listed(nation, year) if day.weekday() < 5}
    assert ours - published == PROCLAIMED_SINCE.get(nation, set())
    assert {day for day in published if day.weekday() < 5} - ours == set()


def test_the_table_ends_where_the_official_list_does() -> None:
    years = {day.year for day in official(Nation.ENGLAND_AND_WALES)}
    assert (min(years), max(years)) == (TABLE_FROM.year, TABLE_TO.year)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2015, 12, 28), "Boxing Day (substitute day)"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2020, 5, 8), "Early May bank holiday"),
        (date(2022, 6, 3), "Platinum Jubilee of Elizabeth II"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of Charles III"),
    ],
)
def test_days_that_were_moved_or_added_have_their_names(day: date, name: str) -> None:
    assert listed(Nation.ENGLAND_AND_WALES, day.year)[day] == name

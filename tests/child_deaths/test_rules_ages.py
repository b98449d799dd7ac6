"""Ages and bands: section 2.6 of the domain notes and edge case 9. Day counts are done by hand."""

from datetime import date, timedelta

import pytest

from wholestory.child_deaths.rules.ages import (
    AgeBand,
    BornAfterDeath,
    GestationBand,
    WeightBand,
    age_at,
    band_at,
    eighteenth_birthday,
    gestation_band,
    unlikely,
    weight_band,
)

BORN = date(2015, 3, 10)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, AgeBand.NEONATAL), (27, AgeBand.NEONATAL), (28, AgeBand.INFANT), (364, AgeBand.INFANT)],
)
def test_edge_case_09_bands_by_day(days, band):
    age = age_at(BORN, BORN + timedelta(days=days))
    assert (age.days, age.band) == (days, band)


def test_edge_case_09_day_365_is_the_first_birthday_in_a_common_year():
    born = date(2016, 3, 10)
    assert age_at(born, born + timedelta(days=365)).band is AgeBand.ONE_TO_FOUR


def test_edge_case_09_day_365_is_still_before_the_first_birthday_across_a_leap_day():
    age = age_at(BORN, date(2016, 3, 9))
    assert (age.days, age.years, age.band) == (365, 0, AgeBand.INFANT)
    assert age_at(BORN, date(2016, 3, 10)).band is AgeBand.ONE_TO_FOUR


@pytest.mark.parametrize(
    ("died_on", "years", "band"),
    [
        (date(2020, 3, 9), 4, AgeBand.ONE_TO_FOUR),
        (date(2020, 3, 10), 5, AgeBand.FIVE_TO_NINE),
        (date(2025, 3, 10), 10, AgeBand.TEN_TO_FOURTEEN),
        (date(2030, 3, 9), 14, AgeBand.TEN_TO_FOURTEEN),
        (date(2030, 3, 10), 15, AgeBand.FIFTEEN_TO_SEVENTEEN),
        (date(2033, 3, 9), 17, AgeBand.FIFTEEN_TO_SEVENTEEN),
        (date(2033, 3, 10), 18, AgeBand.ADULT),
    ],
)
def test_bands_by_year(died_on, years, band):
    age = age_at(BORN, died_on)
    assert (age.years, age.band) == (years, band)


def test_leap_day_birthdays():
    born = date(2016, 2, 29)
    assert age_at(born, date(2017, 2, 28)).years == 0
    assert age_at(born, date(2017, 3, 1)).years == 1
    assert age_at(born, date(2020, 2, 28)).years == 3
    assert age_at(born, date(2020, 2, 29)).years == 4
    assert eighteenth_birthday(born) == date(2034, 3, 1)
    assert eighteenth_birthday(date(1998, 3, 14)) == date(2016, 3, 14)


def test_months_are_calendar_months():
    born = date(2016, 1, 31)
    assert age_at(born, date(2016, 2, 29)).months == 0
    assert age_at(born, date(2016, 3, 1)).months == 1
    assert age_at(born, date(2016, 3, 30)).months == 1
    assert age_at(born, date(2016, 3, 31)).months == 2


@pytest.mark.parametrize(
    ("died_on", "text"),
    [
        (date(2015, 3, 10), "under 1 day"),
        (date(2015, 3, 11), "1 day"),
        (date(2015, 4, 6), "27 days"),
        (date(2015, 4, 7), "4 weeks"),
        (date(2015, 6, 8), "12 weeks"),
        (date(2015, 6, 10), "3 months"),
        (date(2017, 3, 9), "23 months"),
        (date(2017, 3, 10), "2 years"),
        (date(2031, 1, 1), "15 years"),
    ],
)
def test_age_text_never_tells_a_date(died_on, text):
    assert age_at(BORN, died_on).text == text


def test_a_death_before_the_birth_is_refused():
    with pytest.raises(BornAfterDeath):
        age_at(date(2016, 1, 2), date(2016, 1, 1))


def test_unknown_dates_have_their_own_band():
    assert band_at(None, date(2016, 1, 1)) is AgeBand.NOT_KNOWN


@pytest.mark.parametrize(
    ("weeks", "band"),
    [(23, GestationBand.UNDER_24), (24, GestationBand.W24_27), (27, GestationBand.W24_27),
     (28, GestationBand.W28_31), (31, GestationBand.W28_31), (32, GestationBand.W32_36),
     (36, GestationBand.W32_36), (37, GestationBand.W37_41), (41, GestationBand.W37_41),
     (42, GestationBand.W42_OVER), (None, GestationBand.NOT_KNOWN)],
)  # fmt: skip
def test_gestation_bands(weeks, band):
    assert gestation_band(weeks) is band


@pytest.mark.parametrize(
    ("grams", "band"),
    [(999, WeightBand.UNDER_1000), (1000, WeightBand.G1000_1499), (1499, WeightBand.G1000_1499),
     (1500, WeightBand.G1500_2499), (2499, WeightBand.G1500_2499), (2500, WeightBand.G2500_OVER),
     (None, WeightBand.NOT_KNOWN)],
)  # fmt: skip
def test_birthweight_bands(grams, band):
    assert weight_band(grams) is band


def test_unlikely_values_are_asked_about():
    assert unlikely(16, 200) == unlikely(44, 6500) == unlikely() == ()
    assert len(unlikely(15, 199)) == 2
    assert len(unlikely(45, 6501)) == 2

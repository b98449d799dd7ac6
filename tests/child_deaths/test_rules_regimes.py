"""Two axes: whose process, and which forms. Dates from the head of the domain notes."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.regimes import (
    FormSet,
    ImpossibleSwitch,
    Regime,
    form_set,
    form_set_on,
    form_version,
    goes_to_the_national_database,
    process_regime,
)


def test_the_process_changes_on_the_panels_own_day():
    assert process_regime(date(2019, 9, 28)) is Regime.WT2015
    assert process_regime(date(2019, 9, 29)) is Regime.CDR2018
    assert process_regime(date(2019, 6, 29), date(2019, 6, 29)) is Regime.CDR2018
    assert process_regime(date(2019, 6, 28), date(2019, 6, 29)) is Regime.WT2015
    for wrong in (date(2019, 9, 30), date(2018, 6, 28)):
        with pytest.raises(ImpossibleSwitch):
            process_regime(date(2019, 1, 1), wrong)


def test_the_forms_go_by_the_review_not_by_the_death():
    assert form_set(date(2019, 3, 31)) is FormSet.FORMS_2015
    assert form_set(date(2019, 4, 1)) is FormSet.CURRENT
    assert form_set(None) is FormSet.CURRENT


def test_edge_case_11_an_old_death_not_reviewed_gets_new_forms_under_the_old_process():
    died_on = date(2015, 2, 1)
    assert process_regime(died_on) is Regime.WT2015
    assert form_set_on(date(2016, 3, 14)) is FormSet.FORMS_2015
    assert form_set_on(date(2019, 4, 1)) is FormSet.CURRENT


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2019, 4, 1), 1), (date(2021, 3, 31), 1), (date(2021, 4, 1), 2), (date(2022, 3, 31), 2),
     (date(2022, 4, 1), 3), (date(2030, 1, 1), 3)],
)  # fmt: skip
def test_current_forms_change_in_april(day, number):
    assert form_version(FormSet.CURRENT, day).number == number


def test_there_is_one_version_of_the_2015_forms():
    assert form_version(FormSet.FORMS_2015, date(2016, 3, 14)).number == 1
    assert form_version(FormSet.FORMS_2015, date(2010, 1, 1)).number == 1


def test_the_national_database_takes_what_was_open_in_april_2019():
    assert not goes_to_the_national_database(date(2019, 3, 31))
    assert goes_to_the_national_database(date(2019, 4, 1))
    assert goes_to_the_national_database(None)


def test_each_regime_has_its_own_words_and_no_chapter_numbers():
    assert Regime.WT2015.words.response == "rapid response"
    assert Regime.CDR2018.words.response == "joint agency response"
    for regime in Regime:
        assert "chapter" not in str(regime.words).lower()

"""Factors, grades and modifiability: section 2.5 of the domain notes."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.factors import (
    CODES,
    NO_THREE,
    TREND,
    Compared,
    Domain,
    Era,
    FactorEdition,
    Grade,
    Graded,
    Modifiable,
    NotOnThisForm,
    as_current,
    cautions,
    codes_in,
    compared,
    domains_of,
    era,
    grade,
    grades_as_current,
    grades_of,
    one_series,
    seems_several,
)
from wholestory.child_deaths.rules.regimes import FormSet


def test_domains_of_both_editions():
    assert [each.value for each in domains_of(FactorEdition.CURRENT)] == ["A", "B", "C", "D"]
    assert len(domains_of(FactorEdition.FORM_2015)) == 4


def test_domains_map_many_to_one():
    assert as_current(Domain.NEEDS_2015) is Domain.A
    assert as_current(Domain.FAMILY_2015) is Domain.B
    assert as_current(Domain.PARENTING_2015) is Domain.B
    assert as_current(Domain.SERVICE_2015) is Domain.D
    assert as_current(Domain.C) is Domain.C


def test_a_code_tells_the_physical_environment_from_the_family():
    assert as_current(Domain.FAMILY_2015, "housing") is Domain.C
    assert as_current(Domain.FAMILY_2015, "domestic_abuse") is Domain.B
    assert as_current(Domain.FAMILY_2015, "something_of_our_own") is Domain.B


def test_codes_are_used_once_and_every_domain_has_some():
    assert len({each.code for each in CODES}) == len(CODES)
    assert all(codes_in(domain) for domain in Domain)


@pytest.mark.parametrize(
    ("edition", "offered"),
    [
        (FactorEdition.EARLY, ["0", "1", "1*", "2", "3"]),
        (FactorEdition.FORM_2015, ["0", "1", "2", "3"]),
        (FactorEdition.CURRENT, ["0", "1", "2"]),
    ],
)
def test_grades_of_each_edition(edition, offered):
    assert [each.value for each in grades_of(edition)] == offered


def test_3_is_refused_on_the_current_form_and_taken_on_that_of_2015():
    assert grade("3", FactorEdition.FORM_2015) is Grade.COMPLETE
    with pytest.raises(NotOnThisForm, match="taken out"):
        grade("3", FactorEdition.CURRENT)
    with pytest.raises(NotOnThisForm):
        grade("1*", FactorEdition.FORM_2015)
    with pytest.raises(NotOnThisForm):
        grade("7", FactorEdition.EARLY)


def test_the_mapping_for_trends_is_declared_and_is_our_own():
    assert compared(Grade.COMPLETE) is compared(Grade.MAY_HAVE) is Compared.CONTRIBUTED
    assert compared(Grade.PRESENT_UNLIKELY) is compared(Grade.NONE) is Compared.NOT_CONTRIBUTED
    assert compared(Grade.NO_INFORMATION) is Compared.NO_INFORMATION
    assert grades_as_current(Grade.COMPLETE) == (Grade.MAY_HAVE, TREND)
    assert not TREND.may_be_cited
    assert NO_THREE.may_be_cited


def test_identified_without_a_2_is_warned_about_and_not_blocked():
    found = cautions(
        Modifiable.IDENTIFIED, [Graded(Grade.NONE, modifiable=True), Graded(Grade.NO_INFORMATION)]
    )
    assert any("no factor is graded 2" in line for line in found)
    assert cautions(Modifiable.IDENTIFIED, [Graded(Grade.MAY_HAVE, modifiable=True)]) == ()


def test_other_cautions():
    assert cautions(None, []) == ("Say whether modifiable factors were identified.",)
    assert any(
        "none was identified" in x
        for x in cautions(Modifiable.NONE_IDENTIFIED, [Graded(Grade.MAY_HAVE, True)])
    )
    assert any("rare" in line for line in cautions(Modifiable.INADEQUATE, []))
    assert cautions(Modifiable.NONE_IDENTIFIED, [Graded(Grade.NONE)]) == ()


def test_preventable_and_modifiable_are_two_series():
    assert era(date(2010, 3, 31)) is Era.PREVENTABLE
    assert era(date(2010, 4, 1)) is Era.MODIFIABLE
    assert not one_series([date(2010, 3, 31), date(2010, 4, 1)])
    assert one_series([date(2012, 3, 31), date(2020, 4, 1)])


@pytest.mark.parametrize(
    ("text", "several"),
    [("Smoking in pregnancy", False), ("Smoking; damp housing", True), ("- Smoking\n- Damp housing", True)],
)
def test_a_line_that_seems_to_hold_several_factors(text, several):
    assert seems_several(text) is several


def test_a_modifiable_factor_that_is_not_marked_is_asked_for():
    assert cautions(Modifiable.IDENTIFIED, [Graded(Grade.MAY_HAVE)]) == (
        "Mark which factor is the modifiable one.",
    )
    assert grades_as_current(Grade.PRESENT_UNLIKELY)[0] is Grade.NONE
    assert grades_as_current(Grade.MAY_HAVE)[0] is Grade.MAY_HAVE
    assert FactorEdition.of(FormSet.FORMS_2015) is FactorEdition.FORM_2015
    assert FactorEdition.of(FormSet.CURRENT) is FactorEdition.CURRENT

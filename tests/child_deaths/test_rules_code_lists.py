"""Code lists and NHS numbers: sections 2.2, 2.6 and edge case 3 of the domain notes."""

import pytest

from wholestory.child_deaths.rules import code_lists as lists
from wholestory.child_deaths.rules import nhs_number


def test_the_ethnicity_list_of_2015_has_twenty_lines():
    assert len(lists.ETHNICITY_2015) == 20
    assert {each.nhs for each in lists.ETHNICITY_2015} <= {each.key for each in lists.NHS_ETHNICITY}


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        ("ABC", "white"),
        ("DEFG", "mixed"),
        ("HJKL", "asian"),
        ("MNP", "black"),
        ("R", "chinese"),
        ("S", "other"),
    ],
)
def test_groups_of_nhs_codes(codes, group):
    assert {lists.ethnic_group(code).value for code in codes} == {group}


@pytest.mark.parametrize("code", ["Z", "99", "", "I", "AB"])
def test_not_stated_and_unknown_codes_have_no_group(code):
    assert lists.ethnic_group(code) is lists.EthnicGroup.NOT_KNOWN


def test_chinese_is_counted_apart_from_asian():
    assert lists.nhs_ethnicity("chinese") == "R"
    assert lists.nhs_ethnicity("gone") == "99"


@pytest.mark.parametrize(
    "codes",
    [
        lists.SEX,
        lists.NHS_ETHNICITY,
        lists.PLACES_OF_DEATH,
        lists.MODES_OF_DEATH,
        lists.EVENTS,
        lists.AGENCY_KINDS,
    ],
)
def test_keys_are_used_once(codes):
    keys = [each.key for each in codes]
    assert len(set(keys)) == len(keys)


def test_the_five_modes_and_four_sexes():
    assert len(lists.MODES_OF_DEATH) == 5
    assert [each.label for each in lists.SEX] == ["Male", "Female", "Indeterminate", "Not known"]


def test_hospital_places_are_places():
    assert {each.key for each in lists.PLACES_OF_DEATH} >= lists.HOSPITAL_PLACES
    assert lists.label_in(lists.PLACES_OF_DEATH, "hospice") == "Hospice"
    assert lists.label_in(lists.PLACES_OF_DEATH, "withdrawn_key") == "withdrawn_key"


# 943476591: 9x10+4x9+3x8+4x7+7x6+6x5+5x4+9x3+1x2 = 299; 299 mod 11 = 2; 11 - 2 = 9.
@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_good_number(typed):
    assert nhs_number.is_valid(typed)
    assert nhs_number.in_words(typed) == "943 476 5919"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("9434765918", "compare"),
        ("943476591", "this has 9"),
        ("94347659l9", "only digits"),
        ("0000000000", "compare"),
    ],
)
def test_edge_case_03_a_wrong_number_says_what_is_wrong_and_never_repeats_it(typed, says):
    fault = nhs_number.fault(typed)
    assert says in fault
    assert typed not in fault


def test_a_check_digit_of_ten_is_no_number():
    # 000000006x: 6x2 = 12; 12 mod 11 = 1; 11 - 1 = 10, so no last digit fits.
    assert not any(nhs_number.is_valid(f"000000006{last}") for last in range(10))


def test_edge_case_03_the_mothers_number_entered_for_the_baby():
    assert nhs_number.looks_like_the_mothers("943 476 5919", "9434765919")
    assert not nhs_number.looks_like_the_mothers("", "")


def test_only_the_999_range_is_made_up():
    assert nhs_number.is_made_up("999 000 0018")
    assert not nhs_number.is_made_up("943 476 5919")


def test_the_two_reasons_for_no_number():
    assert [each.label for each in nhs_number.Absent] == [
        "Child non-resident in England",
        "NHS number not currently available",
    ]

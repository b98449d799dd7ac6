"""Categories of death: section 2.5 of the domain notes and edge cases 14 and 21."""

import pytest

from wholestory.child_deaths.rules.categories import (
    CATEGORIES,
    HIERARCHY,
    WORDING,
    Classification,
    NoSuchCategory,
    NothingSelected,
    Said,
    Teller,
    category,
    differences,
    mapped,
    same_meaning,
)
from wholestory.child_deaths.rules.regimes import FormSet


def test_ten_categories_in_their_order():
    assert [each.number for each in CATEGORIES] == list(range(1, 11))
    assert category(4).name == "Malignancy"
    with pytest.raises(NoSuchCategory):
        category(11)


def test_the_highest_in_the_list_wins():
    chosen = Classification((9, 6, 8))
    assert chosen.primary == 6
    assert chosen.words == (
        "Category 6, Chronic medical condition, is primary: it stands highest in the list of those selected"
        " (also 8 and 9)."
    )


def test_one_alone_needs_no_hierarchy():
    assert Classification((10,)).words.endswith("is the only one selected.")
    with pytest.raises(NothingSelected):
        _ = Classification(()).primary


def test_an_override_needs_its_reason_and_to_be_selected():
    assert Classification((6, 7), override=7).missing() == ("Say why category 7 comes before category 6",)
    whole = Classification((6, 7), override=7, override_reason="The syndrome caused the liver disease.")
    assert (whole.missing(), whole.primary, whole.by_rule) == ((), 7, 6)
    assert "The syndrome caused the liver disease." in whole.words
    assert Classification((6,), override=7, override_reason="x").missing() == (
        "The primary category must be one of those selected",
    )


def test_sudden_death_in_epilepsy_is_5_and_not_10():
    assert any("epilepsy" in words for words in category(5).includes)
    assert any("epilepsy" in words for words in category(10).excludes)


def test_a_tumour_stays_4_whatever_came_last():
    assert any("infection" in words for words in category(4).includes)


def test_category_3_grew_wider_in_2018():
    old, new = FormSet.FORMS_2015, FormSet.CURRENT
    assert len(category(3).includes_under(new)) == len(category(3).includes_under(old)) + 1
    assert not same_meaning(3, old, new)
    assert all(same_meaning(number, old, new) for number in range(1, 11) if number != 3)
    number, ground = mapped(3, old, new)
    assert number == 3
    assert "medical or surgical" in ground.words


def test_edge_case_21_differences_are_told_with_the_minority():
    found = differences(
        [
            Said(Teller.NOTIFICATION, 10),
            Said(Teller.CERTIFICATE, 9),
            Said(Teller.PANEL, 9),
            Said(Teller.PANEL, 8, by="Health member", minority=True),
            Said(Teller.CORONER, 10),
        ]
    )
    assert len(found) == 3
    assert any(line.startswith("Suspected at notification: 10") for line in found)
    assert any(line.startswith("Health member, in the minority: 8") for line in found)
    assert any(line.startswith("Found by the coroner: 10") for line in found)


def test_edge_case_14_before_the_panel_decides_there_is_nothing_to_differ_from():
    assert differences([Said(Teller.CORONER, 1), Said(Teller.NOTIFICATION, 10)]) == ()


def test_6_and_7_are_known_to_be_close():
    assert Classification((6, 9)).remarks
    assert not Classification((4,)).remarks


def test_the_hierarchy_may_be_cited_and_the_wording_may_not():
    assert HIERARCHY.may_be_cited
    assert not WORDING.may_be_cited


def test_a_category_that_kept_its_meaning_is_mapped_to_itself():
    assert mapped(9, FormSet.FORMS_2015, FormSet.CURRENT)[0] == 9
    assert len(category(9).includes_under(FormSet.CURRENT)) == len(category(9).includes)

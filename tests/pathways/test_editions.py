"""Which edition a duty arose under, and the words that go with it."""

from __future__ import annotations

from datetime import date

import pytest

from wholestory.pathways.definitions.editions import EDITIONS
from wholestory.pathways.editions import (
    NoEdition,
    UnknownEdition,
    Word,
    child_death_edition_for,
    edition,
    edition_for,
    editions,
    word,
    words,
)


@pytest.mark.parametrize(
    ("day", "go_live", "key"),
    [
        (date(2014, 6, 1), None, "WT2013"),
        (date(2015, 3, 25), None, "WT2013"),
        (date(2015, 3, 26), None, "WT2015"),
        (date(2016, 3, 14), None, "WT2015"),
        (date(2018, 6, 28), None, "WT2015"),
        (date(2018, 6, 29), None, "TRANS"),
        (date(2019, 9, 28), None, "TRANS"),
        (date(2019, 9, 29), None, "WT2018"),
        (date(2019, 5, 1), date(2019, 4, 1), "WT2018"),
        (date(2019, 3, 31), date(2019, 4, 1), "TRANS"),
        (date(2018, 6, 29), date(2018, 6, 29), "WT2018"),
        (date(2023, 12, 14), None, "WT2018"),
        (date(2023, 12, 15), None, "WT2023"),
        # Working Together 2026 is unread: no record is put under it by date.
        (date(2026, 11, 1), None, "WT2023"),
    ],
)
def test_the_edition_follows_from_the_day_the_duty_arose(day: date, go_live: date | None, key: str) -> None:
    assert edition_for(day, go_live=go_live).key == key


def test_a_day_before_every_edition_is_refused() -> None:
    with pytest.raises(NoEdition, match="oldest edition held is WT2013"):
        edition_for(date(2012, 1, 1))


def test_new_arrangements_cannot_begin_on_an_impossible_day() -> None:
    with pytest.raises(ValueError, match="outside that"):
        edition_for(date(2020, 1, 1), go_live=date(2020, 1, 1))
    with pytest.raises(ValueError, match="outside that"):
        child_death_edition_for(date(2020, 1, 1), switched_on=date(2018, 1, 1))


def test_child_deaths_change_on_their_own_day() -> None:
    switch = date(2019, 6, 3)
    assert child_death_edition_for(date(2016, 3, 14)).key == "WT2015"
    assert child_death_edition_for(date(2019, 6, 2), switched_on=switch).key == "TRANS"
    assert child_death_edition_for(switch, switched_on=switch).key == "CDR2018"
    assert child_death_edition_for(date(2026, 1, 1)).key == "CDR2018"


def test_words_change_with_the_edition() -> None:
    assert word(Word.BODY, "WT2015") == "Board"
    assert word("body", "WT2018") == "Partnership"
    assert word(Word.HEAD, "wt 2015") == "independent chair"
    assert word(Word.HEAD, "WT2023") == "independent scrutineer"
    assert word(Word.PRACTITIONER, "WT2015") == "professional"
    assert word(Word.PRACTITIONER, "WT2018") == "practitioner"
    assert words("TRANS")["national_body"] == "Child Safeguarding Practice Review Panel"


def test_every_edition_has_every_word() -> None:
    for each in EDITIONS:
        assert set(each.words) == {name.value for name in Word}, each.key
        assert all(each.words.values())


def test_the_section_11_lists_follow_the_law() -> None:
    assert "Clinical commissioning group" in edition("WT2015").section_11
    assert "Integrated care board" in edition("WT2023").section_11
    assert any("General practices" in body for body in edition("WT2018").section_11)
    assert not any("General practices" in body for body in edition("WT2015").section_11)


def test_an_unknown_edition_names_those_there_are() -> None:
    with pytest.raises(UnknownEdition, match=r"Did you mean WT20\d\d\?"):
        edition("WT201")
    assert [each.key for each in editions()] == ["WT2013", "WT2015", "TRANS", "WT2018", "WT2023", "WT2026"]

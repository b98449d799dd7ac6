"""Who must not be written to, and when: section 1.8 and edge cases 15 and 32 of the domain notes."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.letters import Addressee, Day, HardDay, May, may_write

TODAY = date(2016, 3, 14)


def asked(to=None, days=(), today=TODAY, **rest):
    return may_write(to or Addressee(), days, today, **{"by_itself": True, **rest})


def test_nothing_in_the_way():
    assert asked().may is May.YES


@pytest.mark.parametrize(
    ("to", "key"),
    [
        (Addressee(suspected=True), "suspect"),
        (Addressee(convicted=True), "suspect"),
        (Addressee(police_ask=True), "police_ask"),
        (Addressee(suspected=True, police_agreed=True, police_ask=True), "police_ask"),
        (Addressee(wishes_no_contact=True), "wishes_no_contact"),
        (Addressee(has_died=True), "has_died"),
        (Addressee(is_a_child=True), "is_a_child"),
        (Addressee(address_known=False), "no_address"),
    ],
)
@pytest.mark.parametrize("by_itself", [True, False])
def test_edge_case_15_nobody_is_written_to_who_must_not_be(to, key, by_itself):
    found = asked(to, by_itself=by_itself)
    assert (found.may, found.ground.key) == (May.NO, key)
    assert not found.ground.may_be_cited


def test_edge_case_15_the_other_parent_at_the_same_address_may_be_in_danger():
    assert asked(Addressee(lives_with_suspect=True)).may is May.ASK_FIRST
    assert asked(Addressee(lives_with_suspect=True, police_agreed=True)).may is May.YES


@pytest.mark.parametrize("kind", [HardDay.DEATH, HardDay.BIRTHDAY, HardDay.DUE_DATE])
def test_edge_case_32_around_days_that_come_back_letters_wait(kind):
    day = Day(kind, date(2014, 3, 16))
    found = asked(days=[day])
    assert (found.may, found.until) == (May.WAIT, date(2016, 3, 24))
    assert asked(days=[day], today=date(2016, 3, 8)).may is May.YES
    assert asked(days=[day], today=date(2016, 3, 9)).may is May.WAIT
    assert asked(days=[day], today=date(2016, 3, 23)).may is May.WAIT
    assert asked(days=[day], today=date(2016, 3, 24)).may is May.YES


def test_edge_case_32_religious_days_are_those_entered():
    day = Day(HardDay.RELIGIOUS, date(2015, 3, 16))
    assert asked(days=[day]).may is May.YES
    assert asked(days=[Day(HardDay.RELIGIOUS, date(2016, 3, 16))]).may is May.WAIT


def test_edge_case_32_two_days_that_touch_are_waited_for_together():
    days = [Day(HardDay.DEATH, date(2015, 3, 16)), Day(HardDay.BIRTHDAY, date(2010, 3, 30))]
    # 16 March + 7 is the 23rd; the birthday's time begins on the 23rd, touches the 24th, and ends on 6 April.
    assert asked(days=days).until == date(2016, 4, 7)


def test_edge_case_32_a_leap_day_is_kept_on_28_february_and_the_turn_of_the_year_counts():
    assert asked(days=[Day(HardDay.BIRTHDAY, date(2012, 2, 29))], today=date(2015, 2, 21)).may is May.WAIT
    assert asked(days=[Day(HardDay.DEATH, date(2014, 1, 2))], today=date(2015, 12, 28)).may is May.WAIT


def test_a_person_who_writes_is_told_and_decides():
    found = asked(days=[Day(HardDay.DEATH, date(2015, 3, 16))], by_itself=False)
    assert found.may is May.YES
    assert "anniversary" in found.cautions[0]
    assert "24 March 2016" in found.cautions[0]


def test_edge_case_32_language_and_format_are_said():
    found = asked(Addressee(language="Polish", format="large print"))
    assert any("Polish" in line for line in found.cautions)
    assert any("large print" in line for line in found.cautions)


def test_the_span_is_a_setting():
    assert asked(days=[Day(HardDay.DEATH, date(2015, 3, 16))], days_around=1).may is May.YES

"""What runs beside the review: section 1.4 (3 to 8), T7, and edge cases 13 and 14."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.other_processes import (
    CRIMINAL_PAUSES,
    EXAMINER,
    Certificate,
    Process,
    Running,
    applies,
    certificates_on,
    holds,
    may_hold,
)

TODAY = date(2016, 3, 14)
LATER = date(2016, 9, 1)


def test_every_process_has_fields_with_keys_used_once():
    for process in Process:
        keys = [field.key for field in process.fields]
        assert keys, process
        assert len(set(keys)) == len(keys), process


def test_edge_case_13_a_criminal_case_pauses_the_review_and_nothing_else():
    (hold,) = holds([Running(Process.POLICE, is_criminal=True, review_on=LATER, contact="DI A")], TODAY)
    assert hold.ground is CRIMINAL_PAUSES
    assert hold.missing == ()
    assert any("Notification" in line for line in hold.still_goes_on)
    assert any("Support" in line for line in hold.still_goes_on)
    assert any("other children" in line for line in hold.still_goes_on)


def test_edge_case_13_a_hold_needs_a_day_and_a_contact():
    (hold,) = holds([Running(Process.POLICE, is_criminal=True)], TODAY)
    assert len(hold.missing) == 2
    (due,) = holds([Running(Process.POLICE, is_criminal=True, review_on=TODAY, contact="DI A")], TODAY)
    assert due.missing == ("The day to look at this hold again has come",)


def test_police_for_the_coroner_hold_nothing():
    assert holds([Running(Process.POLICE)], TODAY) == ()


def test_edge_case_14_an_inquest_holds_until_it_is_concluded():
    assert [each.process for each in holds([Running(Process.INQUEST, review_on=LATER)], TODAY)] == [
        Process.INQUEST
    ]
    assert holds([Running(Process.INQUEST, concluded=True)], TODAY) == ()
    assert holds([Running(Process.INQUEST, holds_review=False)], TODAY) == ()


def test_nothing_else_holds_the_review():
    holding = {each for each in Process if may_hold(each)[0]}
    assert holding == {Process.POLICE, Process.INQUEST}
    others = [Running(each) for each in Process if each not in holding]
    assert holds(others, TODAY) == ()


def test_the_medical_examiner_begins_on_9_september_2024():
    assert not applies(Process.MEDICAL_EXAMINER, date(2024, 9, 8))
    assert applies(Process.MEDICAL_EXAMINER, date(2024, 9, 9))
    assert applies(Process.CORONER, date(2010, 1, 1))
    assert EXAMINER.may_be_cited


@pytest.mark.parametrize(
    ("day", "has", "lacks"),
    [
        (date(2024, 9, 8), Certificate.ISSUED, Certificate.ISSUED_AFTER_EXAMINER),
        (date(2024, 9, 9), Certificate.ISSUED_AFTER_EXAMINER, Certificate.ISSUED),
    ],
)
def test_certificates_follow_the_day(day, has, lacks):
    assert has in certificates_on(day)
    assert lacks not in certificates_on(day)

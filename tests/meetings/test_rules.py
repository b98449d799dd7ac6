"""Quorum and attendance by hand-made cases: no database."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wholestory.meetings.rules import quorum
from wholestory.meetings.rules.attendance import Mark, roll
from wholestory.meetings.rules.quorum import Need, Rule, There, judge

HEALTH = Need("sector", "health", "Health")
COUNCIL = Need("sector", "council", "Council")


def body(name: str, sector: str = "", **more: object) -> There:
    return There(name, sector=sector, **more)  # type: ignore[arg-type]  # keyword arguments of a test's own making


@pytest.mark.parametrize(("members", "needed"), [(6, 3), (7, 4), (1, 1), (0, 1)])
def test_half_of_the_members_is_rounded_up(members: int, needed: int) -> None:
    assert Rule(share=Fraction(1, 2)).needed(members) == needed


def test_the_larger_of_number_and_share_is_needed() -> None:
    assert Rule(number=5, share=Fraction(1, 2)).needed(6) == 5
    assert Rule(number=2, share=Fraction(1, 2)).needed(6) == 3


def test_nobody_at_all_never_makes_a_meeting() -> None:
    verdict = judge(Rule(), 0, [])
    assert not verdict.quorate
    assert verdict.sentence == "Not quorate: 0 members present, 1 needed."


def test_enough_people_without_a_required_sector_may_not_decide() -> None:
    verdict = judge(Rule(number=2, needs=(HEALTH, COUNCIL)), 4, [body("a", "health"), body("b", "police")])
    assert not verdict.quorate
    assert verdict.missing == ("Council",)
    assert verdict.sentence == "Not quorate: 2 members present, 2 needed. Nobody present for Council."


def test_one_person_for_two_agencies_is_one_body_and_two_agencies() -> None:
    twice = [There("a", agency="ccg", sector="health"), There("a", agency="council", sector="council")]
    alone = judge(Rule(number=2, needs=(HEALTH, COUNCIL)), 4, twice)
    assert (alone.quorate, alone.here, alone.missing) == (False, 1, ())
    assert judge(Rule(number=1, needs=(HEALTH, COUNCIL)), 4, twice).quorate


def test_whoever_left_for_the_item_does_not_count_for_it() -> None:
    there = [body("a", "health", away=True), body("b", "council"), body("c", "police")]
    verdict = judge(Rule(number=2, needs=(HEALTH,)), 4, there)
    assert (verdict.quorate, verdict.here) == (False, 2)
    assert "Not counted: 1 who left for this item." in verdict.sentence


@pytest.mark.parametrize(("counts", "quorate"), [(True, True), (False, False)])
def test_online_counts_as_the_group_says(counts: bool, quorate: bool) -> None:
    there = [body("a", virtual=True), body("b")]
    verdict = judge(Rule(number=2, virtual_counts=counts), 4, there)
    assert verdict.quorate is quorate
    assert ("Not counted in this group: 1 online." in verdict.sentence) is not quorate


@pytest.mark.parametrize(("counts", "quorate"), [(True, True), (False, False)])
def test_deputies_count_as_the_group_says(counts: bool, quorate: bool) -> None:
    verdict = judge(
        Rule(number=1, needs=(HEALTH,), deputies_count=counts), 4, [body("a", "health", deputy=True)]
    )
    assert verdict.quorate is quorate


def test_a_role_is_met_by_any_role_somebody_holds() -> None:
    doctor = Need("role", "designated_doctor", "Designated doctor")
    sits = There("a", roles=frozenset({"member", "designated_doctor"}))
    assert judge(Rule(number=1, needs=(doctor,)), 4, [sits]).quorate
    assert not judge(Rule(number=1, needs=(doctor,)), 4, [There("b", roles=frozenset({"member"}))]).quorate


def test_a_need_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot need"):
        quorum.read_needs([{"kind": "colour", "key": "red"}])
    with pytest.raises(ValueError, match="cannot need"):
        quorum.read_needs([{"kind": "agency", "key": ""}])


def test_attendance_with_and_without_deputies() -> None:
    # Four meetings: police came, sent a deputy, apologised, came. 2 of 4 = 50%; with the deputy 3 of 4 = 75%.
    marks = [
        Mark("1", "police", "Police", "present"),
        Mark("2", "police", "Police", "apologies_deputy"),
        Mark("3", "police", "Police", "apologies"),
        Mark("4", "police", "Police", "virtual"),
    ]
    (police,) = roll(marks)
    assert (police.meetings, police.members, police.with_deputies) == (4, 2, 3)
    assert (police.percent_members, police.percent_with_deputies) == (50, 75)
    assert police.missed_running == 0


def test_an_agency_with_two_seats_was_there_when_one_was() -> None:
    marks = [Mark("1", "health", "Health", "absent"), Mark("1", "health", "Health", "left_early")]
    (health,) = roll(marks)
    assert (health.meetings, health.members) == (1, 1)


def test_a_seat_counts_from_the_day_somebody_held_it() -> None:
    # Two of three meetings were held before the agency joined: 1 of 1 is 100%.
    marks = [
        Mark("1", "police", "Police", "present"),
        Mark("2", "police", "Police", "present"),
        Mark("3", "police", "Police", "absent"),
        Mark("3", "charity", "Charity", "present"),
    ]
    charity, police = roll(marks)
    assert (charity.percent_members, charity.meetings) == (100, 1)
    assert police.percent_members == 67  # 2 of 3 is 66.7


def test_missing_twice_running_is_seen() -> None:
    marks = [Mark(str(n), "x", "X", s) for n, s in enumerate(["present", "absent", "apologies"])]
    assert roll(marks)[0].missed_running == 2


def test_guests_sit_in_no_seat_and_no_meeting_is_no_percentage() -> None:
    assert roll([Mark("1", "g", "Guest", "guest")]) == []

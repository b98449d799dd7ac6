"""Points within a standard, what happens to them when a line does not apply, and the rules said in words.

The sums are done by hand beside each test. Source: domain notes 1.3 (points that sum to 100) and 1.6.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from wholestory.assurance.rules.chosen import CycleRules, cap_under, how_made, rules_in
from wholestory.assurance.rules.rollup import (
    CriticalCap,
    ItemAnswer,
    ItemState,
    StandardScore,
    Weighting,
    agency_score,
    standard_score,
    weighted_mean,
)
from wholestory.assurance.rules.scales import INT0_3, OFSTED4, PCT5, RAG3, CompliantTest, usual_test

TEST = usual_test(PCT5)


def scored(item: str, score: str, weight: int, standard: str = "s1", *, critical: bool = False) -> ItemAnswer:
    return ItemAnswer(item, standard, ItemState.SCORED, score, critical=critical, weight=weight)


def out(item: str, weight: int, standard: str = "s1") -> ItemAnswer:
    return ItemAnswer(item, standard, ItemState.NOT_APPLICABLE, reason="None here.", weight=weight)


def test_points_decide_how_much_a_line_counts() -> None:
    # 60 points at 100 %, 40 at 50 %: 60 + 20 of 100.
    row = standard_score("s1", [scored("a", "100", 60), scored("b", "50", 40)], TEST)
    assert row.mean == Fraction(8, 10)
    assert row.weight == 100


@pytest.mark.parametrize("reweight", [False, True])
def test_a_line_that_does_not_apply_is_never_a_nought(reweight: bool) -> None:
    # 50 and 30 points are left of 100: (50 x 1 + 30 x 0.5) / 80 = 65 / 80.
    rows = [scored("a", "100", 50), scored("b", "50", 30), out("c", 20)]
    row = standard_score("s1", rows, TEST, reweight=reweight)
    assert row.mean == Fraction(65, 80)
    assert (row.applicable, row.answered, row.not_applicable) == (2, 2, 1)


def standards(*, reweight: bool) -> list[StandardScore]:
    first = [scored("a", "100", 60), out("b", 40)]
    second = [scored("c", "0", 100, "s2")]
    return [
        standard_score("s1", first, TEST, reweight=reweight),
        standard_score("s2", second, TEST, reweight=reweight),
    ]


def test_without_sharing_out_a_standard_weighs_less_by_what_does_not_apply() -> None:
    # 60 points at 1 and 100 at 0: 60 / 160.
    assert agency_score(standards(reweight=False), weighting=Weighting.ITEMS).mean == Fraction(60, 160)


def test_with_sharing_out_the_standard_keeps_its_hundred() -> None:
    # 100 points at 1 and 100 at 0: a half.
    assert agency_score(standards(reweight=True), weighting=Weighting.ITEMS).mean == Fraction(1, 2)


@pytest.mark.parametrize("reweight", [False, True])
def test_where_standards_count_equally_it_makes_no_difference(reweight: bool) -> None:
    assert agency_score(standards(reweight=reweight)).mean == Fraction(1, 2)


def test_a_blank_line_takes_no_points_with_it_and_gives_none_away() -> None:
    blank = ItemAnswer("b", "s1", ItemState.UNANSWERED, weight=40)
    row = standard_score("s1", [scored("a", "100", 60), blank], TEST, reweight=True)
    assert (row.mean, row.weight, row.unanswered) == (1, 60, 1)


def test_a_standard_where_nothing_applies_weighs_nothing() -> None:
    row = standard_score("s1", [out("a", 100)], TEST, reweight=True)
    assert (row.mean, row.weight) == (None, 0)
    assert agency_score([row], weighting=Weighting.ITEMS).mean is None


def test_a_weighted_mean_of_nothing_is_nothing() -> None:
    assert weighted_mean([]) is None
    assert weighted_mean([(Fraction(1, 2), 0)]) is None
    assert weighted_mean([(Fraction(1), 3), (Fraction(0), 1)]) == Fraction(3, 4)


def test_the_board_may_say_how_far_down_a_critical_line_holds() -> None:
    rules = CycleRules(critical_cap=True, cap_at="requires_improvement")
    cap = cap_under(rules, OFSTED4)
    assert cap == CriticalCap("inadequate", "requires_improvement")
    rows = [
        scored("dbs", "inadequate", 1, critical=True),
        scored("b", "outstanding", 1),
        scored("c", "outstanding", 1),
    ]
    # The mean is 2/3; it is held at 1/3.
    assert standard_score("s1", rows, usual_test(OFSTED4), cap=cap).mean == Fraction(1, 3)
    assert cap_under(CycleRules(cap_at="2"), INT0_3) is None
    assert cap_under(CycleRules(critical_cap=True), RAG3) == CriticalCap("not_met", "partly_met")
    assert cap_under(CycleRules(critical_cap=True, cap_at="2"), INT0_3) == CriticalCap("0", "2")


def words(**chosen: Any) -> dict[str, str]:
    rules: dict[str, Any] = {"cap": None, "reweight": False, "weighting": Weighting.STANDARDS.value}
    return {one.about: one.says for one in how_made(CompliantTest(INT0_3, "2"), **(rules | chosen))}


def test_the_six_rules_are_said_in_order() -> None:
    assert list(words()) == [
        "From a line to a standard",
        "From standards to an agency",
        "Critical lines",
        "The area as a whole",
        "How much is compliant",
        "Whose scores",
    ]


def test_the_words_follow_what_the_cycle_chose() -> None:
    usual = words()
    assert "Each standard counts equally" in usual["From standards to an agency"]
    assert "No line holds its standard down" in usual["Critical lines"]
    assert "leaves the reckoning, and its weight with it" in usual["From a line to a standard"]
    assert usual["How much is compliant"].startswith("Compliant means 2 or 3.")
    other = words(cap=CriticalCap("0", "1"), reweight=True, weighting="items", has_weights=True)
    assert (
        "0 (Not in place) on a line marked critical holds its standard at 1 (Started)"
        in other["Critical lines"]
    )
    assert "go to the others of its standard" in other["From a line to a standard"]
    assert "counts by its points" in other["From standards to an agency"]


def test_what_is_not_scored_has_one_rule() -> None:
    assert list(words(scored=False)) == ["Not scored"]


def test_the_rules_of_a_cycle_are_read_from_it() -> None:
    chosen = CycleRules(True, "2", True, "items", True)
    assert rules_in(chosen) == chosen
    assert CycleRules() == CycleRules(False, "", False, "standards", False)

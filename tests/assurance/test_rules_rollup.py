"""Roll-ups: items to standards to agencies, with whose scores, how complete, and what is not counted."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholestory.assurance.rules.rollup import (
    Compliance,
    CriticalCap,
    ItemAnswer,
    ItemState,
    ReasonMissing,
    ScoredBy,
    ScoreMissing,
    StandardScore,
    Weighting,
    agency_score,
    compliance_of,
    mean_of,
    spread,
    standard_score,
    whose,
)
from wholestory.assurance.rules.scales import INT0_3, RAG3, CompliantTest, usual_test

TEST = usual_test(INT0_3)


def scored(item, score, moderated="", *, standard="b1", critical=False):
    return ItemAnswer(item, standard, ItemState.SCORED, score, moderated, critical=critical)


def not_applicable(item, *, standard="b1"):
    return ItemAnswer(item, standard, ItemState.NOT_APPLICABLE, reason="We employ nobody.")


def unanswered(item, *, standard="b1"):
    return ItemAnswer(item, standard, ItemState.UNANSWERED)


def not_asked(item, *, standard="b1"):
    return ItemAnswer(item, standard, ItemState.NOT_ASKED)


def test_not_applicable_needs_its_reason():
    with pytest.raises(ReasonMissing):
        ItemAnswer("i", "b1", ItemState.NOT_APPLICABLE, reason="  ")


@pytest.mark.parametrize(
    "parts",
    [
        {"state": ItemState.SCORED},
        {"state": ItemState.SCORED, "moderated_score": "2"},
        {"state": ItemState.UNANSWERED, "self_score": "0"},
        {"state": ItemState.NOT_ASKED, "moderated_score": "0"},
        {"state": ItemState.NOT_APPLICABLE, "self_score": "3", "reason": "No staff."},
    ],
)
def test_a_score_and_a_kind_of_nothing_exclude_each_other(parts):
    with pytest.raises(ScoreMissing):
        ItemAnswer("i", "b1", **parts)


def test_the_mean_is_over_items_that_apply_and_were_answered():
    answers = [scored("a", "3"), scored("b", "2"), not_applicable("c"), unanswered("d"), not_asked("e")]
    row = standard_score("b1", [*answers, scored("x", "0", standard="b2")], TEST)
    assert row.mean == Fraction(5, 6)
    assert (row.applicable, row.answered, row.unanswered, row.not_applicable, row.not_asked) == (
        3,
        2,
        1,
        1,
        1,
    )
    assert row.compliant == 2
    assert row.counts == "2 of 3 answered, 1 not applicable."
    assert INT0_3.show_mean(row.mean) == "2.5"


def test_unanswered_is_not_nought():
    assert standard_score("b1", [scored("a", "3"), unanswered("b")], TEST).mean == 1
    assert standard_score("b1", [unanswered("a")], TEST).mean is None


def test_nothing_to_judge_is_neither_below_nor_not_below():
    row = standard_score("b1", [not_applicable("a")], TEST)
    assert row.mean is None
    assert row.is_below(TEST) is None
    assert row.scored_by is ScoredBy.NOBODY
    assert row.counts == "0 of 0 answered, 1 not applicable."


def test_the_moderated_score_counts_where_there_is_one_and_the_page_can_say_so():
    both = standard_score("b1", [scored("a", "3", "1"), scored("b", "3")], TEST)
    assert both.mean == Fraction(2, 3)
    assert both.scored_by is ScoredBy.BOTH
    assert standard_score("b1", [scored("a", "3", "3")], TEST).scored_by is ScoredBy.MODERATOR
    assert standard_score("b1", [scored("a", "3")], TEST).scored_by is ScoredBy.AGENCY
    assert {each.label for each in ScoredBy} == {
        "The agency's own scores",
        "Moderated scores",
        "Moderated where moderated, otherwise the agency's own",
        "No scores",
    }


def test_a_kind_of_nothing_is_nobodys_score():
    assert {each.scored_by for each in (not_applicable("a"), unanswered("b"), not_asked("c"))} == {
        ScoredBy.NOBODY
    }


def test_a_moderated_nought_is_a_score():
    row = standard_score("b1", [scored("a", "3", "0")], TEST)
    assert row.mean == 0
    assert row.is_below(TEST)


def test_below_is_judged_on_the_exact_mean():
    assert not standard_score("b1", [scored("a", "2"), scored("b", "2")], TEST).is_below(TEST)
    assert standard_score("b1", [scored(str(n), "2") for n in range(99)] + [scored("z", "1")], TEST).is_below(
        TEST
    )


def test_the_cap_is_off_by_default():
    row = standard_score("b1", [scored("dbs", "0", critical=True), scored("b", "3"), scored("c", "3")], TEST)
    assert row.mean == Fraction(2, 3)
    assert row.capped_by == ()


def test_a_red_on_a_critical_item_holds_the_standard_at_amber():
    cap = CriticalCap.usual(INT0_3)
    answers = [scored("dbs", "0", critical=True), scored("b", "3"), scored("c", "3")]
    row = standard_score("b1", answers, TEST, cap=cap)
    assert (row.mean, row.mean_before_cap, row.capped_by) == (Fraction(1, 3), Fraction(2, 3), ("dbs",))
    red = CriticalCap.usual(RAG3)
    assert (red.triggered_at, red.capped_at) == ("not_met", "partly_met")


@pytest.mark.parametrize(
    ("answers", "mean"),
    [
        ([scored("dbs", "1", critical=True), scored("b", "3")], Fraction(2, 3)),  # not red
        ([scored("a", "0"), scored("b", "3")], Fraction(1, 2)),  # red, not critical
        ([scored("dbs", "0", critical=True), scored("b", "1")], Fraction(1, 6)),  # below the ceiling already
        ([unanswered("a")], None),
    ],
)
def test_the_cap_does_nothing_where_it_should_not(answers, mean):
    row = standard_score("b1", answers, TEST, cap=CriticalCap.usual(INT0_3))
    assert row.mean == mean
    assert row.capped_by == ()


def test_the_cap_looks_at_the_score_in_force():
    cap = CriticalCap.usual(INT0_3)
    lowered = [scored("dbs", "3", "0", critical=True), scored("b", "3"), scored("c", "3")]
    assert standard_score("b1", lowered, TEST, cap=cap).capped_by == ("dbs",)
    raised = [scored("dbs", "0", "2", critical=True), scored("b", "3")]
    assert standard_score("b1", raised, TEST, cap=cap).capped_by == ()


def test_standards_count_equally_unless_the_board_says_items_do():
    one = standard_score("b1", [scored("a", "3")], TEST)
    three = standard_score("b2", [scored(i, "0", standard="b2") for i in "bcd"], TEST)
    by_standard = agency_score([one, three])
    assert (by_standard.mean, by_standard.weighting) == (Fraction(1, 2), Weighting.STANDARDS)
    by_item = agency_score([one, three], weighting=Weighting.ITEMS)
    assert by_item.mean == Fraction(1, 4)
    assert Weighting.STANDARDS.label == "Each standard counts equally"
    assert Weighting.ITEMS.label == "Each answered item counts equally"


def test_a_standard_with_nothing_answered_has_no_weight():
    empty = standard_score("b2", [not_applicable("z", standard="b2")], TEST)
    one = standard_score("b1", [scored("a", "2")], TEST)
    for weighting in Weighting:
        assert agency_score([one, empty], weighting=weighting).mean == Fraction(2, 3)
        assert agency_score([empty], weighting=weighting).mean is None
    assert agency_score([empty]).scored_by is ScoredBy.NOBODY


def test_compliance_is_published_with_completeness():
    answers = [scored("a", "3"), scored("b", "2"), scored("c", "2"), scored("d", "2"), scored("e", "1")]
    row = standard_score("b1", [*answers, unanswered("f"), not_applicable("g")], TEST)
    total = compliance_of([row])
    assert (total.share, total.completeness) == (Fraction(4, 5), Fraction(5, 6))
    assert total.words == "80.0 % compliant (4 of 5 answered); 83.3 % complete (5 of 6 applicable)."
    assert agency_score([row]).compliance == total


def test_compliance_sums_items_and_never_averages_percentages():
    small = standard_score("b1", [scored("a", "0")], TEST)
    large = standard_score("b2", [scored(str(n), "3", standard="b2") for n in range(9)], TEST)
    assert compliance_of([small, large]).share == Fraction(9, 10)


def test_nought_of_nought_is_not_a_percentage():
    assert Compliance(0, 0, 0).share is None
    assert Compliance(0, 0, 0).words == "Nothing applies."
    assert Compliance(0, 0, 4).words == "Nothing answered; 0.0 % complete (0 of 4 applicable)."


def test_the_level_can_be_set_higher():
    strict = CompliantTest(INT0_3, "3")
    row = standard_score("b1", [scored("a", "2"), scored("b", "3")], strict)
    assert row.compliant == 1
    assert row.is_below(strict)


def test_the_area_is_a_spread_not_an_average():
    answers = [
        scored("a", "3"),
        scored("a", "2", "1"),
        scored("a", "1"),
        not_applicable("a"),
        unanswered("a"),
    ]
    seen = spread([*answers, not_asked("a")], INT0_3)
    assert [(point.value, count) for point, count in seen.by_point] == [
        ("0", 0),
        ("1", 2),
        ("2", 0),
        ("3", 1),
    ]
    assert (seen.answered, seen.not_applicable, seen.unanswered, seen.not_asked) == (3, 1, 1, 1)
    assert seen.share("1") == Fraction(2, 3)
    assert spread([], INT0_3).share("1") is None


def test_whose_ignores_those_with_no_scores():
    assert whose([ScoredBy.NOBODY, ScoredBy.AGENCY]) is ScoredBy.AGENCY
    assert whose([]) is ScoredBy.NOBODY


answers_of_any_kind = st.lists(
    st.one_of(
        st.builds(scored, st.uuids().map(str), st.sampled_from("0123"), st.sampled_from(["", *"0123"])),
        st.builds(not_applicable, st.uuids().map(str)),
        st.builds(unanswered, st.uuids().map(str)),
        st.builds(not_asked, st.uuids().map(str)),
    )
)


@given(answers_of_any_kind)
def test_every_answer_is_counted_once(answers):
    row: StandardScore = standard_score("b1", answers, TEST)
    assert row.answered + row.unanswered + row.not_applicable + row.not_asked == len(answers)
    assert row.compliant <= row.answered <= row.applicable
    assert (row.mean is None) == (row.answered == 0)
    if row.mean is not None:
        assert 0 <= row.mean <= 1
    assert mean_of([]) is None


@given(answers_of_any_kind)
def test_a_cap_never_raises_a_score(answers):
    row = standard_score("b1", answers, TEST, cap=CriticalCap.usual(INT0_3))
    if row.mean is not None and row.mean_before_cap is not None:
        assert row.mean <= row.mean_before_cap

"""The arithmetic of results, with every expected number worked out by hand beside it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from wholestory.assurance.reports.base import Kind, shown, signed
from wholestory.assurance.rules.figures import (
    Figures,
    as_json,
    from_json,
    item_figures,
    may_renew,
    may_show_part,
    most_lowered,
    sector_figures,
    weakest,
)
from wholestory.assurance.rules.freshness import Freshness, freshness
from wholestory.assurance.rules.rollup import ScoredBy, StandardScore
from wholestory.assurance.rules.scales import CompliantTest, scale_called

SCALE = scale_called("INT0_3")
TEST = CompliantTest(SCALE, "2")
#: Six returns. "a": 3, 2, 1->0, N/A, blank, not asked. "b": 3->2 everywhere but the last, where it is 1->1.
RETURNS = [
    {"a": ["scored", "3", ""], "b": ["scored", "3", "2"]},
    {"a": ["scored", "2", ""], "b": ["scored", "3", "2"]},
    {"a": ["scored", "1", "0"], "b": ["scored", "3", "2"]},
    {"a": ["not_applicable", "", ""], "b": ["scored", "3", "2"]},
    {"a": ["unanswered", "", ""], "b": ["scored", "3", "2"]},
    {"b": ["scored", "1", "1"]},
]
FIGURES = item_figures(["a", "b"], RETURNS, SCALE)


def test_an_item_counts_each_kind_of_nothing_apart() -> None:
    a = FIGURES["a"]
    assert a.scores == {"0": 1, "2": 1, "3": 1}
    assert a.own == {"1": 1, "2": 1, "3": 1}
    assert (a.answered, a.applicable, a.not_applicable, a.unanswered, a.not_asked) == (3, 4, 1, 1, 1)


def test_a_share_is_of_those_that_gave_a_score_and_blank_is_never_nought() -> None:
    """Of three scores two (2 and 3) are compliant; the blank one and the one it does not apply to are not in it."""
    assert FIGURES["a"].share(TEST) == Fraction(2, 3)
    assert FIGURES["a"].mean(SCALE) == Fraction(0 + 2 + 3, 3 * 3)


def test_nothing_answered_has_no_share_and_is_not_nought_percent() -> None:
    """6.1 item 3: 0 of 0 is "n/a"."""
    none = item_figures(["a"], [{"a": ["unanswered", "", ""]}], SCALE)["a"]
    assert none.share(TEST) is None
    assert shown(Kind.SHARE, none.share(TEST)) == "n/a"


def test_the_not_applicable_rate_is_of_all_asked() -> None:
    """One of the five asked: three scored, one blank, one not applicable (6.2 item 18)."""
    assert FIGURES["a"].not_applicable_share == Fraction(1, 5)


def test_the_shift_is_over_what_was_moderated_only() -> None:
    """a: one score from 1 to 0, a third of the scale. b: five by a third down, one unchanged: 5/18."""
    assert (FIGURES["a"].moderated, FIGURES["a"].lowered, FIGURES["a"].shift) == (1, 1, Fraction(-1, 3))
    b = FIGURES["b"]
    assert (b.moderated, b.lowered, b.raised) == (6, 5, 0)
    assert b.shift == Fraction(-5, 18)
    assert signed(b.shift) == "−27.8"


def test_the_weakest_and_the_most_lowered_come_first() -> None:
    """a: 2 of 3 compliant. b: five at 2 and one at 1, so 5 of 6: a is weaker. b was lowered five times, a once."""
    assert [one.item for one in weakest(FIGURES.values(), TEST)] == ["a", "b"]
    assert [one.item for one in most_lowered(FIGURES.values())] == ["b", "a"]


def test_percentages_are_summed_and_never_averaged() -> None:
    """6.1 item 2. Two items: 2 of 3 and 5 of 6 compliant. Together 7 of 9, not the mean of 66.7 % and 83.3 %."""
    whole = Figures(6, 6, FIGURES).compliance(TEST)
    assert (whole.compliant, whole.answered, whole.applicable) == (7, 9, 10)
    assert whole.share == Fraction(7, 9)


def test_figures_are_the_same_after_being_kept() -> None:
    figures = Figures(
        6, 6, FIGURES, sector_figures([("police", {"s": standard(3, 4, Fraction(3, 4))})], TEST)
    )
    assert from_json(as_json(figures)) == figures


def standard(compliant: int, answered: int, mean: Fraction) -> StandardScore:
    return StandardScore("s", mean, mean, answered, answered, 0, 0, compliant, ScoredBy.AGENCY)


def test_a_sector_sums_items_and_counts_agencies() -> None:
    """A charity with 1 of 2 and a trust with 30 of 40: 31 of 42 items. Of the two means only 3/4 reaches 2/3."""
    rows = [
        ("health", {"s": standard(1, 2, Fraction(1, 2))}),
        ("health", {"s": standard(30, 40, Fraction(3, 4))}),
    ]
    found = sector_figures(rows, TEST)["health"]["s"]
    assert found.compliance.share == Fraction(31, 42)
    assert (found.agencies, found.agencies_compliant) == (2, 1)


@pytest.mark.parametrize(
    ("part", "whole", "may"),
    [
        (4, 40, False),
        (5, 5, True),
        (5, 10, True),
        (5, 9, False),
        (5, 6, False),
        (36, 40, False),
        (35, 40, True),
    ],
)
def test_a_sector_is_not_shown_where_what_is_left_over_would_be_a_small_group(
    part: int, whole: int, may: bool
) -> None:
    """6.1 item 6: a complement reveals as much as the cell itself."""
    assert may_show_part(part, whole) is may


@pytest.mark.parametrize(
    ("before", "now", "may"), [(0, 3, True), (10, 10, True), (10, 11, False), (10, 14, False), (10, 15, True)]
)
def test_spreads_are_not_written_again_for_a_few_more_results(before: int, now: int, may: bool) -> None:
    """6.1 item 6: the difference between two reports would show the few that came in between."""
    assert may_renew(before, now) is may


TODAY = date(2016, 3, 14)


@pytest.mark.parametrize(
    ("document", "review", "kind"),
    [
        (date(2015, 3, 14), None, Freshness.FRESH),
        (date(2015, 3, 13), None, Freshness.OLD),
        (date(2016, 3, 1), date(2016, 3, 13), Freshness.PAST_REVIEW),
        (date(2016, 3, 1), date(2016, 3, 14), Freshness.FRESH),
        (None, date(2016, 4, 1), Freshness.FRESH),
        (None, None, Freshness.UNDATED),
    ],
)
def test_evidence_is_as_fresh_as_its_dates_say(
    document: date | None, review: date | None, kind: Freshness
) -> None:
    """6.2 item 28: expired policies are not carried forward unseen. A year and a day is old; a year is not."""
    assert freshness(document, review, TODAY) is kind


def test_points_carry_their_sign_and_are_not_percent() -> None:
    """6.1 item 15: up 5 points, from 60 % to 65 %."""
    assert signed(Fraction(65, 100) - Fraction(60, 100)) == "+5.0"
    assert signed(Fraction(0)) == "0.0"
    assert signed(Fraction(-1, 8)) == "−12.5"

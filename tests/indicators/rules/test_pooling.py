"""Figures are put together from counts, snapshots are never added up, and an incomplete total says so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.rules.measures import Small, days, number, of, rate, share
from wholestory.indicators.rules.figures import Figure, Kind, worth
from wholestory.indicators.rules.pooling import How, Piece, across, over_time

PAIRS = st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda two: (min(two), max(two)))


def pieces(*figures: Figure) -> list[Piece]:
    return [Piece(f"Q{at + 1}", figure) for at, figure in enumerate(figures)]


def test_edge_case_02_percentages_are_not_averaged() -> None:
    # 1 of 2 and 9 of 90: 10 of 92 are 10.9%, where the mean of 50% and 10% would be 30%.
    found = over_time(pieces(of(1, 2), of(9, 90)), share())
    assert worth(found.figure, share()).value == Fraction(1000, 92)
    assert (found.how, found.partial) == (How.ADDED, False)


def test_edge_case_11_a_snapshot_takes_the_last_day() -> None:
    plans = number("B", "snapshot")
    four = [Figure(numerator=each) for each in (210, 220, 230, 240)]
    assert over_time(pieces(*four), plans).figure.numerator == 240
    gone = over_time(pieces(*four[:3], Figure(nothing="not_supplied")), plans)
    assert gone.figure.empty
    assert gone.lacking[0].label == "Q4"
    # Areas on one day do add up.
    assert across(pieces(*four), plans).figure.numerator == 900


def test_four_quarters_make_a_yearly_rate() -> None:
    found = over_time(pieces(*[of(100, 41_000)] * 4), rate())
    assert worth(found.figure, rate()).value == Fraction(400 * 10_000, 41_000)
    areas = across(pieces(of(100, 41_000), of(50, 20_000)), rate())
    assert worth(areas.figure, rate()).value == Fraction(150 * 10_000, 61_000)


def test_a_percentage_alone_is_never_pooled() -> None:
    found = over_time(pieces(of(30, 60), Figure(percentage=Decimal("90"))), share())
    assert (found.figure.numerator, found.figure.denominator) == (30, 60)
    assert found.partial
    assert found.sentence == (
        "Incomplete: 1 of 2. Added up from the counts, without Q2 (percentage only: the counts were not sent)."
    )
    alone = over_time(pieces(Figure(percentage=Decimal("90")), Figure(percentage=Decimal("80"))), share())
    assert alone.figure.empty
    assert alone.how is How.NOT_POSSIBLE


def test_nothing_of_nothing_lacks_nothing() -> None:
    found = over_time(pieces(of(30, 60), of(0, 0)), share())
    assert (found.figure.numerator, found.partial) == (30, False)
    none = over_time(pieces(of(0, 0), Figure(nothing="not_applicable")), share())
    assert worth(none.figure, share()).kind is Kind.NOT_APPLICABLE


@pytest.mark.parametrize("nothing", ["not_held", "suppressed", "not_supplied"])
def test_what_is_lacking_is_named(nothing: str) -> None:
    found = across([Piece("North", of(3, 4)), Piece("South", Figure(nothing=nothing))], share())
    assert found.partial
    assert [(each.label, each.kind.value) for each in found.lacking] == [("South", nothing)]
    assert "South" in found.sentence
    assert across([Piece("North", Figure(nothing=nothing))] * 2, share()).figure.nothing == nothing


def test_a_middle_value_is_never_made_of_middle_values() -> None:
    quarters = pieces(*[Figure(amount=Decimal(each)) for each in (3, 5)])
    for found in (over_time(quarters, days()), across(quarters, days())):
        assert found.figure.empty
        assert found.how is How.NOT_POSSIBLE


def test_a_mean_of_months_is_a_mean_of_numbers() -> None:
    found = over_time(
        pieces(*[Figure(numerator=each) for each in (10, 11, 13)]), number("N", "mean_of_months")
    )
    assert found.figure.amount == Fraction(34, 3)
    # Of shares the counts are added all the same.
    mean = over_time(pieces(of(1, 2), of(9, 90)), share("H", "mean_of_months"))
    assert worth(mean.figure, share()).value == Fraction(1000, 92)


def test_twelve_months_that_end_with_the_period() -> None:
    found = over_time(pieces(of(3, 40), of(5, 44)), Small("percent", "L", 100, "rolling", "all"))
    assert (found.figure, found.how) == (of(5, 44), How.LAST_TWELVE_MONTHS)


def test_a_year_so_far_says_so() -> None:
    found = over_time(pieces(of(3, 4), of(4, 5), of(5, 6)), share(), expected=4)
    assert found.partial
    assert found.sentence == "So far: 3 of 4 periods. Added up from the counts."


def test_nothing_at_all() -> None:
    assert over_time([], share()).figure.empty
    assert across([], share()).figure.empty
    one = over_time(pieces(Figure(percentage=Decimal("80"))), share())
    assert (one.how, one.figure.percentage) == (How.ONE, Decimal("80"))


@given(st.lists(PAIRS, min_size=2, max_size=12), st.data())
def test_how_pieces_are_grouped_makes_no_difference(
    counts: list[tuple[int, int]], data: st.DataObject
) -> None:
    measure = share()
    all_at_once = over_time(pieces(*(of(*each) for each in counts)), measure)
    cut = data.draw(st.integers(1, len(counts) - 1))
    two = [over_time(pieces(*(of(*each) for each in half)), measure) for half in (counts[:cut], counts[cut:])]
    by_halves = over_time(pieces(*(each.figure for each in two)), measure)
    assert worth(all_at_once.figure, measure) == worth(by_halves.figure, measure)
    shuffled = data.draw(st.permutations(counts))
    assert over_time(pieces(*(of(*each) for each in shuffled)), measure).figure == all_at_once.figure


@given(st.lists(PAIRS, min_size=2, max_size=8))
def test_a_whole_lies_within_its_parts(counts: list[tuple[int, int]]) -> None:
    measure = share()
    values = [found for each in counts if (found := worth(of(*each), measure).value) is not None]
    whole = worth(across(pieces(*(of(*each) for each in counts)), measure).figure, measure).value
    assert (whole is None) == (not values)
    if whole is not None:
        assert min(values) <= whole <= max(values)

"""How a figure stands: on exact values, in words, and never a colour for what is no number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.rules.measures import Small, days, number, of, rate, share
from wholestory.indicators.rules import standards
from wholestory.indicators.rules.figures import Figure, Kind, in_words, shown, worth
from wholestory.indicators.rules.standards import BadStandards, Standards
from wholestory.indicators.rules.standing import COLOURS, Status, direction, standing

EIGHTY = standards.read({"target": "80", "tolerance": "10", "tolerance_is": "points"}, "H")


def test_edge_case_07_what_is_shown_as_80_does_not_meet_80() -> None:
    # 1,999 of 2,500 are 79.96%.
    found = standing(of(1999, 2500), share(), EIGHTY)
    assert found.status is Status.NEAR_TARGET
    assert "79.96% is 0.04 percentage points below the target of 80.00%" in found.sentence
    assert shown(Fraction(7996, 100), share()) == "80.0%"
    assert standing(of(2000, 2500), share(), EIGHTY).status is Status.ON_TARGET


@pytest.mark.parametrize(
    ("figure", "status"),
    [
        (of(80, 100), Status.ON_TARGET), (of(79, 100), Status.NEAR_TARGET), (of(70, 100), Status.NEAR_TARGET),
        (of(699, 1000), Status.OFF_TARGET), (of(0, 20), Status.OFF_TARGET), (of(20, 20), Status.ON_TARGET),
    ],
)  # fmt: skip
def test_high_is_good_within_ten_points(figure: Figure, status: Status) -> None:
    assert standing(figure, share("H"), EIGHTY).status is status


def test_ten_per_cent_relative_is_not_ten_points() -> None:
    relative = standards.read({"target": 80, "tolerance": 10, "tolerance_is": "relative"}, "H")
    # 10% of 80 is 8: amber down to 72.
    assert standing(of(72, 100), share(), relative).status is Status.NEAR_TARGET
    below = standing(of(71, 100), share(), relative)
    assert below.status is Status.OFF_TARGET
    assert "10% of the target" in below.sentence
    assert standing(of(71, 100), share(), EIGHTY).status is Status.NEAR_TARGET
    assert "10 percentage points" in standing(of(71, 100), share(), EIGHTY).sentence


def test_low_is_good() -> None:
    set_ = standards.read({"target": "22", "amber": "25"}, "L")
    assert standing(of(22, 100), share("L"), set_).status is Status.ON_TARGET
    assert standing(of(0, 100), share("L"), set_).status is Status.ON_TARGET
    assert standing(of(25, 100), share("L"), set_).status is Status.NEAR_TARGET
    assert standing(of(251, 1000), share("L"), set_).status is Status.OFF_TARGET


@pytest.mark.parametrize(
    ("children", "status", "colour"),
    [
        (9, Status.LOW_RED, "red"), (10, Status.LOW_AMBER, "amber"), (14, Status.LOW_AMBER, "amber"),
        (15, Status.IN_BAND, "green"), (25, Status.IN_BAND, "green"), (26, Status.HIGH_AMBER, "amber"),
        (30, Status.HIGH_AMBER, "amber"), (31, Status.HIGH_RED, "red"),
    ],
)  # fmt: skip
def test_both_extremes_worry(children: int, status: Status, colour: str) -> None:
    band = standards.read({"low_red": 10, "low_amber": 15, "high_amber": 25, "high_red": 30}, "B")
    found = standing(of(children, 100), share("B"), band)
    assert (found.status, found.colour) == (status, colour)
    assert "both very low and very high" in found.sentence


def test_a_volume_has_no_status_and_no_target_is_never_green() -> None:
    assert standing(Figure(numerator=120), number("N"), None).status is Status.NOT_JUDGED
    found = standing(of(100, 100), share("H"), None)
    assert (found.status, found.colour, found.words) == (Status.NO_TARGET, "grey", "No target set")
    assert standing(of(1, 2), share("B"), EIGHTY).status is Status.NO_TARGET


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (of(0, 0), Kind.NOT_APPLICABLE), (Figure(nothing="not_applicable"), Kind.NOT_APPLICABLE),
        (Figure(nothing="not_held"), Kind.NOT_HELD), (Figure(), Kind.NOT_SUPPLIED),
        (Figure(nothing="suppressed"), Kind.SUPPRESSED), (Figure(numerator=4), Kind.NOT_SUPPLIED),
        (Figure(percentage=Decimal("81")), Kind.PERCENTAGE_ONLY),
    ],
)  # fmt: skip
def test_what_was_not_counted_is_never_coloured(figure: Figure, kind: Kind) -> None:
    found = standing(figure, share("H"), EIGHTY)
    assert (found.kind, found.colour) == (kind, "grey")
    assert not found.below_standard


def test_edge_case_03_nought_of_nought_is_neither_0_nor_100_per_cent() -> None:
    assert worth(of(0, 0), share()).value is None
    assert in_words(of(0, 0), share()) == "does not apply: there was nobody to count among"


def test_nought_of_twenty_in_time_is_below_standard() -> None:
    found = standing(of(0, 20), share("H"), EIGHTY)
    assert (found.kind, found.colour, found.below_standard) == (Kind.ZERO, "red", True)


def test_every_status_has_words_and_a_colour_is_never_alone() -> None:
    from wholestory.indicators.rules.standing import WORDS

    assert set(WORDS) == set(Status)
    assert len({WORDS[status] for status in Status}) == len(Status)
    assert set(COLOURS.values()) == {"green", "amber", "red"}


def test_edge_case_15_percentages_move_by_points() -> None:
    found = direction(of(84, 100), of(80, 100), share("H"), since="last quarter")
    assert (found.way, found.better, found.change) == ("up", "better", 4)
    assert found.sentence == (
        "Up by 4.0 percentage points since last quarter, from 80.0% to 84.0%, which is better."
    )
    assert direction(of(84, 100), of(80, 100), share("L"), since="last quarter").better == "worse"


def test_edge_case_09_a_volume_is_neither_better_nor_worse() -> None:
    found = direction(Figure(numerator=60), Figure(numerator=40), number("N"), since="last year")
    assert (found.way, found.better) == ("up", "")
    assert found.words == "Up"
    both = direction(of(12, 10_000), of(10, 10_000), rate("B"), since="last year")
    assert both.better == ""


def test_towards_the_range_is_better() -> None:
    band = standards.read({"low_amber": 15, "high_amber": 25}, "B")
    up = direction(of(14, 100), of(10, 100), share("B"), since="last quarter", standards=band)
    assert up.better == "better"
    out = direction(of(30, 100), of(26, 100), share("B"), since="last quarter", standards=band)
    assert out.better == "worse"
    assert direction(of(24, 100), of(20, 100), share("B"), since="x", standards=band).better == ""


@pytest.mark.parametrize(
    "before", [Figure(), of(0, 0), Figure(percentage=Decimal("79")), Figure(nothing="not_held")]
)
def test_nothing_is_not_compared(before: Figure) -> None:
    found = direction(of(84, 100), before, share(), since="last quarter")
    assert (found.way, found.change) == ("unknown", None)


def test_edge_case_12_nothing_is_compared_across_a_change_of_definition() -> None:
    found = direction(of(84, 100), of(80, 100), share(), since="last year", comparable=False)
    assert found.way == "unknown"
    assert "definition changed" in found.sentence


@pytest.mark.parametrize(
    ("given", "polarity", "field"),
    [
        ({"target": "eighty"}, "H", "target"), ({"target": "nan"}, "H", "target"), ({"goal": 3}, "H", "goal"),
        ({"target": 80, "tolerance": 10}, "H", "tolerance_is"), ({"target": 80, "amber": 85}, "H", "amber"),
        ({"target": 20, "amber": 15}, "L", "amber"), ({"amber": 70}, "H", "target"),
        ({"target": 80, "amber": 70, "tolerance": 5, "tolerance_is": "points"}, "H", "tolerance"),
        ({"target": 80}, "N", "target"), ({"target": 80}, "B", "target"), ({"low_red": 3}, "H", "low_red"),
        ({"low_red": 20, "low_amber": 10}, "B", "low_amber"),
    ],
)  # fmt: skip
def test_standards_that_make_no_sense_are_refused(
    given: dict[str, object], polarity: str, field: str
) -> None:
    with pytest.raises(BadStandards) as refused:
        standards.read(given, polarity)
    assert field in refused.value.problems


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100))
def test_meeting_a_target_is_arithmetic_on_counts(part: int, rest: int, target: int) -> None:
    whole = part + rest
    found = standing(of(part, whole), share("H"), Standards(target=Fraction(target)))
    assert (found.status is Status.ON_TARGET) == (part * 100 >= target * whole)


def test_numbers_for_readers() -> None:
    # Halves away from zero: 12.5 days stay, 0.125 of a ratio shows as 0.13.
    assert shown(Decimal("12.5"), days()) == "12.5 days"
    assert shown(Fraction(1, 8), Small("ratio")) == "0.13"
    assert shown(1234, number()) == "1,234"
    assert in_words(of(264, 41_000), rate()) == "64.4 per 10,000 (264 among 41,000)"
    assert in_words(Figure(percentage=Decimal("81")), share()) == "81.0% (percentage only)"

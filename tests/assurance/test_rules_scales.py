"""Scales: the eight of the domain notes, each kept as given and compared from 0 to 1."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholestory.assurance.rules.scales import (
    INT0_3,
    INT1_5,
    MET3,
    OFSTED4,
    PCT5,
    RAG3,
    SCALES,
    SOS10,
    STAFF6,
    CompliantTest,
    NoCompliantLevel,
    NotOnScale,
    UnknownScale,
    one_decimal,
    percent,
    scale_called,
    usual_test,
)

THIRD = Fraction(1, 3)


def test_all_eight_scales_are_there():
    assert list(SCALES) == ["MET3", "RAG3", "INT0_3", "INT1_5", "PCT5", "OFSTED4", "STAFF6", "SOS10"]


@pytest.mark.parametrize(
    ("scale", "normalised"),
    [
        (MET3, [0, Fraction(1, 2), 1]),
        (RAG3, [0, Fraction(1, 2), 1]),
        (INT0_3, [0, THIRD, 2 * THIRD, 1]),
        (INT1_5, [0, Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), 1]),
        (PCT5, [Fraction(n, 100) for n in range(0, 101, 5)]),
        (OFSTED4, [0, THIRD, 2 * THIRD, 1]),
        (STAFF6, [0, THIRD, 2 * THIRD, 1]),
        (SOS10, [Fraction(n, 10) for n in range(11)]),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_values_normalise_as_the_notes_say(scale, normalised):
    assert [point.normalised for point in scale.points] == normalised


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda each: each.code)
def test_every_scale_runs_from_worst_to_best_and_has_no_value_twice(scale):
    values = [point.value for point in scale.points]
    assert len(set(values)) == len(values)
    assert [p.normalised for p in scale.points] == sorted({p.normalised for p in scale.points})
    assert (scale.points[0].normalised, scale.points[-1].normalised) == (0, 1)


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda each: each.code)
def test_a_colour_is_never_the_stored_value(scale):
    colours = {point.colour.casefold() for point in scale.points} - {""}
    assert not colours & {point.value for point in scale.points}


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda each: each.code)
@pytest.mark.parametrize("nothing", ["not_applicable", "not_answered", "no_submission", ""])
def test_no_kind_of_nothing_is_a_point(scale, nothing):
    with pytest.raises(NotOnScale):
        scale.normalise(nothing)


def test_amber_is_good_on_one_scale_and_not_on_another():
    assert usual_test(STAFF6).passes(STAFF6.read("amber").value)
    assert not usual_test(RAG3).passes(RAG3.read("amber").value)


def test_black_and_grey_are_words_for_nothing_not_scores():
    assert STAFF6.state_words == {"not_returned": "Black", "not_applicable": "Grey"}
    for colour in ("black", "grey"):
        with pytest.raises(NotOnScale):
            STAFF6.read(colour)


def test_a_bare_digit_is_never_read_as_an_inspection_grade():
    with pytest.raises(NotOnScale):
        OFSTED4.read("1")


def test_the_name_used_before_2013_is_still_read():
    assert OFSTED4.read("Adequate").value == "requires_improvement"


@pytest.mark.parametrize("typed", ["Partially met", "  partly   MET ", "partial"])
def test_spreadsheet_spellings_are_read(typed):
    assert MET3.read(typed).value == "partly_met"


@pytest.mark.parametrize("typed", ["", "   ", "nearly", "4", "-1", "2.5"])
def test_what_is_not_on_the_scale_is_refused_with_the_words_typed(typed):
    with pytest.raises(NotOnScale, match="not on the scale 0 to 3"):
        INT0_3.read(typed)


@pytest.mark.parametrize(
    ("scale", "compliant", "below"),
    [
        (MET3, ["met"], ["not_met", "partly_met"]),
        (RAG3, ["fully_met"], ["not_met", "partly_met"]),
        (INT0_3, ["2", "3"], ["0", "1"]),
        (INT1_5, ["4", "5"], ["1", "2", "3"]),
        (PCT5, ["100"], [str(n) for n in range(0, 100, 5)]),
        (OFSTED4, ["good", "outstanding"], ["inadequate", "requires_improvement"]),
        (STAFF6, ["adequate", "good", "outstanding"], ["inadequate"]),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_what_counts_as_compliant_by_default(scale, compliant, below):
    test = usual_test(scale)
    assert [p.value for p in test.compliant_points] == compliant
    assert [p.value for p in test.below_points] == below
    assert [value for value in compliant + below if test.passes(value)] == compliant


def test_a_scaling_question_has_no_level_until_the_area_sets_one():
    with pytest.raises(NoCompliantLevel):
        usual_test(SOS10)
    assert CompliantTest(SOS10, "6").label == "Compliant means 6 or more."


@pytest.mark.parametrize(
    ("test", "label"),
    [
        (CompliantTest(INT0_3, "2"), "Compliant means 2 or 3."),
        (CompliantTest(INT0_3, "3"), "Compliant means 3."),
        (CompliantTest(INT0_3, "1"), "Compliant means 1, 2 or 3."),
        (CompliantTest(PCT5, "65"), "Compliant means 65 or more."),
        (CompliantTest(OFSTED4, "good"), "Compliant means Good or Outstanding."),
        (usual_test(STAFF6), "Compliant means Adequate, Good or Outstanding."),
    ],
)
def test_the_screen_says_what_counts(test, label):
    assert test.label == label


def test_a_test_cannot_be_set_off_the_scale():
    with pytest.raises(NotOnScale):
        CompliantTest(INT0_3, "4")


def test_a_mean_has_reached_only_what_it_has_fully_reached():
    assert INT0_3.reached(Fraction(199, 300)).value == "1"
    assert INT0_3.reached(2 * THIRD).value == "2"


@pytest.mark.parametrize(
    ("scale", "mean", "shown"),
    [
        (INT0_3, Fraction(5, 6), "2.5"),
        (INT1_5, Fraction(1, 2), "3.0"),
        (PCT5, Fraction(13, 20), "65.0"),
        (RAG3, Fraction(3, 4), "Partly met"),
        (OFSTED4, Fraction(1), "Outstanding"),
    ],
)
def test_means_are_shown_on_the_agencys_own_scale(scale, mean, shown):
    assert scale.show_mean(mean) == shown
    assert usual_test(scale).show_mean(mean) == shown


def test_rounding_never_makes_a_mean_look_compliant():
    just_below = Fraction(196, 300)  # 1.96 on a scale of 0 to 3
    assert INT0_3.show_mean(just_below) == "2.0"
    assert usual_test(INT0_3).show_mean(just_below) == "1.96"
    assert usual_test(INT0_3).show_mean(Fraction(19996, 30000)) == "1.9996"
    assert usual_test(INT0_3).show_mean(Fraction(2) / 3 - Fraction(1, 10**9)) == "2.0000"


def test_halves_are_rounded_away_from_nought():
    assert one_decimal(Fraction(5, 100)) == "0.1"
    assert one_decimal(Fraction(-5, 100)) == "-0.1"
    assert percent(Fraction(290, 375)) == "77.3 %"


def test_an_unknown_scale_is_refused_with_the_known_ones():
    assert scale_called("INT0_3") is INT0_3
    with pytest.raises(UnknownScale, match="MET3"):
        scale_called("STARS")


@given(st.sampled_from(sorted(SCALES)), st.data())
def test_what_is_stored_can_be_read_back_by_value_and_by_label(code, data):
    scale = SCALES[code]
    point = data.draw(st.sampled_from(scale.points))
    assert scale.read(point.value) == scale.read(point.label.upper()) == point


@given(st.fractions(min_value=0, max_value=1))
def test_a_shown_mean_and_its_verdict_never_disagree_by_more_than_four_decimals(mean):
    test = usual_test(INT0_3)
    shown = Fraction(test.show_mean(mean))
    native = INT0_3.native_mean(mean)
    assert native is not None
    assert abs(shown - native) <= Fraction(1, 20)
    assert (shown >= 2) == (native >= 2) or abs(native - 2) < Fraction(1, 10_000)

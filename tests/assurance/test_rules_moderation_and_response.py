"""Moderation keeps both scores; response rates keep an honest denominator."""

from datetime import date
from fractions import Fraction

import pytest

from wholestory.assurance.rules.cells import ReturnPosition, Standing
from wholestory.assurance.rules.moderation import (
    NotTheirsToModerate,
    ReasonNeeded,
    check_moderated_score,
    check_moderator,
    needs_moderator,
    shift,
)
from wholestory.assurance.rules.response import (
    CountsDisagree,
    ResponseRate,
    response_rate,
    timeliness,
)
from wholestory.assurance.rules.rollup import ItemAnswer, ItemState
from wholestory.assurance.rules.scales import INT0_3, RAG3, NotOnScale

DUE = date(2016, 2, 29)


def scored(item, own, moderated=""):
    return ItemAnswer(item, "b1", ItemState.SCORED, own, moderated)


def test_the_shift_is_the_mean_of_moves_and_downgrades_are_counted():
    answers = [scored("a", "3", "1"), scored("b", "2", "2"), scored("c", "1", "2"), scored("d", "3")]
    seen = shift(answers, INT0_3)
    assert (seen.moderated, seen.raised, seen.agreed, seen.lowered) == (3, 1, 1, 1)
    assert seen.mean == Fraction(-1, 9)
    assert seen.native_mean == Fraction(-1, 3)
    assert seen.lowered_items == ("a",)


def test_items_that_are_no_score_do_not_dilute_the_shift():
    nothing = ItemAnswer("n", "b1", ItemState.NOT_APPLICABLE, reason="No staff.")
    assert shift([nothing, scored("a", "3", "2")], INT0_3).native_mean == -1


def test_no_moderation_has_no_shift():
    seen = shift([scored("a", "3")], INT0_3)
    assert (seen.moderated, seen.mean, seen.native_mean) == (0, None, None)


def test_a_scale_of_words_has_a_normalised_shift_only():
    seen = shift([scored("a", "fully_met", "partly_met")], RAG3)
    assert (seen.mean, seen.native_mean) == (Fraction(-1, 2), None)


def test_a_changed_score_needs_a_reason_and_an_agreed_one_does_not():
    check_moderated_score(self_score="3", moderated_score="3", reason="", scale=INT0_3)
    check_moderated_score(self_score="3", moderated_score="1", reason="Seen one file.", scale=INT0_3)
    with pytest.raises(ReasonNeeded):
        check_moderated_score(self_score="3", moderated_score="1", reason="  ", scale=INT0_3)
    with pytest.raises(NotOnScale):
        check_moderated_score(self_score="3", moderated_score="4", reason="Very good.", scale=INT0_3)


def test_nobody_moderates_their_own_agency():
    check_moderator(moderator_agencies=["police"], return_agency="fire")
    with pytest.raises(NotTheirsToModerate):
        check_moderator(moderator_agencies=["police", "fire"], return_agency="fire")


def test_not_applicable_on_a_critical_item_needs_a_moderator():
    no_staff = {"state": ItemState.NOT_APPLICABLE, "reason": "No staff."}
    assert needs_moderator(ItemAnswer("dbs", "b7", critical=True, **no_staff))
    assert not needs_moderator(ItemAnswer("dbs", "b7", **no_staff))
    assert not needs_moderator(ItemAnswer("dbs", "b7", ItemState.SCORED, "3", critical=True))


def test_norfolk_is_290_of_375_and_not_of_423():
    rate = ResponseRate(returned=290, asked_in_scope=375, never_asked=48)
    assert rate.share == Fraction(290, 375)
    assert rate.words == "77.3 % (290 of the 375 asked); 48 were not asked."
    assert rate.outstanding == 85
    positions = (
        [ReturnPosition(Standing.SIGNED_OFF, DUE)] * 290
        + [ReturnPosition(Standing.ISSUED, DUE)] * 85
        + [ReturnPosition(Standing.NOT_ASKED)] * 48
    )
    assert response_rate(positions) == rate


def test_a_school_example_in_which_69_of_78_answered():
    assert ResponseRate(returned=69, asked_in_scope=78).words == "88.5 % (69 of the 78 asked)."


def test_nil_is_a_return_a_query_is_a_return_an_extension_is_not_yet_one():
    rate = response_rate(
        [
            ReturnPosition(Standing.NIL, DUE),
            ReturnPosition(Standing.QUERY, DUE),
            ReturnPosition(Standing.ISSUED, DUE, extended_to=date(2016, 3, 24)),
            ReturnPosition(Standing.NOT_ASKED),
        ],
        left_scope=2,
    )
    assert (rate.returned, rate.asked_in_scope, rate.nil, rate.never_asked) == (2, 3, 1, 1)
    assert rate.words == "66.7 % (2 of the 3 asked), 1 of them nil; 2 left while it ran; 1 was not asked."


def test_nobody_asked_is_not_nought_per_cent():
    rate = response_rate([ReturnPosition(Standing.NOT_ASKED)])
    assert rate.share is None
    assert rate.words == "Nobody has been asked."


@pytest.mark.parametrize("counts", [(3, 2, 0), (1, 2, 2), (-1, 2, -1)])
def test_counts_that_cannot_be_are_refused(counts):
    returned, asked, nil = counts
    with pytest.raises(CountsDisagree):
        ResponseRate(returned=returned, asked_in_scope=asked, nil=nil)


def test_in_time_in_extended_time_and_late():
    plain = ReturnPosition(Standing.SIGNED_OFF, DUE)
    longer = ReturnPosition(Standing.SIGNED_OFF, DUE, extended_to=date(2016, 3, 24))
    undated = ReturnPosition(Standing.SIGNED_OFF)
    seen = timeliness(
        [
            (plain, DUE),
            (plain, date(2016, 3, 1)),
            (longer, date(2016, 3, 24)),
            (longer, date(2016, 3, 25)),
            (undated, date(2016, 3, 25)),
        ]
    )
    assert (seen.in_time, seen.in_extended_time, seen.late) == (2, 1, 2)
    assert seen.share_in_time == Fraction(2, 5)
    assert timeliness([]).share_in_time is None

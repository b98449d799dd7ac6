"""Cells of the heat map: each kind of nothing stays what it is."""

from datetime import date

import pytest

from wholestory.assurance.rules.cells import CellState, ReturnPosition, Standing, cell
from wholestory.assurance.rules.rollup import CriticalCap, ItemAnswer, ItemState, ScoredBy, standard_score
from wholestory.assurance.rules.scales import INT0_3, RAG3, usual_test

TEST = usual_test(INT0_3)
DUE = date(2016, 2, 29)
TODAY = date(2016, 3, 14)


def score_of(*values, cap=None):
    answers = [ItemAnswer(f"i{n}", "b1", ItemState.SCORED, v, critical=True) for n, v in enumerate(values)]
    return standard_score("b1", answers, TEST, cap=cap)


SCORE = score_of("3", "2")
BLANK = standard_score("b1", [ItemAnswer("i", "b1", ItemState.UNANSWERED)], TEST)
NOT_FOR_US = standard_score("b1", [ItemAnswer("i", "b1", ItemState.NOT_APPLICABLE, reason="No staff.")], TEST)
LEFT_OUT = standard_score("b1", [ItemAnswer("i", "b1", ItemState.NOT_ASKED)], TEST)


def at(standing, due_on=DUE, **more):
    return ReturnPosition(standing, due_on, **more)


@pytest.mark.parametrize(
    ("position", "score", "state"),
    [
        (ReturnPosition(Standing.NOT_ASKED), None, CellState.NOT_ASKED),
        (ReturnPosition(Standing.NOT_ASKED), SCORE, CellState.NOT_ASKED),
        (at(Standing.ISSUED, TODAY), None, CellState.AWAITED),
        (at(Standing.ISSUED), None, CellState.NOT_RETURNED),
        (at(Standing.IN_PROGRESS, TODAY), None, CellState.IN_PROGRESS),
        (at(Standing.IN_PROGRESS, TODAY), SCORE, CellState.IN_PROGRESS),
        (at(Standing.IN_PROGRESS), SCORE, CellState.NOT_RETURNED),
        (at(Standing.IN_PROGRESS, extended_to=date(2016, 3, 24)), SCORE, CellState.EXTENSION),
        (at(Standing.ISSUED, extended_to=TODAY), None, CellState.EXTENSION),
        (at(Standing.ISSUED, extended_to=date(2016, 3, 11)), None, CellState.NOT_RETURNED),
        (at(Standing.NIL), None, CellState.NIL),
        (at(Standing.QUERY), SCORE, CellState.QUERY),
        (at(Standing.SIGNED_OFF), SCORE, CellState.SCORED),
        (at(Standing.ANSWERED), SCORE, CellState.SCORED),
        (at(Standing.MODERATED), SCORE, CellState.SCORED),
        (at(Standing.RELEASED), SCORE, CellState.SCORED),
        (at(Standing.SIGNED_OFF), BLANK, CellState.UNANSWERED),
        (at(Standing.SIGNED_OFF), None, CellState.UNANSWERED),
        (at(Standing.SIGNED_OFF), NOT_FOR_US, CellState.NOT_APPLICABLE),
        (at(Standing.SIGNED_OFF), LEFT_OUT, CellState.NOT_ASKED),
    ],
)
def test_what_stands_in_a_cell(position, score, state):
    shown = cell(position, score, TEST, today=TODAY)
    assert shown.state is state
    assert (shown.mean is not None) == (state is CellState.SCORED)
    assert (shown.compliant is not None) == (state is CellState.SCORED)
    assert shown.shown
    assert shown.words.endswith(".")


def test_a_standard_this_agency_was_not_asked_is_not_asked_whatever_came_back():
    for standing in Standing:
        assert cell(at(standing), SCORE, TEST, today=TODAY, asked=False).state is CellState.NOT_ASKED


def test_the_due_day_itself_is_in_time():
    assert cell(at(Standing.ISSUED), None, TEST, today=DUE).state is CellState.AWAITED
    assert cell(at(Standing.ISSUED), None, TEST, today=date(2016, 3, 1)).state is CellState.NOT_RETURNED


def test_a_return_without_a_date_is_never_late():
    assert cell(at(Standing.ISSUED, None), None, TEST, today=TODAY).words == (
        "Asked, not started; due by a date not yet set."
    )


def test_every_state_has_its_own_words():
    states = list(CellState)
    assert len({state.label for state in states}) == len(states)
    shorts = [state.short for state in states if state is not CellState.SCORED]
    assert len(set(shorts)) == len(shorts)
    assert all(shorts)


def test_a_score_is_read_out_whole():
    seen = cell(at(Standing.SIGNED_OFF), SCORE, TEST, today=TODAY)
    assert seen.shown == "2.5"
    assert seen.compliant
    assert seen.scored_by is ScoredBy.AGENCY
    assert seen.words == "2.5 out of 3. Compliant. 2 of 2 answered. The agency's own scores."


def test_a_low_score_says_so_in_words():
    seen = cell(at(Standing.MODERATED), score_of("1", "1"), TEST, today=TODAY)
    assert seen.shown == "1.0"
    assert seen.compliant is False
    assert "Below compliant." in seen.words


def test_a_capped_score_says_what_held_it_down():
    capped = score_of("0", "3", "3", cap=CriticalCap.usual(INT0_3))
    seen = cell(at(Standing.MODERATED), capped, TEST, today=TODAY)
    assert seen.shown == "1.0"
    assert seen.words.endswith("Held down by i0.")


def test_a_scale_of_words_shows_its_words():
    rag = usual_test(RAG3)
    row = standard_score("b1", [ItemAnswer("i", "b1", ItemState.SCORED, "partly_met")], rag)
    seen = cell(at(Standing.SIGNED_OFF), row, rag, today=TODAY)
    assert seen.shown == "Partly met"
    assert seen.words.startswith("Partly met. Below compliant.")


@pytest.mark.parametrize(
    ("position", "score", "words"),
    [
        (
            at(Standing.IN_PROGRESS),
            None,
            "Not returned; it was due by 29 February 2016. It has been started.",
        ),
        (at(Standing.ISSUED), None, "Not returned; it was due by 29 February 2016."),
        (at(Standing.ISSUED, extended_to=date(2016, 3, 24)), None, "More time granted, to 24 March 2016."),
        (
            at(Standing.NIL, reason="The contract ended."),
            None,
            "Nil return signed: nothing here to assess, with the reason: The contract ended.",
        ),
    ],
)
def test_the_reason_or_date_goes_with_it(position, score, words):
    assert cell(position, score, TEST, today=TODAY).words == words


def test_not_applicable_shows_the_agencys_reason():
    seen = cell(at(Standing.SIGNED_OFF), NOT_FOR_US, TEST, today=TODAY, reason="No staff.")
    assert seen.words == "Not applicable, with the agency's reason: No staff."


def test_late_is_only_for_those_who_owe_something():
    assert at(Standing.ISSUED).is_late(TODAY)
    for standing in Standing:
        if standing.is_returned or standing is Standing.NOT_ASKED:
            assert not at(standing).is_late(TODAY)


def test_what_counts_as_returned_and_what_has_scores():
    assert {s for s in Standing if s.is_returned} == {
        Standing.NIL,
        Standing.SIGNED_OFF,
        Standing.QUERY,
        Standing.ANSWERED,
        Standing.MODERATED,
        Standing.RELEASED,
        Standing.BROUGHT_IN,
    }
    assert {s for s in Standing if s.has_scores} == {
        Standing.SIGNED_OFF,
        Standing.ANSWERED,
        Standing.MODERATED,
        Standing.RELEASED,
        Standing.BROUGHT_IN,
    }

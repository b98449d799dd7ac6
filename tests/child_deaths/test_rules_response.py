"""The immediate response: sections 1.4, 1.9 and edge case 24 of the domain notes."""

from datetime import UTC, datetime, timedelta

import pytest

from wholestory.child_deaths.rules.regimes import Regime
from wholestory.child_deaths.rules.response import (
    NORTH_OF_TYNE,
    Criterion,
    Decision,
    Foreseen,
    Proposed,
    foreseen,
    opened_after,
    out_of_hours_meeting,
    proposal,
    standing,
)
from wholestory.child_deaths.rules.response_record import RECORD, lacking

NONE_MET = dict.fromkeys(Criterion, False)


@pytest.mark.parametrize("criterion", list(Criterion))
def test_any_one_criterion_is_enough(criterion):
    found = proposal({**NONE_MET, criterion: True})
    assert (found.proposed, found.met) == (Proposed.YES, (criterion,))


def test_there_are_five_criteria():
    assert len(Criterion) == 5
    assert all(each.ground.may_be_cited for each in Criterion)


def test_no_is_proposed_only_when_every_question_is_answered():
    assert proposal(NONE_MET).proposed is Proposed.NO
    found = proposal({**NONE_MET, Criterion.EXTERNAL_CAUSES: None})
    assert (found.proposed, found.open) == (Proposed.ASK, (Criterion.EXTERNAL_CAUSES,))
    assert proposal({}).proposed is Proposed.ASK


def test_a_response_is_not_the_same_as_unexpected():
    in_custody = proposal({**NONE_MET, Criterion.CUSTODY_OR_DETAINED: True}, foreseen=Foreseen.EXPECTED)
    assert in_custody.proposed is Proposed.YES
    assert "not one question" in in_custody.remarks[0]
    natural = proposal(NONE_MET, foreseen=Foreseen.UNEXPECTED)
    assert natural.proposed is Proposed.NO
    assert "Say why" in natural.remarks[0]


def test_resuscitated_and_expected_to_die_is_a_remark_that_is_not_cited():
    found = proposal(NONE_MET, resuscitated_expected_to_die=True)
    assert found.proposed is Proposed.NO
    assert "resuscitated" in found.remarks[-1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"anticipated": False}, Foreseen.UNEXPECTED),
        ({"anticipated": True, "sudden_collapse": True}, Foreseen.UNEXPECTED),
        ({"anticipated": True}, Foreseen.EXPECTED),
        ({"end_of_life_care": True}, Foreseen.EXPECTED),
        ({"life_limiting": True}, Foreseen.TREAT_AS_UNEXPECTED),
        ({}, Foreseen.TREAT_AS_UNEXPECTED),
        ({"doctor_says_unexpected": False}, Foreseen.EXPECTED),
        ({"anticipated": True, "doctor_says_unexpected": True}, Foreseen.UNEXPECTED),
    ],
)
def test_expected_or_not(said, expected):
    assert foreseen(**said)[0] is expected


def test_a_decision_says_who_when_and_why():
    now = datetime(2016, 3, 14, 10, tzinfo=UTC)
    assert Decision(opens=True, decided_by="", decided_at=None).missing() == (
        "Say who decided",
        "Say when it was decided",
        "Say which criterion is met, or why a response is opened without one",
    )
    assert Decision(opens=False, decided_by="Dr A", decided_at=now).missing() == (
        "Say why no response is needed",
    )
    assert Decision(opens=False, decided_by="Dr A", decided_at=now, reason="Natural cause").missing() == ()
    whole = Decision(opens=True, decided_by="Dr A", decided_at=now, criteria=(Criterion.EXTERNAL_CAUSES,))
    assert whole.missing() == ()


def test_edge_case_24_expected_then_unexpected_after_three_days_opens_late_and_keeps_the_first():
    died_at = datetime(2016, 3, 10, 8, tzinfo=UTC)
    first = Decision(
        opens=False, decided_by="Dr A", decided_at=died_at + timedelta(hours=2), reason="Expected"
    )
    second = Decision(
        opens=True, decided_by="Dr B", decided_at=died_at + timedelta(days=3),
        criteria=(Criterion.MAY_NOT_BE_NATURAL,), reason="Toxicology", replaces_earlier=True,
    )  # fmt: skip
    assert standing([first, second]) is second
    assert standing([first]) is first
    assert opened_after([first, second], died_at) == timedelta(days=3)
    assert opened_after([first], died_at) is None


@pytest.mark.parametrize(
    ("others", "plan", "abuse", "compulsory"),
    [
        (True, True, False, True),
        (True, False, True, True),
        (True, False, False, False),
        (False, True, True, False),
        (True, None, False, None),
        (None, True, True, None),
    ],
)
def test_out_of_hours_meeting_is_one_areas_rule(others, plan, abuse, compulsory):
    said = {"other_children_at_home": others, "protection_plan_in_family": plan, "suggests_abuse": abuse}
    assert out_of_hours_meeting(NORTH_OF_TYNE, **said)[0] is compulsory
    nothing, ground = out_of_hours_meeting(None, **said)
    assert nothing is None
    assert not ground.may_be_cited


@pytest.mark.parametrize(("age", "doctor"), [(15, "paediatrician"), (16, "emergency department consultant"),
                                             (17, "emergency department consultant")])  # fmt: skip
def test_who_attends_out_of_hours_there(age, doctor):
    assert doctor in NORTH_OF_TYNE.examined_by(age)


def test_the_record_shows_what_it_lacks():
    everything = frozenset(item.key for part in RECORD for item in part.items)
    assert lacking(everything) == ()
    without = everything - {"family_support", "classification"}
    assert [item.key for item in lacking(without)] == ["family_support"]
    stood_down = lacking(frozenset({"stood_down_by"}), stood_down=True)
    assert [item.key for item in stood_down] == ["stood_down_at", "stood_down_reason"]


def test_keys_of_the_record_are_used_once():
    keys = [item.key for part in RECORD for item in part.items]
    assert len(keys) == len(set(keys))


def test_the_response_is_called_differently_in_each_regime():
    assert [each.words.response for each in Regime] == ["rapid response", "joint agency response"]


def test_opening_again_says_what_changed():
    now = datetime(2016, 3, 14, 10, tzinfo=UTC)
    again = Decision(
        opens=True,
        decided_by="Dr A",
        decided_at=now,
        criteria=(Criterion.EXTERNAL_CAUSES,),
        replaces_earlier=True,
    )
    assert again.missing() == ("Say what has changed since the earlier decision",)
    assert "external causes" in proposal({Criterion.EXTERNAL_CAUSES: True}).words

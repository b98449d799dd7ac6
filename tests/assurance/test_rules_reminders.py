"""The ladder of reminders: real dates from a due date, over weekends and Easter."""

from datetime import date, timedelta

import pytest

from wholestory.assurance.rules.reminders import (
    INFORMATION_POWER,
    REQUIRED_BY_LAW,
    USUAL_LADDER,
    Counting,
    Party,
    by_decision,
    ladder,
    next_step,
)

EASTER_2016 = {date(2016, 3, 25), date(2016, 3, 28), date(2016, 5, 2)}
DUE = date(2016, 2, 29)
ISSUED = date(2016, 1, 11)


def after(start, number):
    """Working days counted by hand: Monday to Friday without the bank holidays of spring 2016."""
    day = start
    while number:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in EASTER_2016:
            number -= 1
    return day


def steps_of(due_on=DUE, duty_basis="s11"):
    return ladder(due_on, after, duty_basis=duty_basis)


def dates_of(steps):
    return {step.rung.key: step.on for step in steps}


def test_the_usual_ladder_from_29_february_2016():
    assert dates_of(steps_of()) == {
        "before_28": date(2016, 2, 1),
        "before_14": date(2016, 2, 15),
        "before_7": date(2016, 2, 22),
        "before_1": date(2016, 2, 28),
        "chaser": date(2016, 3, 1),
        "to_signatory": date(2016, 3, 14),
        "to_chief_executive": date(2016, 3, 30),  # Good Friday and Easter Monday do not count
        "formal_request": None,
        "to_board": None,
        "in_annual_report": None,
    }


def test_the_ladder_climbs():
    dated = [step.on for step in steps_of() if step.on]
    assert dated == sorted(dated)
    assert [step.on is None for step in steps_of()] == sorted(step.on is None for step in steps_of())


def test_a_return_due_before_easter_is_chased_after_it():
    assert dates_of(steps_of(date(2016, 3, 24)))["chaser"] == date(2016, 3, 29)


@pytest.mark.parametrize("duty_basis", ["voluntary", "contract", "other"])
def test_nobody_who_was_only_invited_is_threatened_with_the_law(duty_basis):
    keys = dates_of(steps_of(duty_basis=duty_basis))
    assert "formal_request" not in keys
    assert "in_annual_report" not in keys
    assert "to_chief_executive" in keys


@pytest.mark.parametrize("duty_basis", sorted(REQUIRED_BY_LAW))
def test_whoever_must_answer_meets_the_whole_ladder(duty_basis):
    assert len(steps_of(duty_basis=duty_basis)) == len(USUAL_LADDER)


@pytest.mark.parametrize(
    ("today", "sent", "key"),
    [
        (date(2016, 1, 31), set(), None),
        (date(2016, 2, 1), set(), "before_28"),
        (date(2016, 2, 1), {"before_28"}, None),
        (date(2016, 2, 20), {"before_28"}, "before_14"),
        (date(2016, 2, 29), {"before_28", "before_14", "before_7", "before_1"}, None),
        (date(2016, 3, 1), {"before_1"}, "chaser"),
        (date(2016, 3, 11), {"chaser"}, None),
        (date(2016, 3, 14), {"chaser"}, "to_signatory"),
        (date(2016, 3, 14), set(), "to_signatory"),  # one message, not six
        (date(2016, 3, 14), {"to_signatory"}, None),
        (date(2016, 4, 30), {"chaser", "to_signatory"}, "to_chief_executive"),
    ],
)
def test_one_message_is_due_at_a_time(today, sent, key):
    step = next_step(steps_of(), today=today, sent=sent, issued_on=ISSUED)
    assert (step.rung.key if step else None) == key


def test_reminders_from_before_the_issue_are_never_owed():
    late_issue = date(2016, 2, 18)
    assert next_step(steps_of(), today=late_issue, sent=set(), issued_on=late_issue) is None
    step = next_step(steps_of(), today=date(2016, 2, 22), sent=set(), issued_on=late_issue)
    assert step is not None
    assert step.rung.key == "before_7"


def test_what_a_person_must_decide_is_offered_only_at_the_top():
    assert by_decision(steps_of(), today=date(2016, 3, 29)) == ()
    offered = by_decision(steps_of(), today=date(2016, 3, 30))
    assert [step.rung.key for step in offered] == ["formal_request", "to_board", "in_annual_report"]
    assert by_decision((), today=DUE) == ()


def test_who_writes_to_whom():
    by_key = {rung.key: rung for rung in USUAL_LADDER}
    assert by_key["chaser"].recipients == (Party.COORDINATOR, Party.SUBSTITUTE)
    assert (by_key["to_signatory"].sender, by_key["to_signatory"].recipients) == (
        Party.BUSINESS_MANAGER,
        (Party.SIGNATORY,),
    )
    assert (by_key["to_chief_executive"].sender, by_key["to_chief_executive"].recipients) == (
        Party.CHAIR,
        (Party.CHIEF_EXECUTIVE,),
    )


def test_keys_are_unique_and_only_decisions_have_no_day():
    assert len({rung.key for rung in USUAL_LADDER}) == len(USUAL_LADDER)
    assert {r.key for r in USUAL_LADDER if r.counting is Counting.BY_DECISION} == {
        "formal_request",
        "to_board",
        "in_annual_report",
    }


def test_the_power_to_require_changes_at_handover():
    assert INFORMATION_POWER["WT2015"].startswith("section 14B")
    assert INFORMATION_POWER["TRANS"].startswith("section 14B")
    assert INFORMATION_POWER["WT2018"].startswith("section 16H")

"""The first response: decided either way and revised, its limits, what was done step by step, what the record lacks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from tests.child_deaths.people import Deaths
from wholestory import ledger
from wholestory.child_deaths.models import Case, Expected, ResponseDecision, ResponseStep, ResponseTask
from wholestory.child_deaths.operations import response
from wholestory.kernel.moments import parse
from wholestory.pathways.models import RunningClock

# The invented boy's death was confirmed on Saturday 12 March 2016 at 22:40; it is Monday 14 March, 15:00.


def decided(
    deaths: Deaths,
    case: Case,
    *,
    opens: bool = True,
    at: str = "2016-03-13 00:10",
    by: str = "designated_doctor",
    **more: Any,
) -> ResponseDecision:
    with deaths.acting(by) as actor:
        return response.decide(
            actor=actor, case=case, opens=opens,
            criteria=more.get("criteria", ["sudden_no_cause"] if opens else []),
            reason=more.get("reason", "" if opens else "A known illness took its course."),
            decided_by="Dr Imre Kestle", decided=parse(at), now=more.get("now", deaths.now),
        )  # fmt: skip


def step(deaths: Deaths, case: Case, kind: str, at: str, **facts: Any) -> ResponseStep:
    people = facts.pop("people", "")
    replaces = facts.pop("replaces", None)
    with deaths.acting() as actor:
        return response.add_step(
            actor=actor, case=case, kind=kind, at=parse(at), facts=facts, people=people, now=deaths.now,
            replaces=replaces,
        )  # fmt: skip


def clock(deaths: Deaths, case: Case, key: str) -> RunningClock:
    with deaths.acting():
        return RunningClock.objects.filter(record=case.record, key=key).order_by("-created_at")[0]


def test_yes_begins_the_limits_of_the_2015_process_from_the_death(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    with deaths.acting():
        due = dict(RunningClock.objects.filter(record=case.record).values_list("key", "due_on"))
    # Days from Saturday 12 March: 5 is the 17th, 7 is the 19th; 12 weeks is Saturday 4 June.
    assert str(due["initial_case_discussion"]) == "2016-03-17"
    assert str(due["second_case_discussion"]) == "2016-03-19"
    assert str(due["third_case_discussion"]) == "2016-06-04"
    assert str(due["place_of_death_visit"]) == "2016-03-13"


def test_no_needs_its_reason_and_begins_nothing(deaths: Deaths) -> None:
    case = deaths.case()
    with pytest.raises(response.NotRecorded, match="Say why no response is needed"):
        decided(deaths, case, opens=False, reason="  ")
    decided(deaths, case, opens=False)
    with deaths.acting():
        assert not RunningClock.objects.filter(record=case.record, key="place_of_death_visit").exists()


def test_a_change_of_mind_says_what_has_changed_and_keeps_the_first_decision(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case, opens=False)
    with pytest.raises(response.NotRecorded, match="what has changed"):
        decided(deaths, case, at="2016-03-14 09:00")
    decided(deaths, case, at="2016-03-14 09:00", reason="Bruises were found at the examination.")
    with deaths.acting():
        assert [each.opens for each in ResponseDecision.objects.order_by("decided_at")] == [False, True]


def test_edge_case_24_an_expected_death_turns_unexpected_after_three_days(deaths: Deaths) -> None:
    # Confirmed on 10 March at 22:40: the visit is due within 24 hours, on 11 March at 22:40. Three days and more later
    # the response is opened: the limit starts at the death and is overdue from its first minute.
    case = deaths.case(confirmed_on="2016-03-10", expected="expected")
    with deaths.acting("designated_doctor") as actor:
        response.say_expected(
            actor=actor, case=case, expected="expected", confirmed=True, reason="A palliative plan was in place.",
            decided_by="Dr Imre Kestle", decided=parse("2016-03-11 09:00"), now=deaths.now,
        )  # fmt: skip
    decided(deaths, case, opens=False, at="2016-03-11 09:10")
    with deaths.acting("designated_doctor") as actor:
        response.say_expected(
            actor=actor, case=case, expected="unexpected", confirmed=True,
            reason="The examination shows another cause.", decided_by="Dr Imre Kestle",
            decided=parse("2016-03-14 10:00"), now=deaths.now,
        )  # fmt: skip
    decided(deaths, case, at="2016-03-14 10:05", reason="The examination shows another cause.")
    late = clock(deaths, case, "place_of_death_visit")
    with deaths.acting():
        fresh = Case.objects.get(pk=case.pk)
        assert fresh.expected == Expected.UNEXPECTED
        assert [each.expected for each in fresh.expected_decisions.order_by("decided_at")] == [
            "expected",
            "unexpected",
        ]
        assert ResponseDecision.objects.filter(case=case).count() == 2
    assert late.due_at is not None
    assert late.due_at < deaths.now.at
    step(deaths, case, "visit", "2016-03-14 12:00", visit_decided="made")
    assert clock(deaths, case, "place_of_death_visit").outcome == "met_late"


def test_an_older_decision_entered_later_is_kept_and_changes_nothing(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case, at="2016-03-13 08:00")
    decided(deaths, case, opens=False, at="2016-03-13 01:00")
    with deaths.acting():
        standing = response.standing(case)
        assert standing is not None
        assert standing.opens
    assert not clock(deaths, case, "place_of_death_visit").cancelled


def test_a_visit_in_the_first_day_is_in_time(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    step(deaths, case, "visit", "2016-03-13 11:00", visit_decided="made", visit_place="home")
    assert clock(deaths, case, "place_of_death_visit").outcome == "met_in_time"


def test_where_no_visit_is_needed_the_limit_of_2015_is_kept_by_deciding(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    with pytest.raises(response.NotRecorded, match="Say why there is no visit"):
        step(deaths, case, "visit", "2016-03-13 11:00", visit_decided="not_needed")
    step(
        deaths,
        case,
        "visit",
        "2016-03-13 11:00",
        visit_decided="not_needed",
        visit_reason="Collapsed on a ward.",
    )
    assert clock(deaths, case, "place_of_death_visit").outcome == "met_in_time"


def test_a_family_that_declines_the_visit_ends_the_limit_without_a_breach(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    step(deaths, case, "visit", "2016-03-13 11:00", visit_decided="declined", visit_reason="Not now.")
    ended = clock(deaths, case, "place_of_death_visit")
    assert ended.cancelled
    assert not ended.breached


def test_three_told_together_the_last_call_counts_even_before_the_decision(deaths: Deaths) -> None:
    case = deaths.case()
    step(deaths, case, "called", "2016-03-12 22:45", whom="paediatrician")
    step(deaths, case, "called", "2016-03-12 22:50", whom="police")
    decided(deaths, case)
    with deaths.acting():
        assert not RunningClock.objects.get(record=case.record, key="death_told_together").outcome
    step(deaths, case, "coroner_told", "2016-03-12 23:05")
    told = clock(deaths, case, "death_told_together")
    assert told.met_at == parse("2016-03-12 23:05").at


def test_a_step_recorded_wrongly_is_replaced_and_its_limit_judged_again(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    wrong = step(deaths, case, "visit", "2016-03-14 11:00", visit_decided="made")
    assert clock(deaths, case, "place_of_death_visit").outcome == "met_late"
    step(deaths, case, "visit", "2016-03-13 11:00", visit_decided="made", replaces=wrong)
    assert clock(deaths, case, "place_of_death_visit").outcome == "met_in_time"
    with deaths.acting():
        assert ResponseStep.objects.filter(case=case).count() == 2
        assert [str(each.at) for each in response.current_steps(case)] == ["2016-03-13 11:00:00+00:00"]
    with pytest.raises(response.NotRecorded, match="replaced this step already"):
        step(deaths, case, "visit", "2016-03-13 12:00", visit_decided="made", replaces=wrong)


def test_standing_down_says_who_and_why_and_ends_what_runs(deaths: Deaths) -> None:
    case = deaths.case()
    decided(deaths, case)
    with pytest.raises(response.NotRecorded):
        step(deaths, case, "stood_down", "2016-03-13 15:00", stood_down_by="Dr Imre Kestle")
    step(
        deaths, case, "stood_down", "2016-03-13 15:00", stood_down_by="Dr Imre Kestle",
        stood_down_reason="A clear natural cause.",
    )  # fmt: skip
    with deaths.acting():
        running = RunningClock.objects.filter(record=case.record, closed_at__isnull=True).values_list(
            "key", flat=True
        )
        assert "third_case_discussion" not in running


def test_who_came_is_kept_by_name_and_role(deaths: Deaths) -> None:
    case = deaths.case()
    made = step(
        deaths, case, "planning", "2016-03-13 09:30", planning_chair="Dr Imre Kestle",
        people="Sgt Ada Quill, Investigator, Police\nPip Yarrow, Duty social worker\n\n",
    )  # fmt: skip
    with deaths.acting():
        came = [(each.name, each.role, each.organisation) for each in made.people.order_by("name")]
    assert came == [("Pip Yarrow", "Duty social worker", ""), ("Sgt Ada Quill", "Investigator", "Police")]


def test_nothing_is_recorded_of_the_future(deaths: Deaths) -> None:
    case = deaths.case()
    with pytest.raises(response.NotRecorded, match="later than now"):
        decided(deaths, case, at="2016-03-14 15:01")
    with pytest.raises(response.NotRecorded, match="later than now"):
        step(deaths, case, "coroner_told", "2016-03-15")


def test_what_an_agency_does_next_is_done_once(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        task = response.add_task(
            actor=actor, case=case, organisation="Police", words="Secure the room", owner="Sgt Quill",
            due_on=deaths.now.on, today=deaths.now.on,
        )  # fmt: skip
        response.task_done(actor=actor, task=task, done_on=deaths.now.on, words="Done.", today=deaths.now.on)
        with pytest.raises(response.NotRecorded, match="done already"):
            response.task_done(actor=actor, task=task, done_on=deaths.now.on, words="", today=deaths.now.on)
        assert ResponseTask.objects.get().done_words == "Done."


def test_decisions_and_steps_are_never_changed(deaths: Deaths) -> None:
    case = deaths.case()
    made = decided(deaths, case)
    with deaths.acting():
        ledger.line("child_deaths.response_decided", case.record)
        rows = ResponseDecision.objects.filter(pk=made.pk)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(reason="Another")


def test_without_the_hour_of_death_no_limit_is_invented(deaths: Deaths) -> None:
    case = deaths.case(confirmed_on=None, confirmed_time=None)
    decided(deaths, case)
    with deaths.acting():
        assert not RunningClock.objects.filter(record=case.record).exists()

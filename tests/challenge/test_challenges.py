"""A challenge: put, answered, asked more, taken further, settled, and what difference it made."""

from __future__ import annotations

from datetime import date

import pytest

from tests.challenge.putting import TODAY, WHEN, put
from tests.indicators.people import Figures
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.actions.models import Action, Source, Step
from wholestory.challenge.challenges import operations, settling
from wholestory.challenge.challenges.operations import ChallengeRefused
from wholestory.challenge.challenges.queries import page_of, series
from wholestory.challenge.models import Challenge
from wholestory.correspondence.models import Message

pytestmark = pytest.mark.django_db

INSIDE = [
    "analyst", "business_manager", "quality_officer", "chair", "group_chair", "group_police", "group_health",
    "group_lay", "health_lead", "health_signatory",
]  # fmt: skip
OUTSIDE = [
    "administrator", "ig_lead", "police_member", "health_member", "lay_member", "head", "police_lead",
    "police_signatory", "charity_lead", "former_member", "sister_manager", "sister_analyst", "sister_police_lead",
    "stranger",
]  # fmt: skip


@pytest.mark.parametrize("persona", INSIDE)
def test_the_group_the_agency_and_the_team_see_it(figures: Figures, persona: str) -> None:
    put(figures)
    with figures.acting(persona):
        assert Challenge.objects.count() == 1


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_else_sees_it(figures: Figures, persona: str) -> None:
    put(figures)
    with figures.acting(persona):
        assert not Challenge.objects.exists()


def test_a_member_of_the_group_may_put_one_and_another_agency_may_not(figures: Figures) -> None:
    assert put(figures, by="group_lay").raised_by.full_name == "Corin Pell"
    for outside in ("police_lead", "health_lead", "police_member", "sister_manager"):
        with pytest.raises(NotForYou):
            put(figures, by=outside)


def test_the_agencys_people_are_told_without_what_it_says(figures: Figures) -> None:
    made = put(figures)
    with acting.as_system(figures.world.board, "postroom"):
        sent = list(Message.objects.filter(about=made.record).order_by("to_address"))
    assert [one.to_address for one in sent] == [
        "health_lead@people.example",
        "health_signatory@people.example",
    ]
    assert all(made.record.reference in one.subject for one in sent)
    assert not any("conferences" in one.body + one.subject or "Conferences" in one.body for one in sent)


def test_only_whoever_speaks_for_the_agency_answers_and_only_the_group_decides(figures: Figures) -> None:
    made = put(figures)
    for outside in ("group_chair", "group_health", "business_manager"):
        with figures.acting(outside) as actor, pytest.raises(NotForYou):
            operations.answer(actor=actor, challenge=made, words="x", **WHEN)
    for outside in ("health_lead", "group_health", "group_lay"):
        with figures.acting(outside) as actor, pytest.raises(NotForYou):
            settling.settle(actor=actor, challenge=made, decision="accepted", words="x", **WHEN)


def test_a_draft_is_kept_then_the_answer_goes_and_the_group_asks_more(figures: Figures) -> None:
    made = put(figures)
    with figures.acting("health_lead") as actor:
        operations.keep_draft(actor=actor, challenge=made, words="We had")
        assert made.stage == "put"
        operations.answer(actor=actor, challenge=made, words="We had two doctors away.", **WHEN)
        assert (made.stage, made.draft, made.answered_on) == ("answered", "", TODAY)
    with figures.acting("group_chair") as actor:
        operations.ask_more(
            actor=actor, challenge=made, words="Since when?", due_on=date(2016, 4, 20), **WHEN
        )
        assert (made.stage, made.first_due_on, made.due_on) == (
            "more_asked",
            date(2016, 4, 6),
            date(2016, 4, 20),
        )
        assert [one.kind for one in page_of(made, TODAY).steps] == ["put", "answered", "more_asked"]


def test_it_climbs_the_ladder_and_stops_at_its_top(figures: Figures) -> None:
    made = put(figures)
    with figures.acting("analyst") as actor:
        operations.set_ladder(
            actor=actor, board=made.board, text="The lead, 10\nThe chief officer, 5", now=WHEN["now"]
        )
    with figures.acting("group_chair") as actor:
        operations.escalate(actor=actor, challenge=made, words="No answer", due_on=date(2016, 4, 29), **WHEN)
        page = page_of(made, TODAY)
        assert (made.stage, page.rung.to, page.rung.days, page.next_rung) == (
            "escalated",
            "The chief officer",
            5,
            None,
        )
        with pytest.raises(ChallengeRefused, match="last step"):
            operations.escalate(actor=actor, challenge=made, words="Again", due_on=date(2016, 5, 29), **WHEN)


def test_an_action_agreed_is_seen_where_the_challenge_is_and_its_promise_by_the_board(
    figures: Figures,
) -> None:
    made = put(figures)
    with figures.acting("group_chair") as actor:
        with pytest.raises(ChallengeRefused, match="Agree the action first"):
            settling.settle(actor=actor, challenge=made, decision="action", words="Do it", **WHEN)
        action = settling.agree_action(
            actor=actor, challenge=made, title="A second clinic", owner_title="Head of service",
            due_on=date(2016, 6, 30), **WHEN,
        )  # fmt: skip
        settling.settle(actor=actor, challenge=made, decision="action", words="A clinic", **WHEN)
    assert (action.measure_code, made.decision) == ("D05", "action")
    for persona in ("analyst", "group_lay", "health_lead", "business_manager"):
        with figures.acting(persona):
            assert Action.objects.filter(pk=action.pk).exists()
            assert Step.objects.filter(action=action).exists()
            assert Source.objects.filter(action=action).exists()
    with figures.acting("police_member"):
        assert Action.objects.filter(pk=action.pk).exists()
        assert not Step.objects.filter(action=action).exists()
    for persona in ("police_lead", "sister_manager", "stranger"):
        with figures.acting(persona):
            assert not Action.objects.filter(pk=action.pk).exists()


def test_what_never_came_is_not_accepted_and_a_difference_needs_an_end(figures: Figures) -> None:
    made = put(figures)
    with figures.acting("group_chair") as actor:
        with pytest.raises(ChallengeRefused, match="no answer"):
            settling.settle(actor=actor, challenge=made, decision="accepted", words="Fine", **WHEN)
        with pytest.raises(ChallengeRefused, match="Settle"):
            settling.say_difference(actor=actor, challenge=made, words="Less waiting", **WHEN)
        with pytest.raises(ChallengeRefused, match="may still answer"):
            settling.settle(actor=actor, challenge=made, decision="no_answer", words="Gone", **WHEN)
        over = {"today": date(2016, 4, 7), "now": WHEN["now"]}
        settling.settle(actor=actor, challenge=made, decision="no_answer", words="Gone", **over)
        settling.say_difference(actor=actor, challenge=made, words="None that we can see", **WHEN)
        assert made.difference == "None that we can see"
        with pytest.raises(ChallengeRefused, match="over"):
            settling.withdraw(actor=actor, challenge=made, words="x", **WHEN)


def test_k09_counts_raised_closed_and_the_median_days(figures: Figures) -> None:
    first, second, third = put(figures, due=TODAY), put(figures, agency="police"), put(figures)
    put(figures)
    with figures.acting("group_chair") as actor:
        for made, day in ((first, date(2016, 3, 24)), (second, date(2016, 4, 13))):
            when = {"today": day, "now": WHEN["now"]}
            settling.settle(actor=actor, challenge=made, decision="no_answer", words="x", **when)
        settling.withdraw(actor=actor, challenge=third, words="x", **WHEN)
        quarters = [(date(2016, 1, 1), date(2016, 3, 31)), (date(2016, 4, 1), date(2016, 6, 30))]
        one, two = series(figures.world.board, quarters)
    # 14 March to 24 March is 10 days; to 13 April 30. The withdrawn one is not counted.
    assert (one.raised, one.closed, one.median_days) == (3, 1, 10)
    assert (two.raised, two.closed, two.median_days) == (0, 1, 30)

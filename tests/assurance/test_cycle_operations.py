"""A cycle from issue to release, by the people who do each part, and what each of them then sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection

from tests.assurance.conftest import NOW, SHORT, Round
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.actions.models import Action, Source
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import (
    Cycle,
    Judgement,
    Query,
    ResultRow,
    Return,
    SignOff,
    StageChange,
    Tally,
)
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.rules.moderation import NotTheirsToModerate
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer


def first_items(n: int) -> list[str]:
    return list(framework_called(SHORT).items)[:n]


def test_each_persona_sees_only_their_returns_after_issue(cycle_round: Round) -> None:
    expected = {
        "business_manager": 4, "quality_officer": 4, "chair": 4, "head": 1, "head_signatory": 1, "police_lead": 1,
        "charity_lead": 1, "police_member": 0, "lay_member": 0, "administrator": 0, "ig_lead": 0, "former_member": 0,
        "sister_manager": 0, "sister_head": 0, "stranger": 0,
    }  # fmt: skip
    seen = {}
    for name in expected:
        with cycle_round.acting(name):
            seen[name] = Return.objects.count()
    assert seen == expected


def test_issuing_twice_asks_nobody_twice(cycle_round: Round) -> None:
    with cycle_round.acting("business_manager") as actor:
        again = cycles.issue(
            actor=actor,
            cycle=cycle_round.cycle,
            agencies=list(cycle_round.world.agencies.values())[:2],
            today=TODAY,
        )
        assert again == []
        assert Return.objects.count() == 4


def test_the_board_sees_counts_only_before_release(signed_school: Round) -> None:
    with signed_school.acting("lay_member"):
        assert {t.stage: t.number for t in Tally.objects.all()} == {"issued": 3, "signed_off": 1}
        assert not Return.objects.exists()
        assert not ResultRow.objects.exists()
        assert not Action.objects.exists()


def test_signing_needs_every_answer(cycle_round: Round) -> None:
    with cycle_round.acting("head_signatory") as actor, pytest.raises(paperwork.NotReady):
        returns.sign_off(
            actor=actor, ret=cycle_round.fresh("school"), post="Chair of governors", today=TODAY, now=NOW
        )


def test_only_the_signatory_signs(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    for name in ("head", "head_contributor", "business_manager"):
        with cycle_round.acting(name) as actor, pytest.raises(NotForYou):
            returns.sign_off(actor=actor, ret=cycle_round.fresh("school"), post="Head", today=TODAY, now=NOW)


def test_two_items_with_one_plan_become_one_action(signed_school: Round) -> None:
    with signed_school.acting("head"):
        action = Action.objects.get()
        assert action.due_on == action.first_due_on == date(2016, 9, 30)
        assert {s.item for s in Source.objects.all()} == set(first_items(2))
        assert {s.score_before for s in Source.objects.all()} == {"1", "0"}


def test_a_signed_return_cannot_be_edited_until_it_is_opened_again(signed_school: Round) -> None:
    save = [paperwork.Save(Place(first_items(1)[0]), Given(3), base=1)]
    set_id = signed_school.returns["school"].answers_id
    with signed_school.acting("head") as actor, pytest.raises(paperwork.NotOpen):
        paperwork.save_draft(actor=actor, set_id=set_id, saves=save, now=NOW)
    with signed_school.acting("head_signatory") as actor:
        returns.reopen(
            actor=actor, ret=signed_school.fresh("school"), reason="A figure was wrong", today=TODAY
        )
        assert SignOff.objects.get().withdrawn_on == TODAY
    with signed_school.acting("head") as actor:
        paperwork.save_draft(actor=actor, set_id=set_id, saves=save, now=NOW)
    assert signed_school.fresh("school").stage == "in_progress"
    assert signed_school.fresh("school").first_signed_on == TODAY


def test_a_moderated_score_stays_with_the_moderators_until_release(signed_school: Round) -> None:
    item = list(framework_called(SHORT).items)[2]
    with signed_school.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor,
            ret=signed_school.fresh("school"),
            item=item,
            score="1",
            reason="No date on it",
            today=TODAY,
        )
    with signed_school.acting("head"):
        assert not Judgement.objects.exists()
    signed_school.release("school")
    with signed_school.acting("head"):
        judged = Judgement.objects.get(item=item)
        assert (judged.self_score, judged.score, judged.reason) == ("2", "1", "No date on it")
        assert Judgement.objects.get(item="").reason == "Thank you."
    with signed_school.acting("police_lead"):
        assert not Judgement.objects.exists()


def test_a_changed_score_needs_a_reason(signed_school: Round) -> None:
    with (
        signed_school.acting("quality_officer") as actor,
        pytest.raises(moderation.ModerationRefused, match="why"),
    ):
        moderation.judge(
            actor=actor,
            ret=signed_school.fresh("school"),
            item=first_items(3)[2],
            score="1",
            reason=" ",
            today=TODAY,
        )


def test_a_moderator_sees_only_assigned_returns_and_never_their_own_agencys(signed_school: Round) -> None:
    member = signed_school.world.people["health_member"]
    with signed_school.acting("business_manager") as actor:
        moderation.assign(actor=actor, ret=signed_school.fresh("school"), moderator=member, today=TODAY)
        with pytest.raises(NotTheirsToModerate):
            moderation.assign(actor=actor, ret=signed_school.fresh("health"), moderator=member, today=TODAY)
    with signed_school.acting("health_member") as actor:
        assert [ret.agency_id for ret in Return.objects.all()] == [signed_school.world.agencies["school"].id]
        assert Answer.objects.exists()
        moderation.judge(
            actor=actor,
            ret=signed_school.fresh("school"),
            item=first_items(3)[2],
            score="1",
            reason="Thin",
            today=TODAY,
        )
        with pytest.raises(NotForYou):
            moderation.release(actor=actor, ret=signed_school.fresh("school"), today=TODAY)
    with signed_school.acting("business_manager") as actor:
        moderation.unassign(actor=actor, ret=signed_school.fresh("school"), moderator=member, now=NOW)
    with signed_school.acting("health_member"):
        assert not Return.objects.exists()


def test_a_query_goes_back_and_comes_answered(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        asked = moderation.query(
            actor=actor, ret=signed_school.fresh("school"), questions={"": "Which year?"}, today=TODAY
        )
    with signed_school.acting("head") as actor:
        with pytest.raises(returns.ReturnRefused):
            returns.answer_queries(actor=actor, ret=signed_school.fresh("school"), said={}, today=TODAY)
        returns.answer_queries(
            actor=actor, ret=signed_school.fresh("school"), said={asked[0].id: "2015/16"}, today=TODAY
        )
        assert Query.objects.get().answer == "2015/16"
    assert signed_school.fresh("school").stage == "answered"


def test_release_to_the_board_names_agencies_without_narrative(signed_school: Round) -> None:
    signed_school.release("school")
    with signed_school.acting("business_manager") as actor:
        cycle = Cycle.objects.get()
        cycles.release_to_board(actor=actor, cycle=cycle, today=TODAY)
    with signed_school.acting("lay_member"):
        rows = ResultRow.objects.all()
        assert {row.agency_id for row in rows} == {
            signed_school.world.agencies[a].id for a in signed_school.returns
        }
        assert {row.state for row in rows if row.agency.slug == "police"} == {"awaited"}
        assert "scored" in {row.state for row in rows if row.agency.slug == "school"}
        assert Action.objects.count() == 1
        assert not Return.objects.exists()
        assert not Answer.objects.exists()
    with signed_school.acting("sister_manager"):
        assert not ResultRow.objects.exists()


def test_the_board_is_shown_nothing_before_an_agency_has_its_result(signed_school: Round) -> None:
    with signed_school.acting("business_manager") as actor, pytest.raises(cycles.CycleRefused):
        cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(), today=TODAY)


def test_a_nil_return_is_signed_with_its_reason(cycle_round: Round) -> None:
    with cycle_round.acting("head_signatory") as actor:
        with pytest.raises(returns.ReturnRefused):
            returns.sign_nil(
                actor=actor, ret=cycle_round.fresh("school"), post="Chair", reason="", today=TODAY, now=NOW
            )
        returns.sign_nil(
            actor=actor, ret=cycle_round.fresh("school"), post="Chair", reason="Closed", today=TODAY, now=NOW
        )
    ret = cycle_round.fresh("school")
    assert (ret.stage, ret.nil_reason) == ("nil", "Closed")


def test_an_agency_replies_once(signed_school: Round) -> None:
    signed_school.release("school")
    with signed_school.acting("head") as actor:
        returns.reply(actor=actor, ret=signed_school.fresh("school"), words="We agree.", today=TODAY)
        with pytest.raises(returns.ReturnRefused):
            returns.reply(actor=actor, ret=signed_school.fresh("school"), words="And more.", today=TODAY)


def test_history_cannot_be_edited(signed_school: Round) -> None:
    with signed_school.acting("business_manager"), pytest.raises(DatabaseError, match="never changed"):
        StageChange.objects.filter(move="signed_off").update(reason="x")


def test_two_people_acting_at_once_are_told_not_overwritten(signed_school: Round) -> None:
    stale = signed_school.fresh("school")
    with signed_school.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=signed_school.fresh("school"), note="", today=TODAY)
        with pytest.raises(CannotMove):
            moderation.query(actor=actor, ret=stale, questions={"": "Late question"}, today=TODAY)


def test_issuing_costs_the_same_queries_for_one_agency_as_for_four(
    world, django_assert_max_num_queries
) -> None:
    from django.test.utils import CaptureQueriesContext

    costs = []
    for names in (["school"], ["school", "police", "health", "charity"]):
        with CaptureQueriesContext(connection) as captured:
            round_ = Round.__new__(Round)
            round_.world = world
            with round_.acting("business_manager") as actor:
                cycle = cycles.prepare(
                    actor=actor, board=world.board, title="x", framework=SHORT, opens_on=TODAY,
                    due_on=date(2016, 5, 1), today=TODAY,
                )  # fmt: skip
                cycles.issue(
                    actor=actor, cycle=cycle, agencies=[world.agencies[n] for n in names], today=TODAY
                )
        costs.append(len(captured))
    assert costs[1] <= costs[0]

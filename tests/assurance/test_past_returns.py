"""Last cycle's returns come in as they were, unconfirmed and unsigned; they are taken back as one."""

from __future__ import annotations

import pytest

from tests.assurance.bringing_in import ITEMS, Bringing, bringing, matrix, own_shelf
from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import (
    BroughtIn,
    BroughtInState,
    Cycle,
    CycleKind,
    CycleState,
    Judgement,
    Return,
    ScoreSheet,
    SignOff,
    Stage,
)
from wholestory.assurance.operations import past_applying, past_said, past_undoing, returns
from wholestory.assurance.operations.past import Overtaken, PastRefused
from wholestory.assurance.queries import past as queries
from wholestory.assurance.queries.figures import chain, of_team
from wholestory.assurance.reports.trend import trend
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.models import Answer, Status

__all__ = ["bringing", "own_shelf"]
THREE: dict[str, list[object]] = {
    "Willow Lane Academy": [2, "n/a", "tbc"],
    "Northmarsh Constabulary": [3, 1, 0],
    "Harbour Youth Trust": [1, "", 2],
}


def test_a_matrix_comes_in_as_a_closed_round_with_a_locked_unsigned_return_for_each_agency(
    bringing: Bringing,
) -> None:
    batch = bringing.bring(THREE)
    found = bringing.returns(batch)
    assert sorted(found) == ["charity", "police", "school"]
    school = found["school"]
    assert (school.stage, school.brought_in_from) == (Stage.BROUGHT_IN, "audit-2014.xlsx")
    assert (school.signed_off_on, school.first_signed_on) == (None, None)
    assert school.answers.status == Status.LOCKED
    assert (school.cycle.kind, school.cycle.state, str(school.cycle.due_on)) == (
        CycleKind.PAST, CycleState.CLOSED, "2014-03-31",
    )  # fmt: skip
    with acting.as_system(bringing.world.board):
        assert not SignOff.objects.exists()
        rows = {row.key: row for row in Answer.objects.filter(answer_set=school.answers_id)}
        assert rows[ITEMS[0]].value == 2
        assert rows[ITEMS[1]].nothing == Nothing.NOT_APPLICABLE
        assert "audit" not in rows[ITEMS[1]].reason
        assert "n/a" in rows[ITEMS[1]].reason
        assert ITEMS[2] not in rows  # left blank: never a nought
        assert {rows[key].nothing for key in ITEMS[3:]} == {Nothing.NOT_ASKED}
        sheet = ScoreSheet.objects.get(return_of=school.pk)
    assert sheet.items[ITEMS[0]] == ["scored", "2", ""]
    assert sheet.items[ITEMS[2]][0] == "unanswered"
    assert sheet.items[ITEMS[3]][0] == "not_asked"
    # 2; 3, 1, 0; 1, 2 are the six scores of the table above.
    assert (batch.counts["scored"], batch.counts["not_applicable"], batch.counts["blank"]) == (6, 1, 2)


def test_the_dry_run_writes_nothing_and_what_changed_since_is_not_applied(bringing: Bringing) -> None:
    batch = bringing.matched(matrix(THREE))
    with bringing.acting() as actor:
        seen = queries.plan_of(batch).seen
        assert not Return.objects.exists()
        assert not Cycle.objects.exists()
    batch = bringing.match(batch, twice="last", words={"3": "point:2"})
    with bringing.acting() as actor, pytest.raises(Overtaken):
        past_applying.apply(actor=actor, batch=batch, seen=seen, today=TODAY, now=NOW)


def test_a_name_nobody_knows_stops_everything_until_somebody_says_who_it_is_or_leaves_it_out(
    bringing: Bringing,
) -> None:
    batch = bringing.matched(matrix({**THREE, "Fenside Playgroup": [1, 1, 1]}))
    with bringing.acting():
        plan = queries.plan_of(batch)
    assert plan.stopped
    assert "Fenside Playgroup" in next(f.says for f in plan.faults if f.stops)
    batch = bringing.match(batch, agencies={"fenside playgroup": ["", "It closed in 2015"]})
    with bringing.acting():
        plan = queries.plan_of(batch)
    assert (plan.stopped, plan.left_out) == (False, [("Fenside Playgroup", "It closed in 2015")])


def test_moderated_scores_of_the_file_stay_with_the_team(bringing: Bringing) -> None:
    rows = matrix({"Willow Lane Academy": [3, 1]}, items=2)
    batch = bringing.matched(rows)
    key = next(iter(batch.mapping["questions"]))
    batch = bringing.match(batch, roles=["agency", "score", "moderated"], questions={key: ITEMS[0]})
    school = bringing.returns(bringing.apply(batch))["school"]
    with acting.as_system(bringing.world.board):
        judged = Judgement.objects.get(return_of=school)
        assert (judged.item, judged.self_score, judged.score) == (ITEMS[0], "3", "1")
    with bringing.acting("head"):
        assert not Judgement.objects.exists()
        assert Return.objects.get(pk=school.pk)


def test_the_agency_confirms_or_says_what_is_not_right_and_nothing_is_signed(bringing: Bringing) -> None:
    school = bringing.returns(bringing.bring(THREE))["school"]
    assert queries.mark_of(school) == "Brought in from audit-2014.xlsx, unconfirmed."
    with bringing.acting("head_contributor") as actor, pytest.raises(NotForYou):
        past_said.say(actor=actor, ret=school, is_right=True, words="", today=TODAY)
    with bringing.acting("head") as actor:
        past_said.say(actor=actor, ret=school, is_right=False, words="We scored 3.", today=TODAY)
        assert queries.mark_of(school) == (
            "Brought in from audit-2014.xlsx, unconfirmed. Jo Ashdown said on 14 March 2016 that it is not right."
        )
        past_said.say(actor=actor, ret=school, is_right=True, words="", today=TODAY)
        assert queries.mark_of(school) == (
            "Brought in from audit-2014.xlsx; confirmed by Jo Ashdown on 14 March 2016."
        )
    with acting.as_system(bringing.world.board):
        assert not SignOff.objects.exists()
        assert Return.objects.get(pk=school.pk).stage == Stage.BROUGHT_IN


def test_what_came_in_comes_forward_as_drafts_with_the_same_mark_and_what_was_not_asked_does_not(
    bringing: Bringing, world: World
) -> None:
    bringing.bring(THREE)
    asked = Round(world)
    with asked.acting("head") as actor:
        returns.begin(actor=actor, ret=asked.fresh("school"), today=TODAY, now=NOW)
        rows = {row.key: row for row in Answer.objects.filter(answer_set=asked.returns["school"].answers_id)}
        assert queries.carried_mark(asked.fresh("school")) == "Brought in from audit-2014.xlsx, unconfirmed."
    assert (rows[ITEMS[0]].value, rows[ITEMS[0]].to_confirm) == (2, True)
    assert set(rows) == {ITEMS[0], ITEMS[1]}


def test_a_round_that_was_brought_in_feeds_the_trend_and_says_so_only_where_it_is_matched(
    bringing: Bringing, world: World
) -> None:
    asked = Round(world)
    asked.answer("school", "head", 3)
    asked.sign("school", "head_signatory")
    bringing.bring(THREE)
    with bringing.acting():
        cycle = Cycle.objects.select_related("record", "board").get(pk=asked.cycle.pk)
        rounds = of_team(chain(cycle))
        assert [one.cycle.kind for one in rounds] == [CycleKind.FULL, CycleKind.PAST]
        report = trend(rounds, TODAY)
    grid = report.grids[0]
    assert grid.columns[1].label == "Section 11, 2014 (brought in, unconfirmed)"
    # First item then: 2, 3 and 1, of which 2 and 3 are compliant (INT0_3, from 2); now 3 alone.
    assert grid.rows[0][1] == "66.7 % (2 of 3)"
    assert grid.rows[0][2] == "100.0 % (1 of 1)"
    assert grid.rows[5][1] == "No scores"  # not in the file


def test_all_of_it_is_taken_back_as_one_with_the_reason_and_can_be_brought_in_again(
    bringing: Bringing, world: World
) -> None:
    asked = Round(world)
    batch = bringing.bring(THREE)
    with bringing.acting() as actor:
        with pytest.raises(PastRefused, match="Say why"):
            past_undoing.undo(actor=actor, batch=batch, reason=" ", today=TODAY)
        assert past_undoing.undo(actor=actor, batch=batch, reason="The wrong year", today=TODAY) == 3
    found = bringing.returns(batch)
    assert {ret.stage for ret in found.values()} == {Stage.WITHDRAWN}
    with acting.as_system(world.board):
        assert not ScoreSheet.objects.filter(cycle=batch.cycle_id).exists()
        assert Cycle.objects.get(pk=asked.cycle.pk).previous_id is None
        assert BroughtIn.objects.get(pk=batch.pk).state == BroughtInState.UNDONE
    again = bringing.bring(THREE)
    assert {ret.stage for ret in bringing.returns(again).values()} == {Stage.BROUGHT_IN}


def test_what_rests_on_it_is_said_and_keeps_it(bringing: Bringing, world: World) -> None:
    batch = bringing.bring(THREE)
    asked = Round(world)
    with asked.acting("head") as actor:
        returns.begin(actor=actor, ret=asked.fresh("school"), today=TODAY, now=NOW)
    with bringing.acting("charity_lead") as actor:
        past_said.say(
            actor=actor, ret=bringing.returns(batch)["charity"], is_right=True, words="", today=TODAY
        )
    with bringing.acting() as actor:
        assert past_undoing.resting_on(batch) == [
            "Bo Larkin of Harbour Youth Trust confirmed it on 14 March 2016.",
            f"Willow Lane Academy began its return “{asked.fresh('school').title}” with these answers.",
        ]
        with pytest.raises(PastRefused, match="Bo Larkin"):
            past_undoing.undo(actor=actor, batch=batch, reason="Wrong", today=TODAY)


def test_a_second_file_comes_into_the_same_round_and_overwrites_nothing(bringing: Bringing) -> None:
    first = bringing.bring({"Willow Lane Academy": [2, 2, 2]})
    content = matrix({"Willow Lane Academy": [0, 0, 0], "Harbour Youth Trust": [1, 1, 1]})
    second = bringing.matched(content, name="late.xlsx", cycle=str(first.cycle_id))
    with bringing.acting():
        assert [name for name, _ in queries.plan_of(second).left_out] == ["Willow Lane Academy"]
    second = bringing.apply(second)
    assert (second.cycle_id, list(bringing.returns(second))) == (first.cycle_id, ["charity"])
    with bringing.acting():
        cycle = Cycle.objects.get(pk=first.cycle_id)
        assert queries.cycle_mark(cycle) == (
            "Brought in from audit-2014.xlsx and late.xlsx, unconfirmed. Nobody signed these answers here."
        )


def test_a_large_file_goes_on_in_the_background_step_by_step_and_twice_is_once(
    bringing: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_applying, "AT_ONCE", 0)
    monkeypatch.setattr(past_applying, "STEP", 2)
    batch = bringing.apply(bringing.matched(matrix(THREE)))
    assert (batch.state, batch.of, bringing.returns(batch)) == (BroughtInState.APPLYING, 3, {})
    board = bringing.world.board
    assert past_applying.go_on(batch_id=batch.id, board_id=board.id, now=NOW)
    assert not past_applying.go_on(batch_id=batch.id, board_id=board.id, now=NOW)
    assert sorted(bringing.returns(batch)) == ["charity", "police", "school"]
    with bringing.acting():
        assert BroughtIn.objects.get(pk=batch.pk).state == BroughtInState.APPLIED


@pytest.mark.parametrize(
    "name", ["lay_member", "police_member", "head", "police_lead", "sister_manager", "stranger"]
)
def test_nobody_but_the_team_finds_the_file_the_round_or_a_count_of_it(bringing: Bringing, name: str) -> None:
    batch = bringing.bring(THREE)
    with bringing.acting(name):
        assert not BroughtIn.objects.exists()
        assert not Cycle.objects.filter(pk=batch.cycle_id).exists()
        own = {"head": "school", "police_lead": "police"}.get(name)
        assert {ret.agency.slug for ret in Return.objects.select_related("agency")} == (
            {own} if own else set()
        )
        keys = item_keys(ITEMS[0])
        assert Answer.objects.filter(key=keys.score).count() == (1 if own else 0)

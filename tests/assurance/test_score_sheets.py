"""Score sheets: written with what changes a score, seen by whoever may see that score, told apart when stale."""

from __future__ import annotations

import pytest

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance import sheets
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return, ScoreSheet, Whose
from wholestory.assurance.operations import moderation, returns, score_sheets

FIRST, SECOND, THIRD = list(framework_called(SHORT).items)[:3]

pytestmark = pytest.mark.django_db


def kept(round_: Round, agency: str = "school") -> dict[str, ScoreSheet]:
    with acting.as_system(round_.world.board):
        return {one.whose: one for one in ScoreSheet.objects.filter(return_of=round_.returns[agency].pk)}


def seen_by(round_: Round, who: str, agency: str = "school") -> set[str]:
    with round_.acting(who):
        found = ScoreSheet.objects.filter(return_of=round_.returns[agency].pk)
        return set(found.values_list("whose", flat=True))


def judge(round_: Round, item: str, score: str, reason: str = "No training plan was shown.") -> None:
    with round_.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor, ret=round_.fresh("school"), item=item, score=score, reason=reason, today=TODAY
        )


def test_signing_writes_the_agencys_own_sheet(signed_school: Round) -> None:
    """The school signed 1 and 0 for the first two items and 2 for all others."""
    sheet = kept(signed_school)
    assert set(sheet) == {Whose.AGENCY}
    items = sheet[Whose.AGENCY].items
    assert (items[FIRST], items[SECOND], items[THIRD]) == (
        ["scored", "1", ""], ["scored", "0", ""], ["scored", "2", ""]
    )  # fmt: skip
    assert len(items) == len(framework_called(SHORT).items)


def test_an_unsigned_return_has_no_sheet(cycle_round: Round) -> None:
    cycle_round.answer("school", "head", 1)
    assert kept(cycle_round) == {}


def test_opening_a_return_again_removes_every_sheet_of_it(signed_school: Round) -> None:
    judge(signed_school, THIRD, "1")
    assert set(kept(signed_school)) == {Whose.AGENCY, Whose.MODERATED}
    with signed_school.acting("head_signatory") as actor:
        returns.reopen(actor=actor, ret=signed_school.fresh("school"), reason="A mistake", today=TODAY)
    assert kept(signed_school) == {}


def test_the_moderated_sheet_is_the_moderators_until_release_and_the_agencys_from_then_on(
    signed_school: Round,
) -> None:
    judge(signed_school, THIRD, "1")
    assert kept(signed_school)[Whose.MODERATED].items[THIRD] == ["scored", "2", "1"]
    assert kept(signed_school)[Whose.AGENCY].items[THIRD] == ["scored", "2", ""]
    assert seen_by(signed_school, "head") == {Whose.AGENCY}
    assert seen_by(signed_school, "quality_officer") == {Whose.AGENCY, Whose.MODERATED}
    signed_school.release("school")
    assert seen_by(signed_school, "head") == {Whose.AGENCY, Whose.MODERATED}


@pytest.mark.parametrize(
    "outsider", ["police_lead", "sister_head", "sister_manager", "stranger", "lay_member", "police_member"]
)
def test_nobody_outside_sees_a_sheet_before_or_after_release(signed_school: Round, outsider: str) -> None:
    judge(signed_school, THIRD, "1")
    assert seen_by(signed_school, outsider) == set()
    signed_school.release("school")
    assert seen_by(signed_school, outsider) == set()


def test_a_finished_moderation_that_changed_nothing_still_has_a_moderated_sheet(signed_school: Round) -> None:
    with signed_school.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=signed_school.fresh("school"), note="", today=TODAY)
    assert kept(signed_school)[Whose.MODERATED].items[FIRST] == ["scored", "1", ""]


def test_a_sheet_read_back_says_what_the_rules_said(signed_school: Round) -> None:
    """Standard by standard, whatever fields a standard's score has."""
    judge(signed_school, THIRD, "1")
    with signed_school.acting("quality_officer"):
        ret = signed_school.fresh("school")
        cycle = Cycle.objects.get(pk=ret.cycle_id)
        read = sheets.read(cycle, [ret])[ret.id]
        worked_out = sheets.scores_under(cycle, [ret])[ret.id]
    assert read.standards == dict(worked_out.standards)
    assert read.is_moderated


def test_a_stale_or_missing_sheet_is_told_apart_and_worked_out_anew(signed_school: Round) -> None:
    with signed_school.acting("quality_officer"):
        ret = signed_school.fresh("school")
        cycle = Cycle.objects.get(pk=ret.cycle_id)
        ledger.line("assurance.scored", ret.record)
        ScoreSheet.objects.filter(return_of=ret).update(items={FIRST: ["scored", "3", ""]})
        assert sheets.read(cycle, [ret])[ret.id].items[FIRST] == ["scored", "3", ""]
        ScoreSheet.objects.filter(return_of=ret).update(rests_on="0" * 64)
        assert sheets.read(cycle, [ret])[ret.id].items[FIRST] == ["scored", "1", ""]
        ScoreSheet.objects.filter(return_of=ret).delete()
        assert sheets.read(cycle, [ret])[ret.id].items[FIRST] == ["scored", "1", ""]


def test_rebuilding_writes_what_is_missing_and_a_second_run_nothing(signed_school: Round) -> None:
    board = signed_school.world.board
    assert score_sheets.rebuild(board) == 0
    with acting.as_system(board):
        ledger.line("assurance.scored", signed_school.fresh("school").record)
        ScoreSheet.objects.all().delete()
    assert score_sheets.rebuild(board) == 1
    assert kept(signed_school)[Whose.AGENCY].items[FIRST] == ["scored", "1", ""]
    assert score_sheets.rebuild(board) == 0


def test_the_cycles_own_rules_are_part_of_what_a_sheet_rests_on(signed_school: Round) -> None:
    with signed_school.acting("quality_officer"):
        ret = signed_school.fresh("school")
        cycle = Cycle.objects.get(pk=ret.cycle_id)
        before = sheets.rests_on(cycle, ret, "x", None)
        cycle.critical_cap = True
        assert sheets.rests_on(cycle, ret, "x", None)[:32] != before[:32]
        assert Return.objects.filter(pk=ret.pk).exists()

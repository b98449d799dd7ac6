"""Made-up areas hold what the operations would have left, and go on from there."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from pytest_django import Settings

from tests.benchmarks.conftest import somebody
from tests.personas import World
from wholestory.access import acting, derive
from wholestory.access.models import Membership
from wholestory.actions.models import Action, ActionState, Step
from wholestory.assurance.models import (
    Cycle,
    Judgement,
    ResultRow,
    Return,
    SignOff,
    Stage,
    StageChange,
    Tally,
)
from wholestory.assurance.operations import cycles, moderation
from wholestory.config.example import scale
from wholestory.config.example.scale_sizes import SIZES
from wholestory.paperwork import queries as paperwork
from wholestory.paperwork.models import AnswerHistory, Status
from wholestory.paperwork.sealing import content_hash
from wholestory.partners.models import Board, Person, Role, Seat


def test_the_sizes_are_those_of_the_design() -> None:
    local, regional, national = (SIZES[name] for name in ("local", "regional", "national"))
    assert (len(local.boards), local.agencies, local.people, local.years) == (1, 60, 400, 3)
    assert len(regional.boards) == 12
    assert max(board.agencies for board in regional.boards) == 600
    assert 4_500 < regional.people < 5_500
    assert len(national.boards) == 153
    assert national.years == 10
    assert 8_500 < national.agencies < 9_500
    assert 57_000 < national.people < 63_000


def test_signed_forms_are_whole_and_their_hash_is_over_what_they_say(small: Board) -> None:
    with acting.as_system(small):
        signed = Return.objects.filter(
            signed_off_on__isnull=False, answers__status__in=(Status.SUBMITTED, Status.LOCKED)
        ).select_related("answers__form_version", "answers__carried_from")
        assert len(signed) > 12
        assert any(ret.answers.carried_from for ret in signed)
        for ret in signed:
            filled = paperwork.filled(ret.answers)
            assert filled.sheet.problems(ret.issued_on) == ()
            said = content_hash(filled.sheet, ret.answers.form_version.seal)
            assert said == ret.answers.content_hash
            assert SignOff.objects.get(return_of=ret).content_hash == said


def test_every_answer_has_its_history(small: Board) -> None:
    with acting.as_system(small):
        last: dict[tuple[object, str], AnswerHistory] = {}
        for row in AnswerHistory.objects.order_by("revision"):
            last[row.answer_set_id, row.key] = row
        for answer_set in paperwork.AnswerSet.objects.all():
            for answer in answer_set.answers.all():
                was = last.pop((answer_set.id, answer.key))
                assert (was.revision, was.value, was.reason) == (answer.revision, answer.value, answer.reason)
                assert (was.how == "carried") == answer.to_confirm
        assert not last


def test_stages_are_where_the_moves_led(small: Board) -> None:
    with acting.as_system(small):
        for ret in Return.objects.all():
            moves = list(StageChange.objects.filter(return_of=ret).order_by("created_at"))
            assert moves[-1].to_stage == ret.stage
            assert [m.from_stage for m in moves] == ["", *[m.to_stage for m in moves[:-1]]]
        for cycle in Cycle.objects.all():
            stages = Counter(Return.objects.filter(cycle=cycle).values_list("stage", flat=True))
            assert {t.stage: t.number for t in Tally.objects.filter(cycle=cycle)} == dict(stages)
        waiting = Judgement.objects.filter(return_of__stage=Stage.MODERATED).select_related("return_of")
        assert all(j.circle_id == j.return_of.notes_circle_id for j in waiting)


def test_promises_have_every_step_that_led_to_where_they_are(small: Board) -> None:
    last = {ActionState.CLOSED: "closed", ActionState.SAID_DONE: "said_done", ActionState.DROPPED: "dropped"}
    with acting.as_system(small):
        for action in Action.objects.all():
            kinds = list(
                Step.objects.filter(action=action).order_by("created_at").values_list("kind", flat=True)
            )
            assert kinds[0] == "opened"
            if action.state in last:
                assert kinds[-1] == last[ActionState(action.state)]
            assert ("redated" in kinds) == (action.due_on != action.first_due_on)


def test_everybody_is_let_in_by_the_rules_alone(small: Board) -> None:
    """Working it out again changes nothing."""
    people = list(Person.objects.filter(seats__board=small).distinct())
    columns = ("person", "board", "circle", "office", "because", "seat", "starts_on", "ends_on")

    def let_in() -> list[tuple[object, ...]]:
        with acting.as_system(small):
            return sorted(Membership.objects.filter(board=small).values_list(*columns), key=str)

    before = let_in()
    with acting.as_system(small):
        derive.rewrite(*people)
    assert let_in() == before
    assert before


def test_an_agency_sees_its_own_and_the_board_what_was_released(small: Board) -> None:
    lead = somebody(small, Role.AGENCY_LEAD)
    seat = Seat.objects.get(person=lead, role=Role.AGENCY_LEAD)
    with acting.acting_as(lead, seat):
        assert set(Return.objects.values_list("agency", flat=True)) == {seat.agency_id}
        assert Return.objects.count() == 2
        assert not ResultRow.objects.exists()
    lay = somebody(small, Role.LAY_MEMBER)
    with acting.acting_as(lay):
        assert not Return.objects.exists()
        assert {row.cycle.board_id for row in ResultRow.objects.select_related("cycle")} == {small.id}


def test_work_goes_on_from_there(small: Board) -> None:
    manager = somebody(small, Role.BUSINESS_MANAGER)
    today = small.today()
    with acting.acting_as(manager, Seat.objects.get(person=manager)):
        moderated = Return.objects.filter(stage=Stage.MODERATED).select_related("record").first()
        assert moderated is not None
        moderation.release(actor=manager, ret=moderated, today=today)
        cycle = Cycle.objects.select_related("record", "board").get(state="open")
        shown = cycles.release_to_board(actor=manager, cycle=cycle, today=today)
        assert shown == ResultRow.objects.filter(cycle=cycle).count() > 0


def test_nothing_is_made_up_beside_a_real_board_or_twice(
    world: World, small: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scale.main(["--scale", "local"], io.StringIO()) == 1
    assert "holds made-up areas already" in capsys.readouterr().err
    Board.objects.filter(slug="south").update(is_example=False)
    assert scale.main(["--scale", "local"], io.StringIO()) == 1
    assert "a real board" in capsys.readouterr().err


def test_only_in_the_demo(settings: Settings, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    assert scale.main(["--scale", "local"], io.StringIO()) == 1
    assert "neither" in capsys.readouterr().err

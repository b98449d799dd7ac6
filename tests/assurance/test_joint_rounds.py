"""One return, many boards: answered once, seen by each board for itself, counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, SHORT
from tests.assurance.joining import Two
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, JointRound, Return, Stage, StageChange
from wholestory.assurance.operations import cycles, joint, moderation, returns
from wholestory.assurance.queries.joint import combined
from wholestory.assurance.rules import joint as rules
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def test_shared_questions_are_answered_once_and_reach_the_other_board_when_signed(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    assert (two.fresh(north).core_elsewhere, two.fresh(south).core_elsewhere) == (False, True)
    first = next(iter(two.core.items))
    two.answer(north, 2)
    assert two.said(south, first) is None  # a draft stays with the board it was begun for
    two.sign(north)
    assert two.said(south, first) == 2
    two.answer(south, 3, standards=frozenset({"priority_neglect"}))
    two.sign(south)
    assert two.fresh(south).stage == Stage.SIGNED_OFF
    assert two.said(north, "neglect_noticed") is None  # what one board adds stays with that board


def test_the_earliest_date_of_all_boards_counts_for_the_shared_questions(two: Two) -> None:
    north = two.ask_north()
    assert two.fresh(north).due_on == date(2016, 5, 31)
    south = two.ask_south(two.join(due_on=date(2016, 4, 29)))
    assert two.fresh(north).due_on == date(2016, 4, 29)
    assert two.fresh(south).due_on == date(2016, 4, 29)


def test_no_board_sees_the_other_boards_return_addendum_or_notes(two: Two, browse: Browse) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    two.answer(north, 2)
    two.sign(north)
    two.answer(south, 3, standards=frozenset({"priority_neglect"}))
    two.sign(south)
    first = next(iter(two.core.items))
    with two.acting("sister_manager") as actor:
        moderation.judge(
            actor=actor, ret=two.fresh(south), item=first, score="1", reason="Seen otherwise.", today=TODAY
        )
        assert not Return.objects.filter(board=two.world.board).exists()
        assert not Answer.objects.filter(answer_set=north.answers_id).exists()
    with two.acting("quality_officer"):
        assert not Return.objects.filter(board=two.world.boards["south"]).exists()
        assert not Answer.objects.filter(answer_set=south.answers_id).exists()
    ours, theirs = two.fresh(north).record.reference, two.fresh(south).record.reference
    assert browse("quality_officer").get(f"/self-audits/returns/{theirs}/").status_code == 404
    assert browse("sister_manager").get(f"/self-audits/returns/{ours}/").status_code == 404
    page = browse("police_lead").get(f"/self-audits/returns/{theirs}/").content.decode()
    assert "answered once, in the return to Northmarsh Safeguarding Children Board" in page


def test_shared_pages_are_not_written_in_the_second_return(two: Two, browse: Browse) -> None:
    two.ask_north()
    south = two.fresh(two.ask_south(two.join()))
    client = browse("police_lead")
    client.post(f"/self-audits/returns/{south.record.reference}/start/")
    shared = client.get(f"/self-audits/returns/{south.record.reference}/form/page/b1/").content.decode()
    own = client.get(
        f"/self-audits/returns/{south.record.reference}/form/page/priority_neglect/"
    ).content.decode()
    assert "<textarea" not in shared
    assert "<textarea" in own


def test_a_change_after_the_second_return_was_signed_is_told_and_taken_in_when_it_is_opened(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    two.answer(north, 2)
    two.sign(north)
    two.answer(south, 3, standards=frozenset({"priority_neglect"}))
    two.sign(south)
    first = next(iter(two.core.items))
    with two.acting("police_signatory") as actor:
        returns.reopen(actor=actor, ret=two.fresh(north), reason="Better now.", today=TODAY)
    with two.acting("police_lead") as actor:
        paperwork.save_draft(
            actor=actor,
            set_id=north.answers_id,
            saves=[paperwork.Save(Place(first), Given(3), base=1)],
            now=NOW,
        )
    two.sign(north)
    assert two.said(south, first) == 2  # signed is signed
    with acting.as_system(two.world.boards["south"]):
        assert StageChange.objects.filter(return_of=south, move="core_changed").exists()
    with two.acting("police_signatory") as actor:
        returns.reopen(actor=actor, ret=two.fresh(south), reason="Take it in.", today=TODAY)
    assert two.said(south, first) == 3


def test_a_nil_return_leaves_the_shared_questions_to_the_other_board(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    with two.acting("police_signatory") as actor:
        returns.sign_nil(
            actor=actor,
            ret=two.fresh(north),
            post="Chief Constable",
            reason="Not here.",
            today=TODAY,
            now=NOW,
        )
    assert two.fresh(south).core_elsewhere is False


def test_each_agency_is_counted_once_in_combined_figures(two: Two) -> None:
    """The police answer to both boards: one agency, one score, whatever each board made of it."""
    north = two.ask_north()
    south_cycle = two.join(module="")
    south = two.ask_south(south_cycle)
    two.answer(north, 2)
    two.sign(north)
    two.sign(south)
    for who, ret, cycle in (("quality_officer", north, two.north), ("sister_manager", south, south_cycle)):
        with two.acting(who) as actor:
            moderation.finish(actor=actor, ret=two.fresh(ret), note="", today=TODAY)
            moderation.release(actor=actor, ret=two.fresh(ret), today=TODAY)
            fresh = Cycle.objects.get(pk=cycle.pk)
            cycles.release_to_board(actor=actor, cycle=fresh, today=TODAY)
    with two.acting("business_manager"):
        found = combined(JointRound.objects.get(pk=two.joint.pk), two.world.board)
    assert (found.agencies, found.counted_once) == (1, 1)
    assert [number for _, number in found.items[0].spread.by_point] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("own", "everybody", "shown"), [(7, 7, True), (7, 11, False), (7, 12, True), (0, 4, False)]
)
def test_a_few_agencies_of_others_are_not_shown_as_a_difference(
    own: int, everybody: int, shown: bool
) -> None:
    assert rules.may_combine(own, everybody) is shown


def test_the_original_counts_before_its_copy() -> None:
    assert rules.once([("police", False), ("police", True), ("health", False)]) == {
        "police": True,
        "health": False,
    }


def test_questions_on_another_scale_or_reworded_cannot_be_asked_together(two: Two) -> None:
    assert rules.faults_of(two.core, framework_called(SHORT))
    with (
        two.acting("sister_manager") as actor,
        pytest.raises(joint.JointRefused, match="cannot be asked together"),
    ):
        joint.join(
            actor=actor, joint=two.joint, board=two.world.boards["south"], title="South", framework=SHORT,
            opens_on=date(2016, 2, 1), due_on=date(2016, 4, 29), today=TODAY,
        )  # fmt: skip

"""The cases of the domain notes, section 6, about figures, sharing and actions, where self-assessment meets them: each
by its number. The others of 6.2 stand in ``test_edge_cases_of_self_assessment``; 18 also in ``test_not_applicable``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client

from tests.actions.test_sent_twice import promised
from tests.assurance.conftest import SHORT, Round
from tests.assurance.joining import Two
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.actions import effects, operations
from wholestory.actions.models import Action, Step, StepKind
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, JointRound
from wholestory.assurance.operations import cycles, moderation
from wholestory.assurance.queries.joint import combined
from wholestory.assurance.rules.cells import CellState, ReturnPosition, Standing, cell
from wholestory.assurance.rules.figures import may_show_part
from wholestory.assurance.rules.item_answers import ItemAnswer, ItemState
from wholestory.assurance.rules.moderation import shift
from wholestory.assurance.rules.response import ResponseRate
from wholestory.assurance.rules.rollup import Compliance, StandardScore, compliance_of, standard_score
from wholestory.assurance.rules.scales import SCALES, CompliantTest
from wholestory.assurance.rules.survey import Line
from wholestory.assurance.rules.survey_gap import Gap, Leaders

Browse = Callable[[str], Client]
INT0_3 = SCALES["INT0_3"]
FROM_2 = CompliantTest(INT0_3, "2")


def scored(item: str, self_score: str, moderated: str = "") -> ItemAnswer:
    return ItemAnswer(item, "s", ItemState.SCORED, self_score, moderated_score=moderated)


def standard(*scores: str) -> StandardScore:
    return standard_score("s", [scored(f"i{n}", score) for n, score in enumerate(scores)], FROM_2)


def test_02_percentages_are_summed_and_never_averaged() -> None:
    """A charity with 1 of 1 compliant and a force with 1 of 9: 2 of 10, not the mean of 100 % and 11.1 %."""
    charity, force = standard("3"), standard("2", *["1"] * 8)
    assert compliance_of([charity, force]).share == Fraction(2, 10)


def test_03_none_of_none_is_neither_nought_nor_all() -> None:
    assert ResponseRate(returned=0, asked_in_scope=0).share is None
    assert ResponseRate(returned=0, asked_in_scope=0).words.startswith("Nobody has been asked")
    nothing = Compliance(compliant=0, answered=0, applicable=0)
    assert (nothing.share, nothing.completeness, nothing.words) == (None, None, "Nothing applies.")
    blank = Compliance(compliant=0, answered=0, applicable=4)
    assert blank.share is None
    assert "0.0 % compliant" not in blank.words
    assert "100" not in blank.words


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(5, 10, True), (4, 10, False), (6, 10, False), (10, 10, True)]
)
def test_06_a_part_is_not_shown_when_it_or_what_it_leaves_is_small(
    part: int, whole: int, shown: bool
) -> None:
    """With fewer than five in the part, or in the rest, a reader could work out what single agencies said."""
    assert may_show_part(part, whole) is shown


def test_07_rounding_for_the_eye_does_not_turn_a_score_compliant() -> None:
    """On 0 to 3, compliant from 2: 1.996 is shown as 2.0 by one decimal, and is below."""
    assert INT0_3.show_mean(Fraction(1996, 3000)) == "2.0"
    held = StandardScore("s", Fraction(1996, 3000), None, 5, 5, 0, 0, 4, standard("2").scored_by)
    assert held.is_below(FROM_2) is True
    assert FROM_2.show_mean(Fraction(1996, 3000)) != "2.0"


def test_19_everything_green_shows_in_the_moderators_shift() -> None:
    """Ten items all scored 3; the moderator agrees with four, lowers five to 2 and one to 1: the mean of the moves is
    (5 x -1/3 + 1 x -2/3) / 10 = -7/30, and six are lowered."""
    answers = [scored(f"i{n}", "3", "3") for n in range(4)]
    answers += [scored(f"i{n}", "3", "2") for n in range(4, 9)]
    answers.append(scored("i9", "3", "1"))
    found = shift(answers, INT0_3)
    assert (found.moderated, found.agreed, found.lowered, found.raised) == (10, 4, 6, 0)
    assert found.mean == Fraction(-7, 30)
    assert found.native_mean == Fraction(-7, 10)


def test_19_everything_green_shows_in_the_gap_to_what_staff_say() -> None:
    """Leaders all compliant on knowing how to escalate; 88 of 100 staff agree: twelve points (1.3, Cambridgeshire and
    Peterborough 2020)."""
    staff = Line("escalate", "all", "", "", 100, 88, 0)
    gap = Gap("escalate", Leaders(26, 26, 26, Fraction(1)), staff)
    assert gap.points == Fraction(12, 100)


@pytest.mark.django_db
def test_19_the_agency_that_scored_itself_high_reads_the_shift_with_its_result(
    cycle_round: Round, browse: Browse
) -> None:
    items = list(framework_called(SHORT).items)
    cycle_round.answer("school", "head", 3)
    cycle_round.sign("school", "head_signatory")
    with cycle_round.acting("quality_officer") as actor:
        for item in items[:2]:
            ret = cycle_round.fresh("school")
            moderation.judge(actor=actor, ret=ret, item=item, score="1", reason="Not shown.", today=TODAY)
    cycle_round.release("school")
    url = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/result/"
    assert "2 lowered, 0 raised, on average" in browse("head").get(url).content.decode()


@pytest.mark.django_db
def test_25_one_return_for_many_boards_is_counted_once(world: World) -> None:
    """The police answer Northmarsh and Southfen together: two returns, one agency, one score of 2."""
    two = Two(world)
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
            cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(pk=cycle.pk), today=TODAY)
    with two.acting("business_manager"):
        found = combined(JointRound.objects.get(pk=two.joint.pk), two.world.board)
    assert (found.agencies, found.counted_once) == (1, 1)
    assert all(sum(number for _, number in line.spread.by_point) == 1 for line in found.items)


@pytest.mark.django_db
def test_39_a_new_date_hides_no_delay_and_an_action_closes_on_what_shows_it(world: World) -> None:
    action, head = promised(world), world.people["head"]
    with acting.acting_as(head, world.seats["head"]):
        operations.redate(
            actor=head, action=action, due_on=date(2016, 9, 1), reason="Staff left", today=TODAY
        )
        kept = Action.objects.get(pk=action.pk)
        assert (kept.first_due_on, kept.due_on) == (date(2016, 6, 1), date(2016, 9, 1))
        moved = Step.objects.get(action=action, kind=StepKind.REDATED)
        assert (moved.from_due_on, moved.to_due_on, moved.words) == (
            date(2016, 6, 1), date(2016, 9, 1), "Staff left",
        )  # fmt: skip
        with pytest.raises(operations.ActionRefused, match="what shows that it is done"):
            operations.say_done(actor=head, action=kept, words=" ", today=TODAY)
        operations.say_done(actor=head, action=kept, words="Ten staff asked, nine knew it", today=TODAY)
    officer = world.people["quality_officer"]
    with acting.acting_as(officer, world.seats["quality_officer"]):
        kept = Action.objects.get(pk=action.pk)
        with pytest.raises(operations.ActionRefused, match="Say what you saw"):
            operations.close(actor=officer, action=kept, words="", today=TODAY)


@pytest.mark.django_db
def test_40_a_second_look_is_planned_and_comes_up_on_its_day(world: World) -> None:
    action, head = promised(world), world.people["head"]
    with acting.acting_as(head, world.seats["head"]):
        effects.plan_check(
            actor=head,
            action=action,
            measure="Ask ten staff where it is",
            check_on=date(2016, 9, 1),
            today=TODAY,
        )
    officer = world.people["quality_officer"]
    with acting.acting_as(officer, world.seats["quality_officer"]):
        assert list(effects.to_check(date(2016, 8, 31))) == []
        assert [one.pk for one in effects.to_check(date(2016, 9, 1))] == [action.pk]


@pytest.mark.django_db
def test_42_the_chair_reads_all_and_an_agency_its_own_with_nobody_named(
    signed_school: Round, browse: Browse
) -> None:
    signed_school.answer("police", "police_lead", 2)
    signed_school.sign("police", "police_signatory")
    school = f"/self-audits/returns/{signed_school.fresh('school').record.reference}/"
    police = f"/self-audits/returns/{signed_school.fresh('police').record.reference}/"
    for url in (school, police):
        assert browse("chair").get(url).status_code == 200
    for rest in ("", "result/"):
        assert browse("head").get(police + rest).status_code == 404
    own = browse("head").get(school + "result/")
    assert own.status_code == 200
    assert signed_school.fresh("police").agency.name not in own.content.decode()


def test_44_every_state_of_a_cell_is_a_word_and_no_two_are_the_same() -> None:
    """Colour apart: what is printed in a cell, or its sentence, tells every state from every other."""
    assert all(state.label for state in CellState)
    printed = [state.short for state in CellState if state is not CellState.SCORED]
    assert all(printed)
    assert len(set(printed)) == len(printed)
    signed = ReturnPosition(Standing.SIGNED_OFF, date(2016, 3, 31), None, "")
    below = cell(signed, standard("1", "1"), FROM_2, today=TODAY).words
    well = cell(signed, standard("3", "3"), FROM_2, today=TODAY).words
    assert "Below compliant" in below
    assert "Below compliant" not in well
    assert "Compliant" in well

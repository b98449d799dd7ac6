"""For each standard: what was promised, what was done, what moved. Expected figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.actions import effects, operations
from wholestory.actions.models import Action, Verdict
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import cycles
from wholestory.assurance.queries.figures import chain, of_team
from wholestory.assurance.queries.loop import in_brief, promises_by_standard, tally
from wholestory.assurance.rules.figures import ItemFigure
from wholestory.assurance.rules.moved import movement
from wholestory.assurance.rules.scales import CompliantTest, scale_called

INT = scale_called("INT0_3")
TEST = CompliantTest(INT, "2")


def figure(**scores: int) -> ItemFigure:
    counted = {key[1:]: n for key, n in scores.items()}
    return ItemFigure("x", counted, counted)


def test_a_standard_is_summed_over_items_and_never_averaged() -> None:
    """8 of 10 and 1 of 2 compliant are 9 of 12, not the mean of 80 % and 50 %."""
    pairs = [(figure(s2=8, s0=2), figure(s2=5, s0=5)), (figure(s3=1, s1=1), figure(s1=2))]
    found = movement(pairs, TEST, INT)
    assert (found.now, found.n_now) == (Fraction(9, 12), 12)
    assert (found.before, found.n_before) == (Fraction(5, 12), 12)
    assert found.change == Fraction(4, 12)


def test_an_item_that_cannot_be_compared_counts_now_and_not_in_the_change() -> None:
    pairs = [(figure(s2=8, s0=2), figure(s2=5, s0=5)), (figure(s0=10), None)]
    found = movement(pairs, TEST, INT)
    assert (found.items, found.compared) == (2, 1)
    assert found.now == Fraction(8, 20)
    assert found.change == Fraction(3, 10)


def test_nothing_comparable_is_no_fall() -> None:
    found = movement([(figure(s0=4), None)], TEST, INT)
    assert (found.before, found.change, found.compared) == (None, None, 0)


def test_another_scale_is_compared_by_its_mean() -> None:
    """Met, met, not met on three points: 2/3. Then 3, 3 and 0 of three: 2/3 as well."""
    before = ItemFigure("x", {"met": 2, "not_met": 1}, {})
    found = movement([(figure(s3=2, s0=1), before)], TEST, scale_called("MET3"))
    assert found.rescaled
    assert (found.before, found.change) == (Fraction(2, 3), 0)


class Two(Round):
    """A first cycle, closed after its results, and a second one on the same questions."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.first = framework_called("short_self_assessment").standards[0]
        low = self.first.items[0].key
        self.answer("school", "head", {low: 0}, plan="Name a lead and tell everybody")
        self.sign("school", "head_signatory")
        self.release("school")
        with self.acting("business_manager") as actor:
            cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(pk=self.cycle.pk), today=TODAY)
            second = cycles.prepare(
                actor=actor, board=world.board, title="Autumn 2016", framework="short_self_assessment",
                opens_on=date(2016, 9, 1), due_on=date(2016, 12, 31), today=TODAY, previous=self.cycle,
            )  # fmt: skip
            (issued,) = cycles.issue(
                actor=actor, cycle=second, agencies=[world.agencies["school"]], today=TODAY
            )
        self.cycle, self.returns = second, {"school": issued}


@pytest.fixture
def two(world: World) -> Two:
    found = Two(world)
    with found.acting("quality_officer") as actor:
        action = Action.objects.select_related("record__board").get()
        effects.check(
            actor=actor,
            action=action,
            verdict=Verdict.BETTER,
            words="Asked ten staff; nine knew",
            today=TODAY,
        )
    with found.acting("head") as actor:
        mine = Action.objects.select_related("record__board").get()
        operations.update(
            actor=actor,
            action=mine,
            words="On the wall",
            link="https://school.example/lead",
            today=TODAY,
            now=NOW,
        )
    return found


pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def page(two: Two, browse: Browse, who: str, rest: str = "") -> HttpResponse:
    with acting.as_system(two.world.board):
        reference = Cycle.objects.get(pk=two.cycle.pk).record.reference
    return browse(who).get(f"/self-audits/cycles/{reference}/results/standards/{rest}")


def test_the_team_follows_a_promise_to_what_was_found(two: Two, browse: Browse) -> None:
    text = page(two, browse, "quality_officer").content.decode()
    assert "1 action on lines of this cycle or the one before: 1 still open" in " ".join(text.split())
    assert "1 better" in text
    detail = page(two, browse, "quality_officer", f"{two.first.key}/").content.decode()
    assert "Name a lead and tell everybody" in detail
    assert "It is better" in detail


def test_counted_in_brief_or_read_in_whole_the_promises_are_the_same(two: Two) -> None:
    other = framework_called("short_self_assessment").standards[1].key
    with two.acting("quality_officer"):
        rounds = of_team(chain(Cycle.objects.get(pk=two.cycle.pk)))
        promised = Action.objects.get()
        brief, whole = in_brief(rounds), promises_by_standard(rounds)
        for found in (brief, whole, promises_by_standard(rounds, only=two.first.key)):
            assert list(found) == [two.first.key]
            (one,) = found[two.first.key]
            assert (one.action.pk, one.verdict, one.is_running) == (promised.pk, "better", True)
            assert tally([one]).verdicts == {"better": 1}
        (told,) = whole[two.first.key]
        assert (told.action.title, told.action.agency.name) == (promised.title, promised.agency.name)
        assert told.action.record.reference == promised.record.reference
        assert promises_by_standard(rounds, only=other) == {}


@pytest.mark.parametrize("who", ["head", "police_lead", "sister_manager", "stranger"])
def test_nobody_outside_the_board_reads_it(two: Two, browse: Browse, who: str) -> None:
    assert page(two, browse, who).status_code in (403, 404)
    assert page(two, browse, who, f"{two.first.key}/").status_code in (403, 404)


def test_the_board_reads_it_once_released(two: Two, browse: Browse) -> None:
    assert page(two, browse, "lay_member").status_code == 404
    two.answer("school", "head", 2)
    two.sign("school", "head_signatory")
    two.release("school")
    with two.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(pk=two.cycle.pk), today=TODAY)
    answer = page(two, browse, "lay_member", f"{two.first.key}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Name a lead and tell everybody" in text
    assert "On the wall" not in text
    assert "too few to show" in text


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "csv"])
def test_it_goes_into_every_kind_of_file(two: Two, browse: Browse, kind: str) -> None:
    answer = page(two, browse, "quality_officer", f"{two.first.key}/?download={kind}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]

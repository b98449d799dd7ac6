"""One return, many boards: answered once, seen by each board for itself, counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, SHORT
from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import acting, derive
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Cycle, JointRound, Return, Stage, StageChange
from wholestory.assurance.operations import cycles, joint, moderation, returns
from wholestory.assurance.operations.signing_along import sign_along
from wholestory.assurance.queries.joint import combined
from wholestory.assurance.rules import joint as rules
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Person, Role, Seat

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


class Two:
    """Northmarsh leads a round that Southfen joins with questions on neglect; both ask the police."""

    def __init__(self, world: World) -> None:
        self.world = world
        for name, role in (("police_lead", Role.AGENCY_LEAD), ("police_signatory", Role.SIGNATORY)):
            Seat.objects.create(
                person=world.people[name], board=world.boards["south"], role=role, agency=world.agencies["police"],
                starts_on=LONG_AGO,
            )  # fmt: skip
        derive.rewrite(world.people["police_lead"], world.people["police_signatory"])
        self.core = framework_called("section_11_wt2015", 1)
        with self.acting("business_manager") as actor:
            self.north = cycles.prepare(
                actor=actor, board=world.board, title="Spring 2016", framework=self.core.key, framework_version=1,
                opens_on=date(2016, 1, 11), due_on=date(2016, 5, 31), today=TODAY,
            )  # fmt: skip
            self.joint = joint.propose(
                actor=actor, cycle=self.north, boards=[world.boards["south"]], today=TODAY
            )

    @contextmanager
    def acting(self, name: str, seat: Seat | None = None) -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], seat or self.world.seats.get(name)):
            yield self.world.people[name]

    def ask_north(self) -> Return:
        with self.acting("business_manager") as actor:
            wanted = [self.world.agencies["police"]]
            return cycles.issue(actor=actor, cycle=self.north, agencies=wanted, today=TODAY)[0]

    def join(self, module: str = "neglect", due_on: date = date(2016, 4, 29)) -> Cycle:
        key = f"{self.core.key}__{module}" if module else self.core.key
        with self.acting("sister_manager") as actor:
            return joint.join(
                actor=actor, joint=self.joint, board=self.world.boards["south"], title="Southfen 2016", framework=key,
                framework_version=1, opens_on=date(2016, 2, 1), due_on=due_on, today=TODAY,
            )  # fmt: skip

    def ask_south(self, cycle: Cycle) -> Return:
        with self.acting("sister_manager") as actor:
            wanted = [self.world.agencies["police"], self.world.agencies["elsewhere"]]
            issued = cycles.issue(actor=actor, cycle=cycle, agencies=wanted, today=TODAY)
        return next(ret for ret in issued if ret.agency.slug == "police")

    def fresh(self, ret: Return) -> Return:
        with acting.as_system(ret.board_id):
            rows = Return.objects.select_related("record", "answers", "agency", "cycle", "board")
            return rows.get(pk=ret.pk)

    def answer(self, ret: Return, score: int, standards: frozenset[str] | None = None) -> None:
        framework = framework_called(ret.framework, ret.framework_version)
        saves = []
        for standard in framework.standards:
            if standards is not None and standard.key not in standards:
                continue
            for item in standard.items:
                keys = item_keys(item.key)
                saves.append(paperwork.Save(Place(keys.score), Given(score)))
                saves.append(paperwork.Save(Place(keys.said), Given("We do this.")))
        with self.acting("police_lead") as actor:
            returns.begin(actor=actor, ret=self.fresh(ret), today=TODAY, now=NOW)
            paperwork.save_draft(actor=actor, set_id=ret.answers_id, saves=saves, now=NOW)

    def sign(self, ret: Return) -> None:
        with self.acting("police_signatory") as actor:
            returns.sign_off(actor=actor, ret=self.fresh(ret), post="Chief Constable", today=TODAY, now=NOW)

    def said(self, ret: Return, key: str) -> object:
        with acting.as_system(ret.board_id):
            return (
                Answer.objects.filter(answer_set=ret.answers_id, key=key)
                .values_list("value", flat=True)
                .first()
            )


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


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("business_manager", 200), ("quality_officer", 200), ("sister_manager", 200), ("chair", 403),
        ("lay_member", 403), ("head", 403), ("police_lead", 403), ("administrator", 403), ("stranger", 403),
    ],
)  # fmt: skip
def test_the_round_is_seen_by_the_teams_of_its_boards(
    two: Two, browse: Browse, who: str, status: int
) -> None:
    got = browse(who).get(f"/self-audits/together/{two.joint.id}/").status_code
    assert got == status or (status == 403 and got == 404)


def test_a_board_that_was_not_invited_meets_nothing(two: Two, browse: Browse) -> None:
    two.joint.boards.filter(board=two.world.boards["south"]).delete()
    assert browse("sister_manager").get(f"/self-audits/together/{two.joint.id}/").status_code == 404


def test_two_boards_meet_on_the_pages(two: Two, browse: Browse) -> None:
    sister = browse("sister_manager")
    assert "asks you to ask together" in sister.get("/self-audits/").content.decode()
    answer = sister.post(
        f"/self-audits/together/{two.joint.id}/join/",
        {
            "title": "Southfen 2016", "framework": "section_11_wt2015__neglect:1",
            "opens_on-day": "1", "opens_on-month": "2", "opens_on-year": "2016",
            "due_on-day": "29", "due_on-month": "4", "due_on-year": "2016",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert "asks you to ask together" not in sister.get("/self-audits/").content.decode()
    assert (
        "Southfen Safeguarding Children Board"
        in browse("business_manager").get(f"/self-audits/together/{two.joint.id}/").content.decode()
    )


def test_a_board_that_asks_nothing_besides_gets_the_signature_too(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join(module=""))
    two.answer(north, 2)
    two.sign(north)
    with two.acting("police_signatory") as actor:
        fresh = Return.objects.select_related("record", "answers", "board", "agency").get(pk=north.pk)
        signed = sign_along(actor=actor, ret=fresh, post="Chief Constable", today=TODAY, now=NOW)
    assert [one.pk for one in signed] == [south.pk]
    assert two.fresh(south).stage == Stage.SIGNED_OFF


def test_a_board_with_questions_of_its_own_is_signed_for_apart(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    two.answer(north, 2)
    two.sign(north)
    with two.acting("police_signatory") as actor:
        fresh = Return.objects.select_related("record", "answers", "board", "agency").get(pk=north.pk)
        assert sign_along(actor=actor, ret=fresh, post="Chief Constable", today=TODAY, now=NOW) == []
    assert two.fresh(south).stage == Stage.ISSUED

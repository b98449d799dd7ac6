"""An interim year: the baseline stays as it was signed, only changes are answered, and sign-off covers the changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, SHORT, Round
from tests.assurance.running import carries_on, new_agency, new_person
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.actions.models import Action
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Cycle, CycleKind, Return
from wholestory.assurance.operations import cycles, interim, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries.interim import open_actions, since
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer, AnswerHistory
from wholestory.partners.models import Role

ITEMS = list(framework_called(SHORT).items)
LATER = date(2017, 1, 9)
LATER_NOW = datetime(2017, 1, 9, 10, tzinfo=UTC)


def everything_said(round_: Round, ret: Return) -> str:
    """A hash over every answer, every line of its history and the sealed hash of a return."""
    with round_.acting("business_manager"):
        rows = [
            list(model.objects.filter(answer_set=ret.answers_id).order_by("created_at", "key", "item").values_list(
                "key", "item", "value", "nothing", "reason", "revision"))
            for model in (Answer, AnswerHistory)
        ]  # fmt: skip
        sealed = Return.objects.values_list("answers__content_hash", "stage", "signed_off_on").get(pk=ret.pk)
    return hashlib.sha256(json.dumps([rows, sealed], default=str).encode()).hexdigest()


class Interim:
    """The school's interim return on its signed one of spring 2016."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.baseline = round_.fresh("school")
        with round_.acting("business_manager") as actor:
            self.cycle = interim.prepare(
                actor=actor, baseline=Cycle.objects.get(), title="Interim 2017", opens_on=LATER,
                due_on=date(2017, 2, 28), today=LATER,
            )  # fmt: skip
            [ret] = cycles.issue(
                actor=actor, cycle=self.cycle, agencies=[round_.world.agencies["school"]], today=LATER
            )
        round_.returns["school"] = ret
        board = round_.world.board
        board.example_today = LATER
        board.save()

    def begin(self) -> Return:
        with self.round.acting("head") as actor:
            returns.begin(actor=actor, ret=self.round.fresh("school"), today=LATER, now=LATER_NOW)
        return self.round.fresh("school")

    def change(self, item: str, score: int) -> None:
        with self.round.acting("head") as actor:
            paperwork.save_draft(
                actor=actor, set_id=self.round.returns["school"].answers_id,
                saves=[paperwork.Save(Place(item_keys(item).score), Given(score), base=1)], now=LATER_NOW,
            )  # fmt: skip

    def sign(self) -> None:
        with self.round.acting("head_signatory") as actor:
            returns.sign_off(
                actor=actor, ret=self.round.fresh("school"), post="Head", today=LATER, now=LATER_NOW
            )


@pytest.fixture
def year(signed_school: Round) -> Interim:
    return Interim(signed_school)


def test_it_opens_filled_in_and_with_nothing_to_confirm(year: Interim) -> None:
    ret = year.begin()
    with year.round.acting("head"):
        answers = {a.key: a for a in Answer.objects.filter(answer_set=ret.answers_id)}
    # The first item was scored 1, the second 0, with one plan for both; the others 2.
    assert [answers[key].value for key in ITEMS] == [1, 0, *[2] * 8]
    assert not any(answer.to_confirm for answer in answers.values())
    assert answers[item_keys(ITEMS[0]).plan].value == "Write it down"
    assert answers[item_keys(ITEMS[0]).plan_due].value == "2016-09-30"


def test_the_baseline_is_the_same_to_the_last_letter_before_and_after(year: Interim) -> None:
    before = everything_said(year.round, year.baseline)
    year.begin()
    year.change(ITEMS[0], 3)
    year.sign()
    assert everything_said(year.round, year.baseline) == before


def test_the_baseline_cannot_be_opened_again(year: Interim) -> None:
    with (
        year.round.acting("head_signatory") as actor,
        pytest.raises(CannotMove, match="interim round stands"),
    ):
        returns.reopen(actor=actor, ret=year.baseline, reason="A mistake", today=LATER)
    with (
        year.round.acting("quality_officer") as actor,
        pytest.raises(CannotMove, match="interim round stands"),
    ):
        returns.send_back(actor=actor, ret=year.baseline, reason="A mistake", today=LATER)


def test_sign_off_covers_the_changes_and_says_how_many(year: Interim) -> None:
    ret = year.begin()
    with year.round.acting("head"):
        told = since(ret)
        assert told is not None
        assert told.words == "No answer changed since Spring 2016; all 10 stand."
    year.change(ITEMS[0], 3)
    year.change(ITEMS[4], 3)
    with year.round.acting("head"):
        told = since(year.round.fresh("school"))
        assert told is not None
        assert told.words == "2 answers changed since Spring 2016; 8 stand."
        assert [(one.key, one.score_changed) for one in told.changes] == [(ITEMS[0], True), (ITEMS[4], True)]
    year.sign()
    assert year.round.fresh("school").stage == "signed_off"


def test_what_was_promised_already_is_not_promised_twice(year: Interim) -> None:
    year.begin()
    with year.round.acting("head"):
        assert Action.objects.count() == 1
    year.sign()
    with year.round.acting("head"):
        assert Action.objects.count() == 1
        assert [action.title for action in open_actions(year.round.fresh("school"))] == ["Write it down"]


def test_a_new_plan_becomes_a_new_action(year: Interim) -> None:
    year.begin()
    keys = item_keys(ITEMS[0])
    with year.round.acting("head") as actor:
        paperwork.save_draft(
            actor=actor, set_id=year.round.returns["school"].answers_id, now=LATER_NOW,
            saves=[
                paperwork.Save(Place(keys.plan), Given("Train two colleagues"), base=1),
                paperwork.Save(Place(keys.plan_due), Given("2017-06-30"), base=1),
            ],
        )  # fmt: skip
    year.sign()
    with year.round.acting("head"):
        assert set(Action.objects.values_list("title", flat=True)) == {
            "Write it down",
            "Train two colleagues",
        }


def test_only_those_with_a_signed_return_are_asked(year: Interim) -> None:
    with year.round.acting("business_manager") as actor:
        with pytest.raises(cycles.CycleRefused, match="no signed return"):
            cycles.issue(
                actor=actor, cycle=year.cycle, agencies=[year.round.world.agencies["police"]], today=LATER
            )
        assert year.cycle.kind == CycleKind.INTERIM


def test_a_nil_return_is_nothing_to_stand_on(signed_school: Round) -> None:
    with signed_school.acting("police_signatory") as actor:
        returns.sign_nil(
            actor=actor,
            ret=signed_school.fresh("police"),
            post="Chief",
            reason="Nothing",
            today=TODAY,
            now=NOW,
        )
    year = Interim(signed_school)
    with signed_school.acting("business_manager") as actor, pytest.raises(cycles.CycleRefused):
        cycles.issue(
            actor=actor, cycle=year.cycle, agencies=[signed_school.world.agencies["police"]], today=LATER
        )


def test_the_body_that_carries_on_stands_on_the_old_ones_return(signed_school: Round) -> None:
    world = signed_school.world
    academy = new_agency(world, "academy", "Willow Academy Trust", duty="s157", sector="education")
    new_person(world, "academy_lead", academy, Role.AGENCY_LEAD)
    carries_on(world.agencies["school"], academy, date(2016, 8, 31), how="converted")
    with signed_school.acting("business_manager") as actor:
        made = interim.prepare(
            actor=actor, baseline=Cycle.objects.get(), title="Interim 2017", opens_on=LATER,
            due_on=date(2017, 2, 28), today=LATER,
        )  # fmt: skip
        [ret] = cycles.issue(actor=actor, cycle=made, agencies=[academy], today=LATER)
    board = world.board
    board.example_today = LATER
    board.save()
    with signed_school.acting("academy_lead") as actor:
        returns.begin(actor=actor, ret=ret, today=LATER, now=LATER_NOW)
        assert Answer.objects.filter(key=ITEMS[0]).get().value == 1
        told = since(ret)
        assert told is not None
        assert told.stand == 10


def test_only_the_team_prepares_it_and_not_on_a_draft(signed_school: Round) -> None:
    for name in ("chair", "head", "lay_member"):
        with signed_school.acting(name) as actor, pytest.raises((NotForYou, Cycle.DoesNotExist)):
            interim.prepare(
                actor=actor, baseline=Cycle.objects.get(), title="x", opens_on=LATER, due_on=date(2017, 2, 28),
                today=LATER,
            )  # fmt: skip
    with signed_school.acting("business_manager") as actor:
        draft = cycles.prepare(
            actor=actor, board=signed_school.world.board, title="Not asked", framework=SHORT, opens_on=LATER,
            due_on=date(2017, 2, 28), today=LATER,
        )  # fmt: skip
        with pytest.raises(cycles.CycleRefused, match="answered and signed"):
            interim.prepare(
                actor=actor, baseline=draft, title="x", opens_on=LATER, due_on=date(2017, 2, 28), today=LATER
            )


def test_the_pages_say_what_it_stands_on_and_what_changed(
    year: Interim, browse: Callable[[str], Client]
) -> None:
    ret = year.begin()
    year.change(ITEMS[0], 3)
    page = f"/self-audits/returns/{ret.record.reference}/"
    assert "1 answer changed since Spring 2016; 9 stand." in browse("head").get(page).content.decode()
    said = browse("head_signatory").get(f"{page}changes/").content.decode()
    assert "Write it down" in said
    cycle_page = f"/self-audits/cycles/{year.cycle.record.reference}/"
    assert "Stands on Spring 2016" in browse("quality_officer").get(cycle_page).content.decode()
    for name in ("police_lead", "lay_member", "sister_head", "stranger"):
        assert browse(name).get(f"{page}changes/").status_code == 404, name
    other = year.round.fresh("police")
    assert browse("police_lead").get(
        f"/self-audits/returns/{other.record.reference}/changes/"
    ).status_code == 404  # fmt: skip


def test_it_is_prepared_on_the_cycles_page(signed_school: Round, browse: Callable[[str], Client]) -> None:
    page = f"/self-audits/cycles/{signed_school.cycle.record.reference}/interim/"
    officer = browse("quality_officer")
    given = {
        "title": "Spring 2016", "opens_on-day": "9", "opens_on-month": "1", "opens_on-year": "2017",
        "due_on-day": "28", "due_on-month": "2", "due_on-year": "2017",
    }  # fmt: skip
    assert "There is a cycle with this title already" in officer.post(page, given).content.decode()
    answer = officer.post(page, given | {"title": "Interim 2017"})
    said = officer.get(answer["Location"]).content.decode()
    assert "stands on Spring 2016" in said
    assert "nothing to stand on" in said


def test_the_heat_map_and_its_files_say_what_it_stands_on(
    year: Interim, browse: Callable[[str], Client]
) -> None:
    page = f"/self-audits/cycles/{year.cycle.record.reference}/heat-map/"
    says = "answers that were not changed stand from Spring 2016"
    assert says in browse("quality_officer").get(page).content.decode()
    assert says in browse("quality_officer").get(f"{page}?download=csv").content.decode("utf-8-sig")

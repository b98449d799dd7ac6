"""Scores of many returns: what was signed is read once, and never shown staler or to more people than the rows."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assurance.conftest import NOW, SHORT, TODAY, Round
from wholestory.assurance import answers
from wholestory.assurance.answers import Scores, scores_of
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.operations import moderation, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

FIRST = next(iter(framework_called(SHORT).items))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    answers._SEALED.clear()
    yield
    answers._SEALED.clear()


def scores(round_: Round, who: str = "quality_officer") -> dict[UUID, Scores]:
    with round_.acting(who):
        return scores_of([round_.fresh("school")], cap=False)


def score_of_first(found: dict[UUID, Scores]) -> tuple[str, str]:
    (one,) = found.values()
    item = next(item for item in one.items if item.item == FIRST)
    return item.self_score, item.moderated_score


def test_a_signed_return_is_read_once(signed_school: Round) -> None:
    before = scores(signed_school)
    with signed_school.acting("quality_officer"):
        ret = signed_school.fresh("school")
        with CaptureQueriesContext(connection) as captured:
            again = scores_of([ret], cap=False)
    assert again == before
    assert not any('FROM "paperwork_answer"' in each["sql"] for each in captured)


def test_one_being_answered_is_read_every_time(cycle_round: Round) -> None:
    cycle_round.answer("school", "head", 2)
    assert score_of_first(scores(cycle_round)) == ("2", "")
    with cycle_round.acting("head") as actor:
        save = paperwork.Save(Place(FIRST), Given(3), base=1)
        paperwork.save_draft(
            actor=actor, set_id=cycle_round.returns["school"].answers_id, saves=[save], now=NOW
        )
    assert score_of_first(scores(cycle_round)) == ("3", "")
    assert answers._SEALED == {}


def test_a_return_opened_again_and_changed_shows_what_it_says_now(signed_school: Round) -> None:
    assert score_of_first(scores(signed_school)) == ("1", "")
    with signed_school.acting("head_signatory") as actor:
        returns.reopen(actor=actor, ret=signed_school.fresh("school"), reason="A slip", today=TODAY)
        save = paperwork.Save(Place(FIRST), Given(3), base=1)
        paperwork.save_draft(
            actor=actor, set_id=signed_school.returns["school"].answers_id, saves=[save], now=NOW
        )
    assert score_of_first(scores(signed_school)) == ("3", "")
    signed_school.sign("school", "head_signatory")
    assert score_of_first(scores(signed_school)) == ("3", "")


def test_a_moderated_score_counts_at_once_and_only_for_those_who_may_see_it(signed_school: Round) -> None:
    scores(signed_school)
    with signed_school.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor, ret=signed_school.fresh("school"), item=FIRST, score="0", reason="A plan is no practice.",
            today=TODAY,
        )  # fmt: skip
    assert score_of_first(scores(signed_school)) == ("1", "0")
    assert score_of_first(scores(signed_school, "head")) == ("1", "")


def test_no_more_is_kept_than_fits(signed_school: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_SEALED", 1)
    scores(signed_school)
    with signed_school.acting("quality_officer"):
        scores_of([signed_school.fresh("school")], cap=True)
    assert len(answers._SEALED) == 1

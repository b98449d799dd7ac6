"""More time that is asked for, refusals, and what both stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.assurance.running import on
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.assurance import jobs, results
from wholestory.assurance.models import Cycle, MoreTimeAsked, Return, StageChange
from wholestory.assurance.operations import more_time, refusals, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries import chasing
from wholestory.correspondence.models import Message


def ask(round_: Round, until: date = date(2016, 4, 30), today: date = TODAY) -> MoreTimeAsked:
    with round_.acting("head") as actor:
        return more_time.ask(
            actor=actor, ret=round_.fresh("school"), until=until, reason="Our lead is ill", today=today
        )


def line_of(round_: Round, day: date, name: str = "Willow Lane Academy") -> chasing.Owed:
    with round_.acting("business_manager"):
        owed = chasing.owed(Cycle.objects.select_related("record").get(), day)
        return next(line for line in owed if line.agency == name)


def test_an_agency_asks_and_the_team_gives_the_day(cycle_round: Round) -> None:
    ask(cycle_round)
    with cycle_round.acting("quality_officer") as actor:
        more_time.grant(
            actor=actor, ret=cycle_round.fresh("school"), to=date(2016, 4, 22), answer="", today=TODAY
        )
    ret = cycle_round.fresh("school")
    assert (ret.due_on, ret.extended_to) == (date(2016, 3, 31), date(2016, 4, 22))
    with cycle_round.acting("head"):
        told = MoreTimeAsked.objects.get()
        assert (told.granted_to, told.decided_on) == (date(2016, 4, 22), TODAY)
        moves = list(
            StageChange.objects.filter(return_of=ret).order_by("created_at").values_list("move", flat=True)
        )
    assert moves == ["issued", "more_time_asked", "extended"]


def test_it_is_declined_with_a_reason_and_the_day_stands(cycle_round: Round) -> None:
    ask(cycle_round)
    with cycle_round.acting("quality_officer") as actor:
        with pytest.raises(more_time.MoreTimeRefused, match="Say why"):
            more_time.decline(actor=actor, ret=cycle_round.fresh("school"), answer=" ", today=TODAY)
        more_time.decline(
            actor=actor, ret=cycle_round.fresh("school"), answer="The report is due in May", today=TODAY
        )
        with pytest.raises(more_time.MoreTimeRefused, match="already"):
            more_time.decline(actor=actor, ret=cycle_round.fresh("school"), answer="x", today=TODAY)
    assert cycle_round.fresh("school").extended_to is None


def test_one_request_waits_at_a_time_and_the_day_is_later(cycle_round: Round) -> None:
    with pytest.raises(more_time.MoreTimeRefused, match="31 March 2016"):
        ask(cycle_round, date(2016, 3, 31))
    ask(cycle_round)
    with pytest.raises(more_time.MoreTimeRefused, match="asked already"):
        ask(cycle_round, date(2016, 5, 31))


def test_who_may_ask_and_who_may_answer(cycle_round: Round) -> None:
    with cycle_round.acting("head_contributor") as actor, pytest.raises(NotForYou):
        more_time.ask(
            actor=actor, ret=cycle_round.fresh("school"), until=date(2016, 4, 30), reason="x", today=TODAY
        )
    ask(cycle_round)
    for name in ("head", "chair", "police_lead"):
        with cycle_round.acting(name) as actor, pytest.raises(NotForYou):
            more_time.grant(
                actor=actor, ret=cycle_round.fresh("school"), to=date(2016, 4, 30), answer="", today=TODAY
            )
    for name, sees in {"head_signatory": 1, "business_manager": 1, "police_lead": 0, "sister_head": 0,
                       "lay_member": 0, "sister_manager": 0, "stranger": 0}.items():  # fmt: skip
        with cycle_round.acting(name):
            assert MoreTimeAsked.objects.count() == sees, name


def test_while_the_answer_waits_nobody_chases(cycle_round: Round) -> None:
    ask(cycle_round)
    assert jobs.remind(on(cycle_round, date(2016, 4, 1))) == 3
    assert (
        line_of(cycle_round, date(2016, 4, 14)).next_words
        == "Answer the request for more time, to 30 April 2016"
    )


def test_both_sides_read_it_on_the_return(cycle_round: Round, browse: Callable[[str], Client]) -> None:
    page = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/"
    head, officer = browse("head"), browse("quality_officer")
    asking = {
        "until_on-day": "30",
        "until_on-month": "4",
        "until_on-year": "2016",
        "reason": "Our lead is ill",
    }
    assert head.post(f"{page}ask-for-more-time/", asking).status_code == 302
    assert "has not answered yet" in head.get(page).content.decode()
    assert "Answer the request" in officer.get(page).content.decode()
    kept = officer.post(f"{page}more-time-asked/", {"decision": "decline", "answer": ""}).content.decode()
    assert "Say why there is no more time" in kept
    officer.post(f"{page}more-time-asked/", {"decision": "decline", "answer": "The board meets in May"})
    assert "was not given: The board meets in May" in head.get(page).content.decode()
    with cycle_round.acting("business_manager"):
        assert set(Message.objects.values_list("kind", flat=True)) >= {
            "more_time_asked",
            "more_time_declined",
        }


def refuse(round_: Round) -> None:
    with round_.acting("quality_officer") as actor:
        refusals.record(
            actor=actor, ret=round_.fresh("school"), words="The trust board has decided not to", today=TODAY
        )


def test_a_refusal_keeps_the_words_and_ends_the_chasing(cycle_round: Round) -> None:
    refuse(cycle_round)
    ret = cycle_round.fresh("school")
    assert (ret.stage, ret.refused_reason) == ("refused", "The trust board has decided not to")
    assert jobs.remind(on(cycle_round, date(2016, 3, 30))) == 3
    with cycle_round.acting("business_manager"):
        owed = chasing.owed(Cycle.objects.select_related("record").get(), date(2016, 4, 28))
    assert "Willow Lane Academy" not in {line.agency for line in owed}


def test_a_refused_return_is_not_signed_until_it_is_asked_again(cycle_round: Round) -> None:
    cycle_round.answer("school", "head")
    refuse(cycle_round)
    with cycle_round.acting("head_signatory") as actor, pytest.raises(CannotMove):
        returns.sign_off(actor=actor, ret=cycle_round.fresh("school"), post="Head", today=TODAY, now=NOW)
    with cycle_round.acting("quality_officer") as actor:
        refusals.ask_again(
            actor=actor, ret=cycle_round.fresh("school"), reason="A new head has come", today=TODAY
        )
    cycle_round.sign("school", "head_signatory")
    assert cycle_round.fresh("school").stage == "signed_off"


def test_asked_again_before_it_began_it_still_starts_with_last_times_answers(cycle_round: Round) -> None:
    refuse(cycle_round)
    with cycle_round.acting("quality_officer") as actor:
        refusals.ask_again(actor=actor, ret=cycle_round.fresh("school"), reason="Once more", today=TODAY)
    assert cycle_round.fresh("school").stage == "issued"


def test_the_heat_map_says_ref_and_the_board_reads_no_words_of_theirs(
    signed_school: Round, browse: Callable[[str], Client]
) -> None:
    with signed_school.acting("quality_officer") as actor:
        refusals.record(
            actor=actor, ret=signed_school.fresh("charity"), words="Our trustees say no", today=TODAY
        )
    page = (
        browse("quality_officer")
        .get(f"/self-audits/cycles/{signed_school.cycle.record.reference}/heat-map/")
        .content.decode()
    )
    assert "Ref" in page
    assert "Refused to answer" in page
    with signed_school.acting("quality_officer"):
        cycle = Cycle.objects.get()
        rows = results.rows_for_board(
            cycle, list(Return.objects.select_related("agency").filter(agency__slug="charity")), TODAY
        )
    assert {row.shown for row in rows} == {"Ref"}
    assert not any("trustees" in row.words for row in rows)


def test_the_pages_of_a_refusal(cycle_round: Round, browse: Callable[[str], Client]) -> None:
    page = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/"
    officer = browse("quality_officer")
    assert "Write down what" in officer.post(f"{page}refused/", {"words": ""}).content.decode()
    officer.post(f"{page}refused/", {"words": "Ms Monro telephoned: not this year"})
    said = browse("head").get(page).content.decode()
    assert "Ms Monro telephoned: not this year" in said
    assert "Ask again" not in said
    assert officer.post(f"{page}ask-again/", {"reason": "New governors"}).status_code == 302
    with cycle_round.acting("business_manager"):
        assert Message.objects.filter(kind="asked_again").exists()

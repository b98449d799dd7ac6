"""What an agency asked for is said back to it, and taken back while nobody has decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.assurance.models import MoreTimeAsked, StageChange
from wholestory.assurance.operations import more_time, returns, taking_back

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

REASON = "The head of year is away until Easter"


def at(made: Round, rest: str = "") -> str:
    return f"/self-audits/returns/{made.fresh('school').record.reference}/{rest}"


def ask_for_time(made: Round, browse: Browse) -> str:
    asked = {"until_on-day": "30", "until_on-month": "4", "until_on-year": "2016", "reason": REASON}
    answer = browse("head").post(at(made, "ask-for-more-time/"), asked, follow=True)
    return " ".join(answer.content.decode().split())


def test_what_was_asked_is_said_back_with_the_way_to_take_it_back(cycle_round: Round, browse: Browse) -> None:
    html = ask_for_time(cycle_round, browse)
    assert f"You asked the board’s team for more time, to 30 April 2016: “{REASON}”" in html
    assert "Take the request back" in html
    assert at(cycle_round, "ask-for-more-time/take-back/") in html
    assert "Take the request back" not in browse("head_contributor").get(at(cycle_round)).content.decode()
    assert "Take the request back" not in browse("quality_officer").get(at(cycle_round)).content.decode()


def test_a_request_for_time_is_taken_back_and_can_be_made_again(cycle_round: Round, browse: Browse) -> None:
    ask_for_time(cycle_round, browse)
    back = at(cycle_round, "ask-for-more-time/take-back/")
    assert "Take back the request for more time?" in browse("head").get(back).content.decode()
    assert "was taken back" in browse("head").post(back, follow=True).content.decode()
    with cycle_round.acting("head"):
        assert not MoreTimeAsked.objects.exists()
        kept = list(StageChange.objects.order_by("created_at").values_list("move", flat=True))
    assert kept[-2:] == ["more_time_asked", "more_time_taken_back"]
    assert (
        "There is nothing to take back here now." in browse("head").post(back, follow=True).content.decode()
    )
    assert "You asked the board’s team" in ask_for_time(cycle_round, browse)


def test_what_the_team_has_decided_stays(cycle_round: Round, browse: Browse) -> None:
    ask_for_time(cycle_round, browse)
    with cycle_round.acting("quality_officer") as actor:
        more_time.decline(
            actor=actor, ret=cycle_round.fresh("school"), answer="The report is due.", today=TODAY
        )
    with (
        cycle_round.acting("head") as actor,
        pytest.raises(taking_back.TooLate, match="answered this request"),
    ):
        taking_back.take_back_more_time(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)


def test_a_request_to_sign_is_taken_back(cycle_round: Round, browse: Browse) -> None:
    cycle_round.answer("school", "head")
    browse("head").post(at(cycle_round, "ready/"))
    html = " ".join(browse("head").get(at(cycle_round)).content.decode().split())
    assert "Jo Ashdown asked on 14 March 2016 for it to be signed." in html
    assert at(cycle_round, "ready/take-back/") in html
    assert "Sign your self-audit" in browse("head_signatory").get("/").content.decode()
    assert browse("head_contributor").post(at(cycle_round, "ready/take-back/")).status_code == 403
    assert "Sign your self-audit" in browse("head_signatory").get("/").content.decode()
    browse("head").post(at(cycle_round, "ready/take-back/"))
    assert "Sign your self-audit" not in browse("head_signatory").get("/").content.decode()
    assert (
        "asked on 14 March 2016 for it to be signed"
        not in browse("head").get(at(cycle_round)).content.decode()
    )
    browse("head").post(at(cycle_round, "ready/"))
    assert "Sign your self-audit" in browse("head_signatory").get("/").content.decode()


def test_once_signed_there_is_nothing_to_take_back(cycle_round: Round, browse: Browse) -> None:
    cycle_round.answer("school", "head")
    with cycle_round.acting("head") as actor:
        returns.ask_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)
    cycle_round.sign("school", "head_signatory")
    with cycle_round.acting("head") as actor, pytest.raises(taking_back.TooLate):
        taking_back.take_back_asking_to_sign(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)


@pytest.mark.parametrize(
    "who",
    ["police_lead", "quality_officer", "chair", "lay_member", "sister_head", "sister_manager", "stranger"],
)
def test_nobody_else_takes_anything_back(cycle_round: Round, browse: Browse, who: str) -> None:
    ask_for_time(cycle_round, browse)
    for rest in ("ask-for-more-time/take-back/", "ready/take-back/"):
        assert browse(who).post(at(cycle_round, rest)).status_code in (403, 404)
    with cycle_round.acting("head"):
        assert MoreTimeAsked.objects.count() == 1


def test_a_contributor_does_not_take_back_what_the_lead_asked(cycle_round: Round) -> None:
    with cycle_round.acting("head") as actor:
        more_time.ask(
            actor=actor, ret=cycle_round.fresh("school"), until=date(2016, 4, 30), reason=REASON, today=TODAY
        )
    with cycle_round.acting("head_contributor") as actor, pytest.raises(NotForYou):
        taking_back.take_back_more_time(actor=actor, ret=cycle_round.fresh("school"), today=TODAY)

"""The minutes the board asked of each agency: an estimate from stated numbers, and what agencies told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.running import another_cycle, new_agency, on
from tests.personas import TODAY
from wholestory.assurance.models import SignOff
from wholestory.assurance.operations import cycles, moderation
from wholestory.assurance.operations.minutes import told
from wholestory.assurance.queries import minutes as queries
from wholestory.assurance.rules.minutes import HOW_IT_IS_MADE, Request, expected, in_words, total


def test_what_is_expected_is_stated_and_added_up_by_hand() -> None:
    assert expected(40) == 200  # forty lines of five minutes
    assert expected(40, interim=True) == 40
    assert total([Request("a", 200), Request("b", 15), Request("c", 50, told=90)]) == 200 + 15 + 90
    for number in ("5 minutes", "1 minute", "15 minutes", "estimate"):
        assert number in HOW_IT_IS_MADE


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (200, "3 hours 20 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_minutes_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def test_a_year_is_twelve_months_to_the_day() -> None:
    assert queries.a_year_before(date(2016, 3, 14)) == date(2015, 3, 15)
    assert queries.a_year_before(date(2016, 2, 29)) == date(2015, 3, 1)


def test_a_return_and_a_question_with_what_was_told(signed_school: Round) -> None:
    with signed_school.acting("head_signatory") as actor:
        told(actor=actor, ret=signed_school.fresh("school"), signed=SignOff.objects.get(), minutes=95)
    with signed_school.acting("quality_officer") as actor:
        moderation.query(
            actor=actor, ret=signed_school.fresh("school"), questions={"": "Since when?"}, today=TODAY
        )
    with signed_school.acting("head"):
        lines = queries.asked_of(
            signed_school.world.board, TODAY, {signed_school.world.agencies["school"].id}
        )
    # Ten lines of five minutes, told to be 95; one question of fifteen.
    assert sorted((line.request.expected, line.request.told) for line in lines) == [(15, None), (50, 95)]
    assert total(line.request for line in lines) == 110


def test_what_was_taken_back_or_is_older_does_not_count(cycle_round: Round) -> None:
    with cycle_round.acting("business_manager") as actor:
        cycles.withdraw(actor=actor, ret=cycle_round.fresh("charity"), reason="In error", today=TODAY)
        assert len(queries.asked_of(cycle_round.world.board, TODAY)) == 3
        assert len(queries.asked_of(cycle_round.world.board, date(2017, 3, 13))) == 3
        assert queries.asked_of(cycle_round.world.board, date(2017, 3, 14)) == []


def test_each_agency_sees_its_own_and_the_team_the_sums(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    mine = browse("head").get("/self-audits/minutes/").content.decode()
    assert "50 minutes" in mine
    assert "Willow Lane Academy" in mine
    assert "Northmarsh Constabulary" not in mine
    assert "An estimate" in mine
    assert "You do not work for" in browse("chair").get("/self-audits/minutes/").content.decode()
    assert browse("lay_member").get("/self-audits/minutes/").status_code == 404
    sums = browse("quality_officer").get("/self-audits/minutes/by-agency/").content.decode()
    assert "3 hours 20 minutes" in sums  # four agencies of fifty minutes
    csv = browse("quality_officer").get("/self-audits/minutes/by-agency/?download=csv")
    assert "Northmarsh Constabulary" in csv.content.decode("utf-8-sig")
    for name in ("head", "lay_member", "police_lead", "stranger"):
        assert browse(name).get("/self-audits/minutes/by-agency/").status_code == 404, name
    assert "Willow" not in browse("sister_manager").get("/self-audits/minutes/by-agency/").content.decode()


def test_signing_asks_and_an_answer_is_not_needed(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cycle_round.answer("school", "head")
    client, page = (
        browse("head_signatory"),
        f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/sign/",
    )
    said = client.get(page).content.decode()
    assert "About how long did this take" in said
    read = said.split('name="read" value="')[1].split('"')[0]
    given = {"post": "Head", "agree": "on", "read": read}
    assert "whole number" in client.post(page, given | {"minutes": "two hours"}).content.decode()
    assert client.post(page, given | {"minutes": "120"}).status_code == 302
    with cycle_round.acting("head"):
        assert SignOff.objects.get().minutes == 120


def test_the_sums_cost_the_same_for_three_agencies_and_thirty(
    cycle_round: Round, browse: Callable[[str], Client], cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("quality_officer")
    few = cost_of(client, "/self-audits/minutes/by-agency/")
    many = [new_agency(cycle_round.world, f"n{n}", f"Nursery {n}") for n in range(30)]
    another_cycle(cycle_round, "Second", TODAY, date(2016, 5, 1), many)
    on(cycle_round, TODAY)
    assert cost_of(client, "/self-audits/minutes/by-agency/") <= few

"""Who may do and see what with a survey, and what its results say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.surveying import LAST_DAY, Asked
from tests.personas import PEOPLE, STRANGER, TODAY
from wholestory.access import acting, asking
from wholestory.assurance.definitions import shipped
from wholestory.assurance.definitions.surveys import AGREEMENT, survey_called
from wholestory.assurance.models import SurveyReply, SurveyResult
from wholestory.assurance.operations import cycles, moderation, survey_sharing
from wholestory.assurance.operations import survey as operations

Browse = Callable[[str], Client]
SIX_PAGES = ("", "preview/", "invitation/", "remarks/", "results/")
TEAM = {"business_manager", "quality_officer"}


@pytest.fixture
def asked(cycle_round: Round) -> Asked:
    cache.clear()
    return Asked(cycle_round)


@pytest.fixture
def answered(asked: Asked) -> Asked:
    """12 police and 15 health people, and 3 of the charity: 30 replies, closed."""
    asked.reply("police", "front_line", {"escalation": "agree", "refer": "agree"}, times=10)
    asked.reply("police", "manager", {"escalation": "disagree"}, words="We never hear back.", times=2)
    asked.reply("health", "front_line", {"escalation": "disagree", "refer": "strongly_agree"}, times=15)
    asked.reply("charity", "volunteer", {"escalation": "agree"}, times=3)
    asked.close()
    return asked


def page(asked: Asked, browse: Browse, name: str, rest: str = "") -> Any:
    return browse(name).get(f"/self-audits/surveys/{asked.reference}/{rest}")


def test_every_statement_goes_with_something_leaders_score() -> None:
    items = {key for framework in shipped() for key in framework.items}
    for one in survey_called().statements:
        assert set(one.items) <= items, one.key
        assert one.items, one.key
    assert len(AGREEMENT) == 6


@pytest.mark.parametrize("name", [*PEOPLE, STRANGER])
def test_only_the_team_and_the_chair_open_its_pages(answered: Asked, browse: Browse, name: str) -> None:
    inside = name in TEAM | {"chair"}
    for rest in ("", "preview/", "remarks/", "results/"):
        assert page(answered, browse, name, rest).status_code == (200 if inside else 404), rest
    for rest in ("share/",):
        assert page(answered, browse, name, rest).status_code == (200 if name in TEAM else 404)


@pytest.mark.parametrize("name", [*PEOPLE, STRANGER])
def test_shared_results_are_the_boards_and_each_organisations_own(
    answered: Asked, browse: Browse, name: str
) -> None:
    board = TEAM | {"chair", "police_member", "health_member", "lay_member", "administrator", "ig_lead"}
    cycle = answered.round.cycle.record.reference
    shown = f"/self-audits/cycles/{cycle}/survey-results/"
    own = f"/self-audits/returns/{answered.round.returns['police'].record.reference}/survey/"
    assert browse(name).get(shown).status_code == 404
    assert browse(name).get(own).status_code == 404
    answered.share()
    assert browse(name).get(shown).status_code == (200 if name in board else 404)
    office = TEAM | {"chair", "police_lead", "police_signatory"}
    assert browse(name).get(own).status_code == (200 if name in office else 404)


def test_whoever_moderates_a_return_does_not_read_what_that_organisations_staff_said(
    answered: Asked, browse: Browse
) -> None:
    made = answered.round
    made.answer("police", "police_lead", 2)
    made.sign("police", "police_signatory")
    reference = made.fresh("police").record.reference
    with made.acting("quality_officer") as actor:
        moderation.assign(
            actor=actor, ret=made.fresh("police"), moderator=made.world.people["health_member"], today=TODAY
        )
    answered.share()
    page_of_return = browse("health_member").get(f"/self-audits/returns/{reference}/")
    assert page_of_return.status_code == 200
    assert f"{reference}/survey/" not in page_of_return.content.decode()
    assert browse("health_member").get(f"/self-audits/returns/{reference}/survey/").status_code == 404
    assert browse("quality_officer").get(f"/self-audits/returns/{reference}/survey/").status_code == 200


def test_small_organisations_are_put_together_and_told_why(answered: Asked, browse: Browse) -> None:
    """3 of the charity are too few, and 30 less 12 less 15 would tell of them: so the 12 of the police go with them."""
    assert answered.share() == 1
    with acting.as_system(answered.round.world.board):
        rows = {
            row.agency.slug if row.agency else "": row
            for row in SurveyResult.objects.select_related("agency")
        }
    assert {slug: row.figures["replies"] for slug, row in rows.items()} == {
        "": 30, "health": 15, "police": 0, "charity": 0, "school": 0
    }  # fmt: skip
    assert rows[""].figures["agencies"] == [
        [str(answered.agency("health")), 15], ["together", 15]
    ]  # fmt: skip
    assert all(line[1] != "inside" for line in rows[""].figures["lines"])
    reference = answered.round.returns["police"].record.reference
    said = browse("police_lead").get(f"/self-audits/returns/{reference}/survey/").content.decode()
    assert "fewer than 10 of them replied, or showing them" in said
    assert "50.0" not in said


def test_what_staff_say_stands_beside_what_leaders_scored(answered: Asked, browse: Browse) -> None:
    """Escalation: 10 + 3 of 30 agree, 43.3 %. The police's leaders score it 2, compliant: 1 of 1, so 56.7 points."""
    made = answered.round
    made.answer("police", "police_lead", 2)
    made.sign("police", "police_signatory")
    said = page(answered, browse, "quality_officer", "results/").content.decode()
    for words in ("43.3 %", "100.0 %", "+56.7", "two different measures", "30 people replied"):
        assert words in said, words
    assert "We never hear back" not in said


def test_the_board_is_shown_leaders_only_as_far_as_results_are_released(
    answered: Asked, browse: Browse
) -> None:
    made, cycle = answered.round, answered.round.cycle.record.reference
    made.answer("police", "police_lead", 2)
    made.sign("police", "police_signatory")
    answered.share()
    url = f"/self-audits/cycles/{cycle}/survey-results/"
    assert "There is nothing to compare yet" in browse("lay_member").get(url).content.decode()
    made.release("police")
    with made.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=made.cycle, today=TODAY)
    answered.share()
    assert "+56.7" in browse("lay_member").get(url).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "pdf"])
def test_each_file_can_be_downloaded_and_says_what_the_page_says(
    answered: Asked, browse: Browse, kind: str
) -> None:
    response = page(answered, browse, "quality_officer", f"results/?download={kind}")
    assert response.status_code == 200
    assert f'example-practitioner-survey-spring-2016-2016-03-14.{kind}"' in response["Content-Disposition"]
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        assert "Example: invented" in text
        assert "Fewer" not in text
        assert "43.3" in text


def test_remarks_stand_apart_and_can_be_taken_out(answered: Asked, browse: Browse) -> None:
    client = browse("quality_officer")
    said = client.get(f"/self-audits/surveys/{answered.reference}/remarks/").content.decode()
    assert said.count("We never hear back.") == 2
    assert answered.round.world.agencies["police"].name not in said
    with answered.round.acting("quality_officer"):
        one = SurveyReply.objects.exclude(remark="").first()
    assert one is not None
    assert page(answered, browse, "chair", f"remarks/{one.pk}/").status_code == 404
    client.post(f"/self-audits/surveys/{answered.reference}/remarks/{one.pk}/")
    said = client.get(f"/self-audits/surveys/{answered.reference}/remarks/").content.decode()
    assert said.count("We never hear back.") == 1


def test_nothing_is_shown_before_it_is_closed(asked: Asked, browse: Browse) -> None:
    asked.reply("police", "front_line", {"refer": "agree"}, words="Hello there", times=12)
    response = browse("quality_officer").get(f"/self-audits/surveys/{asked.reference}/results/", follow=True)
    assert "Close the survey first" in response.content.decode()
    assert "Hello there" not in page(asked, browse, "quality_officer", "remarks/").content.decode()
    assert "10 or a few more" in page(asked, browse, "quality_officer").content.decode()
    with (
        asked.round.acting("quality_officer") as actor,
        pytest.raises(operations.SurveyRefused, match="Close"),
    ):
        survey_sharing.share(actor=actor, survey=asked.fresh(), today=TODAY)


def test_fewer_than_the_minimum_show_nothing_at_all(asked: Asked, browse: Browse) -> None:
    asked.reply("police", "front_line", {"refer": "agree"}, words="Just us", times=9)
    asked.close()
    assert "Fewer than 10" in page(asked, browse, "quality_officer", "results/").content.decode()
    assert "Just us" not in page(asked, browse, "quality_officer", "remarks/").content.decode()
    with (
        asked.round.acting("quality_officer") as actor,
        pytest.raises(operations.SurveyRefused, match="Fewer"),
    ):
        survey_sharing.share(actor=actor, survey=asked.fresh(), today=TODAY)


def test_the_team_words_it_before_it_opens_and_not_after(cycle_round: Round, browse: Browse) -> None:
    asked = Asked(cycle_round, is_open=False)
    url = f"/self-audits/surveys/{asked.reference}/statements/"
    said = {
        "on": ["refer", "training"], "own_1": "I know our board’s priorities.", "item_1": "strategic_lead",
        "minimum": "8",
        "last_day_on-day": "30", "last_day_on-month": "4", "last_day_on-year": "2016",
    }  # fmt: skip
    client = browse("business_manager")
    assert client.get(url).status_code == 200
    assert "8" in client.post(url, said | {"minimum": "3"}).content.decode()
    response = client.post(url, said)
    assert response.status_code == 302, response.content.decode()
    fresh = asked.fresh()
    assert [one["key"] for one in fresh.statements if one["on"]] == ["refer", "training", "own_1"]
    assert (fresh.minimum, fresh.last_day_on) == (8, LAST_DAY)
    asked.open()
    assert "stay as they are" in client.post(url, said, follow=True).content.decode()
    assert "I know our board’s priorities." in Client().get(f"/survey/{asked.token}/").content.decode()


@pytest.mark.parametrize("name", ["chair", "administrator", "lay_member", "head", "sister_manager", STRANGER])
def test_nobody_else_prepares_opens_closes_or_shares(asked: Asked, name: str) -> None:
    today: dict[str, Any] = {"survey": asked.fresh(), "today": TODAY}
    world = asked.round.world
    with acting.acting_as(world.people[name], world.seats.get(name)):
        actor = world.people[name]
        for act in (operations.open_, operations.close, operations.renew_link, survey_sharing.share):
            with pytest.raises(asking.NotForYou):
                act(actor=actor, **today)
        with pytest.raises(asking.NotForYou):
            operations.prepare(actor=actor, cycle=asked.round.cycle, last_day_on=LAST_DAY, today=TODAY)


def test_after_the_last_day_the_page_takes_nothing_although_nobody_closed_it(asked: Asked) -> None:
    with asked.round.acting("quality_officer"):
        from wholestory import ledger

        ledger.line("assurance.survey_worded", asked.survey.record)
        type(asked.survey).objects.filter(pk=asked.survey.pk).update(last_day_on=date(2016, 3, 13))
    assert Client().get(f"/survey/{asked.token}/").status_code == 404


@pytest.mark.parametrize("rest", ["", "results/", "remarks/"])
def test_the_teams_pages_cost_the_same_for_few_and_for_many(
    asked: Asked, browse: Browse, cost_of: Callable[[Client, str], int], rest: str
) -> None:
    """3 replies and 300: the results are first read with 12, the fewest that show any."""
    asked.reply("police", "front_line", {"refer": "agree"}, times=12)
    asked.close()
    url = f"/self-audits/surveys/{asked.reference}/{rest}"
    client = browse("quality_officer")
    client.get(url)
    few = cost_of(client, url)
    with acting.as_system(asked.round.world.board):
        assert SurveyReply.objects.filter(survey=asked.survey).count() == 12
    other = Asked(Round(asked.round.world))
    other.reply("police", "front_line", {"refer": "agree"}, times=300)
    other.close()
    assert cost_of(client, f"/self-audits/surveys/{other.reference}/{rest}") == few

"""The pages of a return: asked from the matrix, filled in without JavaScript, passed on, approved, questioned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.test import Client

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import QUARTER, Returning
from tests.personas import TODAY
from wholestory.indicators.models import ReturnStage, Target
from wholestory.indicators.operations import asking, collections
from wholestory.indicators.rules.entries import Typed

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
Sent = Mapping[str, str | list[str]]

FILLED = {
    "G01a:numerator": "9", "G01a|sex|female:numerator": "4", "G01a|sex|male:numerator": "5",
    "G01a|sex|not_known:numerator": "0", "G02:numerator": "48", "G02:denominator": "60", "G04:numerator": "30",
}  # fmt: skip


def post(client: Client, url: str, data: Sent | None = None) -> str:
    return client.post(url, data or {"x": "1"}, follow=True).content.decode()


def test_the_team_asks_opens_a_round_and_follows_it(figures: Figures, browse: Browse) -> None:
    team = browse("business_manager")
    said = post(
        team, "/figures/asking/police/",
        {"theme_g": ["G04", "G02"], "from_on-day": "1", "from_on-month": "10", "from_on-year": "2015", "steward": ""},
    )  # fmt: skip
    assert "asked for 2 measures: 2 new, 0 ended" in said
    assert "Asked" in team.get("/figures/asking/").content.decode()
    said = post(team, "/figures/rounds/new/", {"quarter": "2015-10-01", "label": ""})
    assert "2015-16 quarter 3 is open: 1 agency is asked." in said
    assert "Northmarsh Constabulary" in said
    # Twenty working days after the quarter are over on 14 March: ten from today end on Wednesday 30 March.
    assert "due by 30 March 2016" in said


def test_a_return_is_filled_in_passed_on_and_sent_by_a_second_person(
    figures: Figures, browse: Browse
) -> None:
    made = Returning(figures)
    url = f"/figures/returns/{made.reference}/"
    police = browse("police_lead")
    page = police.get(f"{url}figures/").content.decode()
    assert "Notices of concern about a child sent within 24 hours" in page
    assert "Saved." in post(police, f"{url}figures/", FILLED)
    assert 'value="48"' in police.get(f"{url}figures/").content.decode()
    assert "Everything is filled in" in police.get(f"{url}check/").content.decode()
    assert "second person in your organisation looks" in post(police, f"{url}check/")
    assert "You passed these figures on" in police.get(f"{url}approve/").content.decode()
    signatory = browse("police_signatory")
    assert "80.0% (48 of 60)" in signatory.get(f"{url}approve/").content.decode()
    assert "team can see the figures now" in post(signatory, f"{url}approve/")
    assert made.of().stage == ReturnStage.SENT
    analyst = browse("analyst")
    assert "80.0% (48 of 60)" in analyst.get(url).content.decode()
    assert "has been asked" in post(analyst, f"{url}ask/", {"reason": "Why so few?"})
    assert "Why so few?" in police.get(url).content.decode()
    assert "Your answer is sent" in post(police, f"{url}answer/", {"reason": "Fewer notices came."})
    assert "are accepted" in post(analyst, f"{url}accept/")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    url = f"/figures/returns/{made.reference}/"
    police = browse("police_lead")
    page = post(police, f"{url}figures/", FILLED | {"G04:numerator": "<5", "G02:numerator": "61"})
    assert "There is a problem" in page
    assert "&lt;5” is not a number." in page
    assert 'value="&lt;5"' in page
    assert "61 of 60: how many is more than of how many." in page
    assert "Put these right first" in police.get(f"{url}check/").content.decode()
    assert "There is something to put right" in post(police, f"{url}check/")
    assert made.of().stage == ReturnStage.STARTED


def test_a_query_is_accepted_with_a_reason(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    url = f"/figures/returns/{made.reference}/"
    police = browse("police_lead")
    only = FILLED | {"G02:numerator": "", "G02:denominator": "", "G02:percentage": "81%"}
    page = post(police, f"{url}figures/", only)
    assert "A percentage without the counts it comes from." in page
    name = page.partition('name="reason:')[2].partition('"')[0]
    assert "Put these right first" in police.get(f"{url}check/").content.decode()
    post(police, f"{url}figures/", only | {f"reason:{name}": "Our system gives no counts."})
    page = police.get(f"{url}check/").content.decode()
    assert "Everything is filled in" in page
    assert "You said: Our system gives no counts." in page
    post(police, f"{url}check/")
    post(browse("police_signatory"), f"{url}approve/")
    assert "81.0% (percentage only)" in browse("chair").get(url).content.decode()


def test_saving_while_somebody_types_answers_with_new_marks(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    police = browse("police_lead")
    url = f"/figures/returns/{made.reference}/figures/save/"
    said = police.post(url, {"G04:numerator": "30", "G04:was": Typed().mark}).content.decode()
    assert "Saved at" in said
    assert Typed("30").mark in said
    said = police.post(url, {"G04:numerator": "31", "G04:was": Typed().mark}).content.decode()
    assert "somebody else changed them meanwhile" in said


def test_two_who_type_at_once_both_see_what_the_other_typed(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    url = f"/figures/returns/{made.reference}/figures/"
    blank = Typed().mark
    post(browse("police_lead"), url, {"G04:numerator": "30", "G04:was": blank})
    page = post(browse("police_signatory"), url, {"G04:numerator": "31", "G04:was": blank})
    assert "Somebody else changed this while you were typing" in page
    assert 'value="31"' in page
    assert "What stands there now: 30" in page


def test_the_agencys_words_are_asked_for_where_the_figure_is_below_standard(
    figures: Figures, browse: Browse
) -> None:
    made = Returning(figures)
    with figures.acting("analyst") as actor:
        Target.objects.create(
            board=made.board, measure="G02", from_on="2015-04-01", thresholds={"target": "90"}, because="Agreed",
            by=actor, on="2015-04-01",
        )  # fmt: skip
    url = f"/figures/returns/{made.reference}/"
    police = browse("police_lead")
    post(police, f"{url}figures/", FILLED)
    page = police.get(f"{url}check/").content.decode()
    assert "say what changed and what it means for children" in page
    assert "Below standard" in police.get(f"{url}meaning/").content.decode()
    post(
        police,
        f"{url}meaning/",
        {"G02-what_changed": "Slower in November.", "G02-so_what": "Children waited."},
    )
    post(police, f"{url}check/")
    post(browse("police_signatory"), f"{url}approve/")
    page = browse("analyst").get(url).content.decode()
    assert "Children waited." in page


@pytest.mark.parametrize("measures", [1, 12])
def test_a_page_costs_the_same_for_one_measure_and_for_twelve(
    figures: Figures, browse: Browse, cost_of: Callable[[Client, str], int], measures: int
) -> None:
    codes = [
        "G01", "G01a", "G02", "G03", "G04", "G04a", "G05", "G07", "G07a", "G08", "G08a", "G08b",
    ][:measures]  # fmt: skip
    made = Returning(figures, police={code: [] for code in codes})
    url = f"/figures/returns/{made.reference}/"
    assert cost_of(browse("police_lead"), f"{url}figures/") <= 30
    assert cost_of(browse("police_lead"), url) <= 30


def test_more_time_and_taking_back(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    url = f"/figures/returns/{made.reference}/"
    team = browse("quality_officer")
    until = {"to_on-day": "4", "to_on-month": "4", "to_on-year": "2016", "reason": "A new system"}
    assert "has more time" in post(team, f"{url}more-time/", until)
    assert "4 April 2016" in browse("police_lead").get(url).content.decode()
    assert "is not asked any more" in post(team, f"{url}withdraw/", {"reason": "Asked in error"})
    assert made.of().stage == ReturnStage.WITHDRAWN


def test_what_was_sent_can_be_taken_away(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    made.send()
    url = f"/figures/returns/{made.reference}/download/?download=csv"
    file = browse("police_lead").get(url).content.decode("utf-8-sig")
    assert "Example: invented" in file
    assert "G02,Notices of concern about a child sent within 24 hours,,80.0% (48 of 60),48.00,60.00" in file


@pytest.mark.parametrize("agencies", [1, 4])
def test_a_round_costs_the_same_for_one_agency_and_for_four(
    figures: Figures, browse: Browse, cost_of: Callable[[Client, str], int], agencies: int
) -> None:
    world = figures.world
    with figures.acting("analyst") as actor:
        for name in ("police", "health", "school", "charity")[:agencies]:
            asking.ask_for(
                actor=actor, board=world.board, agency=world.agencies[name], wanted={"G04": []},
                from_on=QUARTER.start,
            )  # fmt: skip
        opened = collections.open_round(
            actor=actor,
            board=world.board,
            label="",
            period=QUARTER,
            due_on=date(2016, 4, 1),
            today=TODAY,
            now=NOW,
        )
        reference = opened.record.reference
    team = browse("analyst")
    assert cost_of(team, f"/figures/rounds/{reference}/") <= 24
    assert cost_of(team, "/figures/returns/") <= 24
    assert cost_of(team, "/figures/asking/") <= 24

"""Twelve plain questions on one page, for groups without staff: answered, read, and never scored."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.rounds import NOT_HERE, RoundOn
from tests.personas import TODAY, World
from wholestory.access import derive
from wholestory.actions.models import Action
from wholestory.assurance import sheets
from wholestory.assurance.definitions import form_of, framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Return
from wholestory.assurance.operations import moderation
from wholestory.assurance.rules.cells import CellState
from wholestory.assurance.rules.rollup import ItemState
from wholestory.assurance.rules.scales import PLAIN, SCALES, scale_called
from wholestory.paperwork.definitions import Given, Place, Sheet
from wholestory.partners.models import Role, Seat

Browse = Callable[[str], Client]
LIGHT = framework_called("light_check")
FORM = form_of(LIGHT.key, LIGHT.version)


@pytest.fixture
def charity(world: World) -> RoundOn:
    """The charity has answered: eleven times yes or not applicable, once not yet."""
    made = RoundOn(world, LIGHT.key, "charity", "school")
    made.fill("charity", "charity_lead", "yes", {"light_checks": "not_yet", "light_deputy": NOT_HERE})
    return made


def signed(round_: RoundOn) -> None:
    world = round_.world
    world.seats["stranger"] = Seat.objects.create(
        person=world.people["stranger"], board=world.board, role=Role.SIGNATORY, agency=world.agencies["charity"],
        starts_on="2014-04-01",
    )  # fmt: skip
    derive.rewrite(world.people["stranger"])
    round_.sign("charity", "stranger")


def test_one_page_twelve_questions_no_scores() -> None:
    assert not LIGHT.scored
    assert [len(page.key) > 0 for page in FORM.pages] == [True]
    assert len(LIGHT.items) == 12
    words = " ".join([FORM.intro, *(question.question.label for question in FORM.asked.values())]).lower()
    for jargon in ("score", "compliant", "scale", "embedded", "evidence"):
        assert not re.search(rf"\b{jargon}s?\b", words.replace("nobody adds up", "")), jargon
    assert {point.label for point in PLAIN.points} == {"Yes", "Not yet"}
    assert scale_called("PLAIN") is PLAIN
    assert "PLAIN" not in SCALES


def test_a_bare_yes_is_enough_and_not_yet_asks_nothing_that_must_be_answered() -> None:
    given = {Place(item): Given("yes") for item in LIGHT.items}
    assert Sheet(FORM, given).problems(TODAY) == ()
    given[Place("light_checks")] = Given("not_yet")
    sheet = Sheet(FORM, given)
    assert sheet.problems(TODAY) == ()
    assert Place(item_keys("light_checks").plan) in sheet.places
    assert Place(item_keys("light_lead").plan) not in sheet.places


def test_nothing_of_it_is_rolled_up(charity: RoundOn) -> None:
    signed(charity)
    with charity.acting("quality_officer"):
        ret = Return.objects.get(pk=charity.returns["charity"].pk)
        scores = sheets.scores_under(charity.cycle, [ret])[ret.id]
        one = scores.standards["our_group"]
    assert (one.mean, one.plain, one.answered, one.applicable, one.not_applicable) == (None, 11, 0, 0, 1)
    assert one.counts == "11 answered, not scored, 1 not applicable."
    assert {row.state for row in scores.items} == {ItemState.PLAIN, ItemState.NOT_APPLICABLE}
    assert all(row.score == "" for row in scores.items)


def test_the_heat_map_says_answered_and_not_scored(charity: RoundOn, browse: Browse) -> None:
    signed(charity)
    url = reverse("assurance:heat_map", args=[charity.cycle.record.reference])
    officer = browse("quality_officer")
    html = officer.get(url).content.decode()
    assert CellState.NOT_SCORED.label == "Answered (not scored)"
    assert "Answered (not scored)" in html
    assert "left out of every mean, percentage and comparison" in html
    assert "Compliant means" not in html
    for kind in ("csv", "xlsx", "pdf"):
        assert officer.get(url, {"download": kind}).status_code == 200
    text = officer.get(url, {"download": "csv"}).content.decode("utf-8-sig")
    assert "Not scored: These answers are plain words." in text


def test_the_pages_speak_plainly(charity: RoundOn, browse: Browse) -> None:
    reference = charity.returns["charity"].record.reference
    lead = browse("charity_lead")
    page = lead.get(reverse("assurance:form_page", args=[reference, "our_group"])).content.decode()
    assert "One person in our group looks after keeping children safe" in page
    assert "Not yet" in page
    signed(charity)
    html = lead.get(reverse("assurance:return", args=[reference])).content.decode()
    assert "Not yet (not scored)" in html
    assert "11 answered, not scored" in html
    assert "Below compliant" not in html
    assert "Compliant means" not in html


def test_a_plan_somebody_wrote_becomes_an_action(charity: RoundOn) -> None:
    signed(charity)
    with charity.acting("quality_officer"):
        assert [action.title for action in Action.objects.all()] == ["Mend light_checks"]


def test_there_is_no_score_to_moderate_and_the_result_is_released(charity: RoundOn) -> None:
    signed(charity)
    with charity.acting("quality_officer") as actor:
        with pytest.raises(moderation.ModerationRefused, match="no score"):
            moderation.judge(
                actor=actor,
                ret=charity.fresh("charity"),
                item="light_lead",
                score="yes",
                reason="",
                today=TODAY,
            )
        moderation.finish(actor=actor, ret=charity.fresh("charity"), note="Thank you.", today=TODAY)
    charity.release_result("charity")
    assert charity.fresh("charity").stage == "released"


def test_the_ten_questions_stay_as_they_are() -> None:
    ten = framework_called("short_self_assessment")
    assert (len(ten.items), ten.scored, ten.version) == (10, True, 1)

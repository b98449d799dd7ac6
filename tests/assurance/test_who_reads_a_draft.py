"""Who reads answers while they are written: said plainly where people type, and true."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.paperwork.copies.conftest import Copies, filled_in_excel
from tests.personas import TODAY, World
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.operations import moderation, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

SAID = (
    "can read your answers and files as you write them, and so can anybody they ask to moderate this return or to"
    " sit on its peer challenge panel. Nobody"
    " else outside your organisation can, except by emergency access, which is noted and reviewed. Comments stay in"
    " your organisation."
)
DRAFT = "We have not begun with supervision."
KEYS = item_keys(next(iter(framework_called("short_self_assessment").items)))


@pytest.fixture
def address(cycle_round: Round) -> str:
    """The school's return, begun, with one answer typed and nothing signed."""
    with cycle_round.acting("head") as actor:
        ret = cycle_round.fresh("school")
        returns.begin(actor=actor, ret=ret, today=TODAY, now=NOW)
        saves = [paperwork.Save(Place(KEYS.said), Given(DRAFT))]
        paperwork.save_draft(actor=actor, set_id=ret.answers_id, saves=saves, now=NOW)
    return f"/self-audits/returns/{ret.record.reference}/"


def test_it_is_said_on_the_return_and_wherever_people_type(
    address: str, browse: Browse, world: World
) -> None:
    for who in ("head", "head_contributor"):
        for rest in ("", "form/", "form/page/leading/"):
            page = browse(who).get(address + rest).content.decode()
            assert SAID in page, rest
            assert f"The team and the independent chair of {world.board.name}" in page
            assert "Who can see this" in page


def test_it_is_said_before_anybody_begins(cycle_round: Round, browse: Browse) -> None:
    address = f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/"
    assert SAID in browse("head").get(address).content.decode()


def test_readers_and_those_who_signed_are_not_told_that_they_type(
    address: str, browse: Browse, cycle_round: Round
) -> None:
    for rest in ("", "form/", "form/page/leading/"):
        assert SAID not in browse("quality_officer").get(address + rest).content.decode()
    cycle_round.answer("police", "police_lead", 2)
    cycle_round.sign("police", "police_signatory")
    signed = f"/self-audits/returns/{cycle_round.fresh('police').record.reference}/"
    for rest in ("", "form/", "form/page/leading/"):
        assert SAID not in browse("police_lead").get(signed + rest).content.decode()


@pytest.mark.parametrize("who", ["business_manager", "quality_officer", "chair"])
def test_the_team_and_the_chair_read_a_draft(address: str, browse: Browse, who: str) -> None:
    assert DRAFT in browse(who).get(address + "form/page/leading/").content.decode()


@pytest.mark.parametrize(
    "who",
    ["police_lead", "charity_lead", "police_member", "health_member", "lay_member", "administrator", "ig_lead",
     "sister_manager", "sister_head", "former_member", "stranger"],
)  # fmt: skip
def test_nobody_else_reads_a_draft(address: str, browse: Browse, who: str) -> None:
    for rest in ("", "form/", "form/page/leading/"):
        assert browse(who).get(address + rest).status_code in (302, 403, 404)


def test_somebody_asked_to_moderate_reads_a_draft(
    address: str, browse: Browse, cycle_round: Round, world: World
) -> None:
    with cycle_round.acting("quality_officer") as actor:
        moderation.assign(
            actor=actor, ret=cycle_round.fresh("school"), moderator=world.people["health_member"], today=TODAY
        )
    assert DRAFT in browse("health_member").get(address + "form/page/leading/").content.decode()


def test_the_name_of_a_copy_the_agency_took_back_stays_with_the_agency(address: str, browse: Browse) -> None:
    school = Copies(browse, address + "form/")
    packed = filled_in_excel(school.take("head", "form.xlsx"), **{KEYS.score: "2"})
    checked = school.send("head", "draft for Dr Ellis.xlsx", packed)
    school.apply("head", checked)
    pages = (address, address + "form/", checked.redirect_chain[-1][0])
    for url in pages:
        assert "draft for Dr Ellis" in browse("quality_officer").get(url).content.decode(), url
    school.undo("head", checked)
    for url in pages:
        assert "draft for Dr Ellis" in browse("head").get(url).content.decode(), url
        for who in ("quality_officer", "business_manager", "chair"):
            shown = browse(who).get(url).content.decode()
            assert "draft for Dr Ellis" not in shown, (who, url)
            assert "aken back" in shown
    for who, found in (("head", True), ("quality_officer", False), ("chair", False)):
        assert ("draft for Dr Ellis.xlsx" in browse(who).get("/search/?q=Ellis").content.decode()) is found


def test_the_name_of_a_copy_loaded_on_behalf_and_taken_back_stays_with_the_agency_and_who_loaded_it(
    address: str, browse: Browse
) -> None:
    school = Copies(browse, address + "form/")
    packed = filled_in_excel(school.take("quality_officer", "form.xlsx"), **{KEYS.score: "2"})
    checked = school.send("quality_officer", "sent by e-mail.xlsx", packed, sign_off=b"Agreed, 1 March 2016")
    school.apply("quality_officer", checked)
    school.undo("quality_officer", checked)
    url = checked.redirect_chain[-1][0]
    for who, shown in (
        ("head", True),
        ("quality_officer", True),
        ("business_manager", False),
        ("chair", False),
    ):
        assert ("sent by e-mail" in browse(who).get(url).content.decode()) is shown, who
        assert ("sent by e-mail" in browse(who).get(address + "form/").content.decode()) is shown, who

"""A page offers only what opens: every link a moderator or the chair is shown leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory.assurance.operations import cycles, moderation

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def closed_links(client: Client, url: str) -> set[str]:
    """The addresses a page leads to that are refused to its reader."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    links = {unescape(one) for one in re.findall(r'href="(/[^"#]*)', main)}
    assert links
    return {link for link in links if client.get(link).status_code >= 400}


@pytest.fixture
def moderated_by_health(signed_school: Round) -> str:
    with signed_school.acting("business_manager") as actor:
        moderation.assign(
            actor=actor,
            ret=signed_school.fresh("school"),
            moderator=signed_school.world.people["health_member"],
            today=TODAY,
        )
    return f"/self-audits/returns/{signed_school.fresh('school').record.reference}/"


def test_a_moderator_is_offered_what_opens_to_them(browse: Browse, moderated_by_health: str) -> None:
    client = browse("health_member")
    assert "Download as PDF" not in client.get(moderated_by_health).content.decode()
    for page in ("", "moderate/", "form/", "form/check/"):
        assert closed_links(client, f"{moderated_by_health}{page}") == set(), page


def test_those_who_may_take_the_return_away_are_offered_its_pdf(
    browse: Browse, moderated_by_health: str
) -> None:
    for who in ("head", "business_manager", "chair"):
        assert "Download as PDF" in browse(who).get(moderated_by_health).content.decode()


def test_the_chair_is_offered_what_opens_to_the_chair(browse: Browse, signed_school: Round) -> None:
    cycle = signed_school.cycle.record.reference
    school = signed_school.fresh("school").record.reference
    for page in (
        f"/self-audits/cycles/{cycle}/", f"/self-audits/cycles/{cycle}/chase/", f"/self-audits/returns/{school}/",
        f"/access/records/{school}/who/", "/", "/chair/",
    ):  # fmt: skip
        assert closed_links(browse("chair"), page) == set(), page
    assert "/chase/" in browse("business_manager").get(f"/self-audits/cycles/{cycle}/chase/").content.decode()
    who_can = browse("business_manager").get(f"/access/records/{school}/who/").content.decode()
    assert "ask why somebody can or cannot see it" in who_can


def test_a_cycle_nobody_was_asked_in_does_not_say_that_everyone_answered(
    browse: Browse, cycle_round: Round
) -> None:
    with cycle_round.acting("business_manager") as actor:
        empty = cycles.prepare(
            actor=actor, board=cycle_round.world.board, title="Autumn 2016", framework=SHORT,
            opens_on=date(2016, 9, 1), due_on=date(2016, 10, 31), today=TODAY,
        )  # fmt: skip
    url = f"/self-audits/cycles/{empty.record.reference}/chase/"
    said = browse("business_manager").get(url).content.decode()
    assert "Everyone asked has answered" not in said
    assert "Nobody has been asked in this cycle yet" in said

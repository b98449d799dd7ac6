"""A board that is asked to ask together with another finds the invitation on its team's My work until it joins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.joining import Two
from tests.my_work.test_front_pages import page
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.models import JointBoard, JointRound

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
WAITS = "Decide whether to ask together"


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def test_the_invited_team_is_led_to_the_round(two: Two, browse: Browse) -> None:
    said = page(browse, "sister_manager")
    assert f'href="/self-audits/together/{two.joint.id}/"' in said
    assert f"{two.joint.lead.name} invites your board: {two.joint.title}" in said
    assert browse("sister_manager").get(f"/self-audits/together/{two.joint.id}/").status_code == 200


@pytest.mark.parametrize(
    "who",
    ["business_manager", "quality_officer", "chair", "administrator", "lay_member", "sister_head", "head"],
)
def test_nobody_else_is(two: Two, browse: Browse, who: str) -> None:
    assert WAITS not in page(browse, who)


def test_nothing_waits_once_the_board_has_joined(two: Two, browse: Browse) -> None:
    two.join()
    assert WAITS not in page(browse, "sister_manager")


def test_three_invitations_cost_as_much_as_one(
    two: Two, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    sister = browse("sister_manager")
    one = cost_of(sister, "/")
    north = two.joint.lead
    with acting.acting_as(two.world.people["quality_officer"], two.world.seats["quality_officer"]):
        for n in (2, 3):
            more = JointRound.objects.create(
                title=f"Round {n}", framework=two.joint.framework, framework_version=two.joint.framework_version,
                lead=north, made_by=two.joint.made_by, made_on=date(2016, 1, n),
            )  # fmt: skip
            JointBoard.objects.create(round=more, board=north, joined_on=TODAY)
            JointBoard.objects.create(round=more, board=two.world.boards["south"])
    assert page(browse, "sister_manager").count(WAITS) == 3
    assert cost_of(sister, "/") == one

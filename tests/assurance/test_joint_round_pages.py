"""The pages of a round several boards ask together, and one signature for all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import NOW
from tests.assurance.joining import Two
from tests.personas import TODAY, World
from wholestory.assurance.models import Return, Stage
from wholestory.assurance.operations.signing_along import sign_along

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("business_manager", 200), ("quality_officer", 200), ("sister_manager", 200), ("chair", 403),
        ("lay_member", 403), ("head", 403), ("police_lead", 403), ("administrator", 403), ("stranger", 403),
    ],
)  # fmt: skip
def test_the_round_is_seen_by_the_teams_of_its_boards(
    two: Two, browse: Browse, who: str, status: int
) -> None:
    got = browse(who).get(f"/self-audits/together/{two.joint.id}/").status_code
    assert got == status or (status == 403 and got == 404)


def test_a_board_that_was_not_invited_meets_nothing(two: Two, browse: Browse) -> None:
    two.joint.boards.filter(board=two.world.boards["south"]).delete()
    assert browse("sister_manager").get(f"/self-audits/together/{two.joint.id}/").status_code == 404


def test_two_boards_meet_on_the_pages(two: Two, browse: Browse) -> None:
    sister = browse("sister_manager")
    assert "asks you to ask together" in sister.get("/self-audits/").content.decode()
    answer = sister.post(
        f"/self-audits/together/{two.joint.id}/join/",
        {
            "title": "Southfen 2016", "framework": "section_11_wt2015__neglect:1",
            "opens_on-day": "1", "opens_on-month": "2", "opens_on-year": "2016",
            "due_on-day": "29", "due_on-month": "4", "due_on-year": "2016",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert "asks you to ask together" not in sister.get("/self-audits/").content.decode()
    assert (
        "Southfen Safeguarding Children Board"
        in browse("business_manager").get(f"/self-audits/together/{two.joint.id}/").content.decode()
    )


def test_a_board_that_asks_nothing_besides_gets_the_signature_too(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join(module=""))
    two.answer(north, 2)
    two.sign(north)
    with two.acting("police_signatory") as actor:
        fresh = Return.objects.select_related("record", "answers", "board", "agency").get(pk=north.pk)
        signed = sign_along(actor=actor, ret=fresh, post="Chief Constable", today=TODAY, now=NOW)
    assert [one.pk for one in signed] == [south.pk]
    assert two.fresh(south).stage == Stage.SIGNED_OFF


def test_a_board_with_questions_of_its_own_is_signed_for_apart(two: Two) -> None:
    north = two.ask_north()
    south = two.ask_south(two.join())
    two.answer(north, 2)
    two.sign(north)
    with two.acting("police_signatory") as actor:
        fresh = Return.objects.select_related("record", "answers", "board", "agency").get(pk=north.pk)
        assert sign_along(actor=actor, ret=fresh, post="Chief Constable", today=TODAY, now=NOW) == []
    assert two.fresh(south).stage == Stage.ISSUED

"""People who hold no seat today: their pages open, and what they are shown is written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import TODAY, World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Grant
from wholestory.ledger import reading

Browse = Callable[[str], Client]


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ["former_member", "stranger"])
@pytest.mark.parametrize("url", ["/", "/search/", "/search/?q=willow", "/self-audits/"])
def test_their_pages_open(persona: str, url: str, browse: Browse) -> None:
    response = browse(persona).get(url)
    assert response.status_code == 200
    assert "Willow Lane" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/", "/self-audits/"])
def test_a_return_they_were_let_in_to_is_written_down_where_its_board_finds_it(
    url: str, browse: Browse, world: World, signed_school: Round
) -> None:
    ret = signed_school.returns["school"]
    with signed_school.acting("quality_officer") as actor:
        ledger.line("access.granted", ret.record)
        grant = Grant.objects.create(
            circle_id=ret.circle_id, office_id=ret.office_id, person=world.people["stranger"], role="moderator",
            purpose="moderation", starts_on=TODAY, given_by=actor,
        )  # fmt: skip
        derive.add_grants([grant])
    response = browse("stranger").get(url)
    assert response.status_code == 200
    assert "Willow Lane Academy" in response.content.decode()
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        seen = [one for one in reading.seen(ret.record_id) if one.person == world.people["stranger"].id]
    assert "access.listed" in {one.verb for one in seen}

"""Who sees the board's own tools and drafts, and that the pages stay quick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.test_own_tools_pages import TOOLS, words
from tests.personas import World
from wholestory.access import acting
from wholestory.assurance.models import FrameworkDraft

Browse = Callable[[str], Client]
Cost = Callable[[Client, str], int]


@pytest.fixture
def officer(browse: Browse) -> Client:
    return browse("quality_officer")


def test_the_list_is_searched_and_costs_the_same_for_three_tools_and_for_thirty(
    world: World, officer: Client, cost_of: Cost
) -> None:
    for n in range(3):
        tools.published(world, title=f"Tool {n}")
        tools.begun(world, title=f"Draft {n}")
    few = cost_of(officer, TOOLS)
    for n in range(3, 14):
        tools.published(world, title=f"Tool {n}")
        tools.begun(world, title=f"Draft {n}")
    assert cost_of(officer, TOOLS) == few
    found = words(officer.get(f"{TOOLS}?q=tool+12"))
    assert "1 version" in found
    assert "Tool 12" in found


def test_the_page_of_a_draft_costs_the_same_for_few_questions_and_for_many(
    world: World, officer: Client, cost_of: Cost
) -> None:
    few = tools.begun(world)
    many = tools.begun(world, "\n".join(f"1.{n} Question number {n}" for n in range(1, 60)))
    url = f"{TOOLS}drafts/{{}}/"
    assert cost_of(officer, url.format(few.id)) == cost_of(officer, url.format(many.id))


OUTSIDE = [
    "administrator", "lay_member", "chair", "head", "police_member", "ig_lead", "sister_manager", "sister_head",
    "stranger",
]  # fmt: skip


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_the_team_sees_a_draft_or_that_there_is_one(
    world: World, browse: Browse, who: str
) -> None:
    version = tools.published(world, title="Secret tool")
    draft = tools.begun(world, title="Secret draft")
    client = browse(who)
    for url in (
        f"drafts/{draft.id}/",
        f"drafts/{draft.id}/preview/",
        f"{version.key}/1/",
        f"{version.key}/1/print/",
    ):
        assert client.get(f"{TOOLS}{url}").status_code == 404, url
    page = client.get(TOOLS)
    if who == "sister_manager":
        assert "Secret" not in words(page)
        assert "No draft is open." in words(page)
        assert version.key not in client.get("/self-audits/cycles/new/").content.decode()
        assert version.key not in client.get(f"{TOOLS}copy/").content.decode()
    else:
        assert page.status_code == 404
    if who in world.seats:
        with acting.acting_as(world.people[who], world.seats[who]):
            # The chair reads what the team's office holds (a draft and a finished one); no page shows it.
            assert FrameworkDraft.objects.count() == (2 if who == "chair" else 0)

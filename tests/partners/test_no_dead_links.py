"""No page of the directory offers a link to a page the reader may not open: other boards' people are names only."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.personas import LONG_AGO, World
from wholestory.access import derive
from wholestory.partners.models import Counterpart, Group, Role, Seat

Browse = Callable[[str], Client]
#: Where the reading begins; what these link to within the directory is read as well.
BEGIN = ("/board/", "/board/groups/qeg/")
LINK = re.compile(r'href="(/(?:board|access)/[^"#?]*)"')


@pytest.fixture
def joint(world: World) -> Group:
    """A group of both boards, with a member who sits on it for the sister board, and a counterpart from there."""
    group = Group.objects.get(slug="qeg")
    group.boards.add(world.boards["south"])
    for name, board in (("sister_head", "south"), ("police_member", "north")):
        person = world.people[name]
        Seat.objects.create(
            person=person, board=world.boards[board], group=group, role=Role.MEMBER, starts_on=LONG_AGO
        )
        derive.rewrite(person)
    Counterpart.objects.create(board=world.board, person=world.people["sister_manager"], starts_on=LONG_AGO)
    return group


@pytest.mark.parametrize("persona", ["business_manager", "lay_member"])
def test_every_link_of_the_directory_opens(persona: str, browse: Browse, joint: Group) -> None:
    client, waiting, read = browse(persona), list(BEGIN), set[str]()
    while waiting:
        url = waiting.pop()
        if url in read:
            continue
        read.add(url)
        answer = client.get(url)
        assert answer.status_code in {200, 302}, f"{persona}: {url}: {answer.status_code}"
        if answer.status_code == 200:
            waiting += LINK.findall(answer.content.decode())


def test_a_member_for_another_board_is_named_without_a_link(
    browse: Browse, joint: Group, world: World
) -> None:
    page = browse("business_manager").get("/board/groups/qeg/").content.decode()
    assert "Viv Carden" in page
    assert f"/board/people/{world.people['sister_head'].id}/" not in page
    assert f"/board/people/{world.people['police_member'].id}/" in page

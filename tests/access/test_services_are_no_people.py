"""A service that acts by a token, revoked or not, is offered and listed nowhere as somebody."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from tests.assurance.conftest import Round, cycle_round, signed_school
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.access.directory.forms.people import CoverForm, GroupMemberForm, JoinPersonForm
from wholestory.access.screens.forms import people_of
from wholestory.access.tokens import operations
from wholestory.access.tokens.models import Scope, Token
from wholestory.partners.models import Person
from wholestory.partners.queries.snapshot import snapshot

Browse = Callable[[str], Client]
__all__ = ["cycle_round", "signed_school"]
NAME = "API of Willow Lane Academy"


@pytest.fixture
def token(world: World) -> Token:
    manager = world.people["business_manager"]
    with acting.acting_as(manager, world.seats["business_manager"]):
        made = operations.make(
            actor=manager, board=world.board, agency=world.agencies["school"], used_by="Audit",
            scopes=[Scope.RETURNS_READ], days=30, now=timezone.now(),
        )  # fmt: skip
    assert made.token.person.full_name == NAME
    return made.token


def revoke(world: World, token: Token) -> None:
    manager = world.people["business_manager"]
    with acting.acting_as(manager, world.seats["business_manager"]):
        operations.revoke(actor=manager, token=token, now=timezone.now())


@pytest.mark.parametrize("revoked", [False, True])
def test_in_no_list_of_the_board(world: World, token: Token, browse: Browse, revoked: bool) -> None:
    if revoked:
        revoke(world, token)
    client = browse("business_manager")
    for url in (
        "/board/people/?state=all", "/board/people/?state=all&export=csv", "/board/agencies/school/",
        "/board/doubles/", "/search/?words=willow", "/access/accounts/",
    ):  # fmt: skip
        answer = client.get(url)
        assert answer.status_code == 200, url
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert NAME.encode() not in body, url


def test_in_no_choice(world: World, token: Token) -> None:
    board = world.board
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        forms = (
            CoverForm(board=board, seat=world.seats["administrator"], today=TODAY).fields["person"],
            GroupMemberForm(board=board, team=False, today=TODAY, group=board.groups.get()).fields["person"],
            JoinPersonForm(board=board, person=world.people["head"]).fields["other"],
        )
        drawn = [
            *(str(field.choices) for field in forms),
            str(people_of(board)),
            str(snapshot(board).people),
        ]
    for each in drawn:
        assert "Jo Ashdown" in each or "Kit Monro" in each
        assert NAME not in each


def test_not_asked_to_do_an_action_or_to_answer_a_part(
    signed_school: Round, token: Token, browse: Browse
) -> None:
    reference = signed_school.fresh("school").record.reference
    head = browse("head")
    page = head.get(f"/self-audits/returns/{reference}/promise/").content.decode()
    assert "Jo Ashdown" in page
    assert NAME not in page
    other = signed_school.fresh("police").record.reference
    assert NAME not in browse("police_lead").get(f"/self-audits/returns/{other}/share/").content.decode()


def test_those_made_before_are_marked_by_the_migration(world: World, token: Token) -> None:
    Person.objects.filter(pk=token.person_id).update(is_service=False)
    import_module("wholestory.access.migrations.0008_services_are_no_people").mark(apps, None)
    assert set(Person.objects.filter(is_service=True)) == {token.person}

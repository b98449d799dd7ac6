"""Every outermost transaction states who acts; a refused one leaves nothing half-begun."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.personas import World
from wholestory.access import acting
from wholestory.access.acting import Acting


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [f"app.{name}"])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_who_acted_is_forgotten_when_the_transaction_ends() -> None:
    world = World()
    with acting.acting_as(world.people["head"], world.seats["head"]):
        assert setting("person") == str(world.people["head"].id)
        assert setting("seat") == str(world.seats["head"].id)
    with transaction.atomic():
        assert setting("person") == ""
        assert setting("circles") == ""


@pytest.mark.django_db(transaction=True)
def test_a_refused_beginning_leaves_no_transaction_behind() -> None:
    world = World()
    pretended = Acting(world.people["head"].id, None, world.board.id)
    with pytest.raises(DatabaseError, match="only a system actor"), acting.stated(pretended):
        pass
    assert acting.current() is None
    assert connection.get_autocommit()
    with transaction.atomic():
        assert setting("person") == ""


def test_the_system_gives_way_again_to_the_person(world: World) -> None:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        mine = setting("offices")
        with acting.as_system(world.board):
            assert setting("offices") != mine
        assert setting("offices") == mine
        assert setting("person") == str(world.people["head"].id)


def test_a_savepoint_rolled_back_forgets_what_was_stated_inside(world: World) -> None:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        with pytest.raises(RuntimeError), acting.as_system(world.board):
            raise RuntimeError
        assert setting("person") == str(world.people["head"].id)

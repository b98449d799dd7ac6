"""Plain SQL under the web role, acting for each persona, over every protected table of every room."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.access import proof, proof_of_rows
from tests.access.proof import Connect
from tests.ledger.conftest import copy_of_the_world
from tests.personas import World


@pytest.fixture(scope="module")
def connect(django_db_setup: None) -> Iterator[Connect]:
    with copy_of_the_world("sql") as found:
        yield found


@pytest.fixture(scope="module")
def places(connect: Connect, django_db_blocker: DjangoDbBlocker) -> dict[str, tuple[int, int]]:
    """Rows in every protected table, and the circles filled by the application's own rules."""
    made = proof_of_rows.fill(connect)
    with django_db_blocker.unblock():
        proof.derive_everybody(connect)
    return made


def test_every_protected_table_is_guarded(connect: Connect) -> None:
    assert proof.protected_tables()
    assert proof.unguarded_tables(connect("admin")) == []


def test_no_role_of_the_application_can_pass_by_the_rules(connect: Connect) -> None:
    assert proof.overpowered_roles(connect("admin")) == []


def test_no_view_shows_what_its_reader_may_not_see(connect: Connect) -> None:
    assert proof.views_that_leak(connect("admin")) == []


def test_no_unique_value_tells_of_a_hidden_row(connect: Connect) -> None:
    assert proof.telling_uniques(connect("admin")) == []


def test_deleting_never_reaches_rows_one_cannot_see() -> None:
    assert proof.hidden_deletions() == []


def test_each_persona_sees_exactly_the_rows_meant_for_them(
    world: World, connect: Connect, places: dict[str, tuple[int, int]]
) -> None:
    assert proof_of_rows.rows_shown_to_the_wrong_people(connect, world, places) == []


@pytest.mark.parametrize(
    "persona", ["head", "police_lead", "business_manager", "ig_lead", "lay_member", "stranger"]
)
def test_nobody_writes_outside_their_circles(
    world: World, connect: Connect, places: dict[str, tuple[int, int]], persona: str
) -> None:
    assert proof_of_rows.writes_that_reach_outside(connect, world, places, persona) == []


def test_a_count_tells_nothing_of_hidden_rows(
    world: World, connect: Connect, places: dict[str, tuple[int, int]]
) -> None:
    web = connect("web")
    with proof_of_rows.acting(web, world, "stranger"):
        for table in proof.protected_tables():
            row = web.execute(f"select count(*), max(created_at) from {table}").fetchone()
            assert row == (0, None), table


def test_one_transaction_does_not_leak_into_the_next(
    world: World, connect: Connect, places: dict[str, tuple[int, int]]
) -> None:
    web = connect("web")
    with proof_of_rows.acting(web, world, "quality_officer"):
        assert web.execute("select count(*) from records_record").fetchone() != (0,)
    assert web.execute("select count(*) from records_record").fetchone() == (0,)
    with proof_of_rows.acting(web, world, "stranger"):
        assert web.execute("select count(*) from records_record").fetchone() == (0,)


@pytest.mark.parametrize("role", ["public", "backup"])
def test_roles_without_a_person_cannot_act_as_one(world: World, connect: Connect, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect(role).execute("select access_act_as(%s, null)", [world.people["business_manager"].id])


def test_the_public_role_reads_no_protected_table(connect: Connect) -> None:
    for table in proof.protected_tables():
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect("public").execute(f"select 1 from {table}")

"""Plain SQL as the role for open pages, as the web role with nobody acting, and as the team: what each can reach."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb
from pytest_django import DjangoDbBlocker

from tests.access import proof, proof_of_rows
from tests.access.proof import Connect
from tests.assurance.conftest import Round
from tests.assurance.surveying import Asked
from tests.ledger.conftest import copy_of_the_world, tampering
from tests.personas import World
from wholestory.access import open_doors


@pytest.fixture(scope="module")
def connect(django_db_setup: None) -> Iterator[Connect]:
    with copy_of_the_world("survey") as found:
        yield found


@pytest.fixture(scope="module")
def asked(connect: Connect, django_db_blocker: DjangoDbBlocker) -> Asked:
    """An open survey in a database of its own, with nobody's reply yet."""
    with django_db_blocker.unblock(), proof.django_on(connect):
        return Asked(Round(World()))


def answer(role: psycopg.Connection[Any], asked: Asked, **other: Any) -> bool:
    said = {
        "link": asked.token, "key": uuid.uuid4(), "agency": asked.agency("police"), "group": "front_line",
        "answers": {"refer": "agree"}, "words": "",
    } | other  # fmt: skip
    said["answers"] = Jsonb(said["answers"])
    row = role.execute(
        "select assurance_survey_answer(%s, %s, %s, %s, %s, %s)", list(said.values())
    ).fetchone()
    assert row
    return bool(row[0])


def test_the_open_role_gets_what_was_published_and_nothing_else_of_the_survey(
    connect: Connect, asked: Asked
) -> None:
    row = connect("public").execute("select assurance_survey_shown(%s)", [asked.token]).fetchone()
    assert row
    shown = row[0] if isinstance(row[0], dict) else json.loads(row[0])
    assert set(shown) == {
        "title", "board", "mailbox", "example", "minimum", "last_day", "statements", "groups", "agencies", "day"
    }  # fmt: skip
    assert connect("public").execute("select assurance_survey_shown('no-such')").fetchone() == (None,)


def test_the_open_role_reads_and_writes_no_table_at_all(connect: Connect) -> None:
    tables = (
        connect("admin")
        .execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'ledger')"
        )
        .fetchall()
    )
    assert len(tables) > 50
    role = connect("public")
    for (table,) in tables:
        for statement in (
            f"select 1 from {table}",
            f"delete from {table}",
            f"insert into {table} default values",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(statement)


def test_of_functions_that_see_more_the_open_role_has_its_doors_alone(connect: Connect) -> None:
    found = (
        connect("admin")
        .execute(
            "select proname from pg_proc where prosecdef"
            " and has_function_privilege('wholestory_public', oid, 'execute')"
            " and pronamespace in ('public'::regnamespace, 'ledger'::regnamespace)"
        )
        .fetchall()
    )
    assert {name for (name,) in found if name != "chain"} == set(open_doors.DOORS)


@pytest.mark.parametrize(
    "other",
    [
        {"agency": uuid.uuid4()}, {"group": "chief_executive"}, {"answers": {"no_such": "agree"}},
        {"answers": {"refer": "maybe"}}, {"answers": ["agree"]}, {"words": "x" * 1001},
    ],
)  # fmt: skip
def test_only_what_the_survey_offers_is_taken(connect: Connect, asked: Asked, other: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        answer(connect("public"), asked, **other)


def test_replies_leave_no_line_no_time_and_no_trace_of_whoever_sent_them(
    connect: Connect, asked: Asked
) -> None:
    admin = connect("admin")
    before = admin.execute("select count(*) from ledger.line").fetchone()
    key = uuid.uuid4()
    assert answer(connect("public"), asked, key=key)
    assert answer(connect("public"), asked, key=key), "the same key again is one reply"
    assert not answer(connect("public"), asked, link="no-such")
    assert admin.execute("select count(*) from ledger.line").fetchone() == before
    rows = admin.execute(
        "select id, created_at::text, sealed from assurance_surveyreply where id = %s", [key]
    ).fetchall()
    assert [(one[0], one[1][11:19], one[2]) for one in rows] == [(key, "00:00:00", True)]


def test_the_columns_of_a_reply_are_these_and_no_other_table_points_at_one(
    connect: Connect, asked: Asked
) -> None:
    admin = connect("admin")
    columns = admin.execute(
        "select column_name from information_schema.columns where table_name = 'assurance_surveyreply'"
    ).fetchall()
    assert {name for (name,) in columns} == {
        "id", "created_at", "circle_id", "office_id", "survey_id", "agency_id", "staff_group", "answers", "remark",
        "sealed",
    }  # fmt: skip
    pointing = admin.execute(
        "select conrelid::regclass::text from pg_constraint where confrelid = 'assurance_surveyreply'::regclass"
    ).fetchall()
    assert pointing == []
    answer(connect("public"), asked)
    with tampering(admin), pytest.raises(psycopg.errors.CheckViolation):
        admin.execute("update assurance_surveyreply set created_at = created_at + interval '1 hour'")
    admin.execute("set session_replication_role = origin")


def test_the_web_role_with_nobody_acting_sees_nothing_before_or_after_the_door(
    connect: Connect, asked: Asked
) -> None:
    web = connect("web")
    with web.transaction(force_rollback=True):
        assert answer(web, asked)
        assert web.execute("select assurance_survey_shown(%s)", [asked.token]).fetchone() != (None,)
        assert web.execute("select coalesce(current_setting('app.offices', true), '')").fetchone() == ("",)
        for table in proof.protected_tables():
            assert web.execute(f"select count(*) from {table}").fetchone() == (0,), table


def test_whoever_acts_acts_again_after_the_door(connect: Connect, asked: Asked, world: World) -> None:
    web = connect("web")
    with proof_of_rows.acting(web, world, "head"):
        before = web.execute(
            "select current_setting('app.circles'), current_setting('app.offices')"
        ).fetchone()
        web.execute("select assurance_survey_shown(%s)", [asked.token])
        answer(web, asked)
        after = web.execute(
            "select current_setting('app.circles'), current_setting('app.offices')"
        ).fetchone()
        assert after == before
        assert web.execute("select count(*) from assurance_survey").fetchone() == (0,)


def test_while_it_runs_the_team_sees_no_reply_and_can_write_none(
    connect: Connect, asked: Asked, world: World
) -> None:
    answer(connect("public"), asked)
    web = connect("web")
    with proof_of_rows.acting(web, world, "quality_officer"):
        assert web.execute("select count(*) from assurance_survey").fetchone() == (1,)
        assert web.execute("select count(*) from assurance_surveyreply").fetchone() == (0,)
        web.execute("insert into ledger.line (verb, writes) values ('test.tried', true)")
        for statement in (
            "delete from assurance_surveyreply", "update assurance_surveyreply set sealed = false",
            "insert into assurance_surveyreply default values",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
                web.execute(statement)


def test_the_count_is_in_fives_and_only_for_the_team(connect: Connect, asked: Asked, world: World) -> None:
    """Nine and nothing is said; ten is ten; fourteen is ten or a few more."""
    web, admin = connect("web"), connect("admin")

    def counted(persona: str) -> Any:
        with proof_of_rows.acting(web, world, persona):
            row = web.execute("select assurance_survey_count(%s)", [asked.survey.pk]).fetchone()
            return row[0] if row else None

    def reach(number: int) -> None:
        row = admin.execute("select count(*) from assurance_surveyreply").fetchone()
        assert row
        for _ in range(number - row[0]):
            answer(connect("public"), asked)

    reach(9)
    assert counted("quality_officer") is None
    reach(10)
    assert counted("quality_officer") == 10
    reach(14)
    assert counted("quality_officer") == 10
    assert counted("head") is None
    assert counted("sister_manager") is None


def test_closing_gives_new_keys_and_one_moment_to_all(
    connect: Connect, asked: Asked, django_db_blocker: DjangoDbBlocker
) -> None:
    admin = connect("admin")
    for _ in range(3):
        answer(connect("public"), asked)
    before = {row[0] for row in admin.execute("select id from assurance_surveyreply").fetchall()}
    assert len(before) >= 3
    with django_db_blocker.unblock(), proof.django_on(connect):
        asked.close()
    after = admin.execute("select id, xmin::text, sealed from assurance_surveyreply").fetchall()
    assert len(after) == len(before)
    assert not before & {row[0] for row in after}
    assert len({row[1] for row in after}) == 1, "the database itself no longer knows which came first"
    assert not any(row[2] for row in after)

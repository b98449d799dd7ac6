"""Plain SQL as the role for open pages and as the web role: what telling a panel of a death can reach, and cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb
from pytest_django import DjangoDbBlocker

from tests.access import proof
from tests.access.proof import Connect
from tests.child_deaths.notifying import open_panel
from tests.ledger.conftest import copy_of_the_world
from tests.personas import World

GOOD: dict[str, Any] = {"surname": {"value": "Ashby-Test"}, "sex": {"nothing": "not_known"}}


@pytest.fixture(scope="module")
def connect(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    with copy_of_the_world("notifying") as found:
        with django_db_blocker.unblock(), proof.django_on(found):
            open_panel(World())
            closed = open_panel(World(), "closed")
            closed.takes_notifications = False
            closed.save()
        yield found


def one(role: psycopg.Connection[Any], statement: str, values: list[Any] | None = None) -> Any:
    row = role.execute(statement, values or []).fetchone()
    assert row is not None
    return row[0]


def notify(
    role: psycopg.Connection[Any],
    answers: Any,
    slug: str = "northmarsh",
    visitor: str = "v",
    question: str = "",
    sending: str = "",
) -> dict[str, Any] | None:
    told = one(
        role,
        "select child_deaths_notify(%s, %s, 'notification', 1, %s, %s, %s)",
        [slug, Jsonb(answers), visitor, question, sending],
    )
    return json.loads(told) if isinstance(told, str) else told


def test_the_open_role_is_shown_what_the_page_shows_and_nothing_else(connect: Connect) -> None:
    shown = one(connect("public"), "select child_deaths_notify_shown('northmarsh')")
    shown = shown if isinstance(shown, dict) else json.loads(shown)
    assert set(shown) == {
        "name", "short", "board", "example", "email", "telephone", "verified_on", "day", "numbers"
    }  # fmt: skip
    for slug in ("no-such", "closed", ""):
        assert one(connect("public"), "select child_deaths_notify_shown(%s)", [slug]) is None
        assert notify(connect("public"), GOOD, slug) is None


def test_it_sends_and_gets_a_reference_and_a_time_back(connect: Connect) -> None:
    told = notify(connect("public"), GOOD)
    assert told is not None
    assert set(told) == {"reference", "received"}
    admin = connect("admin")
    row = admin.execute(
        "select c.kind, o.key, r.kind, r.retention, n.channel, n.answers, b.slug from child_deaths_notification n"
        " join records_record r on r.id = n.record_id join records_circle c on c.id = n.circle_id"
        " join records_office o on o.id = n.office_id join partners_board b on b.id = r.board_id"
        " where r.reference = %s",
        [told["reference"]],
    ).fetchone()
    assert row == (
        "death_intake", "child_deaths", "child_deaths.notification", "child_deaths", "page", GOOD, "north"
    )  # fmt: skip
    line = admin.execute(
        "select l.person::text, l.verb, l.kind, l.reason, l.writes from ledger.line l"
        " join records_record r on r.id = l.record where r.reference = %s",
        [told["reference"]],
    ).fetchall()
    assert line == [
        ("00000000-0000-4000-8000-000000000002", "child_deaths.notified", "child_deaths.notification", "by_page", True)
    ]  # fmt: skip


def test_of_what_it_sent_the_open_role_reads_nothing(connect: Connect) -> None:
    role = connect("public")
    notify(role, GOOD)
    for table in (
        "child_deaths_notification", "records_record", "child_deaths_knock", "child_deaths_panel", "partners_board",
        "ledger.line", "access_account",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(f"select 1 from {table}")
    for inner in ("child_deaths_panel_at('northmarsh')", "child_deaths_new_reference()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(f"select {inner}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute(
            "select child_deaths_keep('northmarsh', 'paper', '{}', null, 'notification', 1, null, 'exact', null, '')"
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute("insert into ledger.line (verb) values ('child_deaths.notified')")


def test_nothing_of_the_board_stays_open_behind_it(connect: Connect) -> None:
    web = connect("web")
    with web.transaction():
        notify(web, {**GOOD, "surname": {"value": "Other-Test"}})
        assert one(web, "select current_setting('app.offices', true)") in (None, "")
        assert one(web, "select current_setting('app.person', true)") in (None, "")
        assert one(web, "select count(*) from child_deaths_notification") == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
            web.execute("update records_record set edition = 'X'")


@pytest.mark.parametrize(
    "answers",
    [
        {}, [], "text", {"Surname": {"value": "x"}}, {"surname": "x"}, {"surname": {"value": ""}},
        {"surname": {"value": None}}, {"surname": {"nothing": "because"}},
        {"surname": {"value": "x", "nothing": "not_known"}}, {"surname": {"value": "x" * 4001}},
        {f"k{n}": {"value": "x"} for n in range(81)}, {f"k{n}": {"value": "x" * 3999} for n in range(16)},
        {"k" * 61: {"value": "x"}}, {"surname": {}},
    ],
    ids=str,
)  # fmt: skip
def test_what_has_no_shape_or_no_end_is_refused_by_the_database(connect: Connect, answers: Any) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        notify(connect("public"), answers)


def test_the_same_message_within_ten_minutes_is_the_first_one(connect: Connect) -> None:
    said = {**GOOD, "surname": {"value": "Twice-Test"}}
    first = notify(connect("public"), said, sending="s1")
    second = notify(connect("web"), dict(reversed(said.items())), sending="s1")
    assert first == second
    others = [notify(connect("public"), said, sending=sending) for sending in ("s2", "", "")]
    assert len({one["reference"] for one in (first, *others) if one}) == 4
    connect("admin").execute("alter table child_deaths_notification disable trigger all")
    connect("admin").execute(
        "update child_deaths_notification set created_at = created_at - interval '11 minutes'"
        " where answers -> 'surname' ->> 'value' = 'Twice-Test'"
    )
    connect("admin").execute("alter table child_deaths_notification enable trigger all")
    third = notify(connect("public"), said, sending="s1")
    assert third is not None
    assert first is not None
    assert third["reference"] != first["reference"]


def test_what_was_sent_is_never_changed_or_removed(connect: Connect) -> None:
    notify(connect("public"), GOOD)
    for statement in (
        "update child_deaths_notification set answers = '{}'",
        "delete from child_deaths_notification",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"history|line"):
            connect("admin").execute(statement)


def test_a_person_without_a_token_cannot_send_as_a_system(connect: Connect) -> None:
    call = "select child_deaths_notify_by_system('northmarsh', '{}', '{}', 'notification', 1, null, 'exact')"
    for role in ("web", "public"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(role).execute(call)


def flood(role: psycopg.Connection[Any], times: int, visitor: str, question: str = "") -> list[str]:
    """What each of so many different messages was answered: ``reference``, ``ask`` or ``busy``."""
    found = []
    for number in range(times):
        told = notify(
            role,
            {"surname": {"value": f"Sent {uuid4()}"}},
            visitor=visitor,
            question=f"{question}{number}" if question else "",
        )
        assert told is not None
        found.append("reference" if "reference" in told else next(iter(told)))
    return found


def test_many_from_one_address_are_asked_a_question_and_others_are_not(connect: Connect) -> None:
    connect("admin").execute("delete from child_deaths_knock")
    role = connect("public")
    assert flood(role, 12, "one") == ["reference"] * 10 + ["ask"] * 2
    assert flood(role, 3, "other") == ["reference"] * 3
    assert flood(role, 25, "one", "q") == ["reference"] * 20 + ["busy"] * 5


def test_an_answered_question_is_good_for_one_message(connect: Connect) -> None:
    connect("admin").execute("delete from child_deaths_knock")
    role = connect("public")
    flood(role, 10, "one")
    first = notify(role, {"surname": {"value": "First"}}, visitor="one", question="spent")
    again = notify(role, {"surname": {"value": "Second"}}, visitor="one", question="spent")
    assert first is not None
    assert "reference" in first
    assert again == {"ask": True}


def test_a_flood_from_everywhere_ends_by_itself_after_a_minute(connect: Connect) -> None:
    admin, role = connect("admin"), connect("public")
    admin.execute("delete from child_deaths_knock")
    admin.execute("insert into child_deaths_knock (visitor) select 'v' || n from generate_series(1, 40) n")
    assert flood(role, 1, "nurse") == ["ask"]
    assert flood(role, 1, "nurse", "q") == ["reference"]
    admin.execute("insert into child_deaths_knock (visitor) select 'w' || n from generate_series(1, 80) n")
    assert flood(role, 1, "nurse", "r") == ["busy"]
    admin.execute("update child_deaths_knock set at = at - interval '61 seconds'")
    assert flood(role, 1, "nurse", "s") == ["reference"]
    admin.execute("update child_deaths_knock set at = at - interval '10 minutes'")
    assert flood(role, 1, "nurse2") == ["reference"]
    assert one(admin, "select count(*) from child_deaths_knock") == 1, "old rows are gone"

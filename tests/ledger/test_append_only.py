"""Nobody changes, removes or empties lines; writers choose neither who nor when; an operation without a line fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.errors import Error, InsufficientPrivilege, RaiseException

from tests.ledger.conftest import Connect, append, copy_of_the_world


@pytest.fixture(scope="module")
def record(django_db_setup: None) -> Iterator[Connect]:
    """One database for all of these: what is refused leaves nothing behind."""
    with copy_of_the_world("append") as connect:
        yield connect


CHANGES = {
    "update": "update ledger.line set reason = 'other'",
    "delete": "delete from ledger.line",
    "truncate": "truncate ledger.line",
    "drop": "drop table ledger.line",
    "drop the schema": "drop schema ledger cascade",
    "switch its triggers off": "alter table ledger.line disable trigger all",
    "change a head": "update ledger.lane set number = 0",
    "replace the digest": "create or replace function ledger.digest(l ledger.line) returns bytea language sql"
    " as $$ select ''::bytea $$",
}


@pytest.mark.parametrize("role", ["web", "worker", "public", "owner", "backup"])
@pytest.mark.parametrize("what", CHANGES)
def test_no_role_of_the_application_can(record: Connect, role: str, what: str) -> None:
    append(record("web"))
    with pytest.raises(Error) as refused:
        record(role).execute(CHANGES[what])
    assert refused.value.sqlstate in {"42501", "25006"}, "refused by privilege (or a read-only role)"


@pytest.mark.parametrize("what", ["update", "delete", "truncate"])
def test_even_a_superuser_is_stopped_by_the_trigger(record: Connect, what: str) -> None:
    append(record("web"))
    with pytest.raises(RaiseException, match="cannot be changed"):
        record("admin").execute(CHANGES[what])


@pytest.mark.parametrize("column", ["person", "seat", "at", "lane", "number", "previous", "hash"])
def test_a_writer_cannot_choose_who_when_or_where(record: Connect, column: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        record("web").execute(f"insert into ledger.line (verb, {column}) values ('test.happened', null)")


@pytest.mark.parametrize("role", ["web", "public"])
def test_those_who_append_cannot_read(record: Connect, role: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        record(role).execute("select * from ledger.line")


def test_no_role_owns_the_schema_and_signs_in(record: Connect) -> None:
    found = record("admin").execute(
        "select r.rolname, r.rolcanlogin, r.rolsuper from pg_namespace n join pg_roles r on r.oid = n.nspowner"
        " where n.nspname = 'ledger'"
    )
    assert found.fetchone() == ("wholestory_ledger", False, False)


def test_a_protected_table_refuses_a_change_without_a_line(record: Connect) -> None:
    web = record("web")
    with pytest.raises(InsufficientPrivilege, match="needs a line in the access record"):
        web.execute("update records_record set edition = 'WT2018'")
    with web.transaction():
        append(web)
        web.execute("update records_record set edition = 'WT2018'")
    with pytest.raises(InsufficientPrivilege, match="needs a line"):
        web.execute("update records_record set edition = 'WT2018'")


def test_a_reading_line_does_not_answer_for_a_change(record: Connect) -> None:
    web = record("web")
    with web.transaction(force_rollback=True):
        web.execute("insert into ledger.line (verb, writes) values ('test.read', false)")
        with pytest.raises(InsufficientPrivilege, match="needs a line"):
            web.execute("delete from records_link")


@pytest.mark.parametrize("bad", ["verb", "reason"])
def test_no_free_text_gets_in(record: Connect, bad: str) -> None:
    values = {"verb": "test.happened", "reason": "seat.member", bad: "Jo Ashdown said so"}
    with pytest.raises(Error, match="check constraint"):
        record("web").execute("insert into ledger.line (verb, reason) values (%(verb)s, %(reason)s)", values)

"""Checks that need-to-know holds in the database, as functions that name what does not.

They are written so that they can be run against a database in which a rule was broken on purpose: a proof that
cannot fail proves nothing (``test_broken_on_purpose.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, models

from wholestory.access import derive
from wholestory.partners.models import Person
from wholestory.records.models import Protected

Db = psycopg.Connection[Any]
Connect = Callable[[str], Db]

APPLICATION_ROLES = ("web", "worker", "public", "owner", "backup")


def protected_models() -> list[type[Protected]]:
    """Every model whose rows are need-to-know, whichever room it is in."""
    return sorted((m for m in apps.get_models() if issubclass(m, Protected)), key=lambda m: m._meta.db_table)


def protected_tables() -> list[str]:
    return [model._meta.db_table for model in protected_models()]


#: Protected tables that take changes without a line in the access record, and why.
WITHOUT_A_LINE = {
    "paperwork_presence": "who has a form open this minute: a heartbeat, not a change of the form"
}


def unguarded_tables(admin: Db) -> list[str]:
    """Protected tables whose guards in the database are not all there, and what each lacks."""
    found = []
    for table in protected_tables():
        row = admin.execute(
            """
            select c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),
              (select count(*) from pg_trigger t
               where t.tgrelid = c.oid and t.tgname = 'needs_a_line' and t.tgenabled = 'O')
            from pg_class c where c.oid = to_regclass(%s)
            """,
            [table],
        ).fetchone()
        if row is None:
            found.append(f"{table} is not there")
            continue
        enabled, forced, owner, triggers = row
        if not enabled:
            found.append(f"{table} has no row-level security")
        if not forced:
            found.append(f"{table} does not bind its owner")
        if owner != "wholestory_owner":
            found.append(f"{table} belongs to {owner}")
        if triggers != 1 and table not in WITHOUT_A_LINE:
            found.append(f"{table} takes changes without a line")
        policies = admin.execute(
            "select policyname, permissive, cmd, roles::text, qual, with_check from pg_policies where tablename = %s",
            [table],
        ).fetchall()
        found += _policy_problems(table, policies)
    return found


#: Policies beside the two every protected table has, and why each lets nobody see more.
OTHER_POLICIES = {
    ("records_record", "keeper"): "only for the role that keeps the access record, which cannot sign in",
    ("access_grant", "deriving"): "only while the rules work out who is in",
    ("access_refusal", "deriving"): "only while the rules work out who is in",
    ("access_refusal", "own_hidden"): "takes away: nobody sees a refusal about themselves",
    ("access_refusal", "own_kept"): "takes away: nobody changes a refusal about themselves",
    (
        "assurance_surveyreply",
        "sealed_until_closed",
    ): "takes away: nobody reads a reply before its survey is closed",
}


def _policy_problems(table: str, policies: list[tuple[Any, ...]]) -> list[str]:
    found = []
    named = {row[0]: row for row in policies}
    usual = named.get("need_to_know")
    if usual is None:
        return [f"{table} lacks the need-to-know policy"]
    for column in (usual[4], usual[5]):
        if not column or "app.circles" not in column or "app.offices" not in column or " AND " in column:
            found.append(f"{table}: the need-to-know policy is not the measured one")
            break
    refused = named.get("refused")
    if table != "access_refusal" and (
        refused is None or refused[1] != "RESTRICTIVE" or "app.refused" not in refused[4]
    ):
        found.append(f"{table} lets the refused in")
    for change in ("insert", "update", "delete"):
        row = named.get(f"read_only_{change}")
        if row is None or row[1] != "RESTRICTIVE" or "app.read_only" not in (row[4] or "") + (row[5] or ""):
            found.append(f"{table} lets emergency readers {change}")
    others = sorted(
        set(named) - {"need_to_know", "refused", *(f"read_only_{c}" for c in ("insert", "update", "delete"))}
    )
    return found + [
        f"{table} has a policy nobody gave a reason for: {name}"
        for name in others
        if (table, name) not in OTHER_POLICIES
    ]


def overpowered_roles(admin: Db) -> list[str]:
    """Roles of the application that could pass by the rules."""
    found = []
    for role in APPLICATION_ROLES:
        row = admin.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles"
            " where rolname = %s",
            [f"wholestory_{role}"],
        ).fetchone()
        if row is None:
            found.append(f"{role} is not there")
            continue
        superuser, bypasses, *others = row
        if superuser or any(others):
            found.append(f"{role} has rights over the server")
        if bypasses and role != "backup":
            found.append(f"{role} passes by row-level security")
        member_of = admin.execute(
            "select pg_get_userbyid(m.roleid) from pg_auth_members m join pg_roles r on r.oid = m.member"
            " where r.rolname = %s",
            [f"wholestory_{role}"],
        ).fetchall()
        found += [f"{role} may act as {other}" for (other,) in member_of]
    for role in ("web", "worker", "public"):
        owned = admin.execute(
            "select relname from pg_class where relowner = %s::regrole and relkind in ('r', 'v', 'm')",
            [f"wholestory_{role}"],
        ).fetchall()
        found += [f"{role} owns {table}" for (table,) in owned]
    return found


def views_that_leak(admin: Db) -> list[str]:
    """Views that show rows by their owner's rights instead of the reader's."""
    rows = admin.execute(
        "select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace"
        " and not coalesce(reloptions::text like '%security_invoker=true%', false)"
    ).fetchall()
    return [f"the view {name} shows every row" for (name,) in rows] + [
        f"the materialised view {name} shows every row"
        for (name,) in admin.execute("select relname from pg_class where relkind = 'm'").fetchall()
    ]


#: Unique text that nobody can guess, so that a clash tells nothing.
RANDOM = {("records_record", "reference")}


def telling_uniques(admin: Db) -> list[str]:
    """Unique constraints by which somebody outside could learn that a hidden row exists."""
    found = []
    for table in protected_tables():
        rows = admin.execute(
            """
            select i.indexrelid::regclass::text, array_agg(a.attname::text), array_agg(a.atttypid::regtype::text)
            from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
            where i.indrelid = to_regclass(%s) and i.indisunique group by 1
            """,
            [table],
        ).fetchall()
        for name, columns, kinds in rows:
            if "circle_id" in columns or "uuid" in kinds or any((table, c) in RANDOM for c in columns):
                continue
            found.append(f"{table}: a clash on {name} ({', '.join(columns)}) would tell of a hidden row")
    return found


def hidden_deletions() -> list[str]:
    """Foreign keys to protected rows that would delete or blank rows the deleter may not see."""
    found = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or model._meta.app_label not in _own_labels():
                continue
            target = field.remote_field.model
            if (
                isinstance(target, type)
                and issubclass(target, Protected)
                and field.remote_field.on_delete is not models.PROTECT
            ):
                found.append(
                    f"{model._meta.label}.{field.name} does not protect the {target.__name__} it points to"
                )
    return found


def _own_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith("wholestory.")}


@contextmanager
def django_on(connect: Connect) -> Iterator[None]:
    """Django's own connection, pointed at the copy for a while, so that the application's rules run on it."""
    told = connect("web").info
    own = connections["default"].settings_dict
    before = dict(own)
    connections.close_all()
    own.update(
        NAME=told.dbname,
        USER=told.user,
        PASSWORD=told.password,
        HOST=told.host,
        PORT=str(told.port),
        OPTIONS={},
    )
    try:
        yield
    finally:
        connections.close_all()
        own.update(before)


def derive_everybody(connect: Connect) -> None:
    """Let the application's own rules work out again who is in every circle of the copy."""
    with django_on(connect):
        derive.rewrite(*Person.objects.filter(is_system=False))

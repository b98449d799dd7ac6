"""Prepares an empty PostgreSQL for Wholestory: roles, the database, the access record's own schema.

Needs an administrator's connection once. Everything after it (migrations, serving) runs under lesser roles.
"""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

HERE = Path(__file__).parent
LEDGER_SCHEMA = HERE.parents[1] / "ledger" / "sql" / "schema.sql"


def prepare(admin_address: str, database: str) -> bool:
    """Make roles, database and the access record's schema. True when the database was new.

    ``admin_address`` reaches a role that may create roles and databases (and, for the backup role, bypass
    row-level security). Running it again changes nothing.
    """
    with psycopg.connect(admin_address, autocommit=True) as admin:
        admin.execute(_read("roles.sql"))
        new = admin.execute("select 1 from pg_database where datname = %s", [database]).fetchone() is None
        superuser = admin.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        if not (superuser and superuser[0]):
            # An administrator who is no superuser must belong to a role to give it anything.
            admin.execute("grant wholestory_owner, wholestory_ledger to current_user")
        if new:
            admin.execute(
                sql.SQL(
                    "create database {} owner wholestory_owner template template0 encoding 'UTF8'"
                ).format(sql.Identifier(database))
            )
            admin.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(database)))
        for role in ("owner", "web", "worker", "public", "backup"):
            admin.execute(
                sql.SQL("grant connect, temporary on database {} to {}").format(
                    sql.Identifier(database), sql.Identifier(f"wholestory_{role}")
                )
            )
    with psycopg.connect(admin_address, dbname=database, autocommit=True) as inside:
        inside.execute(_read("grants.sql"))
        inside.execute(LEDGER_SCHEMA.read_text())
    return new


def _read(name: str) -> sql.SQL:
    return sql.SQL((HERE / name).read_text())

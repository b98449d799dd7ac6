"""The test database: a template named by what makes it, built once as owner, cloned for each worker, used as web.

Tests therefore meet the same row-level security as the running site, and a change of any migration or SQL file
makes a fresh template by itself.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.environment import TEST_DATA
from wholestory.config.database.prepare import prepare

ROOT = Path(__file__).resolve().parent.parent
ROLES = {"web": "DATABASE_URL", "owner": "DATABASE_URL_OWNER", "worker": "DATABASE_URL_WORKER",
         "public": "DATABASE_URL_PUBLIC", "backup": "DATABASE_URL_BACKUP"}  # fmt: skip


def fingerprint() -> str:
    """A short hash over everything that shapes the schema."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("wholestory/**/migrations/*.py"), *ROOT.glob("wholestory/**/*.sql"),
                        *ROOT.glob("wholestory/records/rls.py"), ROOT / "wholestory/config/settings.py"]):  # fmt: skip
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def address(admin: str, database: str, role: str) -> str:
    """How ``role`` reaches ``database`` on the server of ``admin``, which trusts its socket or shares a password."""
    parts = {k: str(v) for k, v in conninfo_to_dict(admin).items()}
    if role != "admin":
        parts["user"] = f"wholestory_{role}"
    login = quote(parts.pop("user", "postgres")) + (
        f":{quote(p)}" if (p := parts.pop("password", "")) else ""
    )
    parts.pop("dbname", None)
    return f"postgresql://{login}@/{database}?{urlencode(parts, safe='/')}"


def template(admin: str) -> str:
    """The name of a migrated template database, made when missing."""
    name = f"wst_template_{fingerprint()}"
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute("select pg_advisory_lock(5050)")
        if server.execute(
            "select 1 from pg_database where datname = %s and datistemplate", [name]
        ).fetchone():
            return name
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
        prepare(admin, name)
        _set_passwords(server, admin)
        environment = {**os.environ, "WHOLESTORY_ROLE": "owner"}
        environment.update({variable: address(admin, name, role) for role, variable in ROLES.items()})
        made = subprocess.run(
            [sys.executable, "-m", "wholestory", "manage", "migrate", "-v0"],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"The test database could not be migrated:\n{made.stderr[-4000:]}")
        server.execute(sql.SQL("alter database {} with is_template true").format(sql.Identifier(name)))
    return name


def _set_passwords(server: psycopg.Connection, admin: str) -> None:
    password = conninfo_to_dict(admin).get("password")
    if password:
        for role in ROLES:
            server.execute(
                sql.SQL("alter role {} password {}").format(
                    sql.Identifier(f"wholestory_{role}"), sql.Literal(password)
                )
            )


def clone(admin: str, source: str, name: str) -> None:
    """A fresh database ``name`` like ``source``; an earlier one of that name goes."""
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("create database {} template {} owner wholestory_owner").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        server.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        for role in ROLES:
            server.execute(
                sql.SQL("grant connect, temporary on database {} to {}").format(
                    sql.Identifier(name), sql.Identifier(f"wholestory_{role}")
                )
            )


@contextmanager
def server() -> Iterator[str]:
    """The administrator's address of the test server: the one named in the environment, or an embedded one."""
    given = os.environ.get("WHOLESTORY_TEST_DATABASE_URL")
    if given:
        yield given
        return
    from wholestory.config.supervisor.embedded import embedded_server

    with embedded_server(TEST_DATA) as running:
        yield running.address("postgres", "postgres")

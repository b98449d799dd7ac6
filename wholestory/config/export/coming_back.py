"""Putting an export into an empty system, and proving that nothing is different."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg
from django.core.files import File
from psycopg import sql

from wholestory.config.export.manifest import BadExport, Manifest, fingerprint, migrations, tables
from wholestory.documents import shelf


class NotEmpty(Exception):
    """There is something in the system already; nothing was changed."""


class NotEqual(Exception):
    """What came back is not what went out; nothing was kept."""


def bring_back(admin_address: str, database: str, out: Path) -> Manifest:
    """Everything in one transaction, or nothing. ``admin_address`` must reach a superuser: rows are put back as they
    were, the access record's own included, which no lesser role may do.

    Raises BadExport, NotEmpty or NotEqual.
    """
    made = Manifest.read(out)
    _check_files(made, out)
    with psycopg.connect(admin_address, dbname=database) as connection:
        connection.execute("set local timezone = 'UTC'")
        _check_place(connection, made)
        connection.execute("set local session_replication_role = replica")
        here = [f"{schema}.{name}" for schema, name in tables(connection)]
        if missing := set(made.tables) - set(here):
            raise BadExport(f"This system has no table {', '.join(sorted(missing))}.")
        every = sql.SQL(", ").join(sql.Identifier(*name.split(".")) for name in here)
        connection.execute(sql.SQL("truncate {} cascade").format(every))
        for name in made.tables:
            _fill(connection, name, out)
        _continue_counting(connection)
        for name, table in made.tables.items():
            if fingerprint(connection, *name.split(".", 1)) != table.sha256:
                raise NotEqual(f"The table {name} came back different. Nothing was kept.")
    for place, expected in made.file_hashes.items():
        _put_file(place, expected, out)
    return made


def _check_place(connection: psycopg.Connection[Any], made: Manifest) -> None:
    superuser = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    if not (superuser and superuser[0]):
        raise NotEmpty(
            "DATABASE_URL_ADMIN must reach a superuser for an import: the access record comes back as it was."
        )
    if connection.execute("select 1 from partners_board limit 1").fetchone():
        raise NotEmpty("This system already holds a board. An export comes back into an empty system only.")
    there = migrations(connection)
    if there != made.migrations:
        different = [f"{app}.{name}" for app, name in there if [app, name] not in made.migrations]
        different += [f"{app}.{name}" for app, name in made.migrations if [app, name] not in there]
        raise BadExport(
            "The export was made by another version. Use the version that made it, then migrate. Different: "
            + ", ".join(different[:10])
        )


def _check_files(made: Manifest, out: Path) -> None:
    for name, table in made.tables.items():
        path = out / "tables" / f"{name}.csv"
        if not path.exists():
            raise BadExport(f"{path} is missing.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != table.sha256:
            raise BadExport(f"{path} was changed after the export was made.")
    for place, expected in made.file_hashes.items():
        path = out / "files" / place
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise BadExport(f"{path} is missing or was changed after the export was made.")


def _fill(connection: psycopg.Connection[Any], name: str, out: Path) -> None:
    path = out / "tables" / f"{name}.csv"
    with path.open("rb") as file:
        header = file.readline().decode("utf-8").strip()
    columns = sql.SQL(", ").join(sql.Identifier(column.strip('"')) for column in header.split(","))
    query = sql.SQL("copy {} ({}) from stdin (format csv, header)").format(
        sql.Identifier(*name.split(".", 1)), columns
    )
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(query) as copied:
        while piece := file.read(1024 * 1024):
            copied.write(piece)


def _continue_counting(connection: psycopg.Connection[Any]) -> None:
    """Serial keys go on where they stopped."""
    found = connection.execute(
        "select s.relname, t.relname, a.attname from pg_class s"
        " join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i') and d.classid = 'pg_class'::regclass"
        " join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid"
        " join pg_namespace n on n.oid = s.relnamespace where s.relkind = 'S' and n.nspname = 'public'"
    ).fetchall()
    for sequence, table, column in found:
        connection.execute(
            sql.SQL("select setval({}, coalesce((select max({}) from {}), 0) + 1, false)").format(
                sql.Literal(f"public.{sequence}"), sql.Identifier(column), sql.Identifier("public", table)
            )
        )


def _put_file(place: str, expected: str, out: Path) -> None:
    if not shelf.storage().exists(place):
        with (out / "files" / place).open("rb") as file:
            shelf.storage().save(place, File(file))
    with shelf.storage().open(place) as there:
        digest = hashlib.sha256()
        for piece in there.chunks():
            digest.update(piece)
    if digest.hexdigest() != expected:
        raise NotEqual(f"The file {place} is not what went out.")

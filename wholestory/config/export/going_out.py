"""Taking everything out, as it stood at one moment."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, TextIO

import psycopg
from django.utils import timezone
from psycopg import sql

from wholestory.config.export.manifest import Manifest, Table, content, migrations, tables
from wholestory.documents import shelf

_COLUMNS = (
    "select table_schema, table_name, column_name, data_type, is_nullable from information_schema.columns"
    " where table_schema in ('public', 'ledger') order by table_schema, table_name, ordinal_position"
)


def take_out(backup_address: str, out: Path, progress: TextIO) -> Manifest:
    """Write everything into ``out``. All tables are read in one snapshot, so that they belong together.

    ``backup_address`` reaches the role that may read every row. The manifest is written last: a folder without one
    was not finished.
    """
    (out / "tables").mkdir(parents=True, exist_ok=True)
    (out / "files").mkdir(exist_ok=True)
    with psycopg.connect(backup_address) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute("set local timezone = 'UTC'")
        made = Manifest(timezone.now().isoformat(), migrations(connection))
        _schema(connection, out)
        for schema, name in tables(connection):
            made.tables[f"{schema}.{name}"] = _table(connection, schema, name, out)
        progress.write(f"{made.rows:,} rows written\n")
        places = connection.execute(
            "select distinct place from documents_storedfile where removed_at is null and place <> '' order by 1"
        ).fetchall()
    for number, (place,) in enumerate(places, 1):
        made.file_hashes[place] = _file(place, out)
        if number % 500 == 0:
            progress.write(f"{number:,} of {len(places):,} files written\n")
    made.write(out)
    return made


def _schema(connection: psycopg.Connection[Any], out: Path) -> None:
    described: dict[str, list[dict[str, str]]] = {}
    for schema, table, column, kind, null in connection.execute(_COLUMNS).fetchall():
        described.setdefault(f"{schema}.{table}", []).append(
            {"column": column, "type": kind, "may_be_null": null}
        )
    (out / "schema.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def _table(connection: psycopg.Connection[Any], schema: str, name: str, out: Path) -> Table:
    digest = hashlib.sha256()
    with (out / "tables" / f"{schema}.{name}.csv").open("wb") as file:
        for piece in content(connection, schema, name):
            digest.update(piece)
            file.write(piece)
    counted = connection.execute(
        sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))
    ).fetchone()
    return Table(int(counted[0]) if counted else 0, digest.hexdigest())


def _file(place: str, out: Path) -> str:
    target = out / "files" / place
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with shelf.storage().open(place) as sealed, target.open("wb") as file:
        for piece in sealed.chunks():
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()

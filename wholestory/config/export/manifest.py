"""What an export holds, and how one table is read so that two systems can be compared byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

FORMAT = 1
NAME = "manifest.json"

#: Not taken along: what a running system makes anew (sessions, rate limits, the queue, which finds lost mail again).
LEFT_BEHIND = ("django_session", "django_migrations", "shared_cache", "procrastinate_")


class BadExport(Exception):
    """The folder is no export, or not of this version. The message says what is wrong and where."""


@dataclass
class Table:
    """One table: how many rows, and the SHA-256 of its CSV file."""

    rows: int
    sha256: str


@dataclass
class Manifest:
    """Everything in an export."""

    made_at: str
    migrations: list[list[str]]
    tables: dict[str, Table] = field(default_factory=dict)
    file_hashes: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> int:
        """How many sealed files."""
        return len(self.file_hashes)

    def write(self, out: Path) -> None:
        """Write it beside what it describes; the last thing an export does."""
        (out / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, out: Path) -> Manifest:
        """The manifest of a finished export. Raises BadExport."""
        path = out / NAME
        if not path.exists():
            raise BadExport(f"{path} is missing: this is no export, or one that was not finished.")
        try:
            said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            tables = {name: Table(**table) for name, table in said.pop("tables").items()}
            made = cls(**said, tables=tables)
        except (ValueError, TypeError, KeyError) as wrong:
            raise BadExport(f"{path} cannot be read: {wrong}") from wrong
        if made.format != FORMAT:
            raise BadExport(f"{path} is of format {made.format}; this version reads format {FORMAT}.")
        return made


def tables(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    """Schema and name of every table that goes along, in order."""
    found = connection.execute(
        "select schemaname, tablename from pg_tables where schemaname in ('public', 'ledger') order by 1, 2"
    ).fetchall()
    return [(schema, name) for schema, name in found if not name.startswith(LEFT_BEHIND)]


def migrations(connection: psycopg.Connection[Any]) -> list[list[str]]:
    """The migrations that made the schema."""
    found = connection.execute("select app, name from django_migrations order by 1, 2").fetchall()
    return [list(row) for row in found]


def content(connection: psycopg.Connection[Any], schema: str, table: str) -> Iterator[bytes]:
    """A table as CSV with a header, its rows in the order of the primary key: the same bytes for the same rows."""
    key = connection.execute(
        "select string_agg(quote_ident(a.attname), ', ' order by k.n) from pg_index i"
        " cross join lateral unnest(i.indkey) with ordinality k(attnum, n)"
        " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum"
        " where i.indisprimary and i.indrelid = format('%%I.%%I', %s::text, %s::text)::regclass",
        [schema, table],
    ).fetchone()
    order = sql.SQL(" order by ") + sql.SQL(key[0]) if key and key[0] else sql.SQL("")
    query = sql.SQL("copy (select * from {}{}) to stdout (format csv, header)").format(
        sql.Identifier(schema, table), order
    )
    with connection.cursor() as cursor, cursor.copy(query) as copied:
        for piece in copied:
            yield bytes(piece)


def fingerprint(connection: psycopg.Connection[Any], schema: str, table: str) -> str:
    """The hash of ``content``."""
    digest = hashlib.sha256()
    for piece in content(connection, schema, table):
        digest.update(piece)
    return digest.hexdigest()

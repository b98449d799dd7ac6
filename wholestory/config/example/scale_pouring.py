"""Putting very many rows into a table under row-level security, quickly.

PostgreSQL takes no COPY into a table that row-level security binds the writer on, so the rows go by COPY into a
temporary table like it, and from there by one INSERT, which the rules judge row by row as they judge every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

AT_ONCE = 100_000


def pour(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` (values in the order of ``columns``; JSON as text). Returns how many.

    Belongs in a transaction in which somebody acts and a line was written, like every other write.
    """
    table = sql.Identifier(model._meta.db_table)
    held = sql.Identifier(f"poured_{model._meta.db_table}")
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    poured = 0
    with connection.cursor() as cursor:
        # A hundred thousand rows at once take longer than any page may. Each row's references are checked by one plan
        # instead of a new one for every row: most of them at the end of the transaction, so it stays so until then.
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("set local plan_cache_mode = auto")
        make = sql.SQL("create temporary table if not exists {} (like {}) on commit delete rows")
        cursor.execute(make.format(held, table))
        for some in _batches(rows):
            cursor.execute(sql.SQL("truncate {}").format(held))
            with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(held, names)) as copy:
                for row in some:
                    copy.write_row(row)
            cursor.execute(sql.SQL("insert into {} ({}) select {} from {}").format(table, names, names, held))
            poured += cursor.rowcount
        cursor.execute(sql.SQL("truncate {}").format(held))
    return poured


def _batches(rows: Iterable[Sequence[Any]]) -> Iterable[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch

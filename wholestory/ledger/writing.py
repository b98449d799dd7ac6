"""Appending to the access record.

A line says who (taken by the database from the transaction, never from the caller), did what (a verb such as
``assurance.signed_off``), to which record, and a coded reason. It never holds a name, an answer or free text,
so that a person's data can be erased while the chain stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

#: How many lines the current request or job has written; the middleware refuses a protected page that wrote none.
written: ContextVar[int] = ContextVar("ledger_lines_written", default=0)

_VERB = re.compile(r"^[a-z_]+\.[a-z_]+$")
_REASON = re.compile(r"^[a-z0-9_.:]{0,80}$")

#: A listing line keeps the ids shown; a longer listing (an export) writes several lines.
MOST_IDS_IN_A_LINE = 1000


class Coversheet(Protocol):
    """What a line needs to know of a record."""

    @property
    def id(self) -> UUID: ...

    @property
    def kind(self) -> str: ...

    @property
    def board_id(self) -> UUID: ...


class LineRefused(ValueError):
    """A line was malformed: free text where a code belongs, or no transaction around it."""


def line(
    verb: str,
    record: Coversheet | None = None,
    *,
    reason: str = "",
    writes: bool = True,
    ids: Iterable[UUID] = (),
    kind: str = "",
    board_id: UUID | None = None,
) -> None:
    """Append one line in the current transaction; call it before the write it answers for.

    ``writes`` marks a change: the database refuses to change a protected row in a transaction without such a line.
    ``ids`` are the records shown by a listing. Raises LineRefused for a malformed verb or reason.
    """
    if not _VERB.match(verb):
        raise LineRefused(f"'{verb}' is not of the form room.what_happened")
    if not _REASON.match(reason):
        raise LineRefused("a reason is a short code, never free text")
    if not connection.in_atomic_block:
        raise LineRefused(f"'{verb}' was recorded outside a transaction")
    every = list(ids)
    batches = [every[at : at + MOST_IDS_IN_A_LINE] for at in range(0, len(every), MOST_IDS_IN_A_LINE)] or [[]]
    board = board_id or (record.board_id if record else None)
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into ledger.line (board, verb, kind, record, ids, reason, writes)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    board,
                    verb,
                    kind or (record.kind if record else ""),
                    record.id if record else None,
                    batch,
                    reason,
                    writes,
                )
                for batch in batches
            ],
        )
    written.set(written.get() + len(batches))


def attempted(reference: str, board_id: UUID | None) -> None:
    """Note that ``reference`` was asked for and not shown; says nothing back, whether it exists or not."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ledger.attempted(%s, %s)", [reference[:80], board_id])
    written.set(written.get() + 1)

"""Whether files may be added to, or taken from, a record just now: its own room knows, and says so here.

A room registers a gate for its kind of record when it starts. Who may is asked of ``access``; this is about when.
"""

from __future__ import annotations

from collections.abc import Callable

from wholestory.records.models import Record

#: Says why not, in a sentence for the person; nothing when it may.
Gate = Callable[[Record], str]

_GATES: dict[str, Gate] = {}


class Closed(Exception):
    """Files of this record cannot be changed now. The text says what to do instead."""


def register(kind: str, gate: Gate) -> None:
    """Ask ``gate`` before files of records of this kind change."""
    _GATES[kind] = gate


def must_be_open(record: Record) -> None:
    """Raise Closed when the record's own room says so; kinds without a gate are always open."""
    gate = _GATES.get(record.kind)
    if gate is not None and (why := gate(record)):
        raise Closed(why)

"""Whether files may be added to, or taken from, a record just now: its own room knows, and says so here.

A room registers a gate for its kind of record when it starts. Who may is asked of ``access``; this is about when. The
other way, an opening says why somebody may not read the files of a record just now, such as before they have declared
an interest.
"""

from __future__ import annotations

from collections.abc import Callable

from wholestory.partners.models import Person
from wholestory.records.models import Record

#: Says why not, in a sentence for the person; nothing when it may.
Gate = Callable[[Record], str]

#: Says why this person may not open files of the record yet, in a sentence for them; nothing when they may.
Opening = Callable[[Record, Person], str]

_GATES: dict[str, Gate] = {}
_OPENINGS: dict[str, Opening] = {}


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


def register_opening(kind: str, opening: Opening) -> None:
    """Ask ``opening`` before a file of a record of this kind is handed out."""
    _OPENINGS[kind] = opening


def why_shut(record: Record, person: Person) -> str:
    """Why ``person`` may not open the files of ``record`` now; kinds without an opening are always open."""
    opening = _OPENINGS.get(record.kind)
    return opening(record, person) if opening is not None else ""

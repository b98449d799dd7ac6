"""Whether files may be added to, or taken from, a record just now: its own room knows, and says so here.

A room registers a gate for its kind of record when it starts. Who may is asked of ``access``; this is about when. The
other way, an opening says why somebody may not read the files of a record just now, such as before they have declared
an interest.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied

from wholestory.access.requests import Request
from wholestory.partners.models import Person
from wholestory.records.models import Record

#: Says why not, in a sentence for the person; nothing when it may.
Gate = Callable[[Record], str]

#: Says why this person may not open files of the record yet, in a sentence for them; nothing when they may.
Opening = Callable[[Record, Person], str]

#: Says why files of the record are not for this request, however it is allowed: it came another way than its room asks.
WayIn = Callable[[Request, Record], str]

_WAYS_IN: dict[str, WayIn] = {}
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


def register_way_in(kind: str, way_in: WayIn) -> None:
    """Ask ``way_in`` before any page about a file of a record of this kind, or about adding one, is shown."""
    _WAYS_IN[kind] = way_in


def must_have_come_in(request: Request, record: Record) -> None:
    """Raise PermissionDenied when the record's own room is entered another way, such as by a link and a code."""
    way_in = _WAYS_IN.get(record.kind)
    if way_in is not None and (why := way_in(request, record)):
        raise PermissionDenied(why)

"""What the duties above tell this room, which may not import them: where their records' pages are, and which groups'
meetings are kept by an office of their own.

A duty calls these when it starts (in its ``apps.py``).
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

from wholestory.partners.models import Group
from wholestory.records.models import Record

#: The office that keeps a group's meetings unless a duty says otherwise.
USUAL_OFFICE = "meetings"

#: Says which office keeps the meetings of a group; nothing when it is not for this duty to say.
Keeper = Callable[[Group], str]

_URL_NAMES: dict[str, str] = {"documents.file": "documents:about", "actions.action": "actions:action"}
_KEEPERS: list[Keeper] = []


def register_kind(kind: str, url_name: str) -> None:
    """Show items and papers about records of this kind with a link: the address called ``url_name``, which takes the
    record's reference. Whoever follows it is asked there whether they may."""
    _URL_NAMES[kind] = url_name


def register_keeper(keeper: Keeper) -> None:
    """Ask ``keeper`` which office keeps a group's meetings, for example an office of the duty the group does."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def url_of(record: Record) -> str:
    """The address of a record's page; nothing when no room said where it is."""
    name = _URL_NAMES.get(record.kind)
    if not name:
        return ""
    try:
        return reverse(name, args=[record.reference])
    except NoReverseMatch:
        return ""


def office_of(group: Group) -> str:
    """The key of the office that keeps this group's meetings."""
    return next((key for keeper in _KEEPERS if (key := keeper(group))), USUAL_OFFICE)

"""Bank holidays of the three United Kingdom calendars, and what this system knows better.

The days come from the maintained ``holidays`` library, which works them out by rule for any year.
Two things a rule cannot know are kept as data: days that were proclaimed (or taken away) after the
library was published, and how far ahead the official list reaches. Both can be extended from a
database table by whoever looks after the board's calendar; nothing here needs a release to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import holidays


class Nation(StrEnum):
    """A part of the United Kingdom with its own list of bank holidays."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"

    @property
    def label(self) -> str:
        """The nation as people write it."""
        return _LABELS[self]


_LABELS = {
    Nation.ENGLAND_AND_WALES: "England and Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
# England and Wales share one list; the library keeps them apart, and England's is the one we compare
# with the official publication.
_SUBDIVISIONS = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


class Effect(StrEnum):
    """What a local entry does to a day."""

    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Change:
    """One day that differs from what the library says.

    ``CLOSED`` adds a bank holiday (a day that was proclaimed), ``OPEN`` takes one away (a day that was
    moved). ``source`` says where the change was announced.
    """

    day: date
    nations: frozenset[Nation]
    name: str
    effect: Effect = Effect.CLOSED
    source: str = ""


# The official list was compared day by day with the library for these years (tests/kernel). Outside
# them a date is still worked out, but nobody has published the list, so it is called provisional.
TABLE_FROM = date(2012, 1, 1)
TABLE_TO = date(2028, 12, 31)

# Changes that ship with the software. Empty while the library knows every proclaimed day; the test
# that compares it with the official list says when that stops being so.
CHANGES: tuple[Change, ...] = ()

_NAMES = {
    "May Day": "Early May bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2nd January",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
}


def _readable(name: str) -> str:
    """Turn the library's name into the one printed on calendars here."""
    parts = []
    for part in name.split("; "):
        bare, observed = part.removesuffix(" (observed)"), part.endswith(" (observed)")
        parts.append(_NAMES.get(bare, bare) + (" (substitute day)" if observed else ""))
    return " and ".join(parts)


@lru_cache(maxsize=1024)
def listed(nation: Nation, year: int) -> Mapping[date, str]:
    """The library's bank holidays of one nation in one year, by day, before any local change."""
    found = holidays.country_holidays(
        "GB", subdiv=_SUBDIVISIONS[nation], years=year, observed=True, expand=False
    )
    return MappingProxyType({day: _readable(str(found[day])) for day in sorted(found)})
